"""A policy that changes moves no duty that runs without saying so: in the ledger, on its step and on its page."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client

from heed.casework import policy as policies
from heed.casework.actions.duties import escalate_due
from heed.casework.actions.policies import note_policy
from heed.casework.actions.receive import receive
from heed.casework.commands.policy import command
from heed.casework.ledger import check
from heed.casework.models import Duty, Entry, PolicyInForce
from heed.casework.policy import whole
from heed.casework.policy.page import SHIPPED
from heed.casework.sealing.rows import words_of
from heed.casework.tick import tick
from tests.concerns import MONDAY, concern
from tests.personas import PASSWORD, standing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def changed(tmp_path, settings):
    """A partnership that answers within three working hours from now on."""

    def change():
        text = (SHIPPED / "ladder.yaml").read_text()
        (tmp_path / "ladder.yaml").write_text(
            text.replace("answer: 2 working days", "answer: 3 working hours", 1)
        )
        settings.POLICY = tmp_path

    yield change
    policies._read.cache_clear()
    whole._in_words.cache_clear()


def test_it_is_written_down_once_and_again_when_it_changes(changed):
    assert note_policy(now=MONDAY) is not None
    assert note_policy(now=MONDAY) is None
    changed()
    row = note_policy(now=MONDAY + DAY)
    assert row.changes == '[["ladder.rungs.1.answer","2 working days","3 working hours"]]'
    assert list(Entry.objects.filter(kind="policy").values_list("purpose", flat=True)) == ["in force"] * 2
    assert check().faults == []


def test_a_duty_that_runs_keeps_its_deadline_and_its_next_step_says_by_which_policy(changed):
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)
    tick(MONDAY)
    due_at = Duty.objects.get().due_at
    changed()
    tick(MONDAY + DAY / 2)
    duty = Duty.objects.get()
    assert (duty.due_at, duty.moves) == (due_at, 1)
    client = Client()
    client.login(username="sam", password=PASSWORD)
    page = client.get(f"/duties/{duty.reference}").content.decode()
    assert "was 2 working days, is 3 working hours" in page
    assert "Nothing here was moved by that" in page
    escalate_due(now=MONDAY + DAY)
    assert "policy in force since 16 November 2026" in words_of(Duty.objects.get().steps.all())[-1]


def test_what_stands_still_says_nothing():
    people = standing()
    tick(MONDAY)
    receive(record=concern(), by=people.rosa, now=MONDAY)
    tick(MONDAY + DAY)
    assert "policy" not in words_of(Duty.objects.get().steps.all())[-1]
    assert PolicyInForce.objects.count() == 1


def test_check_names_file_line_key_found_and_expected(tmp_path, settings):
    text = (SHIPPED / "deadlines.yaml").read_text()
    (tmp_path / "deadlines.yaml").write_text(text.replace("limit: 15 working days", "limit: soon", 1))
    settings.POLICY = tmp_path
    line = text[: text.index("limit: 15 working days")].count("\n") + 1
    done = CliRunner().invoke(command, ["check"])
    assert done.exit_code == 1
    assert f"deadlines.yaml, line {line}: deadlines.initial_conference.limit: found 'soon'" in done.output
    assert "expected a span such as 15 working days" in done.output
    assert "ladder: whole" in done.output
