"""`heed identity explain` writes the look down before it shows anything."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from heed.casework.actions.receive import receive_many
from heed.casework.commands.identity.explain import command
from heed.casework.linking import link_all
from heed.casework.models import Body, Entry
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAME = {"given": "Ayla", "family": "Marsh", "born": "1995-02-11", "ids": {"nhs": "9990000123"}}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_files(monkeypatch):
    monkeypatch.setattr("heed.casework.installation.ready", lambda: None)
    records = [record("police", "P-1", person("c-1", **SAME)), record("health", "H-1", person("h-1", **SAME))]
    receive_many(records=records, by=None, now=NOW)
    link_all(NOW)


def test_a_pair_is_explained_and_the_look_is_in_the_ledger():
    told = CliRunner().invoke(command, ["police", "c-1", "health", "h-1"])
    assert told.exit_code == 0, told.output
    assert "One person now." in told.output
    look = Entry.objects.filter(kind="consultation").latest("seq")
    assert look.subject == "pair"
    assert Body.objects.filter(entry=look).exists()


def test_a_file_that_is_not_there_is_explained_and_nothing_is_looked_at():
    before = Entry.objects.count()
    told = CliRunner().invoke(command, ["police", "c-1", "health", "nobody"])
    assert told.exit_code != 0
    assert Entry.objects.count() == before
