"""An agency's system with a key of its own."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from heed.casework.actions.agency_keys import make_key

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADDRESS = "/api/records"


def document(ref: str = "S-1", *, agency: str | None = "school", revision: int = 1, **more) -> dict:
    """A record of a school about a made-up child."""
    told = {
        "v": 1, "agency": agency, "ref": ref, "revision": revision, "kind": "school",
        "happened_from": "2026-10-30", "recorded_at": "2026-10-30T15:00:00+00:00",
        "people": [{"ref": "p-1", "part": "child", "given_names": "Ayla", "family_name": "Marsh"}],
        "text": "Not in lessons since Tuesday.",
    } | more  # fmt: skip
    return {key: value for key, value in told.items() if value is not None}


def lines(*documents: dict) -> bytes:
    """Documents as a message."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in documents)


class System:
    """A system that sends with one key."""

    def __init__(self, agency: str = "school", token: str | None = None) -> None:
        self.key, self.token = (
            (None, token) if token else make_key(agency=agency, name="records system", by=None, now=AT)
        )

    def send(self, message: bytes, *, name: str | None = None, kind: str = "application/jsonl", **headers):
        """One message; gives the response."""
        given = {"Authorization": f"Bearer {self.token}", **headers}
        if name is not None:
            given["Idempotency-Key"] = name
        client = Client(headers={"host": "localhost"}, raise_request_exception=True)
        return client.post(ADDRESS, message, content_type=kind, headers=given)


@pytest.fixture
def school(db) -> System:
    return System()
