"""A house that another version of the model linked is linked anew, once, by whoever works next."""

import json
import shutil
from datetime import UTC, datetime

import pytest

from heed.casework import worker
from heed.casework.actions.receive import receive_many
from heed.casework.linking import expected_links, in_force, kept_links, link_all, owe_linking_anew
from heed.casework.models import Heartbeat, Link, Outbox, Source
from heed.core.identity import model
from heed.warehouse.linking import committed
from heed.warehouse.linking.committed import current_model
from tests.crowd import crowd
from tests.made_records import record_of

CURRENT = current_model().version
NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def owed():
    return list(Outbox.objects.filter(kind="link", done_at=None).values_list("subject", flat=True))


def linked_by_another_version():
    """A house of 30 sources as an older model might have left it: everybody a person of their own, no links."""
    receive_many(
        records=[record_of(profile, at) for at, profile in enumerate(crowd(30, 5))], by=None, now=NOW
    )
    link_all(NOW)
    Outbox.objects.update(done_at=NOW)
    Link.objects.all().delete()
    Heartbeat.objects.filter(name=f"linked by {CURRENT}").update(name="linked by people-0")


def test_it_is_owed_once_and_done_by_the_next_command(monkeypatch):
    linked_by_another_version()
    assert kept_links() != expected_links()
    monkeypatch.setattr(worker, "notice", lambda now: None)
    worker.catch_up(NOW, lambda words: None)
    assert kept_links() == expected_links()
    assert Source.objects.values("person").distinct().count() < Source.objects.count()
    worker.catch_up(NOW, lambda words: None)
    assert owed() == []


def test_the_version_that_linked_everybody_is_kept_alone():
    linked_by_another_version()
    link_all(NOW)
    names = Heartbeat.objects.filter(name__startswith="linked by").values_list("name", flat=True)
    assert list(names) == [f"linked by {CURRENT}"]
    owe_linking_anew(NOW)
    assert owed() == []


def test_an_empty_house_owes_nothing():
    owe_linking_anew(NOW)
    assert owed() == []


def test_a_house_that_has_outgrown_its_size_is_linked_anew_and_live_weighs_as_the_batch_did(monkeypatch):
    """The size is part of the version; live and batch take it from one place."""
    monkeypatch.setattr(model, "LEAST_HOUSE", 16)
    in_force._sized.cache_clear()
    profiles = crowd(60, 5)
    receive_many(
        records=[record_of(profile, at) for at, profile in enumerate(profiles[:25])], by=None, now=NOW
    )
    link_all(NOW)
    Outbox.objects.update(done_at=NOW)
    sources = Source.objects.count()
    first = in_force.model_in_force()
    assert first.version == f"{CURRENT}/{sources.bit_length()}"
    assert kept_links() == expected_links()
    more = [record_of(profile, at) for at, profile in enumerate(profiles)][25:]
    receive_many(records=more, by=None, now=NOW)
    monkeypatch.setattr(worker, "notice", lambda now: None)
    worker.catch_up(NOW, lambda words: None)
    grown = in_force.model_in_force()
    assert grown.start < first.start
    assert grown.version == f"{CURRENT}/{Source.objects.count().bit_length()}"
    assert set(Link.objects.values_list("model", flat=True)) == {grown.version}
    assert kept_links() == expected_links()
    in_force._sized.cache_clear()


def test_a_house_that_shrinks_a_little_keeps_its_size():
    Heartbeat.objects.create(name=f"linked by {CURRENT}/13", at=NOW)
    assert in_force.wanted(5000).version == in_force.wanted(3100).version == f"{CURRENT}/13"
    assert in_force.wanted(3000).version == f"{CURRENT}/12"
    assert in_force.wanted(8192).version == f"{CURRENT}/14"


def test_a_model_trained_again_under_the_same_name_links_everybody_anew(tmp_path, monkeypatch):
    """A worker that runs on takes the new file up; nobody is linked to and fro."""
    document = json.loads((committed.FOLDER / f"{committed.CURRENT}.json").read_text())
    shutil.copy(committed.FOLDER / f"{committed.CURRENT}.json", tmp_path)
    monkeypatch.setattr(committed, "FOLDER", tmp_path)
    linked_by_another_version()
    link_all(NOW)
    Outbox.objects.update(done_at=NOW)
    owe_linking_anew(NOW)
    assert owed() == []
    assert Link.objects.exists()
    (tmp_path / f"{committed.CURRENT}.json").write_text(json.dumps(document | {"prior": 1e-60}))
    assert current_model().version != CURRENT
    monkeypatch.setattr(worker, "notice", lambda now: None)
    worker.catch_up(NOW, lambda words: None)
    assert kept_links() == expected_links()
    assert set(Link.objects.values_list("model", flat=True)) <= {current_model().version}
    assert Source.objects.values("person").distinct().count() == Source.objects.count()
    owe_linking_anew(NOW)
    assert owed() == []
