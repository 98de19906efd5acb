"""A small house in which everything happened that a question of who knew what can meet, and its files for whoever
computes the answer a second time.

A fictional town's records: the older half arrives long afterwards at once, the rest month by month. Some are revised,
with and without saying when; one month is withdrawn; professionals look, owe, answer and are let down, at random.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from heed.casework import proof
from heed.casework.actions import batch_decisions, batches
from heed.casework.actions.duties.answering import acknowledge, answer
from heed.casework.actions.receive import receive_many
from heed.casework.bodies import lines as body_lines
from heed.casework.doors import children
from heed.casework.doors.viewing import viewer_for
from heed.casework.linking import link_all
from heed.casework.models import Batch, Duty, Entry, Notice, Outbox, Post, Professional, Relationship, Source
from heed.casework.tick import climb
from synthetic.town import TOWNS, Town
from synthetic.write import generate
from tests import personas
from tests.case_story import read

AGENCIES = ("police", "social_care", "school", "health", "home", "voluntary")
SMALL = replace(TOWNS["small"], years=3)
MONTH = len("2009-03")
MANAGER = "manager of what comes in"


def made(folder: Path, seed: int, files: int, *, town: Town = SMALL, portion: int = MONTH) -> None:
    """Make the house, of so many files of the town's children. `portion` is how much of a date tells portions of
    records apart: a month or a year."""
    chance = Random(seed)
    generate(town, seed, town.until, folder)
    people = personas.standing()
    rewarded = [people.rosa, people.sam, people.lena, people.carl, *_others()]
    documents = _of_some(list(_documents(folder)), files, chance)
    middle = documents[len(documents) // 2]["recorded_at"][:portion]
    months = [(middle, [each for each in documents if each["recorded_at"][:portion] <= middle])]
    later = [each for each in documents if each["recorded_at"][:portion] > middle]
    months += [
        (month, list(some)) for month, some in groupby(later, lambda each: each["recorded_at"][:portion])
    ]
    for number, (month, some) in enumerate(months):
        now = _month_after(month)
        batch = _receive(some, now)
        if number == 0:
            link_all(now, lambda words: None)
        _month(rewarded, now, chance)
        if number == len(months) // 2:
            manager = Professional.objects.get(role=MANAGER)
            batch_decisions.withdraw(
                number=batch.pk, reason="Sent by mistake.", by=manager, now=now + _days(9)
            )
        _receive(
            [_revised(each, now, chance) for each in chance.sample(some, len(some) // 6)], now + _days(12)
        )
    link_all(now + _days(20), lambda words: None)
    Outbox.objects.update(done_at=now)


def _others() -> list[Professional]:
    from heed.casework.agencies import ensure

    found = []
    for agency, role, grade in [
        ("police", "sergeant", "supervisor"), ("health", "school nurse", "frontline"),
        ("partnership", MANAGER, "manager"), ("social_care", "director", "executive"),
    ]:  # fmt: skip
        one = Professional(
            username=f"{agency}-{role}", name=f"A. {role.title()}", agency=ensure(agency), role=role
        )
        one.grade = grade
        one.set_unusable_password()
        one.save()
        found.append(one)
    Post.objects.create(agency_id="social_care", post="executive", holder=found[-1], order=0)
    return found


def _documents(folder: Path) -> Iterator[dict[str, Any]]:
    for agency in AGENCIES:
        for line in (folder / f"{agency}.jsonl").read_text().splitlines():
            yield json.loads(line)


def _of_some(documents: list[dict[str, Any]], count: int, chance: Random) -> list[dict[str, Any]]:
    """The records of some children, as the agencies' own references tell them apart, oldest first."""
    known = sorted(
        {(d["agency"], p["ref"]) for d in documents for p in d.get("people") or () if p.get("ref")}
    )
    chosen = set(chance.sample(known, min(count, len(known))))
    kept = [d for d in documents if any((d["agency"], p.get("ref")) in chosen for p in d.get("people") or ())]
    return sorted(kept, key=lambda each: (each["recorded_at"], each["agency"], each["ref"]))


def _month_after(month: str) -> datetime:
    year, number = (int(part) for part in f"{month}-12".split("-")[:2])
    return datetime(year + number // 12, number % 12 + 1, 1, 9, tzinfo=UTC)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _receive(documents: list[dict[str, Any]], now: datetime) -> Batch:
    batch = batches.of_command(agency=None, digest="", now=now)
    receive_many(records=[read(each) for each in documents], by=None, now=now, batch=batch)
    return batch


def _revised(document: dict[str, Any], now: datetime, chance: Random) -> dict[str, Any]:
    """A later revision: with its own time or the old one; about the same people, or about nobody it named first."""
    newer = document | {"revision": document["revision"] + 5, "text": "Corrected."}
    if chance.random() < 0.5:
        newer["recorded_at"] = (now + _days(chance.randrange(-9, 40))).isoformat()
    if chance.random() < 0.3:
        newer["people"] = [{"part": "child", "ref": f"x-{chance.randrange(9)}"}]
    if chance.random() < 0.4:
        newer["told"] = [{"name": "Duty desk", "agency": "police", "role": "sergeant"} |
                         ({"at": now.isoformat()} if chance.random() < 0.7 else {})]  # fmt: skip
    return newer


def _month(people: list[Professional], now: datetime, chance: Random) -> None:
    """Somebody looks, somebody answers, somebody does not."""
    persons = sorted(set(Source.objects.values_list("person", flat=True)))
    for _ in range(6):
        who, at = chance.choice(people), now + timedelta(hours=chance.randrange(400))
        children.child(viewer=viewer_for(who, at), person=chance.choice(persons), now=at)
    owed = list(Duty.objects.filter(state="open").order_by("pk"))
    for duty in chance.sample(owed, min(3, len(owed))):
        acknowledge(duty=duty, by=duty.owner, now=now + _days(2))
    for duty in chance.sample(owed, min(2, len(owed))):
        answer(
            duty=duty,
            by=duty.owner,
            decision="support",
            reason="We will see her this week.",
            now=now + _days(3),
        )
    climb(now + _days(5))


def written(folder: Path) -> None:
    """The files that the dull way reads."""
    entries = list(Entry.objects.order_by("seq"))
    _write(folder / "entries.jsonl", map(proof.header, entries))
    _write(folder / "bodies.jsonl", body_lines(entries, everything=True))
    people: dict[str, list[tuple[str, str]]] = {}
    for person, agency, ref in Source.objects.values_list("person", "agency", "ref"):
        people.setdefault(person, []).append((agency, ref))
    _dump(folder / "people.jsonl", ({"person": p, "sources": s} for p, s in people.items()))
    professionals = Professional.objects.values("id", "name", "role", "grade", "agency")
    _dump(folder / "professionals.jsonl", professionals)
    _dump(folder / "relationships.jsonl", (
        {"professional": each.professional_id, "agency": each.source_agency, "ref": each.source_ref,
         "since": each.since.isoformat(), "until": each.until.isoformat()}
        for each in Relationship.objects.all()
    ))  # fmt: skip
    _dump(folder / "notices.jsonl", (
        {"professional": each.professional_id, "duty": each.duty.reference, "step": each.step, "kind": each.kind,
         "at": each.at.isoformat()}
        for each in Notice.objects.select_related("duty")
    ))  # fmt: skip


def _dump(file: Path, rows: Any) -> None:
    _write(file, (json.dumps(row, ensure_ascii=False) for row in rows))


def _write(file: Path, lines: Any) -> None:
    file.write_text("".join(f"{line}\n" for line in lines))
