"""What every test stands on. `python -m tests.on_postgresql pytest ...` runs on PostgreSQL whatever a database can tell
apart: a test that may open none, here or in a program it starts, says nothing new there."""

from functools import cache
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as ours

# How long an example takes is the machine's affair; what it does is the test's.
hypothesis.settings.register_profile(
    "heed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("heed")


POSTGRESQL = "postgresql" in ours.DATABASES["default"]["ENGINE"]
OPENS = {"db", "transactional_db", "live_server"}
WHOLE = {"faults", "drill"}
JOURNEYS = {"test_concern_journey.py", "test_linking_journey.py"}
"""Of what a browser is led through, what is led through on PostgreSQL too: a concern from the form to its answer, and two
people at one pair. What the others do beneath their pages has its own tests on both; the page itself is the same."""
STARTS_PROGRAMS = ("subprocess", "Popen", "HEED_DATABASE_URL", "on_postgresql")


def pytest_report_header() -> str:
    """Say which database these results are about."""
    return f"database: {ours.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what a database cannot change; the other run has it."""
    if not POSTGRESQL:
        return
    alike = [item for item in items if not _may_open_a_database(item)]
    config.hook.pytest_deselected(items=alike)
    items[:] = [item for item in items if _may_open_a_database(item)]


def _may_open_a_database(item: pytest.Item) -> bool:
    """Without its fixtures or its mark no test is let near one; a program that a test starts is not held back."""
    if "system" in item.path.parts:
        return item.path.name in JOURNEYS
    asks = not OPENS.isdisjoint(item.fixturenames) or item.get_closest_marker("django_db") is not None
    return asks or not WHOLE.isdisjoint(item.path.parts) or _starts_programs(item.path)


@cache
def _starts_programs(path: Path) -> bool:
    words = path.read_text("utf-8")
    return any(word in words for word in STARTS_PROGRAMS)


@pytest.fixture(autouse=True)
def _a_warehouse_of_its_own(settings, tmp_path_factory):
    """No test meets the warehouse file that another test built from records which are gone."""
    settings.DATA = tmp_path_factory.mktemp("house")


@pytest.fixture
def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return POSTGRESQL
