"""A small crowd of made-up people in several agencies' files, linked, with the truth of who is who beside it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.linking import link_all
from heed.casework.models import Outbox, Professional
from tests.crowd import crowd
from tests.made_records import record_of
from tests.personas import standing

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass
class House:
    """A linked house and somebody of the police who draws and judges."""

    by: Professional


@pytest.fixture
def house(db):
    people = standing()
    records = [record_of(profile, number) for number, profile in enumerate(crowd(150, 5))]
    receive_many(records=records, by=None, now=NOW)
    link_all(NOW)
    Outbox.objects.update(done_at=NOW)
    return House(people.sam)
