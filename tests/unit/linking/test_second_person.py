"""A verdict that would let records be seen across agencies waits for a second person; every step can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from heed.casework import sealed
from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm, decline, withdraw
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.ledger import check
from heed.casework.linking import expected_links, kept_links, link_all
from heed.casework.linking.gathering import verdicts
from heed.casework.models import Entry, Outbox, Post, Professional, Relationship, Source, Verdict, VerdictStep
from heed.casework.sealing.renewing import SEALED
from heed.casework.sealing.rows import reasons_of_steps
from heed.core.records.explained import Explained
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db
SAME = {"given": "Ayla", "family": "Marsh", "born": "1995-02-11", "ids": {"nhs": "9990000123"}}
POLICE, HEALTH, STRANGER, NEIGHBOUR = "police c-1", "health h-1", "police c-9", "health h-9"
WHY = "I know both families."


@pytest.fixture(autouse=True)
def _four_files() -> None:
    records = [
        record("police", "P-1", person("c-1", **SAME)),
        record("health", "H-1", person("h-1", **SAME)),
        record("police", "P-9", person("c-9", "Nell", "Orme", "1999-08-30")),
        record("health", "H-9", person("h-9", "Ivy", "Cole", "1998-01-13")),
    ]
    receive_many(records=records, by=None, now=NOW)
    link_all(NOW)


def someone(name: str, agency: str, post: str = "", manager: Professional | None = None) -> Professional:
    made = Professional.objects.create(
        username=name, name=name.title(), agency=ensure(agency), role="analyst", grade="manager",
        line_manager=manager,
    )  # fmt: skip
    if post:
        Post.objects.create(agency_id=agency, post=post, holder=made, order=0)
    return made


@pytest.fixture
def first() -> Professional:
    return someone("dana", "police")


@pytest.fixture
def lead() -> Professional:
    return someone("omar", "health", "designated_lead")


def together() -> set[frozenset[str]]:
    people: dict[str, set[str]] = {}
    for key, who in Source.objects.values_list("key", "person"):
        people.setdefault(who, set()).add(key)
    return {frozenset(keys) for keys in people.values()}


def say(left, right, verdict, by):
    return judge(left=left, right=right, verdict=verdict, reason=WHY, by=by, now=NOW)


def is_whole():
    assert kept_links() == expected_links()
    assert [str(fault) for fault in check().faults] == []


def test_same_across_agencies_joins_nobody_until_somebody_else_confirms(first, lead):
    before = together()
    said = say(STRANGER, NEIGHBOUR, "same", first)
    assert together() == before
    assert verdicts() == []
    is_whole()
    confirm(verdict=said.pk, reason="We looked at both files.", by=lead, now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()
    is_whole()
    link_all(NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()
    assert [(e.purpose, e.actor) for e in Entry.objects.filter(kind="combination").order_by("seq")] == [
        ("same", first), ("asked", first), ("confirmed", lead),
    ]  # fmt: skip
    assert Outbox.objects.filter(subject=f"verdict:{said.pk}").count() == 2


def test_what_is_declined_never_counts_and_stays_readable(first, lead):
    before = together()
    said = say(STRANGER, NEIGHBOUR, "same", first)
    decline(verdict=said.pk, reason="Two mothers.", by=lead, now=NOW)
    assert together() == before
    assert reasons_of_steps(VerdictStep.objects.filter(kind="declined")) == ["Two mothers."]
    with pytest.raises(Explained, match="waits for nobody"):
        confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    is_whole()


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_verdict_and_its_withdrawal_leave_everybody_as_they_were(first, lead, confirmed):
    before = dict(Source.objects.values_list("key", "person"))
    said = say(STRANGER, NEIGHBOUR, "same", first)
    if confirmed:
        confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
        assert dict(Source.objects.values_list("key", "person")) != before
    withdraw(verdict=said.pk, reason="I took her for her cousin.", by=first, now=NOW)
    assert dict(Source.objects.values_list("key", "person")) == before
    is_whole()


def test_different_takes_effect_at_once_and_its_withdrawal_across_agencies_waits(first, lead):
    """Taking it back lets records be seen, as `same` would. Once confirmed all is as if it had not been said."""
    before = together()
    said = say(POLICE, HEALTH, "different", first)
    apart = together()
    assert apart != before
    asked = withdraw(verdict=said.pk, reason="I looked at the wrong file.", by=first, now=NOW)
    assert (asked.kind, asked.verdict.verdict, together()) == ("asked", "unsure", apart)
    with pytest.raises(Explained, match="you have asked for it"):
        withdraw(verdict=said.pk, reason="I looked at the wrong file.", by=first, now=NOW)
    is_whole()
    confirm(verdict=asked.verdict_id, reason=WHY, by=lead, now=NOW)
    assert together() == before
    is_whole()


def test_within_one_agency_a_withdrawal_joins_at_once(first):
    receive_many(
        records=[record("police", "P-8", person("c-8", "Nell", "Orme", "1999-08-30", ids={"nhs": "9990000131"})),
                 record("police", "P-9", person("c-9", "Nell", "Orme", "1999-08-30", ids={"nhs": "9990000131"}),
                        revision=2)],
        by=None, now=NOW,
    )  # fmt: skip
    link_all(NOW)
    before = together()
    assert frozenset({STRANGER, "police c-8"}) in before
    said = say(STRANGER, "police c-8", "different", first)
    assert together() != before
    assert withdraw(verdict=said.pk, reason="I was wrong.", by=first, now=NOW).kind == "withdrawn"
    assert together() == before
    is_whole()


def test_a_withdrawal_is_no_way_round_the_second_person(first):
    """Joined within one agency, parted again, and only then does one of the two get a file at another agency."""
    receive_many(
        records=[record("police", "P-8", person("c-8", "Mary", "Lund", "1990-01-01"))], by=None, now=NOW
    )
    link_all(NOW)
    say(STRANGER, "police c-8", "same", first)
    parted = say(STRANGER, "police c-8", "different", first)
    known = {"given": "Mary", "family": "Lund", "born": "1990-01-01", "ids": {"nhs": "9990000131"}}
    receive_many(
        records=[record("health", "H-8", person("h-8", **known)),
                 record("police", "P-8", person("c-8", **known), revision=2)],
        by=None, now=NOW,
    )  # fmt: skip
    link_all(NOW)
    assert frozenset({"police c-8", "health h-8"}) in together()
    asked = withdraw(verdict=parted.pk, reason="I was wrong.", by=first, now=NOW)
    assert (asked.kind, asked.verdict.verdict) == ("asked", "same")
    assert frozenset({STRANGER}) in together()
    confirm(verdict=asked.verdict_id, reason=WHY, by=someone("beth", "police", "designated_lead"), now=NOW)
    assert frozenset({STRANGER, "police c-8", "health h-8"}) in together()
    is_whole()


def test_same_said_of_two_that_the_model_joins_does_not_hold_them_alone(first, lead):
    said = say(POLICE, HEALTH, "same", first)
    assert frozenset({POLICE, HEALTH}) in together()
    assert said.steps.filter(kind="asked").exists()
    receive_many(
        records=[record("police", "P-1", person("c-1", "Joan", "Hay", "1997-03-04"), revision=2)], by=None, now=NOW
    )  # fmt: skip
    link_all(NOW)
    assert frozenset({POLICE}) in together()
    confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    assert frozenset({POLICE, HEALTH}) in together()
    is_whole()


def test_the_word_before_stands_again(first, lead):
    confirm(verdict=say(STRANGER, NEIGHBOUR, "same", first).pk, reason=WHY, by=lead, now=NOW)
    later = say(STRANGER, NEIGHBOUR, "different", lead)
    assert frozenset({STRANGER, NEIGHBOUR}) not in together()
    asked = withdraw(verdict=later.pk, reason="It was another child.", by=lead, now=NOW)
    assert asked.verdict.verdict == "same"
    beth = someone("beth", "police", "designated_lead")
    confirm(verdict=asked.verdict_id, reason=WHY, by=beth, now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()


def test_unsure_lifts_somebodys_different_only_with_a_second_person(first, lead):
    say(POLICE, HEALTH, "different", lead)
    apart = together()
    said = say(POLICE, HEALTH, "unsure", first)
    assert together() == apart
    confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    assert frozenset({POLICE, HEALTH}) in together()
    is_whole()


def test_a_different_of_ones_own_is_no_way_round_the_second_person(first):
    """Parting a file from its other agency, joining it on one word, and taking the parting back."""
    parted = say(POLICE, HEALTH, "different", first)
    joined = say(POLICE, STRANGER, "same", first)
    assert joined.steps.filter(kind="asked").exists()
    withdraw(verdict=parted.pk, reason="I was wrong.", by=first, now=NOW)
    assert not any({STRANGER, HEALTH} <= people for people in together())


def test_within_one_agency_one_word_is_enough(first):
    receive_many(
        records=[record("police", "P-8", person("c-8", "Mary", "Lund", "1990-01-01"))], by=None, now=NOW
    )
    link_all(NOW)
    say(STRANGER, "police c-8", "same", first)
    assert frozenset({STRANGER, "police c-8"}) in together()


def test_a_newer_word_on_the_pair_leaves_nothing_to_confirm(first, lead):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    newer = say(STRANGER, NEIGHBOUR, "different", lead)
    with pytest.raises(Explained, match="waits for nobody"):
        confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    withdraw(verdict=newer.pk, reason="They are one after all.", by=lead, now=NOW)
    confirm(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()


def test_nobody_confirms_their_own_nor_without_sight_or_post(first, lead):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    outsider = someone("carl", "voluntary", "designated_lead")
    colleague, plain = someone("beth", "police", "designated_lead"), someone("pia", "health")
    managed = someone("max", "health", "executive", manager=first)
    for who, words in (
        (first, "their own verdict"), (outsider, "holds a post that answers"), (colleague, "another agency"),
        (plain, "may see both files"), (managed, "neither the manager"),
    ):  # fmt: skip
        with pytest.raises(Explained, match=words):
            confirm(verdict=said.pk, reason=WHY, by=who, now=NOW)
    assert VerdictStep.objects.exclude(kind="asked").count() == 0


def test_sight_of_both_files_is_enough_at_another_agency(first, lead):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    nurse = someone("nia", "health")
    Relationship.objects.create(
        professional=nurse, source_agency="police", source_ref="c-9", basis="allocated",
        since=NOW - timedelta(days=1), until=NOW + timedelta(days=1),
    )  # fmt: skip
    confirm(verdict=said.pk, reason=WHY, by=nurse, now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()


def test_where_no_other_agency_has_anybody_a_colleague_may(first):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    confirm(verdict=said.pk, reason=WHY, by=someone("beth", "police", "designated_lead"), now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()


def test_a_duty_person_answers_for_an_agency_that_has_no_lead(first):
    """Not counted, an agency with a duty person alone would count as nobody, and two colleagues would join the files."""
    said = say(STRANGER, NEIGHBOUR, "same", first)
    beth, desk = someone("beth", "police", "designated_lead"), someone("dot", "health", "duty_person")
    with pytest.raises(Explained, match="another agency"):
        confirm(verdict=said.pk, reason=WHY, by=beth, now=NOW)
    confirm(verdict=said.pk, reason=WHY, by=desk, now=NOW)
    assert frozenset({STRANGER, NEIGHBOUR}) in together()


def test_a_duty_person_does_not_answer_where_there_is_a_lead(first, lead):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    with pytest.raises(Explained, match="holds a post"):
        confirm(verdict=said.pk, reason=WHY, by=someone("dot", "health", "duty_person"), now=NOW)


def test_only_whoever_gave_a_verdict_withdraws_it_and_only_once(first, lead):
    said = say(STRANGER, NEIGHBOUR, "different", first)
    with pytest.raises(Explained, match="Only whoever gave"):
        withdraw(verdict=said.pk, reason=WHY, by=lead, now=NOW)
    withdraw(verdict=said.pk, reason=WHY, by=first, now=NOW)
    with pytest.raises(Explained, match="already"):
        withdraw(verdict=said.pk, reason=WHY, by=first, now=NOW)
    with pytest.raises(Explained, match="no such verdict"):
        withdraw(verdict=said.pk + 99, reason=WHY, by=first, now=NOW)
    with pytest.raises(Explained, match="needs a reason"):
        withdraw(verdict=said.pk, reason=" ", by=first, now=NOW)


@pytest.mark.parametrize(("column", "value"), [
    ("kind", "'declined'"), ("reason", "''"), ("at", "'2020-01-01'"), ("id", "id + 5"),
])  # fmt: skip
def test_a_step_changed_by_hand_is_found(first, lead, column, value):
    confirm(verdict=say(STRANGER, NEIGHBOUR, "same", first).pk, reason=WHY, by=lead, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"update casework_verdictstep set {column} = {value} where kind = 'confirmed'")
    assert any("verdict step" in str(fault) for fault in check().faults)


def test_a_step_put_in_by_hand_is_found(first):
    said = say(STRANGER, NEIGHBOUR, "same", first)
    VerdictStep.objects.create(verdict=said, kind="confirmed", by=first, at=NOW)
    assert any("has no entry in the ledger" in str(fault) for fault in check().faults)


def test_the_words_are_sealed_and_renewed_with_their_child(first):
    said = say(STRANGER, NEIGHBOUR, "different", first)
    withdraw(verdict=said.pk, reason="Canarywithdrawn", by=first, now=NOW)
    row = VerdictStep.objects.get()
    assert "Canary" not in row.reason
    column = next(each for each in SEALED if each.table == "casework_verdictstep")
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(column.names)} from {column.table}")
        bound = column.bound(cursor.fetchone())
    assert sealed.open_text(row.reason, bound=bound) == "Canarywithdrawn"
    assert Verdict.objects.count() == 1
