"""A council's own counts of missing episodes beside those Heed makes from what came in."""

import json

import pytest

from heed.casework.commands.import_ import command as import_
from heed.casework.commands.reconcile import command as reconcile
from tests.unit.commands.running import run
from tests.unit.formats.test_annex_a import EIGHT, eight, workbook
from tests.unit.records.documents import MINIMAL

pytestmark = pytest.mark.django_db

MISSING, ABSENT = (next(h for h in EIGHT if word in h).replace(" ", "_") for word in ("Missing", "Absent"))


def episode(
    ref: str, day: str, category: str = "missing", agency: str = "council", child: str = "10003"
) -> str:
    """One missing record as a line."""
    people = [{"ref": child, "part": "child"}]
    told = {"kind": "missing", "happened_from": day, "missing": {"category": category}, "people": people}
    return json.dumps(
        {**MINIMAL, **told, "agency": agency, "ref": ref, "recorded_at": "2024-02-01T00:00:00+00:00"}
    )


@pytest.fixture
def recorded(tmp_path):
    """Two missing and one absent in the twelve months to 31 January 2024, and one before."""
    lines = [
        episode("a", "2023-05-01"),
        episode("b", "2024-01-31"),
        episode("c", "2023-06-01", "away_without_authorisation"),
        episode("d", "2022-12-01"),
    ]
    (tmp_path / "records.jsonl").write_text("\n".join(lines) + "\n")
    assert run(import_, "records", tmp_path / "records.jsonl").code == 0


def listed(tmp_path, missing: int, absent: int, **cells):
    """A workbook whose list 8 gives these counts."""
    row = eight(**{MISSING: missing, ABSENT: absent, **cells})
    return workbook(tmp_path, List_8=[EIGHT, row])


def test_figures_that_agree_say_so(recorded, tmp_path):
    ran = run(
        reconcile, "annex-a", listed(tmp_path, 2, 1), "--agency", "council", "--as-of", "2024-01-31", "--json"
    )
    assert ran.code == 0
    assert json.loads(ran.out) == {
        "child": "10003", "as_of": "2024-01-31", "known": True, "list_missing": 2, "list_absent": 1,
        "heed_missing": 2, "heed_absent": 1, "days_any_agency": 3, "agrees": True,
    }  # fmt: skip


def test_figures_that_do_not_are_told_by_the_council_s_own_number(recorded, tmp_path):
    ran = run(reconcile, "annex-a", listed(tmp_path, 9, 1), "--agency", "council", "--as-of", "2024-01-31")
    assert ran.code == 1
    assert "10003: the list says 9 missing, 1 absent" in ran.out
    assert "say 2 and 1; any agency's, 3 days" in ran.out


def test_a_child_heed_never_heard_of_is_told_as_such(recorded, tmp_path):
    file = listed(tmp_path, 3, 0, Child_Unique_ID=77)
    ran = run(reconcile, "annex-a", file, "--agency", "council", "--as-of", "2024-01-31")
    assert (ran.code, "77: the list says 3 missing, 0 absent; Heed has no record." in ran.out) == (1, True)


def test_a_workbook_without_list_8_is_explained(recorded, tmp_path):
    file = workbook(tmp_path, Sheet=[["nothing"]])
    assert "list 8" in run(reconcile, "annex-a", file, "--agency", "council").explained
