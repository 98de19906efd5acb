"""What the county's register and its missing children have to show: one social worker watches a child, and somebody is
away tonight. Everything goes through the same actions as a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from heed.casework.actions import register
from heed.casework.actions.missing.writing import save_entry, save_kept
from heed.casework.actions.register.naming import child_named
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Mention, Professional, Record, Registered, Source, ThingSeen
from heed.core.duty.moves import Level
from heed.core.records.kinds import Part, ThingKind
from heed.core.records.reading import parse
from heed.core.records.record import Document
from heed.core.register.moves import Kind
from heed.core.register.seeing import ALONE, Seen

BEGUN, SEEN = 8, 12
"""The days of the last weeks on which the watch begins, and on which the child is seen for the last time."""
UNTESTED = ("2", "C", "C")


@dataclass(frozen=True, slots=True)
class _Desk:
    """A social worker, some children the worker works with, and where records name a person of concern and a place."""

    worker: Professional
    children: tuple[str, ...]
    person: tuple[int, int]
    place: tuple[int, int]


def live(day: int, last: int, now: datetime) -> None:
    """What happens on a day of the last weeks. In a county too small for it nothing does."""
    if day == BEGUN and (desk := _desk(now)) is not None:
        _begin(desk, now)
        _keep_ready(desk, now)
    elif day == SEEN:
        _see(now)
    elif day == last and (desk := _desk(now)) is not None:
        _away(desk, now)
        _back(desk, now)


def _desk(now: datetime) -> _Desk | None:
    """The first social worker, those with most children before others, for whom there is something of everything."""
    workers = Professional.objects.filter(agency="social_care", is_active=True, grade="frontline")
    able = [each for each in workers.order_by("pk") if each.has_usable_password()]
    for worker in sorted(able, key=lambda each: -each.relationships.filter(basis="allocated").count()):
        viewer = viewer_for(worker, now)
        linked = (
            Source.objects.filter(key__in=viewer.sources).order_by("key").values_list("person", flat=True)
        )
        children = tuple(dict.fromkeys(linked))
        seen = list(Record.objects.visible_to(viewer).order_by("pk").values_list("pk", flat=True))
        person = Mention.objects.of(seen).filter(part=Part.PERSON_OF_CONCERN).order_by("pk").last()
        place = ThingSeen.objects.of(seen).filter(kind=ThingKind.PLACE).exclude(key="").order_by("pk").last()
        if len(children) >= 3 and person is not None and place is not None:
            return _Desk(
                worker, children[:3], (person.record_id, person.position), (place.record_id, place.position)
            )
    return None


def _begin(desk: _Desk, now: datetime) -> None:
    worker, today = desk.worker, now.date()
    terms = register.Watching(
        why="Three nights away in a month, and nobody can say where. Unexplained money twice.",
        look_for="New things, marks, who rings; whether the child is afraid of anybody.",
        stop_when="A quarter of a year without a night away, and the child says what changed.",
        level=Level.HIGH, every_days=7, watcher=worker, role=worker.role,
    )  # fmt: skip
    child = register.watch(person=desk.children[0], watching=terms, by=worker, now=now)
    why = "Named by several children; what is known of it stands in their records. Unproven."
    person = register.register_person(
        record=desk.person[0], position=desk.person[1], why=why, grading=UNTESTED, by=worker, now=now
    )
    place = register.register_place(
        record=desk.place[0], position=desk.place[1], why="Children are found here at night, again and again.",
        grading=UNTESTED, by=worker, now=now,
    )  # fmt: skip
    plan: dict[str, Any] = {"by": worker, "now": now}
    register.put_on_panel(
        under=person.reference, why="Several children from several homes name this person.", **plan
    )
    register.put_on_panel(
        under=place.reference, why="Found there at night; nobody holds the place to account.", **plan
    )
    register.consider(
        subject=place.reference, used=["closure_notice"], why_not="Licensing does not apply: no licence is held there.",
        **plan,
    )  # fmt: skip
    register.add_measure(
        under=person.reference, measure="abduction_notice", words="About the child who is watched, by the inspector.",
        expires_on=today + timedelta(days=40), owner=worker, **plan,
    )  # fmt: skip
    register.add_action(
        under=child.reference, what="Ask the school nurse to see the child weekly, and say who was asked.",
        owner=worker, due_on=today + timedelta(days=10), **plan,
    )  # fmt: skip
    register.call_meeting(
        under=child.reference, what="Missing strategy meeting.", invited="Police, health, the school, the home",
        on=today + timedelta(days=3), owner=worker, **plan,
    )  # fmt: skip
    register.recommend(
        what="Every return interview is read by the police the same day.", source="Ashmere learning review, item 4",
        owner=worker.line_manager or worker, due_on=today + timedelta(days=25), **plan,
    )  # fmt: skip


def _see(now: datetime) -> None:
    """Seen once, and since then nobody has written that she was: the silence raises itself a week later."""
    watch = Registered.objects.filter(kind=Kind.CHILD).select_related("owner").order_by("pk").first()
    if watch is not None:
        seen = Seen(
            watch.owner.name,
            now.date(),
            "home",
            ALONE,
            "I do not want to talk about the car. Can you come again?",
        )
        register.see(
            watch=watch.reference, seen=seen, noted="Tired; a telephone nobody knew.", by=watch.owner, now=now
        )


def _keep_ready(desk: _Desk, now: datetime) -> None:
    """The sheet and the trigger plan of the child who goes missing in the end."""
    sheet = {
        "version": 1,
        "description": "About 1.60 m, brown hair to the shoulder, grey coat with a red lining.",
        "vulnerabilities": "Asthma; does not ring when afraid.",
        "medical": "Blue inhaler, needed within a day.",
        "places": "The bus station, the arcade by the harbour.",
        "approach": "Trusts the youth worker. Do not come with many.",
        "contacts": "The home's night number; then the emergency duty team.",
    }
    plan = {
        "actions": [
            {"agency": "police", "what": "Look at the harbour arcade within the hour."},
            {"agency": "social_care", "what": "Ring the youth worker and the aunt."},
        ],
        "agreed_with": "Police missing persons unit and the home",
    }
    for ref, kind, block, said in (
        ("SHEET-demo", "care", "if_missing", sheet),
        ("PLAN-demo", "decision", "trigger_plan", plan),
    ):
        _write(desk, desk.children[1], ref, kind, now, save=save_kept, extra={block: said})


def _away(desk: _Desk, now: datetime) -> None:
    """Reported missing this evening, and a picture for the next shift."""
    said = {
        "last_seen": "Left the home after tea, towards the bus station.",
        "wearing": "Grey coat with a red lining, white trainers.",
        "done": "Rang four friends and the aunt; a patrol has been to the harbour.",
    }
    night = {
        "happened_from": (now - timedelta(hours=6)).isoformat(timespec="seconds"),
        "text": "Out of character: left without the inhaler, after a call.",
        "missing": {
            "category": "missing", "risk": "medium", "missing_from": "childrens_home",
            "risk_reason": "No inhaler, no answer, and a call from somebody nobody knows.",
        },
    }  # fmt: skip
    for revision, entry, words in (
        (1, "reported", ""),
        (
            2,
            "picture",
            "A friend says they meant to meet at the arcade. Its cameras are asked for; the aunt rings at ten.",
        ),
    ):
        extra = {"episode": said | {"entry": entry, "words": words}}
        _write(
            desk,
            desk.children[1],
            "MIS-demo-1",
            "missing",
            now,
            save=save_entry,
            revision=revision,
            extra=extra,
            **night,
        )


def _back(desk: _Desk, now: datetime) -> None:
    """Back since this morning: a return interview is owed, and nobody has offered one yet."""
    night = {
        "happened_from": (now - timedelta(hours=30)).isoformat(timespec="seconds"),
        "happened_to": (now - timedelta(hours=14)).isoformat(timespec="seconds"),
        "text": "Not back from school.",
        "missing": {
            "category": "missing", "risk": "medium", "missing_from": "home",
            "risk_reason": "The third night, each time after a call.",
        },
        "extra": {"episode": {"entry": "returned", "words": "Cold and hungry; a new coat.", "found_by": "A patrol"}},
    }  # fmt: skip
    _write(desk, desk.children[2], "MIS-demo-2", "missing", now, save=save_entry, **night)


def _write(
    desk: _Desk, child: str, ref: str, kind: str, now: datetime, *, save: Any, revision: int = 1, **more: Any
) -> None:
    worker = desk.worker
    (agency, theirs), called = child_named(person=child, by=worker, now=now)
    given, _, family = called.rpartition(" ")
    own = {"ref": theirs} if agency == worker.agency_id else {}
    document: Document = {
        "v": 1, "agency": worker.agency_id, "ref": ref, "revision": revision, "kind": kind,
        "happened_from": now.isoformat(timespec="seconds"), "recorded_at": now.isoformat(timespec="seconds"),
        "author": {"ref": worker.username, "name": worker.name, "role": worker.role, "grade": worker.grade},
        "people": [{"part": "child", **own, "given_names": given or called, "family_name": family if given else ""}],
        **more,
    }  # fmt: skip
    person = {key: value for key, value in document["people"][0].items() if value}
    record = parse({**document, "people": [person]}).record
    if record is None:
        raise ValueError("an entry of the demo is no record of this version any more")
    save(record=record, by=worker, now=now)
