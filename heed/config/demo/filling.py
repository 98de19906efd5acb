"""Filling an empty house: the county's files come in, and the last six weeks are lived through day by day."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from heed.casework.actions.receive import receive_many
from heed.casework.intake import Intake
from heed.casework.models import Professional
from heed.casework.progress import track
from heed.config.demo import mixed_up, people, story, watched
from heed.core.records.explained import Explained
from heed.core.records.record import Record
from heed.formats import load
from heed.formats.contract import Refused, Usable

LIVED_DAYS = 42
"""Before this many days ago the county had no Heed: its files came in on one day, as they would anywhere."""

type Say = Callable[[str], None]


def fill(files: Path, *, password: str, now: datetime, say: Say) -> None:
    """Take the county's files in, link, notice, and live the last weeks with a clock that runs.

    Interrupted, it can be run again: what is in stays in and is not doubled.
    """
    opened = now - timedelta(days=LIVED_DAYS)
    employed = people.employ(json.loads((files / "people.json").read_text()), password=password, now=opened)
    say(f"{employed} professionals of the county's agencies have a place to sign in")
    rows = _rows(files)
    history = [row for row in rows if row.record.recorded_at < opened]
    _take_in(history, opened)
    _take_in_return(files / "ssda903", opened)
    mixed_up.take_in(opened)
    _settle(opened, say)
    _live([row for row in rows if row.record.recorded_at >= opened], opened, now)


def _rows(files: Path) -> list[Usable]:
    """Every record of every agency, in the order in which the agencies wrote them down."""
    found: list[Usable] = []
    for row in load("records").read(sorted(files.glob("*.jsonl")), agency=None, options={}):
        if isinstance(row, Refused):
            raise Explained(
                f"{row.at.file} line {row.at.number}: {row.key}: found {row.found}, expected {row.expected}"
            )
        if isinstance(row, Usable):
            found.append(row)
    return sorted(found, key=lambda row: (row.record.recorded_at, row.record.agency, row.record.ref))


def _take_in(rows: Sequence[Usable], now: datetime) -> None:
    intake = Intake(lambda: now, lambda row: None, lambda words: None)
    intake.take(track(rows, "Taking in what the agencies held before", total=len(rows)))


def _take_in_return(folder: Path, now: datetime) -> None:
    """The council's yearly return on the same children."""
    if folder.is_dir():
        rows = load("ssda903").read([folder], agency="social_care", options={})
        Intake(lambda: now, lambda row: None, lambda words: None).take(
            track(rows, "Taking in the council's return")
        )


def _settle(now: datetime, say: Say) -> None:
    """Say who is the same child, and what repeats, once for everything that came in at once."""
    from heed.casework.actions.sampling import draw_sample
    from heed.casework.linking import link_all
    from heed.casework.noticing import notice, notice_history
    from heed.casework.worker import settle, waiting

    say("Linking the same child in different agencies' files")
    before = waiting()
    link_all(now)
    say("Noticing what repeats")
    notice_history(now)
    raised = notice(now)
    settle(now, before)
    draw_sample(seed="the first day", by=None, now=now)
    say(f"{len(raised)} findings stand on the first day")


def _live(rows: Sequence[Usable], opened: datetime, now: datetime) -> None:
    """Day by day: records arrive, the worker links and notices, people answer, the clock climbs."""
    from heed.casework.tick import tick
    from heed.casework.worker import work_once

    waiting = list(rows)
    for day in track(range(LIVED_DAYS + 1), "Living through the last six weeks", total=LIVED_DAYS + 1):
        evening = min(datetime.combine((opened + timedelta(days=day)).date(), time(18), tzinfo=UTC), now)
        today = [row for row in waiting if row.record.recorded_at <= evening]
        waiting = waiting[len(today) :]
        for by, records in _by_author(today).items():
            receive_many(records=records, by=by, now=max(evening, opened))
        watched.live(day, LIVED_DAYS, evening)
        while work_once(evening):
            pass
        tick(evening)
        story.live(evening)


def _by_author(rows: Sequence[Usable]) -> dict[Professional | None, list[Record]]:
    """Records by whoever wrote them, where that is somebody who signs in: what they raised is theirs to follow."""
    names = {
        (person.agency_id, person.name): person for person in Professional.objects.filter(is_active=True)
    }
    found: dict[Professional | None, list[Record]] = {}
    for row in rows:
        name = row.record.author.name if row.record.author else None
        found.setdefault(names.get((row.record.agency, name or "")), []).append(row.record)
    return found
