"""What every test stands on. `python -m tests.on_postgresql pytest ...` runs the same tests on PostgreSQL."""

import pytest
from django.conf import settings


def pytest_report_header() -> str:
    """Say which database these results are about."""
    return f"database: {settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture
def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]
