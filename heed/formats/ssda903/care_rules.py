"""The Department's rules on a child's episodes as they follow one another.

Source: the published rules of 2025/26, as the open validator csc-validator-be-903 0.1.17 (MIT) understands them.
Each rule is given a child's episodes by the day they began, and names those that break it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from heed.formats.ssda903.asked import Asked, before
from heed.formats.ssda903.episode_rules import FOR_ADOPTION, FOSTER, SHORT, TEMPORARY

PLACEMENT = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
GOING_ON = ("P", "L", "T", "U", "B")

type Episodes = Sequence[Asked]
type CareRule = Callable[["Child"], Iterator[Asked]]


@dataclass(frozen=True, slots=True)
class Child:
    """A child's rows: episodes by the day they began, rows of Header and of Missing."""

    episodes: Episodes
    headers: Sequence[Asked]
    missing: Sequence[Asked] = ()

    @property
    def known(self) -> list[Asked]:
        """The episodes whose first day is known."""
        return [row for row in self.episodes if row.start]

    @property
    def births(self) -> list[date]:
        """The dates of birth in Header."""
        return [born for row in self.headers if (born := row.day("DOB"))]


def _pairs(child: Child) -> Iterator[tuple[Asked, Asked]]:
    return pairwise(child.episodes)


def _second(breaks: Callable[[Asked, Asked], bool]) -> CareRule:
    """A rule on two episodes in a row, told of the later."""
    return lambda child: (now for before_, now in _pairs(child) if breaks(before_, now))


def _first(breaks: Callable[[Asked, Asked], bool]) -> CareRule:
    """The same, told of the earlier."""
    return lambda child: (now for now, after in _pairs(child) if breaks(now, after))


def _not_ended(child: Child) -> Iterator[Asked]:
    """142. Every episode but the last has an end and a reason; one of no known day may be the last."""
    return (row for row in child.episodes[:-1] if row.start and (not row.end or not row["REC"]))


def _change_not_said(now: Asked, after: Asked) -> bool:
    """225."""
    return (
        now["REC"] == "X1"
        and not now["REASON_PLACE_CHANGE"]
        and not {now["PLACE"], after["PLACE"]} & TEMPORARY
        and after["RNE"] in ("P", "B", "T", "U")
    )


def _change_of_temporary(child: Child) -> Iterator[Asked]:
    """226. A temporary placement needs no reason for a change, nor does the episode before it."""
    last = ""
    for row in child.episodes:
        if row["PLACE"] in TEMPORARY and (row["REASON_PLACE_CHANGE"] or last):
            yield row
        last = row["REASON_PLACE_CHANGE"]


def _no_foster_before(child: Child) -> Iterator[Asked]:
    """336."""
    first = next(iter(child.known), None)
    for earlier, now in _pairs(child):
        if (
            now["PLACE"] in ("A3", "A4")
            and earlier["PLACE"] not in FOSTER | FOR_ADOPTION
            and now is not first
        ):
            yield now


def _first_is_no_start(child: Child) -> Iterator[Asked]:
    """357."""
    for row in child.known[:1]:
        if not before(row.start, row.year.start) and row["RNE"] != "S":
            yield row


def _in_a_row(status: str, days: int) -> CareRule:
    """361, 362. From the first to the last day of episodes under one status that follow one another to the day. An
    end that is no date is read as none: the status went on to the end of the year."""

    def broken(child: Child) -> Iterator[Asked]:
        for group in _runs(child, status, lambda last, row: (last.end or row.year.end) == row.start):
            start, end = group[0].start, max(row.end or row.year.end for row in group)
            if start and end - start > timedelta(days=days):
                yield from group

    return broken


def _all_told(status: str, days: int) -> CareRule:
    """363, 364. The days of all episodes under one status that touch or overlap, added up."""

    def broken(child: Child) -> Iterator[Asked]:
        for group in _runs(child, status, lambda last, row: not before(_end(last), row.start)):
            spent = [end - row.start for row in group if row.start and (end := _end(row))]
            if sum(spent, timedelta()) > timedelta(days=days):
                yield from group

    return broken


