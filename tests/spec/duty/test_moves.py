"""The life of a duty as a table: what can happen from where, and that somebody owes an answer in every state."""

from datetime import UTC, datetime

import pytest

from heed.core.duty.moves import OWED, TRANSITIONS, Move, NotPossible, Standing, State, folded, moved
from tests.tables import rows

LIFE = rows("""
from         | move         | to
open         | acknowledged | acknowledged
open         | offered      | open
open         | accepted     | acknowledged
open         | climbed      | open
open         | raised       | open
open         | passed_on    | open
open         | answered     | answered
open         | disagreed    | open
acknowledged | offered      | acknowledged
acknowledged | accepted     | acknowledged
acknowledged | climbed      | open
acknowledged | raised       | open
acknowledged | passed_on    | open
acknowledged | answered     | answered
acknowledged | disagreed    | open
answered     | disagreed    | open
open         | skipped      | open
acknowledged | skipped      | open
answered     | skipped      | open
open         | joined       | open
acknowledged | joined       | acknowledged
answered     | joined       | open
open         | asked        | asked
acknowledged | asked        | asked
asked        | asked        | asked
asked        | confirmed    | answered
asked        | lowered      | acknowledged
asked        | declined     | open
asked        | answered     | answered
asked        | offered      | asked
asked        | accepted     | asked
asked        | climbed      | asked
asked        | raised       | open
asked        | passed_on    | asked
asked        | disagreed    | open
asked        | skipped      | open
asked        | joined       | asked
answered     | rechecked    | open
answered     | raised       | open
""")
DUE = datetime(2026, 11, 17, 10, tzinfo=UTC)


def test_the_table_is_the_whole_life():
    assert {(row["from"], row["move"]): row["to"] for row in LIFE} == TRANSITIONS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_leads_where_the_table_says_or_is_refused(state, move):
    before = Standing(state, 1, owner=7, due_at=DUE if state in OWED else None, offered_to=8)
    if (state, move) not in TRANSITIONS:
        with pytest.raises(NotPossible):
            moved(before, move)
        return
    after = moved(before, move, due_at=DUE)
    assert after.owner
    assert after.moves == 2
    assert (after.due_at is not None) == (after.state in OWED)


def test_from_every_state_an_answer_can_still_be_asked_for():
    """No state is a dead end: what was answered can be disagreed with, and is then owed again."""
    assert {state for state, move in TRANSITIONS if TRANSITIONS[(state, move)] in OWED} == set(State)


def test_a_fold_refuses_what_does_not_follow():
    opened = Standing(State.OPEN, 0, 7, DUE)
    answered = moved(opened, Move.ANSWERED)
    assert folded([(Move.OPENED, opened), (Move.ANSWERED, answered)]) == answered
    for wrong in (
        [],
        [(Move.ANSWERED, answered)],
        [(Move.OPENED, opened), (Move.CLIMBED, answered)],
        [(Move.OPENED, opened), (Move.ANSWERED, answered), (Move.ANSWERED, answered)],
    ):
        with pytest.raises(NotPossible):
            folded(wrong)
