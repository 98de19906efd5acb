"""Missing episodes in words, as a calendar and as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heed.core.records.record import Record
from heed.core.review.chronology import span
from heed.core.review.episodes import Episode, episodes
from heed.web.pictures import calendar
from heed.web.presenters import labels, wording

NEVER_SAFE = (
    "No episode recorded does not mean safe. It means that nobody who reports to Heed wrote one down."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One episode as a row of the table."""

    began: str
    back: str
    lasted: str
    graded: str
    told_by: str
    written: str


@dataclass(frozen=True, slots=True)
class MissingEpisodes:
    """The section: sentences, picture, table. `short` goes beside the child's name."""

    count: int
    short: str
    sentences: tuple[str, ...]
    calendar: calendar.Calendar | None
    description: str
    rows: tuple[Row, ...]


def present(records: Sequence[Record], names: Mapping[str, str]) -> MissingEpisodes:
    """Her missing records as episodes: counted, described, drawn."""
    found = episodes(records)
    if not found:
        return MissingEpisodes(0, "No missing episode recorded", (), None, "", ())
    certain = [episode for episode in found if episode.certain]
    short = f"{wording.figure(len(found), 'missing episode')} since {_first(found)}"
    return MissingEpisodes(
        count=len(found),
        short=short,
        sentences=tuple(_sentences(found, len(records), names)),
        calendar=calendar.draw([_stay(episode) for episode in certain]),
        description=_described(certain),
        rows=tuple(row(episode, names) for episode in reversed(found)),
    )


def _sentences(found: Sequence[Episode], records: int, names: Mapping[str, str]) -> list[str]:
    absent = sum(_shape(episode) == "absent" for episode in found)
    graded = f": {len(found) - absent} missing, {absent} absent" if absent else ""
    said = [f"{wording.figure(len(found), 'episode')} since {_first(found)}{graded}."]
    last = found[-1]
    said.append(f"The last began {'on ' if last.certain else ''}{_began(last)}.")
    tellers = sorted({names.get(agency, agency) for episode in found for agency in episode.agencies})
    if records > len(found):
        said.append(
            f"They are told in {wording.figure(records, 'record')} by {wording.listed(tellers)}:"
            " what two agencies write about one night counts once."
        )
    open_ended = sum(not episode.ended for episode in found)
    if open_ended:
        said.append(f"For {wording.number(open_ended)} of them no return is recorded.")
    rough = sum(not episode.certain for episode in found)
    if rough:
        said.append(
            f"Of {wording.number(rough)} only the month or year is known: in the table, not in the picture."
        )
    return said


def _shape(episode: Episode) -> str:
    """An episode that any agency graded missing is drawn as missing."""
    return "absent" if episode.categories and set(episode.categories) <= labels.ABSENT else "missing"


def _stay(episode: Episode) -> calendar.Stay:
    shape = _shape(episode) if episode.ended else "open"
    return calendar.Stay(episode.first, episode.last, shape, f"{_began(episode)}: {_graded(episode)}")


def _described(found: Sequence[Episode]) -> str:
    counts: dict[int, int] = {}
    for episode in found:
        counts[episode.first.year] = counts.get(episode.first.year, 0) + 1
    return "; ".join(f"{year}: {wording.figure(count, 'episode')}" for year, count in counts.items())


def _began(episode: Episode) -> str:
    return wording.when(_exact(episode).happened_from)


def _first(found: Sequence[Episode]) -> str:
    """The day the first of them began, or the month or year when no more is known."""
    return wording.day(found[0].first) if found[0].certain else _began(found[0])


def _exact(episode: Episode) -> Record:
    """The record that knows best when it began."""
    return min(episode.records, key=lambda record: span(record).latest - span(record).earliest)


def _graded(episode: Episode) -> str:
    words = [labels.CATEGORIES.get(category, category) for category in episode.categories]
    return wording.listed(words, "or") or "not graded"


def row(episode: Episode, names: Mapping[str, str]) -> Row:
    """One episode as a row: when, how long, graded how, told by whom."""
    ends = [record for record in episode.records if record.happened_to]
    start, end = _exact(episode), ends[-1] if ends else None
    first = min(episode.records, key=lambda record: record.recorded_at)
    return Row(
        began=_began(episode),
        back=wording.when(end.happened_to) if end else "no return recorded",
        lasted=_lasted(start, end),
        graded=_graded(episode),
        told_by=wording.listed([names.get(agency, agency) for agency in episode.agencies]),
        written=wording.delay(first.happened_from, first.recorded_at),
    )


def _lasted(start: Record, end: Record | None) -> str:
    """How long, only where both ends are instants: two days are not 48 hours."""
    begun, back = start.happened_from, end.happened_to if end else None
    if begun is None or back is None:
        return "not known"
    if begun.precision == back.precision == "instant":
        return wording.lasting(back.earliest - begun.earliest)
    if {begun.precision, back.precision} <= {"day", "instant"}:
        nights = (back.latest.date() - begun.earliest.date()).days
        return wording.figure(nights, "night") if nights else "within a day"
    return "not known"
