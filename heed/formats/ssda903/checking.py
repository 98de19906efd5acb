"""All the Department's rules that can be asked of a return's own tables, asked: which row breaks which."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from heed.formats.contract import Line
from heed.formats.ssda903 import header_rules
from heed.formats.ssda903.age_rules import TOGETHER
from heed.formats.ssda903.asked import Asked, asked, in_order
from heed.formats.ssda903.care_rules import Child
from heed.formats.ssda903.days import CollectionYear
from heed.formats.ssda903.episode_rules import broken_alone
from heed.formats.ssda903.returned import Returned
from heed.formats.ssda903.rules import broken
from heed.formats.ssda903.tables import EPISODES, HEADER, MISSING

type Broken = Mapping[Line, list[str]]


def broken_rules(returned: Returned, year: CollectionYear) -> Broken:
    """The numbers of the rules each row of Header, Episodes and Missing breaks. Of a table that was not sent nothing
    is asked."""
    found: dict[Line, list[str]] = defaultdict(list)
    for number, at in _all(returned, year):
        if number not in found[at]:
            found[at].append(number)
    return {at: sorted(numbers, key=_in_number_order) for at, numbers in found.items() if numbers}


def _all(returned: Returned, year: CollectionYear) -> Iterator[tuple[str, Line]]:
    upns = Counter(asked(row, year)["UPN"] for row in returned.entries if row.table.name == HEADER)
    upns[""] = 0
    sent = {entry.table.name for entry in returned.entries}
    for number in returned.of_child:
        headers, episodes, missing = (
            [asked(row, year) for row in returned.rows(table, number)]
            for table in (HEADER, EPISODES, MISSING)
        )
        child = Child(in_order(episodes), headers, missing)
        yield from _of_headers(child, upns)
        yield from _of_episodes(child, has_header=HEADER in sent)
        for row in missing:
            yield from ((broken_, row.at) for broken_ in broken(returned.missing[row.at]))
            yield from _of_missing(row, child, has_header=HEADER in sent)


def _of_headers(child: Child, upns: Counter[str]) -> Iterator[tuple[str, Line]]:
    for row in child.headers:
        yield from ((number, row.at) for number, breaks in header_rules.ALONE.items() if breaks(row))
    yield from ((number, row.at) for number, row in header_rules.broken_beside(child, upns))


def _of_episodes(child: Child, *, has_header: bool) -> Iterator[tuple[str, Line]]:
    for row in child.episodes:
        yield from ((number, row.at) for number in broken_alone(row))
    for number, rule in TOGETHER.items():
        if number != "INT03" or has_header:
            yield from ((number, row.at) for row in rule(child))


def _of_missing(row: Asked, child: Child, *, has_header: bool) -> Iterator[tuple[str, Line]]:
    if has_header and not child.headers:
        yield "INT04", row.at
    born = row.day("DOB")
    if born and any(each != born for each in child.births):
        yield "INT13", row.at


def _in_number_order(number: str) -> tuple[bool, int, str]:
    digits = "".join(each for each in number if each.isdigit())
    return (number.startswith("INT"), int(digits), number)
