"""Which of the register is there for a viewer: one question for many rows, three queries whatever their number."""

from collections.abc import Sequence

from heed.casework.actions.duties.barring import unbarred
from heed.casework.actions.missing.knowing import kinds_of_agencies
from heed.casework.agencies import UNKNOWN_KIND
from heed.casework.doors.parties import posts_held
from heed.casework.models import Duty, Mention, Record, Registered, Source, ThingSeen
from heed.casework.policy.register import register_rules
from heed.core.access.register import Standing, may_see_registered
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind, State

RELATED = ("under", "owner__agency", "agency", "opened_by")


def subject_of(row: Registered) -> Registered:
    """What it is about: itself, or what it stands under."""
    return row.under if row.under is not None else row


def key_in(row: Registered) -> str:
    """The source it hangs on; empty for a place, and for what is about nobody."""
    return source_key((row.source_agency, row.source_ref)) if row.source_ref else ""


def visible(viewer: Viewer, rows: Sequence[Registered]) -> list[Registered]:
    """Those of these rows that the viewer may see, in their order."""
    about = {subject_of(row).pk: subject_of(row) for row in rows}
    named = _named(viewer, list(about.values()))
    listed = set(
        Registered.objects.filter(kind=Kind.PANEL, under__in=about)
        .exclude(state=State.ENDED)
        .values_list("under", flat=True)
    )
    sits, kind = sits_on_panel(viewer), _kind(viewer)
    return [
        row
        for row in rows
        if may_see_registered(viewer, _standing(viewer, row, named, listed), kind=kind, sits=sits)
    ]


def sits_on_panel(viewer: Viewer) -> bool:
    """Whether somebody sits on the panel: by the posts they hold, at the agencies of policy."""
    rules = register_rules()
    return viewer.agency in rules.panel_agencies and bool(posts_held(viewer) & rules.panel_posts)


def person_of(row: Registered) -> str:
    """The person behind the source it hangs on, as linked now; empty where there is none."""
    found = Source.objects.filter(key=key_in(row)).values_list("person", flat=True).first()
    return found or ""


def _standing(viewer: Viewer, row: Registered, named: set[int], listed: set[int]) -> Standing:
    about = subject_of(row)
    if row.kind == Kind.RECOMMENDATION:
        return Standing(row.agency_id, reached=row.owner_id == viewer.professional, on_panel=True)
    return Standing(
        barred=key_in(about) in viewer.barred,
        agency=about.agency_id,
        reached=about.pk in named
        or viewer.professional in (row.owner_id, about.owner_id, about.opened_by_id),
        copied=about.kind in (Kind.PERSON, Kind.PLACE),
        hidden_from=register_rules().hidden_from.get(Kind(about.kind), frozenset()),
        on_panel=about.pk in listed,
    )


def _named(viewer: Viewer, rows: Sequence[Registered]) -> set[int]:
    """Those whose child the viewer reaches, or who stand in a record that the viewer may read."""
    found = {row.pk for row in rows if row.kind == Kind.CHILD and key_in(row) in viewer.reaches}
    found |= _owed_by(viewer, rows)
    people = {key_in(row) for row in rows if row.kind == Kind.PERSON}
    places = {row.thing for row in rows if row.kind == Kind.PLACE}
    seen = Record.objects.visible_to(viewer)
    if people:
        records = seen.filter(pk__in=Mention.objects.naming(sources=list(people)).values("record"))
        told = Mention.objects.of(records.values_list("pk", flat=True)).filter(source__in=people)
        read = set(told.values_list("source_id", flat=True).distinct())
        found |= {row.pk for row in rows if row.kind == Kind.PERSON and key_in(row) in read}
    if places:
        records = seen.filter(things__key__in=list(places))
        things = ThingSeen.objects.of(records.values_list("pk", flat=True)).filter(key__in=places)
        read = set(things.values_list("key", flat=True).distinct())
        found |= {row.pk for row in rows if row.kind == Kind.PLACE and row.thing in read}
    return found


def _owed_by(viewer: Viewer, rows: Sequence[Registered]) -> set[int]:
    """Those on which the viewer owes an answer: a page that nobody else looks after goes up to whoever stands above."""
    owed = Duty.objects.filter(owner=viewer.professional, state__in=OWED).exclude(about="")
    owed = unbarred(owed, viewer.professional, viewer.barred)
    named = {about.split(":")[1] for about in owed.values_list("about", flat=True) if ":" in about}
    held = Registered.objects.filter(reference__in=named)
    subjects = {key for pair in held.values_list("pk", "under") for key in pair}
    return {row.pk for row in rows if row.pk in subjects}


def _kind(viewer: Viewer) -> str:
    """What the viewer's agency is, as the database says it, or else policy. Empty where neither knows: what is hidden
    from some kinds is hidden from it."""
    return known_kind(kinds_of_agencies().get(viewer.agency, ""))


def known_kind(kind: str) -> str:
    """A kind of agency that says something; empty for one that nobody has named."""
    return "" if kind == UNKNOWN_KIND else kind
