"""A person's word overrides the model, is in the ledger, and can be taken back."""

from datetime import UTC, datetime

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.linking import batch, expected_links, explain, kept_links, link_all, link_sources
from heed.casework.models import Entry, Link, Outbox, Post, Professional, Source, Verdict
from heed.core.records.explained import Explained
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db
SAME = {"given": "Ayla", "family": "Marsh", "born": "1995-02-11", "ids": {"nhs": "9990000123"}}
POLICE, HEALTH, SCHOOL, STRANGER = "police c-1", "health h-1", "school s-1", "police c-9"


@pytest.fixture
def worker() -> Professional:
    ensure("police")
    return Professional.objects.create(
        username="r.bell", name="R. Bell", agency_id="police", role="analyst", grade="frontline"
    )


@pytest.fixture(autouse=True)
def _four_files() -> None:
    records = [
        record("police", "P-1", person("c-1", **SAME)),
        record("health", "H-1", person("h-1", **SAME)),
        record("school", "S-1", person("s-1", **SAME)),
        record("police", "P-9", person("c-9", "Nell", "Orme", "1999-08-30")),
    ]
    receive_many(records=records, by=None, now=NOW)
    link_all(NOW)


def together() -> set[frozenset[str]]:
    people: dict[str, set[str]] = {}
    for key, who in Source.objects.values_list("key", "person"):
        people.setdefault(who, set()).add(key)
    return {frozenset(keys) for keys in people.values()}


def say(left, right, verdict, by):
    return judge(left=left, right=right, verdict=verdict, reason="I know both families.", by=by, now=NOW)


@pytest.fixture
def lead() -> Professional:
    """Somebody at the other agency who may be the second person."""
    ensure("health")
    lead = Professional.objects.create(
        username="o.dean", name="O. Dean", agency_id="health", role="lead", grade="senior"
    )
    Post.objects.create(agency_id="health", post="designated_lead", holder=lead, order=0)
    return lead


def say_with(left, right, verdict, by, second):
    confirm(verdict=say(left, right, verdict, by).pk, reason="So do I.", by=second, now=NOW)


def test_the_model_alone_joins_the_three_files():
    assert together() == {frozenset({POLICE, HEALTH, SCHOOL}), frozenset({STRANGER})}


def test_different_keeps_two_apart_also_through_a_third(worker):
    say(POLICE, HEALTH, "different", worker)
    assert not any({POLICE, HEALTH} <= people for people in together())
    assert kept_links() == expected_links()
    link_all(NOW)
    assert not any({POLICE, HEALTH} <= people for people in together())


def test_same_joins_what_the_model_would_not_and_a_later_word_takes_it_back(worker, lead):
    before = together()
    say_with(STRANGER, HEALTH, "same", worker, lead)
    assert together() == {frozenset({POLICE, HEALTH, SCHOOL, STRANGER})}
    assert kept_links() == expected_links()
    say(HEALTH, STRANGER, "unsure", worker)
    assert together() == before
    assert Verdict.objects.count() == 2


def test_rows_are_never_merged_and_the_person_keeps_the_oldest_name(worker, lead):
    names = dict(Source.objects.values_list("key", "person"))
    say_with(STRANGER, HEALTH, "same", worker, lead)
    assert Source.objects.count() == 4
    assert set(Source.objects.values_list("person", flat=True)) == {names[POLICE]}


def test_a_verdict_is_in_the_ledger_without_a_name_and_the_worker_is_told(worker):
    said = say(POLICE, HEALTH, "different", worker)
    entry = Entry.objects.get(kind="combination")
    assert (entry.subject, entry.purpose, entry.actor) == (f"verdict:{said.pk}", "different", worker)
    assert Outbox.objects.filter(subject=f"verdict:{said.pk}").exists()


def test_an_explanation_has_the_reasons_and_the_history(worker):
    say(POLICE, HEALTH, "unsure", worker)
    say(POLICE, HEALTH, "different", worker)
    found = explain(HEALTH, POLICE)
    assert [one.verdict for one in found.verdicts] == ["different", "unsure"]
    assert found.linked_by_model
    assert not found.together
    assert {"given", "family", "born", "number"} <= {term.name for term in found.judgement.terms}


@pytest.mark.parametrize(
    ("left", "right", "verdict", "reason", "words"),
    [
        (POLICE, HEALTH, "perhaps", "because", "same, different, unsure"),
        (POLICE, HEALTH, "same", "  ", "needs a reason"),
        (POLICE, POLICE, "same", "because", "two different people"),
        (POLICE, "health nobody", "same", "because", "two different people"),
    ],
)
def test_a_verdict_that_cannot_be_kept_says_why_and_changes_nothing(
    worker, left, right, verdict, reason, words
):
    with pytest.raises(Explained, match=words):
        judge(left=left, right=right, verdict=verdict, reason=reason, by=worker, now=NOW)
    assert not Verdict.objects.exists()


def test_a_pair_that_is_not_there_cannot_be_explained():
    with pytest.raises(Explained):
        explain(POLICE, "health nobody")


def test_a_pair_keeps_its_page_when_more_is_said_and_when_everybody_is_linked_again():
    pages = set(Link.objects.values_list("pk", "left", "right"))
    more = record(
        "police", "P-2", person("c-1", **SAME | {"address": "4 Orchard Row", "postcode": "ZZ1 2AB"})
    )
    receive_many(records=[more], by=None, now=NOW)
    link_sources([POLICE], NOW)
    link_all(NOW)
    assert set(Link.objects.values_list("pk", "left", "right")) == pages
    assert kept_links() == expected_links()


def test_a_word_said_while_everybody_is_linked_is_not_lost(worker, monkeypatch):
    def slow(progress, **how):
        monkeypatch.undo()
        found = batch.compute(progress, **how)
        say(POLICE, HEALTH, "different", worker)
        return found

    monkeypatch.setattr(batch, "compute", slow)
    link_all(NOW)
    assert not any({POLICE, HEALTH} <= people for people in together())
    assert kept_links() == expected_links()