def _runs(child: Child, status: str, goes_on: Callable[[Asked, Asked], bool]) -> Iterator[list[Asked]]:
    group: list[Asked] = []
    for row in child.known:
        if row["LS"] != status:
            continue
        if group and not goes_on(group[-1], row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _end(row: Asked) -> date | None:
    return row.end if row["DEC"] else row.year.end


def _much_respite(child: Child) -> Iterator[Asked]:
    """367. Days of the year under V3, all together."""
    short = [(row, _days_of_year(row)) for row in child.known if row["LS"] == "V3"]
    spent = [(row, days) for row, days in short if days > 0]
    if sum(days for _, days in spent) > 75:
        yield from (row for row, _ in spent)


def _days_of_year(row: Asked) -> int:
    end = _end(row)
    if end is None or row.start is None:
        return 0
    return (min(end, row.year.end) - max(row.start, row.year.start)).days


def _holidays(child: Child) -> Iterator[Asked]:
    """377."""
    found = [row for row in child.episodes if row["PLACE"] == "T3"]
    return iter(found if len(found) > 2 else ())


def _no_return(child: Child) -> Iterator[Asked]:
    """383. After a temporary placement, back to the one before it. Two blank postcodes are not the same place."""
    for earlier, away, now in zip(child.episodes, child.episodes[1:], child.episodes[2:], strict=False):
        same = now["PLACE"] == earlier["PLACE"] and now["PL_POST"] == earlier["PL_POST"] != ""
        if away["PLACE"] in TEMPORARY and (now["RNE"] != "P" or not same):
            yield now


def _does_not_go_on(child: Child) -> Iterator[Asked]:
    """388. X1 says that the next episode begins that day; any other reason that it does not."""
    ordered = [*(row for row in child.episodes if not row.start), *child.known]
    for place, row in enumerate(ordered):
        after = ordered[place + 1] if place + 1 < len(ordered) else None
        if row.end is None:
            continue
        if after is None:
            if row["REC"] == "X1":
                yield row
        elif row["REC"] and (row["REC"] == "X1") != (row.end == after.start):
            yield row


def _two_kinds_of_respite(child: Child) -> Iterator[Asked]:
    """426."""
    short = [row for row in child.episodes if row["LS"] in SHORT]
    return iter(short if {row["LS"] for row in short} == SHORT else ())


def _same_placement(one: Asked, other: Asked) -> bool:
    return all(one[column] == other[column] for column in PLACEMENT)


def _started_again(earlier: Asked, now: Asked) -> bool:
    """431."""
    return now["RNE"] == "S" and before(now.start, (earlier.end or date.min) + timedelta(days=1))


def _ended_then_went_on(earlier: Asked, now: Asked) -> bool:
    """432."""
    return earlier["REC"] in _ENDED and now["RNE"] != "S"


_ENDED = frozenset(
    ["E2", "E3", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", "E11", "E12", "E13", "E14", "E15", "E16", "E17"]
) | {"E41", "E45", "E46", "E47", "E48"}


def _gap(earlier: Asked, now: Asked) -> bool:
    """433."""
    return now["RNE"] in GOING_ON and (earlier["DEC"] != now["DECOM"] or not now["DECOM"])


def _only_status_changed(earlier: Asked, now: Asked) -> bool:
    """434. L says that the legal status changed and the placement did not."""
    same_status = now["LS"] == earlier["LS"] != ""
    return now["RNE"] == "L" and (same_status or not _same_placement(earlier, now))


def _only_placement_changed(earlier: Asked, now: Asked) -> bool:
    """435. P and T say that the placement changed and the legal status did not. What is blank twice is not the same."""
    same_status = now["LS"] == earlier["LS"] != ""
    same_place = _same_placement(earlier, now) and all(now[column] for column in PLACEMENT)
    return now["RNE"] in ("P", "T") and (not same_status or same_place)


def _both_changed(earlier: Asked, now: Asked) -> bool:
    """436."""
    return now["RNE"] in ("U", "B") and (now["LS"] == earlier["LS"] or _same_placement(earlier, now))


def _need_changed(earlier: Asked, now: Asked) -> bool:
    """504."""
    goes_on = earlier["REC"] == "X1" and now.start is not None and earlier.end == now.start
    return goes_on and (now["CIN"] != earlier["CIN"] or not now["CIN"])


FOLLOWING: Mapping[str, CareRule] = {
    "142": _not_ended,
    "225": _first(_change_not_said),
    "226": _change_of_temporary,
    "336": _no_foster_before,
    "357": _first_is_no_start,
    "361": _in_a_row("L1", 3),
    "362": _in_a_row("L2", 21),
    "363": _all_told("L3", 7),
    "364": _all_told("J2", 21),
    "367": _much_respite,
    "377": _holidays,
    "383": _no_return,
    "388": _does_not_go_on,
    "426": _two_kinds_of_respite,
    "431": _second(_started_again),
    "432": _second(_ended_then_went_on),
    "433": _second(_gap),
    "434": _second(_only_status_changed),
    "435": _second(_only_placement_changed),
    "436": _second(_both_changed),
    "437": _first(lambda now, after: bool(now.start) and now["REC"] in ("E2", "E15")),
    "501": _second(lambda earlier, now: before(now.start, earlier.end)),
    "504": _second(_need_changed),
    "INT03": lambda child: iter(() if child.headers else child.episodes),
}
