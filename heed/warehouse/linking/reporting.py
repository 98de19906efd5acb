"""The report that is committed beside a model: how it was trained, what it does, and how far it is to be believed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from heed.core.identity.comparisons import COMPARISONS
from heed.core.identity.model import UNMET, Model
from heed.warehouse.linking.adults import SORTS
from heed.warehouse.linking.town import Town
from heed.warehouse.linking.training import CAUTION, DECLARED, SEED

if TYPE_CHECKING:
    from heed.warehouse.linking.rehearsal import Tried


def report(document: dict[str, Any], model: Model, town: Town, tried: "Sequence[Tried]") -> str:
    """The report in Markdown; `tried` begins with the town trained on."""
    return "\n".join(
        [
            *_beginning(model, town),
            *_quality(tried),
            *_belief(tried),
            *_errors(tried),
            *_adults(tried),
            *_weights(document, model),
        ]
    )


def _beginning(model: Model, town: Town) -> list[str]:
    return [
        f"# Linking model {model.version}: how it was trained and what it does",
        "",
        f"Trained by `heed identity train` on the fictional town {town.name}: {len(town.profiles):,} sources,"
        f" without their truth; Splink's seed {SEED}. Fictional data rank methods; they promise nothing about"
        " real files. Train on your own before you rely on a figure.",
        "",
        f"Chosen by people: joined at probability {model.link_at:g}, shown to a person from {model.show_at:g};"
        f" no name counts as rarer than {model.rarest:g}, and"
        f" one the training never met as {UNMET} times as common as names on average; {CAUTION:g} bits are taken off at"
        " the start.",
        "",
    ]


def _quality(tried: "Sequence[Tried]") -> list[str]:
    return [
        "| town | sources | people | pairwise precision | recall | F1 | people exactly right, F1 | people with a pair"
        " to look at |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(each, "trained on" if place == 0 else "unseen") for place, each in enumerate(tried)),
        "",
    ]


def _row(tried: "Tried", how: str) -> str:
    found = tried.quality
    figures = " | ".join(f"{one:.4f}" for one in (found.precision, found.recall, found.f1, found.cluster_f1))
    share = f"{tried.queue / tried.persons:.1%}"
    return f"| {tried.town} ({how}) | {found.sources:,} | {found.people:,} | {figures} | {share} |"


def _belief(tried: "Sequence[Tried]") -> list[str]:
    """How far probabilities are to be believed, on the largest town that was not trained on, or the only one."""
    shown = max(tried[1:] or tried, key=lambda one: one.quality.sources)
    return [
        f"How far a probability is to be believed, on {shown.town}: of pairs said to be one person, so many are.",
        "",
        "| said | pairs | said on average | true |",
        "|---|---|---|---|",
        *(
            f"| {band.low:g} to {band.high:g} | {band.pairs:,} | {band.said:.3f} | {band.true:.3f} |"
            for band in shown.bands
        ),
        "",
    ]


def _errors(tried: "Sequence[Tried]") -> list[str]:
    """What is missed and what is wrong, on the same town."""
    shown = max(tried[1:] or tried, key=lambda one: one.quality.sources)
    return [
        f"What is missed and what is wrongly joined, in pairs, on {shown.town}. Of {shown.unlinkable:,} sources too"
        " little is said to compare them with any other; they are counted among the missed.",
        "",
        "| kinds of the two sources | missed | wrongly joined |",
        "|---|---|---|",
        *(
            f"| {kind} | {shown.missed.get(kind, 0):,} | {shown.wrong.get(kind, 0):,} |"
            for kind in sorted({*shown.missed, *shown.wrong}, key=lambda kind: -shown.missed.get(kind, 0))
        ),
        "",
    ]


def _adults(tried: "Sequence[Tried]") -> list[str]:
    """People of concern, on every town whose adults are known."""
    told = [(each.town, each.adults) for each in tried if each.adults is not None]
    if not told:
        return []
    shown = max(told[1:] or told, key=lambda one: one[1].mentions)
    return [
        "People of concern, of whom hardly more than a nickname is known: pairs of mentions of one adult.",
        "",
        "| town | mentions | adults | pairwise precision | recall | recall with what a person is shown |",
        "|---|---|---|---|---|---|",
        *(
            f"| {town} | {each.mentions:,} | {each.adults:,} | {each.precision:.4f} | {each.recall:.4f}"
            f" | {each.with_queue:.4f} |"
            for town, each in told
        ),
        "",
        f"By what the two have in common, on {shown[0]}. Many are joined through a third mention.",
        "",
        f"| in common | {' | '.join(SORTS.values())} |",
        f"|---|{'---|' * len(SORTS)}",
        *(
            f"| {kind} | {' | '.join(f'{each.get(what, 0):,}' for what in SORTS)} |"
            for kind, each in sorted(shown[1].evidence.items(), key=lambda one: -sum(one[1].values()))
        ),
        "",
    ]


def _weights(document: dict[str, Any], model: Model) -> list[str]:
    rows = []
    for comparison in COMPARISONS:
        for level in comparison.levels:
            pair = document["chances"][comparison.name][level.name]
            bits = model.weight(comparison.name, level.name)
            declared = (comparison.name, level.name) in DECLARED or comparison.name == "thing"
            how = "declared" if declared else "learned"
            rows.append(
                f"| {comparison.name} | {level.name} | {pair['m']:g} | {pair['u']:g} | {bits:.2f} | {how} |"
            )
    return [
        f"Before anything is compared: {model.start:.2f} bits (about 1 pair in {round(1 / model.prior):,}).",
        "",
        "| compared | level | m: true pairs | u: strangers | bits | |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        "Same given and family names weigh by how common the name is; the bits above are the average.",
        "",
    ]
