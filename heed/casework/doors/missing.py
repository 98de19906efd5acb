"""The door to a child's missing episodes, the sheet kept for the next one, the trigger plan and the interviews.

As far as the viewer may see: what another agency wrote counts here only for whoever works with her. Whoever may see
nothing of her gets None, as for somebody who does not exist.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from heed.casework.actions.missing.interviews import of_episode, why_not
from heed.casework.actions.missing.knowing import keys_of, kinds_of_agencies
from heed.casework.actions.missing.owing import ABOUT, INTERVIEW
from heed.casework.doors.children import Entry, entries_of
from heed.casework.doors.duties import Colleague, colleagues
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import in_sight
from heed.casework.doors.sight import CHILD_PARTS, KnownChild, agency_names, known_children
from heed.casework.models import Mention, Record
from heed.casework.policy.missing import missing_rules
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED
from heed.core.records.kinds import Kind, Part
from heed.core.records.record import Document
from heed.core.records.record import Record as Told
from heed.core.review import missing_sheet as kept
from heed.core.review.episodes import Episode
from heed.core.review.missing_counts import Unreported, counted, never_reported
from heed.core.review.missing_facts import Fact, facts

type Name = tuple[str, str]
PURPOSE = "missing episodes, to find her and to keep her safe"
HERS = ("given_names", "family_name", "born", "ids")


@dataclass(frozen=True, slots=True)
class Held:
    """A duty about a missing episode, as far as the viewer may know of it."""

    reference: str
    about: str
    clause: str
    agency: str
    owner: str
    due_at: datetime | None
    owed: bool
    yours: bool
    records: Name


@dataclass(frozen=True, slots=True)
class Away:
    """One episode: what each agency told of it, oldest revision first, and what came after it. `key` is the row by
    which its page is found; `mine` the viewer's agency's newest word on it."""

    key: int
    episode: Episode
    tellings: tuple[tuple[Told, ...], ...]
    interviews: tuple[tuple[Told, str], ...]
    held: tuple[Held, ...]
    mine: Told | None
    my_interview: Told | None


@dataclass(frozen=True, slots=True)
class MissingFile:
    """Everything about one child's going missing that one viewer may see, the newest first."""

    person: str
    child: KnownChild
    related: bool
    agencies: Mapping[str, str]
    episodes: tuple[Away, ...]
    unreported: tuple[Unreported, ...]
    facts: tuple[Fact, ...]
    facts_tonight: tuple[Fact, ...]
    sheet: Told | None
    sheets: tuple[Told, ...]
    my_sheet: Told | None
    plans: tuple[Told, ...]
    my_plan: Told | None
    mention: Document
    colleagues: tuple[Colleague, ...]


def missing_file(*, viewer: Viewer, person: str, now: datetime, purpose: str = PURPOSE) -> MissingFile | None:
    """A child's episodes, or None where the viewer may see nothing of her. Logged either way, with what it was for."""
    child = known_children(viewer, [person]).get(person)
    if child is None:
        refused(viewer=viewer, subject=person, purpose=purpose, now=now)
        return None
    entries = [entry for entry in entries_of(viewer, person) if entry.aside is None and not entry.withdrawn]
    keys = {each.key for entry in entries for each in (entry, *entry.earlier)}
    looked(viewer=viewer, subject=person, purpose=purpose, records=keys, now=now)
    return _file(viewer, child, entries, now)


def episode(
    *, viewer: Viewer, number: int, now: datetime, purpose: str = PURPOSE
) -> tuple[MissingFile, Away] | None:
    """One episode by a record that tells of it, with the child's file; None where the viewer may not see it."""
    row = Record.objects.visible_to(viewer).filter(pk=number, kind=Kind.MISSING).first()
    hers = Mention.objects.of([row.pk]).filter(part=Part.CHILD).order_by("position") if row else []
    for person in [each.source.person for each in hers.select_related("source")] if row else []:
        file = missing_file(viewer=viewer, person=person, now=now, purpose=purpose)
        if file is not None:
            name = (row.agency_id, row.ref)
            found = next((each for each in file.episodes if name in _names(each.episode)), None)
            if found is not None:
                return file, found
    refused(viewer=viewer, subject="episode:unknown", purpose=purpose, now=now)
    return None


def blank(*, viewer: Viewer, now: datetime) -> tuple[Colleague, ...]:
    """For a child nobody has a page of yet: whom it could be handed to. Logged: whoever reports has looked."""
    looked(viewer=viewer, subject="children", purpose="to report a child missing", now=now)
    return colleagues(viewer)


