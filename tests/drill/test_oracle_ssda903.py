"""Heed and the published SSDA903 validator say the same of the same return, rule by rule and row by row.

On the published return where it is there, as the year it is of and as the year of the ruleset, and on two fictional
returns full of slips: one whose every child has a Header row and a first day, one where anything may be wrong.
Where they differ, the difference has a reason here; one without a reason fails, and so does a reason without one.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from heed.formats.contract import Line
from heed.formats.ssda903.checking import broken_rules
from heed.formats.ssda903.days import day, named
from heed.formats.ssda903.read import entries
from heed.formats.ssda903.returned import Entry, Returned
from heed.formats.ssda903.tables import EPISODES, HEADER, MISSING, rule_words
from tests.drill import made_return, validator903

pytestmark = pytest.mark.drill

PUBLISHED = Path(__file__).parents[3] / "shared/data/ssda903-d2i"
CORE = {HEADER, EPISODES, MISSING}

OTHER_ROW = (
    "Heed holds a period against all that began before it, the validator against the one that ended before it"
)
BY_YEAR = "Heed holds a code by the list of its collection year, the validator always by that of 2025/26"
Z1 = "the published schema of 2025/26 still has Z1, the validator's list has not"
BLANK_START = "the validator tells a blank start of a missing period here too; Heed tells it under 564 alone"
NO_START = "the validator also tells a start that is no day, or a child none of whose episodes began on a day"
STILL_OPEN = "an earlier episode that is open, or ends later, keeps the child in care; the validator goes by the last one"
OPEN_OR_NO_DAY = f"{STILL_OPEN}; and it reads an end that is no day as no end"
BETWEEN = "the validator joins two orders that have another status between them; Heed does not"
FAILS = "the validator's own rule ends in an error on this return"

EXPLAINED = {
    "published, 2017/18": {"574": OTHER_ROW, "146": BY_YEAR, "149": BY_YEAR, "1009": BY_YEAR},
    "published, 2025/26": {"574": OTHER_ROW, "146": Z1},
    "plain": {
        "362": BETWEEN, "574": OTHER_ROW, "1004": BLANK_START, "581": NO_START, "577": OPEN_OR_NO_DAY, "578": STILL_OPEN,
    },
    "rough": {
        "574": OTHER_ROW, "1004": BLANK_START, "581": NO_START, "577": OPEN_OR_NO_DAY, "578": STILL_OPEN, "361": BETWEEN,
        "362": BETWEEN, "302": FAILS, "336": FAILS, "460": FAILS,
    },
}  # fmt: skip

SEX = "Heed lets no rule look at sex"
POSTCODES = "needs the council of a postcode, or the distance between two, which these tables do not hold"
PROVIDERS = "needs Ofsted's lists of providers, which are no part of a return"
NOT_ASKED = {
    **dict.fromkeys(("101", "174", "232", "393", "607", "612"), SEX),
    "103": "Heed lets no rule look at ethnicity",
    **dict.fromkeys(("169", "179", "218", "241", "243", "392c", "411", "420", "454", "1015"), POSTCODES),
    **dict.fromkeys(("219", "221", "224", "227", "228", "229", "1008"), PROVIDERS),
    **dict.fromkeys(
        ("231", "233"), "names a column that no table of the return has, so the validator cannot run it"
    ),
    "503D": "needs the return of the year before",
}

type Rows = set[tuple[str, int]]


def of_heed(folder: Path, year: str) -> dict[str, Rows]:
    """The rows that break each rule, as Heed finds them: table, and row from 0."""
    found = [entry for file in sorted(folder.glob("*.csv")) for entry in entries(file)]
    places: dict[Line, tuple[str, int]] = {each.at: (each.table.name, each.at.number - 2) for each in found}
    returned, when = Returned(found), named(year)
    returned.name_rows(when)
    returned.ask_of_missing(when)
    rows: dict[str, Rows] = defaultdict(set)
    for at, numbers in broken_rules(returned, when).items():
        for number in numbers:
            rows[number].add(places[at])
    return rows


def of_validator(told: dict) -> dict[str, Rows]:
    """The same, as the validator finds them."""
    return {
        rule: {(table, row) for table, numbers in tables.items() if table in CORE for row in numbers}
        for rule, tables in told["broken"].items()
    }


@pytest.fixture(scope="module")
def returns(tmp_path_factory) -> dict[str, tuple[Path, str]]:
    """The returns that are compared, each with its year."""
    folder = tmp_path_factory.mktemp("returns")
    made = {}
    for name, seed in (("plain", 90_301), ("rough", 903)):
        (folder / name).mkdir()
        made[name] = (
            made_return.write(folder / name, seed=seed, children=1500, rough=name == "rough"),
            "2026",
        )
    if not PUBLISHED.exists():
        return made
    (folder / "published").mkdir()
    for table in ("header", "episodes", "missing"):
        shutil.copy(PUBLISHED / f"{table}.csv", folder / "published")
    years = {"published, 2017/18": "2018", "published, 2025/26": "2026"}
    return {**{name: (folder / "published", year) for name, year in years.items()}, **made}


@pytest.mark.parametrize("name", EXPLAINED)
def test_heed_and_the_published_validator_agree_rule_by_rule(returns, name):
    if name not in returns:
        pytest.skip("the published return is not here")
    folder, year = returns[name]
    told = validator903.ask(folder, year)
    ours, theirs = of_heed(folder, year), of_validator(told)
    both = [rule for rule in rule_words() if rule in told["known"]]
    differing = {rule for rule in both if ours[rule] != theirs.get(rule, set())}
    _print(name, both, ours, theirs, differing)
    assert differing == set(EXPLAINED[name])
    _reasons_hold(name, folder, ours, theirs, told["failed"])
    if name == "published, 2017/18":
        seen = {rule: len(theirs[rule]) for rule in ("574", "577", "578", "581", "168", "1012")}
        assert seen == {"574": 1, "577": 6, "578": 4, "581": 4, "168": 296, "1012": 7}
        assert {rule: len(ours[rule]) for rule in seen if rule != "1012"} == {
            r: n for r, n in seen.items() if r != "1012"
        }
    if name == "rough":
        silent = [rule for rule in both if not ours[rule]]
        assert len(silent) <= 5, f"rules that nothing in the fictional return breaks prove nothing: {silent}"


def _print(name: str, both: list[str], ours: dict, theirs: dict, differing: Iterable[str]) -> None:
    told = sum(bool(ours[rule]) for rule in both)
    same = [rule for rule in both if rule not in differing]
    print(
        f"{name}: {len(both)} rules asked by both, {told} of them broken by some row; {len(same)} agree row by row, on "
        f"{sum(len(ours[rule]) for rule in same)} rows"
    )
    for rule in sorted(differing):
        mine, other = ours[rule], theirs.get(rule, set())
        reason = EXPLAINED[name].get(rule, "NO REASON")
        print(f"  {rule}: Heed {len(mine)}, validator {len(other)}, Heed alone {len(mine - other)}, "
              f"validator alone {len(other - mine)}: {reason}")  # fmt: skip


def _reasons_hold(name: str, folder: Path, ours: dict, theirs: dict, failed: list[str]) -> None:
    """A reason is held against every row in which the two differ, where the row itself can show it."""
    cells = {(e.table.name, e.at.number - 2): e for file in folder.glob("*.csv") for e in entries(file)}
    episodes: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(
        (e for e in cells.values() if e.table.name == EPISODES and e.start), key=lambda e: e.start
    ):
        episodes[entry.child].append(entry)
    for rule, reason in EXPLAINED[name].items():
        apart = [cells[row] for row in ours[rule] ^ theirs.get(rule, set())]
        match reason:
            case _ if reason == FAILS:
                assert rule in failed
            case _ if reason == BLANK_START:
                assert not [row for row in apart if row.cells["MIS_START"]]
            case _ if reason == NO_START:
                assert not [row for row in apart if row.start and episodes[row.child]]
            case _ if reason in (STILL_OPEN, OPEN_OR_NO_DAY):
                shown = [row for row in apart if not _outlasts_a_later_one(episodes[row.child])]
                no_day = [row for row in shown if row.cells["MIS_END"] and not day(row.cells["MIS_END"])]
                assert shown == (no_day if reason == OPEN_OR_NO_DAY else [])
            case _ if reason == Z1:
                assert {row.cells["PLACE"] for row in apart} == {"Z1"}


def _outlasts_a_later_one(episodes: list[Entry]) -> bool:
    """Whether some episode has no end, or ends after one that began later."""
    ends = [day(each.cells["DEC"]) for each in episodes]
    return any(
        end is None or any(later and later < end for later in ends[n + 1 :])
        for n, end in enumerate(ends[:-1])
    )


def test_every_rule_on_these_tables_is_asked_or_has_a_reason(returns):
    folder, year = returns["plain"]
    known = validator903.ask(folder, year)["known"]
    derived = {"PL_LA", "PL_LOCATION", "PL_DISTANCE", "postcodes", "provider_info", "UPN_last", ""}
    on_these = {
        rule for rule, tables in known.items() if set(tables) & CORE and not set(tables) - CORE - derived
    }
    # 575 and 581 also name AD1, in a line after their last return that is never reached.
    on_these |= {"575", "581"}
    assert on_these - set(rule_words()) == set(NOT_ASKED)
    print(
        f"{len(on_these)} rules of the validator are on these tables; {len(NOT_ASKED)} are not asked by Heed:"
    )
    for reason in dict.fromkeys(NOT_ASKED.values()):
        print(f"  {', '.join(rule for rule in NOT_ASKED if NOT_ASKED[rule] == reason)}: {reason}")
