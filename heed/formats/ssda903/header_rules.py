"""The Department's rules on Header, alone and beside a child's episodes. Sex and ethnicity are asked about by none.

Source: the published rules of 2025/26, as the open validator csc-validator-be-903 0.1.17 (MIT) understands them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from heed.formats.ssda903.age_rules import TOGETHER
from heed.formats.ssda903.asked import Asked, RowRule, before, years_on
from heed.formats.ssda903.care_rules import Child
from heed.formats.ssda903.episode_rules import SHORT

UNKNOWN = ("UN1", "UN2", "UN3", "UN4", "UN5")
_UPN = re.compile(r"[A-HJ-NP-RT-Z]([0-9]{12}|[0-9]{11}[A-Z])")


def _born_by(row: Asked, years: int, when: date) -> bool:
    """Whether the child had reached an age on a day."""
    born = row.day("DOB")
    return born is not None and years_on(born, years) <= when


def _older_than_25(row: Asked) -> bool:
    born = row.day("DOB")
    return born is not None and years_on(born, 25) < row.year.start


def _mother_under_11(row: Asked) -> bool:
    born = row.day("DOB")
    return row["MOTHER"] == "1" and born is not None and years_on(born, 11) > row.year.start


def _younger_than_her_child(row: Asked) -> bool:
    """621. A date of birth that is no date does not show that she is older."""
    child = row.day("MC_DOB")
    return child is not None and not before(row.day("DOB"), child)


ALONE: Mapping[str, RowRule] = {
    "102": lambda row: row.day("DOB") is None,
    "168": lambda row: bool(row["UPN"]) and not _UPN.fullmatch(row["UPN"]) and row["UPN"] not in UNKNOWN,
    "171": lambda row: bool(row["MC_DOB"]) and row.day("MC_DOB") is None,
    # The validator takes the August before the year before; the words of the rule do not say which.
    "209": lambda row: row["UPN"] == "UN1" and _born_by(row, 4, date(row.year.ending - 2, 8, 31)),
    "301": lambda row: before(row.year.end, row.day("DOB")),
    "351": _older_than_25,
    "611": lambda row: row["MOTHER"] == "1" and not row["MC_DOB"],
    "620": _mother_under_11,
    "621": _younger_than_her_child,
}

ALSO_OF_HEADER = ("210", "234", "302", "358", "407", "625")
"""Rules on episodes that are told of the child's rows of Header too."""


def broken_beside(child: Child, upns: Counter[str]) -> Iterator[tuple[str, Asked]]:
    """The rules on Header that need the child's episodes, or everybody's pupil numbers."""
    cared_for = any(row["LS"] not in SHORT for row in child.episodes)
    for number in ALSO_OF_HEADER:
        if any(True for _ in TOGETHER[number](child)):
            yield from ((number, row) for row in child.headers if _is_why(number, child, row))
    for row in child.headers:
        if cared_for and not row["UPN"]:
            yield "442", row
        if row["UPN"] not in UNKNOWN and upns[row["UPN"]] > 1:
            yield "444", row
        if len(child.headers) > 1:
            yield "INT32", row


def _is_why(number: str, child: Child, row: Asked) -> bool:
    """Whether this row of Header by itself breaks the rule: a child may have two, with two births."""
    return any(True for _ in TOGETHER[number](Child(child.episodes, [row], child.missing)))
