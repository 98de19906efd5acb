"""The published fake return of the validator project, where a checkout has it beside the repository.

Expected figures are those of csc-validator-be-903 0.1.17, ruleset 2025/26, collection year 2018: an oracle that
shares no code with Heed. Reading alone is always checked; going in twice is a drill. Without the data there is
nothing here to run; the specs on small samples always run.
"""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from heed.casework.commands.export import command as export
from heed.casework.commands.import_ import command as import_
from heed.formats.contract import Refused, Usable
from heed.formats.ssda903.read import read
from tests.unit.commands.running import run

DATA = Path(__file__).parents[4] / "shared" / "data" / "ssda903-d2i"
TABLES = 12
TOLD = {
    **dict.fromkeys(("564", "565", "566", "567", "570", "571", "575", "586", "1004", "1005", "1006"), 0),
    "574": 1,
    "577": 6,
    "578": 4,
    "581": 4,
    "168": 296,
}
"""The rules on Missing, and the pupil numbers of Header. `tests/drill/test_oracle_ssda903.py` holds all the others."""

if DATA.is_dir():

    def test_the_published_return_is_told_by_the_rules_its_own_validator_finds():
        rows = list(read([DATA], agency="ashmere", options={"collection_year": "2017/18"}))
        notes = Counter(
            note.partition(":")[0] for row in rows if isinstance(row, Usable) for note in row.notes
        )
        assert {kind: notes[kind] for kind in TOLD} == TOLD
        lines = Counter(Path(row.at.file).name for row in rows if row.at.number)
        assert {name: lines[name] for name in physical()} == physical()
        assert not [row for row in rows if isinstance(row, Refused)]

    @pytest.mark.drill
    @pytest.mark.django_db
    def test_the_published_return_is_read_as_its_own_validator_reads_it():
        first = json.loads(run(import_, "ssda903", DATA, "--agency", "ashmere", "--json").out)
        assert {kind: first["rules"].get(kind, 0) for kind in TOLD} == TOLD
        assert first["refused"] == 0
        assert accounted(first) == physical()
        again = json.loads(run(import_, "ssda903", DATA, "--agency", "ashmere", "--json").out)
        assert (again["changed"], again["accepted"], again["superseding"]) == (False, 0, 0)
        assert again["unchanged"] == first["accepted"] + first["unchanged"]
        exported = [json.loads(line) for line in run(export, "records").out.splitlines()]
        missing = [each for each in exported if each["kind"] == "missing"]
        assert Counter(each["missing"]["category"] for each in missing) == {
            "away_without_authorisation": 24,
            "missing": 19,
        }
        assert len({each["people"][0]["ref"] for each in missing}) == 39

    def physical() -> dict[str, int]:
        """The lines of each table, counted by the standard library's CSV reader."""
        found = {}
        for file in DATA.glob("*.csv"):
            rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
            if rows[0][0] == "CHILD":
                found[file.name] = len(rows)
        assert len(found) == TABLES
        return found

    def accounted(account) -> dict[str, int]:
        """What the account says of the same files."""
        lines = {Path(each["file"]).name: each for each in account["files"]}
        ways = ("accepted", "superseding", "unchanged", "refused", "blank", "set_aside")
        return {name: sum(lines[name][way] for way in ways) for name in physical()}
