"""A child of whom nothing is known is told of, linked to nobody, and counted by no rule."""

import pytest

from heed.casework.actions.receive import receive
from heed.casework.linking import link_sources, sources_of_records
from heed.casework.models import Link, Record, Source
from heed.warehouse.facts import rows_of
from tests.concerns import MONDAY
from tests.unit.formats.letters import letter, row


def told(number: int):
    """One of several messages about an unknown child at one place."""
    return row(
        letter(
            f"Child: not known\nPlace: 12 Mill Street\n\nSeen {number} times.",
            Message_ID=f"<{number}@x.example>",
        )
    ).record


def test_it_is_no_mention_that_a_rule_could_count():
    _, mentions, things = rows_of(1, told(1).document)
    assert (mentions, len(things)) == ([], 1)


def test_as_soon_as_anything_is_said_it_is_somebody():
    document = told(1).document | {"people": [{"part": "child", "description": "about 14"}]}
    assert len(rows_of(1, document)[1]) == 1


@pytest.mark.django_db
def test_nobody_links_two_of_them():
    for number in range(3):
        receive(record=told(number), by=None, now=MONDAY)
    link_sources(sources_of_records(list(Record.kept.values_list("pk", flat=True))), MONDAY)
    assert Link.objects.count() == 0
    assert Source.objects.values("person").distinct().count() == 3
