"""What ends what is owed for a missing child, and what no longer does: interviews, withdrawals, a night told twice."""

from datetime import timedelta

import pytest

from heed.casework import worker
from heed.casework.actions import batch_decisions
from heed.casework.actions.receive import receive_many
from heed.casework.ledger import check
from heed.casework.linking import link_sources
from heed.casework.models import Batch, Professional, Relationship, Source
from heed.core.duty.moves import OWED
from heed.core.records.reading import parse
from tests.personas import standing
from tests.unit.missing.telling import NOW, again, interview, owed, saved, told

pytestmark = pytest.mark.django_db
HELD = "missing:open"
INTERVIEW = "deadline:return_interview"


@pytest.fixture(autouse=True)
def people():
    return standing()


def test_neither_the_area_that_placed_her_nor_whoever_is_allocated_is_independent(people):
    saved(told("M-1", days=0.5, hours=6, extra={"episode": {"placed_by": "Social_care"}}))
    saved(interview("held", agency="social_care"))
    assert len(owed(INTERVIEW, state__in=OWED)) == 1
    allocated = Relationship.objects.create(
        professional=people.carl, source_agency="police", source_ref="police-7", basis="allocated",
        since=NOW - timedelta(days=9), until=NOW + timedelta(days=9),
    )  # fmt: skip
    document = interview("held").document | {
        "author": {"name": "Carl Finch", "role": "worker", "ref": "carl"}
    }
    by_carl = parse(document).record
    saved(by_carl)
    assert len(owed(INTERVIEW, state__in=OWED)) == 1
    allocated.delete()
    again()
    assert owed(INTERVIEW, state__in=OWED) == []


def test_an_interview_held_while_she_was_away_is_not_of_her_return():
    saved(told("M-1", days=0.5))
    saved(interview("held", days=0.4))
    saved(told("M-1", days=0.5, hours=11, revision=2))
    assert again() == 0
    assert len(owed(INTERVIEW, state__in=OWED)) == 1


def test_an_interview_changed_to_accepted_is_owed_again_one_rung_higher():
    saved(told("M-1", days=0.5, hours=6))
    saved(interview("held"))
    (duty,) = owed(INTERVIEW)
    assert (duty.state, duty.rung) == ("answered", 0)
    saved(interview("accepted", revision=2))
    (duty,) = owed(INTERVIEW)
    assert (duty.state, duty.rung) == ("open", 1)
    assert again() == 0
    saved(interview("held", revision=3))
    assert owed(INTERVIEW, state__in=OWED) == []
    assert check().faults == []


def withdrawn(record, now):
    """It came in a batch, and somebody of the agency takes it back; the worker does what that asks for."""
    batch = Batch(agency_id=record.agency, source="command", begun=NOW, state="open")
    receive_many(records=[record], by=None, now=NOW, batch=batch)
    link_sources(list(Source.objects.values_list("key", flat=True)), NOW)
    again()
    yield
    chief = Professional.objects.create(
        username="chief", name="Ch Ief", agency_id=record.agency, role="inspector", grade="senior"
    )
    batch_decisions.withdraw(number=batch.pk, reason="It was another child.", by=chief, now=now)
    while worker.work_once(now):
        pass


@pytest.mark.parametrize("records", [
    [told("L-1", agency="home", days=0.2), told("M-1", days=0.2, hours=2)],
    [told("M-1", days=0.2), told("M-1", days=0.2, hours=2, revision=2)],
])  # fmt: skip
def test_a_return_that_is_withdrawn_leaves_her_held(records):
    first, back = records
    saved(first)
    taken_back = withdrawn(back, NOW + timedelta(hours=1))
    next(taken_back)
    assert owed(HELD, state__in=OWED) == []
    assert list(taken_back) == []
    assert len(owed(HELD, state__in=OWED)) == 1
    assert again(NOW + timedelta(hours=1)) == 0


def test_an_interview_that_is_withdrawn_ends_nothing():
    saved(told("M-1", days=0.5, hours=6))
    taken_back = withdrawn(interview("held"), NOW + timedelta(hours=1))
    next(taken_back)
    assert owed(INTERVIEW, state__in=OWED) == []
    assert list(taken_back) == []
    assert len(owed(INTERVIEW, state__in=OWED)) == 1


def test_two_agencies_that_tell_of_one_night_one_after_the_other_ask_for_one_interview():
    saved(told("M-1", days=2, hours=3))
    saved(told("L-1", agency="home", days=2.05, hours=3))
    assert len(owed(INTERVIEW, state__in=OWED)) == 1
    assert owed("missing:repeat") == []
    assert again() == 0


def test_one_night_that_one_agency_wrote_down_twice_is_one_episode_and_asks_for_one_interview():
    saved(told("M-0", days=20, hours=4), now=NOW - timedelta(days=19))
    saved(told("M-1", days=0.5, hours=6), told("M-2", days=0.45, hours=6))
    assert again() == 0
    assert len(owed(INTERVIEW, state__in=OWED, record__ref__in=["M-1", "M-2"])) == 1
    assert [each.about.split(":")[-1] for each in owed("missing:repeat")] == ["second_in_28_days"]
