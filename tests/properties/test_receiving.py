"""Records arriving in any order, in any batches, again and again: the outcomes a plain dictionary would give."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.casework.actions.receive import receive_many
from heed.casework.ledger import check
from heed.casework.models import Duty, Record
from heed.casework.sealed import document_of
from tests.concerns import MONDAY, NO_FURTHER_ACTION, concern

ARRIVING = st.lists(
    st.tuples(
        st.sampled_from(["C-1", "C-2"]),
        st.integers(1, 3),
        st.sampled_from(["first words", "other words"]),
        st.booleans(),
    ),
    max_size=12,
)


def dull(arriving):
    """What should become of each, from the rule's own words."""
    kept: dict[str, dict[int, tuple]] = {}
    for ref, revision, *content in arriving:
        known = kept.setdefault(ref, {})
        if known.get(revision) == content:
            yield "unchanged"
        elif not known or revision > max(known):
            yield "superseding" if known else "accepted"
            known[revision] = content
        else:
            yield "refused"


def sent(ref, revision, text, is_answered):
    return concern(
        ref, revision=revision, text=text, **({"answer": NO_FURTHER_ACTION} if is_answered else {})
    )


@contextmanager
def undone():
    """A transaction that is always rolled back: each example begins with an empty house."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(ARRIVING, st.integers(1, 12))
def test_batches_do_not_matter_and_a_dictionary_agrees(arriving, size):
    with undone():
        outcomes = []
        for start in range(0, len(arriving), size):
            batch = [sent(*each) for each in arriving[start : start + size]]
            outcomes += receive_many(records=batch, by=None, now=MONDAY)
        assert [each.kind for each in outcomes] == list(dull(arriving))
        fresh = [each for each in outcomes if each.kind in ("accepted", "superseding")]
        assert Record.kept.count() == len({each.receipt.seq for each in fresh}) == len(fresh)
        assert all(each.receipt is not None for each in outcomes if each.kind != "refused")
        for duty in Duty.objects.select_related("record"):
            newest = Record.kept.filter(ref=duty.record.ref).latest("revision")
            if '"answer"' in document_of(newest):
                assert duty.state == "answered"
        assert check().faults == []
