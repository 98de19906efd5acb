"""The Department's rules on one row of Episodes: each a question by its number, codes and days of that row only.

Source: the published rules of 2025/26, as the open validator csc-validator-be-903 0.1.17 (MIT) understands them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from heed.formats.ssda903.asked import Asked, RowRule, before
from heed.formats.ssda903.tables import meaning

TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
SHORT = frozenset({"V3", "V4"})
FOSTER = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})
FOR_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
NO_PROVIDER = TEMPORARY | {"Z11", "Z12", "Z13", "Z14"}
_NO_URN = NO_PROVIDER | {"P1", "P3", "R1", "R2", "R5"}
_NO_PUBLIC = FOSTER | FOR_ADOPTION | {"K1", "K2", "P1"}
AGENCY_URN = "XXXXXXX"
PROVIDERS = frozenset({"PR0", "PR1", "PR2", "PR3", "PR4", "PR5"})


def _no_code(column: str) -> RowRule:
    """A code that is none of its collection year."""
    return lambda row: bool(row[column]) and meaning(column, row[column], row.year.ending) is None


def _no_day(column: str) -> RowRule:
    return lambda row: bool(row[column]) and row.day(column) is None


def _provider_is_none(row: Asked) -> bool:
    """178. No code, or one where the placement has no provider. Of T4 the rule does not say so."""
    given = row["PLACE_PROVIDER"]
    return bool(given) and (given not in PROVIDERS or row["PLACE"] in NO_PROVIDER - {"T4"})


def _with(provider: str, *places: str) -> RowRule:
    return lambda row: row["PLACE_PROVIDER"] == provider and row["PLACE"] in places


def _lasted(row: Asked, days: int) -> bool:
    """Longer than so many days; an open episode to the end of the year."""
    end = row.end if row["DEC"] else row.year.end
    return row.start is not None and before(row.start + timedelta(days=days), end)


ALONE: Mapping[str, RowRule] = {
    "141": _no_day("DECOM"),
    "143": _no_code("RNE"),
    "144": _no_code("LS"),
    "145": _no_code("CIN"),
    "146": _no_code("PLACE"),
    "147": _no_day("DEC"),
    "148": lambda row: bool(row["DEC"]) != bool(row["REC"]),
    "149": _no_code("REC"),
    "178": _provider_is_none,
    "213": lambda row: row["PLACE"] in NO_PROVIDER and bool(row["PLACE_PROVIDER"]),
    "214": lambda row: row["LS"] in SHORT and bool(row["PL_POST"] or row["URN"]),
    "217": lambda row: (
        row["PLACE"] in ("A3", "A5")
        and not before(row.start or date.min, date(2015, 4, 1))
        and row["RNE"] not in ("S", "T", "U")
    ),
    "222": lambda row: row["PLACE"] in _NO_URN and row["URN"] not in ("", AGENCY_URN),
    "242": lambda row: row["URN"] == AGENCY_URN and row["PLACE"] not in FOSTER | FOR_ADOPTION,
    "353": lambda row: before(row.start, date(1991, 10, 14)),
    "354": lambda row: before(row.year.end, row.start),
    "355": lambda row: row["DECOM"] == row["DEC"],
    "356": lambda row: before(row.end, row.start),
    "365": lambda row: row["LS"] == "V3" and _lasted(row, 17),
    "366": lambda row: row["LS"] == "V3" and row["RNE"] != "S",
    "378": lambda row: row["PLACE"] == "P1" and row["LS"] == "V2",
    "380": lambda row: row["PLACE"] in TEMPORARY and row["RNE"] not in ("P", "B"),
    "381": lambda row: row["PLACE"] in TEMPORARY and row["REC"] not in ("", "X1"),
    "382": lambda row: row["LS"] in SHORT and row["PLACE"] in TEMPORARY,
    "384": lambda row: row["LS"] in SHORT and row["PLACE"] in ("U1", "U4"),
    "385": lambda row: before(row.year.end, row.end),
    "390": lambda row: row["REC"] in ("E11", "E12") and row["PLACE"] not in FOR_ADOPTION,
    "392d": lambda row: row["PLACE"] != "P1" and bool(row["PL_POST"]) and row["PL_POST"] == row["HOME_POST"],
    "398": lambda row: row["LS"] in SHORT and bool(row["HOME_POST"] or row["PL_POST"]),
    "408": lambda row: row["PLACE"] in ("A5", "A6") and row["LS"] != "E1",
    "446": lambda row: row["LS"] == "E1" and before(row.start, date(2005, 12, 1)),
    "516": lambda row: row["REC"] in ("E45", "E46") and row["PLACE"] not in FOSTER,
    "526": lambda row: row["PLACE"] not in NO_PROVIDER and not row["PLACE_PROVIDER"],
    "527": _with("PR1", "P1", "R2", "R5"),
    "528": _with("PR2", "P1", "R2", "R5"),
    "529": _with("PR3", *_NO_PUBLIC),
    "530": _with("PR4", "P1"),
    "531": _with("PR5", "P1"),
    "550": lambda row: row["PLACE_PROVIDER"] == "PR0" and row["PLACE"] != "P1",
    "1009": _no_code("REASON_PLACE_CHANGE"),
}


def broken_alone(row: Asked) -> Iterator[str]:
    """The numbers of the rules that a row breaks by itself."""
    return (number for number, breaks in ALONE.items() if breaks(row))
