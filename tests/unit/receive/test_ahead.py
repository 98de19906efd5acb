"""A record dated after it arrived is taken, and everybody who meets it is told."""

import json
from datetime import date, timedelta

import pytest

from heed.casework import ahead, clock
from heed.casework.commands.detect import command as detect
from heed.casework.commands.import_ import command as import_
from heed.casework.policy.intake import SKEW_MINUTES, read_intake
from heed.core.records.clocks import AHEAD
from tests.unit.api.conftest import System, document, lines
from tests.unit.commands.running import run
from tests.unit.records.documents import minimal

pytestmark = pytest.mark.django_db
KIND = AHEAD.partition(":")[0]


@pytest.fixture
def file(tmp_path, settings):
    """Three records: of last year, of five minutes ahead, of ten years ahead."""
    settings.DATA = tmp_path
    now = clock.now()
    dates = (now - timedelta(days=365), now + timedelta(minutes=5), now + timedelta(days=3650))
    told = [minimal(ref=f"r-{place}", recorded_at=at.isoformat()) for place, at in enumerate(dates)]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in told))
    return path


def test_an_import_notes_it_and_takes_it(file):
    account = json.loads(run(import_, "records", file, "--json").out)
    assert (account["accepted"], account["refused"]) == (3, 0)
    assert account["notes"] == {KIND: 1}
    again = json.loads(run(import_, "records", file, "--json").out)
    assert (again["unchanged"], again["notes"]) == (3, {KIND: 1})


def test_a_look_back_says_what_it_passed_over(file):
    run(import_, "records", file)
    today = clock.now().date()
    assert ahead.passed_over(today) == 1
    assert ahead.passed_over(today - timedelta(days=30)) == 0
    assert ahead.passed_over(today + timedelta(days=4000)) == 0
    ran = run(detect, "--json")
    assert f"1 record is not counted on {today}" in ran.err
    assert all(json.loads(line) for line in ran.out.splitlines())
    assert "not counted" not in run(detect, "--as-of", "2020-01-01").err


def test_what_was_in_time_is_not_spoken_of(file):
    file.write_text(file.read_text().splitlines()[0] + "\n")
    assert json.loads(run(import_, "records", file, "--json").out)["notes"] == {}
    assert ahead.in_words(date(2030, 1, 1)) == ""


def test_an_agencys_system_is_told_with_the_line():
    late = clock.now() + timedelta(days=2)
    told = System().send(lines(document("S-1"), document("S-2", recorded_at=late.isoformat()))).json()
    assert [each.get("notes") for each in told["results"]] == [None, [AHEAD]]
    assert told["accepted"] == 2


def test_a_policy_of_before_goes_by_ten_minutes(tmp_path, settings):
    (tmp_path / "intake.yaml").write_text(
        "source: s\nowner: o\neffective_from: 2026-01-01\nreview_date: 2027-01-01\n"
        "volume: {times_usual: 2, usual_days: 3, floor: 4}\nreason_characters: 5\n"
    )
    settings.POLICY = tmp_path
    assert read_intake().clock_skew == timedelta(minutes=SKEW_MINUTES)
