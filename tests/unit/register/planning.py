"""What the tests of the register plan: a person of concern, a place, a child who is watched, and what stands on them."""

import json
from datetime import UTC, datetime, timedelta

from heed.casework import sealed
from heed.casework.actions import register
from heed.casework.actions.register import Watching
from heed.casework.doors import register as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Record, Registered
from heed.core.duty.moves import Level
from heed.core.patterns.finding import Finding
from tests import case_story

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
GRADED = ("2", "C", "C")
WHY = "Three children name him."


def place_of(part):
    """A record of the police that names Taz, or Mill Street, and where in it."""
    rows = Record.objects.system("a test looks").filter(agency="police", kind="missing")
    for row in rows.order_by("pk"):
        told = json.loads(sealed.document_of(row))
        for position, each in enumerate(told["people"] if part == "person" else told.get("things", ())):
            if each.get("part") == "person_of_concern" or each.get("kind") == "place":
                return row.pk, position
    raise AssertionError("the story names neither")


def taz(ines, now=NOW):
    record, position = place_of("person")
    return register.register_person(
        record=record, position=position, why=WHY, grading=GRADED, by=ines, now=now
    )


def mill_street(ines):
    record, position = place_of("place")
    return register.register_place(
        record=record,
        position=position,
        why="Found there three times.",
        grading=("1", "A", "P"),
        by=ines,
        now=NOW,
    )


def watched(people):
    watching = Watching(
        "Because of the nights.", "The silver saloon.", "A quiet year.", Level.HIGH, 7, people.sam, "worker"
    )
    return register.watch(
        person=case_story.person("social_care 10233"), watching=watching, by=people.sam, now=NOW
    )


def fresh(row):
    return Registered.objects.get(pk=row.pk)


def silence(row):
    return Duty.objects.get(about__startswith=f"silence:{row.reference}:")


def seen_by(person, row, now=NOW):
    return door.page(viewer=viewer_for(person, now), reference=row.reference, now=now) is not None


PLANS = {
    "action": lambda row, by: register.add_action(
        under=row.reference, what="Ask the licensing team.", owner=by, due_on=TODAY + 3 * DAY, by=by, now=NOW
    ),
    "meeting": lambda row, by: register.call_meeting(
        under=row.reference, what="A strategy meeting.", invited="Police, health, the school", on=TODAY + DAY,
        owner=by, by=by, now=NOW,
    ),
    "measure": lambda row, by: register.add_measure(
        under=row.reference, measure="abduction_notice", words="Taz, about Ayla; Inspector Hart.",
        expires_on=TODAY + 60 * DAY, owner=by, by=by, now=NOW,
    ),
    "panel": lambda row, by: register.put_on_panel(under=row.reference, why="Three children.", by=by, now=NOW),
}  # fmt: skip
FINISHED = {
    "action": lambda row, by, at: register.finish_action(
        item=row.reference, words="Asked; none held.", by=by, now=at
    ),
    "meeting": lambda row, by, at: register.keep_minutes(
        item=row.reference, on=at.date(), present="Four of us", minutes="All agree but health.", by=by, now=at
    ),
    "measure": lambda row, by, at: register.end_measure(
        item=row.reference, words="He is in custody.", by=by, now=at
    ),
    "panel": lambda row, by, at: register.review_on_panel(
        item=row.reference, words="It stays on.", by=by, now=at
    ),
}


def pattern(kind, key):
    return Finding(
        finding=f"shared_{kind}:abc", detector=f"shared_{kind}", version="2", first_raised=TODAY, as_of=TODAY, rank=1,
        children=(), hubs=({"kind": kind, "key": key, "label": "x"},), evidence=(), against=(), denominator="",
        statement="A pattern.", strength=9.0, chance=0.01,
    )  # fmt: skip
