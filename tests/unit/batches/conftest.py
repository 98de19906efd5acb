"""A house in which three records of a key a day are usual enough, a key, and managers."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from heed.casework.actions.agency_keys import make_key
from heed.casework.actions.messages import Answered, receive_message
from heed.casework.agencies import ensure
from heed.casework.models import AgencyKey, Professional
from heed.formats.contract import Line
from heed.formats.records.read import row_of
from tests.unit.api.conftest import document, lines

DAY = datetime(2026, 11, 3, 10, tzinfo=UTC)
FLOOR = 3
POLICY = f"""
source: a test
owner: a test
effective_from: 2026-11-01
review_date: 2027-05-01
volume: {{times_usual: 5, usual_days: 28, floor: {FLOOR}}}
reason_characters: 10
"""


@pytest.fixture(autouse=True)
def _a_low_floor(settings, tmp_path):
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "intake.yaml").write_text(POLICY)
    settings.POLICY = folder


@pytest.fixture
def key(db) -> AgencyKey:
    return make_key(agency="school", name="records system", by=None, now=DAY)[0]


def manager(agency: str = "school", grade: str = "manager") -> Professional:
    """Somebody of a grade at an agency."""
    return Professional.objects.get_or_create(
        username=f"{agency}-{grade}",
        defaults={"name": "Mo Price", "agency": ensure(agency), "role": "manager", "grade": grade},
    )[0]


def send(key: AgencyKey, *documents: dict, at: datetime = DAY) -> Answered:
    """A message of the key's system."""
    message = lines(*documents)
    rows = [
        row_of(Line("body", number), line, key.agency_id)
        for number, line in enumerate(message.splitlines(), 1)
    ]
    return receive_message(
        key=key, rows=rows, digest=sha256(message).hexdigest(), idempotency="", by=None, now=at
    )


def told(ref: str, **more) -> dict:
    """A record about one child with a number that links."""
    child = {
        "ref": "p-1", "part": "child", "given_names": "Ayla", "family_name": "Marsh", "born": "1995-02-11",
        "ids": {"nhs": "9990000018"},
    }  # fmt: skip
    return document(ref, people=[child], **more)


def flood(key: AgencyKey, first: int = 1, at: datetime = DAY) -> Answered:
    """One record more than the floor lets through."""
    return send(key, *(told(f"F-{number}") for number in range(first, first + FLOOR + 1)), at=at)