def _file(viewer: Viewer, child: KnownChild, entries: Sequence[Entry], now: datetime) -> MissingFile:
    hers = [entry for entry in entries if any(one.own and one.part == Part.CHILD for one in entry.people)]
    missing = {(each.told.agency, each.told.ref): each for each in hers if each.told.kind == Kind.MISSING}
    told = [each.told for each in hers]
    rules = missing_rules()
    found = counted((each.told for each in missing.values()), now)
    silent = never_reported(
        told, found, kinds_of_agencies(), rules.never_reported_by, rules.never_reported_agree
    )
    held = _held(viewer, [each.key for entry in hers for each in (entry, *entry.earlier)])
    sheets = [each for entry in hers for each in _revisions(entry) if kept.parts(each)]
    sheets.sort(key=lambda each: (each.recorded_at, each.revision), reverse=True)
    plans = kept.in_force([each for each in told if each.kind == Kind.DECISION], now, now.date())
    keys = keys_of(child.person)
    return MissingFile(
        person=child.person,
        child=child,
        related=bool(keys & viewer.reaches),
        agencies=agency_names(),
        episodes=tuple(_away(each, missing, told, held, viewer, keys) for each in reversed(found)),
        unreported=tuple(reversed(silent)),
        facts=tuple(facts(found, silent, now, rules.thresholds)),
        facts_tonight=tuple(facts(found, silent, now, rules.thresholds, tonight=True)),
        sheet=sheets[0] if sheets else None,
        sheets=tuple(sheets),
        my_sheet=_mine(viewer, told, kept.SHEET),
        plans=tuple(plans),
        my_plan=_mine(viewer, told, kept.PLAN),
        mention=_mention(viewer, entries),
        colleagues=colleagues(viewer),
    )


def _away(
    found: Episode, missing: Mapping[Name, Entry], told: Sequence[Told], held: Sequence[Held], viewer: Viewer,
    keys: Collection[str],
) -> Away:  # fmt: skip
    entries = [missing[name] for name in sorted(_names(found))]
    interviews = [each for each in told if of_episode(each, _names(found))]
    interviews.sort(key=lambda each: each.recorded_at, reverse=True)
    names = _names(found) | {(each.agency, each.ref) for each in interviews}
    return Away(
        key=min(entry.key for entry in entries),
        episode=found,
        tellings=tuple(_revisions(entry) for entry in entries),
        interviews=tuple((each, why_not(each, found, keys)) for each in interviews),
        held=tuple(each for each in held if each.records in names),
        mine=next((entry.told for entry in entries if entry.told.agency == viewer.agency), None),
        my_interview=next((each for each in interviews if each.agency == viewer.agency), None),
    )


def _held(viewer: Viewer, keys: Sequence[int]) -> list[Held]:
    of_episodes = Q(about__startswith=ABOUT) | Q(about=INTERVIEW)
    rows = in_sight(viewer).filter(of_episodes, record__in=list(keys)).order_by("due_at", "pk")
    return [
        Held(
            reference=duty.reference,
            about=duty.about,
            clause=duty.clause,
            agency=duty.owing_agency.name,
            owner=f"{duty.owner.name}, {duty.owner.role}",
            due_at=duty.due_at,
            owed=duty.state in OWED,
            yours=duty.owner_id == viewer.professional,
            records=(duty.record.agency_id, duty.record.ref) if duty.record else ("", ""),
        )
        for duty in rows.select_related("owner", "owing_agency", "record")
    ]


def _revisions(entry: Entry) -> tuple[Told, ...]:
    return tuple(sorted((each.told for each in (entry, *entry.earlier)), key=lambda told: told.revision))


def _mine(viewer: Viewer, told: Sequence[Told], name: str) -> Told | None:
    return kept.newest([each for each in told if each.agency == viewer.agency], name)


def _names(found: Episode) -> set[Name]:
    return {(each.agency, each.ref) for each in found.records}


def _mention(viewer: Viewer, entries: Sequence[Entry]) -> Document:
    """How a record that the viewer writes now names her: by their agency's own reference where it has one, otherwise as
    the newest record they may see names her, so that linking knows her again."""
    newest = sorted(entries, key=lambda entry: entry.told.recorded_at, reverse=True)
    own = [entry for entry in newest if entry.told.agency == viewer.agency]
    found: dict[str, Any] = {}
    for entry in [*own, *newest]:
        for one in entry.people:
            if one.own and one.part in CHILD_PARTS:
                said = entry.told.document["people"][one.position]
                keys = (*HERS, "ref") if entry.told.agency == viewer.agency else HERS
                found = {key: said[key] for key in keys if said.get(key)} | found
    return {"part": "child", **found}
