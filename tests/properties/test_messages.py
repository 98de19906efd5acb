"""Messages of an agency's system: however often and in whatever order they come, each counts once."""

import json
import threading
from hashlib import sha256

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heed.casework.actions.agency_keys import make_key
from heed.casework.actions.messages import Answered, OtherContent, receive_message
from heed.casework.ledger import verify
from heed.casework.models import AgencyKey, Entry, Record, Submission
from heed.core.records.batches import TRANSITIONS, Move, NotPossible, State, folded, is_far_above_usual
from heed.formats.contract import Line
from heed.formats.records.read import row_of
from tests.unit.api.conftest import AT, document


def send(key: AgencyKey, message: bytes, name: str) -> Answered:
    rows = [
        row_of(Line("body", n), line, "school", stamp=True) for n, line in enumerate(message.splitlines(), 1)
    ]
    return receive_message(
        key=key, rows=rows, digest=sha256(message).hexdigest(), idempotency=name, by=None, now=AT
    )


MESSAGES = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("abc"), st.sampled_from(["", "m-1", "m-2"])), max_size=8
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=MESSAGES)
def test_a_dull_second_account_agrees(db, sent):
    """Beside the tables, a dictionary: the first content of a reference stands, the first message of a name too."""
    key, _ = make_key(agency="school", name="x", by=None, now=AT)
    prefix = f"{key.pk}-"
    kept: dict[str, str] = {}
    named: dict[str, bytes] = {}
    for ref, text, name in sent:
        message = json.dumps(document(f"{prefix}{ref}", text=text)).encode()
        if name and named.setdefault(name, message) != message:
            with pytest.raises(OtherContent):
                send(key, message, name)
            continue
        expected = kept.setdefault(f"{prefix}{ref}", text) == text
        (outcome,) = send(key, message, name).outcomes
        assert (outcome.receipt is not None) == expected
    rows = Record.objects.system("a test").filter(ref__startswith=prefix)
    assert sorted(rows.values_list("ref", flat=True)) == sorted(kept)
    assert Submission.objects.filter(key=key).count() == len(named)


@pytest.mark.django_db(transaction=True)
def test_the_same_message_from_eight_at_once_is_saved_once_and_answered_alike():
    key, _ = make_key(agency="school", name="x", by=None, now=AT)
    message = json.dumps(document("S-1")).encode()
    other = json.dumps(document("S-2")).encode()
    start, answers, refused = threading.Barrier(8), [], []

    def one(mine: bytes) -> None:
        start.wait()
        try:
            answers.append(send(key, mine, "m-1"))
        except OtherContent:
            refused.append(mine)
        finally:
            connections.close_all()

    senders = [threading.Thread(target=one, args=(message if n % 2 else other,)) for n in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert (len(answers), len(refused)) == (4, 4), "one content wins, the other is refused"
    assert len({answer.outcomes[0].receipt.seq for answer in answers}) == 1
    assert Record.objects.system("a test").count() == 1
    assert Entry.objects.filter(kind="collection").count() == 1
    assert verify() == []


@given(
    begun=st.sampled_from(State), moves=st.lists(st.sampled_from([Move.RELEASED, Move.WITHDRAWN]), max_size=4)
)
def test_a_batch_is_never_released_after_it_was_withdrawn(begun, moves):
    try:
        state = folded(begun, moves)
    except NotPossible:
        return
    assert (Move.WITHDRAWN in moves) == (state is State.WITHDRAWN)
    assert not any((state, move) in TRANSITIONS for move in Move) or state is not State.WITHDRAWN


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 5000))
def test_what_is_far_above_usual_stays_so_when_more_comes(today, arriving, earlier):
    rule = {"earlier": earlier, "days": 28, "times": 5.0, "floor": 100}
    if is_far_above_usual(today=today, arriving=arriving, **rule):
        assert is_far_above_usual(today=today, arriving=arriving + 1, **rule)
        assert today + arriving > 100
