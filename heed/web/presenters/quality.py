"""The quality of linking in words: every figure with its interval, and what no figure here can know."""

from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heed.casework.doors.sampling import ByFact, Counted, Figure, Month, Report, Sample
from heed.core.identity.sampling import Unknown
from heed.core.identity.suppression import shown
from heed.web.presenters import wording

BANDS: Mapping[str, str] = {
    "joined_sure": "Joined, well above the threshold",
    "joined_near": "Joined, just above the threshold",
    "joined_through": "Joined through other files or by a person’s word",
    "review": "Apart, shown to a person",
    "below_near": "Apart, just below what is shown",
    "below_far": "Apart, far below it",
}
SAID = {"same": "the same person", "different": "different people", "cannot_tell": "you cannot tell"}
HEADS: Mapping[str, tuple[str, ...]] = {
    "bands": ("Band", "Pairs", "Drawn", "Same", "Different", "Cannot tell"),
    "agencies": ("Agency", "Judged", "Joined wrongly", "Missed", "Joined rightly", "Found"),
    "comparisons": (
        "Comparison", "Wrong: against", "Wrong: for", "Wrong: silent", "Missed: against", "Missed: for", "Missed: silent",
    ),
    "groups": ("Group", "Joined, judged", "Joined wrongly", "Same, judged", "Missed"),
    "months": ("First written of", "Files", "Joined to another", "Sure links", "Near links", "To review"),
    "weights": ("Month and comparison", "Links", "Mean bits", "From training"),
    "concern": ("In common", "Links joined", "Links to review"),
    "files": ("Agency", "Files", "Joined to another", "Links to review"),
}  # fmt: skip
TEN = 10
"""What everybody's files come to is told in tens."""
TRUST = (
    "These figures are as true as the records and the judges. From fictional records they rank methods and promise "
    "nothing about real ones; from few pairs they are wide, and the width is shown."
)
BLIND_SPOTS = (
    "Two files that share no name, day, number or place, or only one that very many share, are never compared. They"
    " stand in no band, and no sample finds them: the share found says nothing of them.",
    "A pair is judged only by somebody who may see both files. What nobody may see stays unjudged, and the worst case"
    " below counts it.",
    "A person can be wrong as well, and may guess from other pages that a pair is joined.",
    "No missing link means that there is no other file, and no finding never means safe.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A name with figures beside it, as a row of a table; `moved` marks what has changed."""

    name: str
    cells: tuple[str, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Groups:
    """One recorded fact: its rows, and what is said of those not shown."""

    title: str
    lines: tuple[Line, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Judging:
    """The draw and its figures in words."""

    drawn: str
    precision: str
    recall: str
    worst_precision: str
    worst_recall: str
    judged: str
    bands: tuple[Line, ...]
    agencies: tuple[Line, ...]
    comparisons: tuple[Line, ...]
    groups: tuple[Groups, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """The counts in words."""

    counted: str
    linked: str
    before: tuple[str, ...]
    months: tuple[Line, ...]
    weights: tuple[Line, ...]
    agencies: tuple[Line, ...]
    concern: tuple[Line, ...]
    moved: str


@dataclass(frozen=True, slots=True)
class Page:
    """All of it."""

    model: str
    judging: Judging | None
    drift: Drift | None


def page(told: Report) -> Page:
    """The page from the report."""
    return Page(
        model=told.model,
        judging=_judging(told.sample) if told.sample else None,
        drift=_drift(told.counted) if told.counted else None,
    )


def figure(told: Figure) -> str:
    """A share with its interval, or why there is none."""
    if isinstance(told, Unknown):
        return told.why
    return f"{_share(told.value)} (95% interval {_share(told.low)} to {_share(told.high)})"


def _short(told: Figure) -> str:
    if isinstance(told, Unknown):
        return "too few"
    return f"{_share(told.value)} ({_share(told.low)} to {_share(told.high)})"


def _share(value: float) -> str:
    """A share in per cent, one decimal; what is nearly all or nearly nothing never reads as all or nothing."""
    if 0.9995 <= value < 1:
        return "more than 99.9%"
    if 0 < value < 0.0005:
        return "less than 0.1%"
    return f"{value * 100:.1f}%"


def _judging(sample: Sample) -> Judging:
    judged = sum(band.told.judged for band in sample.bands)
    drawn = sum(band.drawn for band in sample.bands)
    worst_precision, worst_recall = sample.worst
    return Judging(
        drawn=f"Draw {sample.number}, {wording.instant(sample.at)}, model {sample.model}, seed {sample.seed}.",
        precision=figure(sample.precision),
        recall=figure(sample.recall),
        worst_precision=figure(worst_precision),
        worst_recall=figure(worst_recall),
        judged=f"{judged:,} of {wording.figure(drawn, 'drawn pair')} judged so far.",
        bands=tuple(
            Line(
                BANDS[band.told.band],
                _whole(band.told.pairs, band.drawn, band.told.same, band.told.different, band.told.unclear),
            )
            for band in sample.bands
        ),
        agencies=tuple(
            Line(
                each.name,
                (*_whole(each.judged, each.wrong, each.missed), _short(each.precision), _short(each.recall)),
            )
            for each in sample.agencies
        ),
        comparisons=tuple(Line(each.title, _whole(*each.wrong, *each.missed)) for each in sample.comparisons),
        groups=tuple(_groups(each) for each in sample.groups),
    )


def _groups(told: ByFact) -> Groups:
    lines = tuple(
        Line(
            wording.capital(each.name),
            (f"{each.joined:,}", _short(each.wrong), f"{each.same:,}", _short(each.missed)),
        )
        for each in told.groups
    )
    if told.hidden:
        note = "Groups with few judged pairs are not shown, nor others whose size would give theirs away."
    elif told.counted:
        note = "Every group is large enough to be shown."
    else:
        note = "Too few pairs are judged to say anything of groups."
    return Groups(told.title, lines, note)


def _whole(*numbers: int) -> tuple[str, ...]:
    return tuple(f"{number:,}" for number in numbers)


def _drift(counted: Counted) -> Drift:
    moved = [
        f"{weight.title}, {_month(month.month)}"
        for month in counted.months
        for weight in month.weights
        if weight.moved
    ]
    return Drift(
        counted=f"Counted {wording.instant(counted.at)}, model {counted.model}.",
        linked=_linked(counted.linked, counted.files),
        before=tuple(
            f"{wording.instant(at)}: {_linked(linked, files)}" for at, linked, files in counted.before
        ),
        months=_month_lines(counted.months),
        weights=tuple(
            Line(
                f"{_month(month.month)}: {weight.title}",
                (f"{weight.links:,}", _bits(weight.bits), _bits(weight.expected)),
                weight.moved,
            )
            for month in counted.months
            for weight in month.weights
        ),
        agencies=tuple(
            Line(name, (_tens(files), _of(linked, files), _tens(review)))
            for name, files, linked, review in counted.agencies
        ),
        concern=tuple(
            Line(wording.capital(common), (_tens(joined), _tens(review)))
            for common, joined, review in counted.concern
        ),
        moved=f"Moved: {wording.listed(moved)}." if moved else "No comparison has moved away from training.",
    )


def _linked(linked: int, files: int) -> str:
    return f"{_tens(linked)} of {_tens(files)} files of a person joined to another ({_of(linked, files)})."


def _of(part: int, whole: int) -> str:
    """A share of tens: a count that moved with every file would tell whoever sent one whether it was joined."""
    tens = round(whole, -1)
    return _share(min(1.0, round(part, -1) / tens)) if tens else "too few"


def _tens(number: int) -> str:
    return f"{round(number, -1):,}" if number >= TEN else "under 10"


def _month_lines(months: Sequence[Month]) -> tuple[Line, ...]:
    """Months of which few files are first written of are left out, and others that would give them away."""
    may = shown({each.month: (each.files,) for each in months}, TEN)
    return tuple(_month_line(each) if each.month in may else _few(each) for each in months)


def _month_line(each: Month) -> Line:
    bands = (each.bands.get(name, 0) for name in ("sure", "near", "review"))
    return Line(_month(each.month), (_tens(each.files), _of(each.linked, each.files), *map(_tens, bands)))


def _few(each: Month) -> Line:
    return Line(_month(each.month), ("too few to show", *[""] * (len(HEADS["months"]) - 2)))


def _month(month: str) -> str:
    """March 2026."""
    year, _, number = month.partition("-")
    return f"{month_name[int(number)]} {year}"


def _bits(bits: float) -> str:
    return f"{bits:+.1f}".replace("-", "−")
