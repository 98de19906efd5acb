"""The knowledge map in words: people by years, how many in each rank knew, whom each told, where a warning stopped."""

from collections.abc import Sequence
from dataclasses import dataclass

from heed.casework.doors.knew import KnewFile
from heed.core.review.knowing import Who
from heed.core.review.spread import OPENED, OWED, TOLD, Knower, Path, Stage, knowers, paths, ranks, told_by
from heed.web.presenters import labels, wording
from heed.web.presenters.knew import Row

RANK_HEADS = ("Agency and rank", "Knew", "People")
MOST_YEARS = 8
HOW = {TOLD: "was told", OPENED: "opened it", OWED: "owed an answer in Heed"}


@dataclass(frozen=True, slots=True)
class Way:
    """A warning's way, a sentence for each station, and where it ended."""

    title: str
    key: int
    stations: tuple[str, ...]
    ended: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the template lays out. `years` head the columns of `people`."""

    person: str
    name: str
    day: str
    on: str
    related: bool
    headline: str
    heads: tuple[str, ...]
    people: tuple[Row, ...]
    ranks: tuple[Row, ...]
    told: tuple[Row, ...]
    ways: tuple[Way, ...]


def present(file: KnewFile) -> MapPage:
    """The map of one answer."""
    found = file.found
    knew = knowers(found)
    asking = {path.record for path in paths(found)}
    warned = knowers(found, asking)
    years = _years(knew, file.on.year)
    return MapPage(
        person=file.person,
        name=file.name,
        day=wording.day(file.on),
        on=file.on.isoformat(),
        related=file.related,
        headline=_headline(warned, len(found.people)) if asking else "",
        heads=("Who", *(f"By {year}" for year in years)),
        people=tuple(_person(each, years, file) for each in knew),
        ranks=tuple(
            Row(f"{_agency(each.agency, file)}, {labels.GRADES.get(each.grade, 'rank not given')}",
                (str(each.knew), str(each.people)))
            for each in ranks(found, warned if asking else knew)
        ),
        told=tuple(Row(_named(who, file), (_heard(those, file),)) for who, those in told_by(found)),
        ways=tuple(_way(each, file) for each in paths(found)),
    )  # fmt: skip


def _years(knew: Sequence[Knower], last: int) -> list[int]:
    first = min((each.since.year for each in knew), default=last)
    return [*range(max(first, last - MOST_YEARS + 1), last + 1)]


def _headline(warned: Sequence[Knower], people: int) -> str:
    everybody = wording.figure(people, "person", "people")
    return f"{len(warned)} of the {everybody} who stand in these records knew of a warning."


def _person(each: Knower, years: Sequence[int], file: KnewFile) -> Row:
    """How many records they knew of by the end of each year, up to the day."""
    cells = (sum(learned.at.year <= year for learned in each.learned) for year in years)
    return Row(_named(each.who, file), tuple(str(count) if count else "–" for count in cells))


def _way(path: Path, file: KnewFile) -> Way:
    kept = next(each for each in file.found.records if each.name == path.record)
    kind = labels.kind(kept.told.kind) if kept.told else "Record"
    title = f"{kind} of {_agency(kept.agency, file)}, {wording.day(wording.day_of(kept.recorded_at))}"
    stations = tuple(_station(each, file) for each in path.stages)
    return Way(title, kept.row, stations, _ended(path, file))


def _station(stage: Stage, file: KnewFile) -> str:
    return f"{wording.instant(stage.at)}: {_named(stage.who, file)} {HOW.get(stage.how, stage.how)}"


def _ended(path: Path, file: KnewFile) -> str:
    if path.answered:
        said = labels.plain(path.decision)
        return (
            f"Answered on {wording.instant(path.answered.at)} by {_named(path.answered.who, file)}: {said}."
        )
    rank = labels.GRADES.get(path.top, "")
    where = f" It had come as far as this rank: {rank}." if rank else ""
    return f"Nobody had answered by {wording.day(file.on)}.{where}"


def _heard(those: Sequence[Who], file: KnewFile) -> str:
    return "; ".join(_named(each, file) for each in those) or "Nobody, as far as is written"


def _named(who: Who, file: KnewFile) -> str:
    return ", ".join(filter(None, (who.name or "Name not given", who.role, _agency(who.agency, file))))


def _agency(code: str, file: KnewFile) -> str:
    return file.agencies.get(code, code)
