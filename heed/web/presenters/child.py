"""One child's page: what her file holds, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from heed.casework.doors.children import ChildFile, OwedDuty
from heed.casework.doors.erased import Erased
from heed.casework.doors.introduced import Introduced
from heed.casework.doors.sight import KnownChild
from heed.web.presenters import chronology, findings, identity, involved, labels, mapping, missing, wording

ANYBODY = "nobody wrote anything about them"
OWN_ONLY = "your agency wrote nothing about them"


@dataclass(frozen=True, slots=True)
class Heading:
    """Who she is, as the records say it."""

    name: str
    born: str
    also: str
    agencies: str
    records: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """An open duty in words."""

    reference: str
    owner: str
    agency: str
    due: str
    late: bool
    clause: str
    anchor: str
    yours: bool
    in_sight: bool


@dataclass(frozen=True, slots=True)
class ChildPage:
    """Everything the template lays out."""

    person: str
    related: bool
    heading: Heading
    duties: tuple[Owed, ...]
    findings: tuple[findings.Listed, ...]
    missing: missing.MissingEpisodes
    chronology: chronology.Chronology
    chosen: chronology.Chosen
    query: str
    kinds: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    involved: tuple[involved.Involved, ...]
    working_with: tuple[dict[str, str], ...]
    again: tuple[involved.Again, ...]
    places: mapping.Places
    sides: tuple[identity.Row, ...]
    disagreements: tuple[str, ...]
    links: tuple[identity.Link, ...]
    erased: tuple[dict[str, str], ...] = ()
    introduced: tuple[Introduced, ...] = ()


def present(file: ChildFile, chosen: chronology.Chosen, now: datetime) -> ChildPage:
    """The page as it was asked for."""
    headings = {side.key: identity.name_of(side) for side in file.sides}
    # Episodes she herself had: another child's, in which she was found, stand in the chronology alone.
    hers = [
        entry.told
        for entry in file.counted
        if entry.told.kind == "missing" and any(one.own and one.part == "child" for one in entry.people)
    ]
    return ChildPage(
        person=file.person,
        related=file.related,
        heading=_heading(file),
        duties=tuple(_owed(duty, now) for duty in file.duties if duty.open),
        findings=tuple(findings.listed(each) for each in file.findings),
        missing=missing.present(hers, file.agencies),
        chronology=chronology.present(file, chosen, ANYBODY if file.related else OWN_ONLY),
        chosen=chosen,
        query="".join(f"{name}={value}&" for name, value in _asked(chosen)),
        kinds=_kinds(file, chosen.kind),
        agencies=_agencies(file, chosen.agency),
        involved=tuple(involved.agencies(file)),
        working_with=tuple(involved.working_with(file)),
        again=tuple(involved.again(file)),
        places=mapping.places(file),
        sides=tuple(_side_row(side) for side in file.sides),
        disagreements=tuple(identity.disagreements(file.sides)),
        links=tuple(identity.link(pair, headings[pair.left], headings[pair.right]) for pair in file.pairs),
        erased=tuple(_erased(each, file.agencies) for each in file.erased),
        introduced=file.introduced,
    )


def _erased(each: Erased, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "agency": names.get(each.agency, each.agency),
        "ref": each.ref,
        "recorded": wording.day(wording.day_of(each.recorded_at)),
        "when": wording.day(wording.day_of(each.erased_at)),
        "number": str(each.request),
        "basis": each.basis,
    }


def _asked(chosen: chronology.Chosen) -> list[tuple[str, str]]:
    """The filters as they stand in an address: codes only, quoted."""
    return [
        (name, quote(value)) for name, value in (("kind", chosen.kind), ("agency", chosen.agency)) if value
    ]


def _heading(file: ChildFile) -> Heading:
    names: dict[str, int] = {}
    aliases: dict[str, None] = {}
    for side in file.sides:
        for place, name in enumerate(side.names):
            names[name] = names.get(name, 0) + (side.records if place == 0 else 1)
        aliases.update(dict.fromkeys(side.aliases))
    ordered = sorted(names, key=lambda name: (-names[name], name)) or ["Child without a name"]
    births = list(dict.fromkeys(identity.born(value) for side in file.sides for value in side.born))
    tellers = {entry.told.agency for entry in file.entries}
    return Heading(
        name=ordered[0],
        born=wording.listed(births[:3], "or"),
        also=", ".join([*ordered[1:6], *[f"“{alias}”" for alias in list(aliases)[:6]]]),
        agencies=wording.listed(sorted(file.agencies.get(code, code) for code in tellers)),
        records=wording.figure(len(file.entries), "record"),
    )


def _owed(duty: OwedDuty, now: datetime) -> Owed:
    late = duty.due_at is not None and duty.due_at < now
    due = wording.instant(duty.due_at) if duty.due_at else "no date"
    return Owed(
        reference=duty.reference,
        owner=f"{duty.owner}, {duty.owner_role}",
        agency=duty.agency,
        due=due,
        late=late,
        clause=wording.capital(duty.clause),
        anchor=f"r{duty.record}" if duty.record else "",
        yours=duty.yours,
        in_sight=duty.in_sight,
    )


def _kinds(file: ChildFile, chosen: str) -> tuple[Choice, ...]:
    counts: dict[str, int] = {}
    for entry in file.entries:
        counts[entry.told.kind] = counts.get(entry.told.kind, 0) + 1
    found = [Choice(code, f"{labels.kind(code)} ({counts[code]})", code == chosen) for code in counts]
    return (Choice("", "Every kind", not chosen), *sorted(found, key=lambda choice: choice.words))


def _agencies(file: ChildFile, chosen: str) -> tuple[Choice, ...]:
    codes = {entry.told.agency for entry in file.entries}
    found = [Choice(code, file.agencies.get(code, code), code == chosen) for code in codes]
    return (Choice("", "Every agency", not chosen), *sorted(found, key=lambda choice: choice.words))


def _side_row(side: identity.Side) -> identity.Row:
    births = "; ".join(identity.born(value) for value in side.born)
    numbers = ", ".join(f"{scheme.upper()} {value}" for scheme, value in side.ids)
    parts = ["; ".join(side.names), births, numbers, "; ".join(side.addresses)]
    return identity.Row(
        identity.name_of(side),
        " · ".join(part for part in parts if part),
        f"{side.records:,}",
        "",
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A child in a list."""

    person: str
    name: str
    born: str
    agencies: str
    last: str
    records: str
    missing: str


def cards(children: Sequence[KnownChild], names: dict[str, str]) -> list[Card]:
    """The children somebody works with, in words."""
    return [
        Card(
            person=each.person,
            name=each.name,
            born=identity.born(each.born) if each.born else "not known",
            agencies=_known_to(each, names),
            last=wording.short_day(wording.day_of(each.last_recorded)),
            records=f"{each.records:,}",
            missing=f"{each.missing:,}",
        )
        for each in children
    ]


def _known_to(child: KnownChild, names: dict[str, str]) -> str:
    if len(child.agencies) == 1:
        return names.get(child.agencies[0], child.agencies[0])
    return wording.capital(wording.counted(len(child.agencies), "agency", "agencies"))
