"""The Department's rules that hold a child's episodes against Header and Missing: ages, and who is in which table.

Source: the published rules of 2025/26, as the open validator csc-validator-be-903 0.1.17 (MIT) understands them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from heed.formats.ssda903.asked import Asked, before, years_on
from heed.formats.ssda903.care_rules import FOLLOWING, CareRule, Child


def _older(years: int, *reasons: str) -> CareRule:
    """386 and others: the child had not reached an age when the episode ended for one of these reasons."""
    return lambda child: (
        row
        for row in child.episodes
        if row["REC"] in reasons and any(before(row.end, years_on(born, years)) for born in child.births)
    )


def _unless_older(years: int, *reasons: str, ended: bool) -> CareRule:
    """387 and 389: nothing shows that the child had reached the age. `ended`: only where the end is a day."""
    return lambda child: (
        row
        for row in child.episodes
        if row["REC"] in reasons
        and (row.end or not ended)
        and not (row.end and child.births and all(years_on(b, years) <= row.end for b in child.births))
    )


def _adopted_at_18(child: Child) -> Iterator[Asked]:
    """386."""
    return (
        row
        for row in child.episodes
        if row["REC"] in ("E11", "E12") and any(row.end and years_on(b, 18) <= row.end for b in child.births)
    )


def _guardian_after_18(child: Child) -> Iterator[Asked]:
    """407."""
    return (
        row
        for row in child.episodes
        if row["REC"] in ("E45", "E46", "E47", "E48")
        and any(before(years_on(b, 18), row.end) for b in child.births)
    )


def _young(place: str, years: int) -> CareRule:
    """371 to 374: too young for the placement, of episodes that are over."""
    return lambda child: (
        row
        for row in child.known
        if row["PLACE"] == place
        and row.end
        and any(before(row.start, years_on(b, years)) for b in child.births)
    )


def _long(place: str, days: int) -> CareRule:
    """375, 376, 379: a temporary placement that lasted too long, of episodes that are over."""
    return lambda child: (
        row
        for row in child.known
        if row["PLACE"] == place
        and child.births
        and row.start
        and before(row.start + timedelta(days=days), row.end)
    )


def _custody_under_10(child: Child) -> Iterator[Asked]:
    """234."""
    return (
        row
        for row in child.episodes
        if row["REASON_PLACE_CHANGE"] == "CUSTOD"
        and any(before(row.start, years_on(b, 10)) for b in child.births)
    )


def _remand_under_10(child: Child) -> Iterator[Asked]:
    """358. On the tenth birthday itself the rule still says under 10."""
    return (
        row
        for row in child.episodes
        if row["LS"] in ("J1", "J2", "J3")
        and any(row.start and row.start <= years_on(born, 10) for born in child.births)
    )


def _before_birth(child: Child) -> Iterator[Asked]:
    """302."""
    return (row for row in child.known[:1] if any(before(row.start, born) for born in child.births))


def _started_at_18(child: Child) -> Iterator[Asked]:
    """352."""
    return (
        row
        for row in child.known
        if row["RNE"] == "S" and any(row.start and years_on(born, 18) <= row.start for born in child.births)
    )


def _still_at_18(child: Child) -> Iterator[Asked]:
    """359."""
    return (
        row
        for row in child.episodes
        if not row["DEC"]
        and (row["LS"], row["PLACE"]) != ("V2", "K2")
        and any(before(years_on(born, 18), row.year.end) for born in child.births)
    )


def _missing_at_18(child: Child) -> Iterator[Asked]:
    """580. Still missing on the eighteenth birthday, and the reason does not say so."""
    ends = {
        end
        for row in child.missing
        if (end := row.day("MIS_END")) and (born := row.day("DOB")) and years_on(born, 18) == end
    }
    return (row for row in child.episodes if row.end in ends and row["REC"] != "E8")


def _number_to_come(child: Child) -> Iterator[Asked]:
    """210. UN4 is for children who started to be looked after in the last week of the year."""
    unknown = any(row["UPN"] == "UN4" for row in child.headers)
    return (row for row in child.known if unknown and not before(row.start, date(row.year.ending, 3, 24)))


def _child_not_born_in_time(child: Child) -> Iterator[Asked]:
    """625. Told of the episode that ended last, where the child of this child was born after it or after the year."""
    ended = [row for row in child.episodes if row.end]
    births = [born for row in child.headers if (born := row.day("MC_DOB"))]
    for row in [max(ended, key=lambda each: each.end or date.min)] if ended else []:
        if any(before(min(row.year.end, row.end or row.year.end), born) for born in births):
            yield row


BESIDE: Mapping[str, CareRule] = {
    "210": _number_to_come,
    "234": _custody_under_10,
    "302": _before_birth,
    "352": _started_at_18,
    "358": _remand_under_10,
    "359": _still_at_18,
    "371": _young("K3", 16),
    "372": _young("R5", 10),
    "373": _young("S1", 4),
    "374": _young("P3", 14),
    "375": _long("T1", 42),
    "376": _long("T3", 21),
    "379": _long("T4", 7),
    "386": _adopted_at_18,
    "387": _unless_older(14, "E5", "E6", ended=True),
    "389": _unless_older(16, "E7", ended=False),
    "407": _guardian_after_18,
    "460": _older(18, "E17"),
    "580": _missing_at_18,
    "625": _child_not_born_in_time,
}

TOGETHER: Mapping[str, CareRule] = {**FOLLOWING, **BESIDE}
"""Every rule on a child's episodes that looks further than one row."""
