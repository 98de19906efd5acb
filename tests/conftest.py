"""What every test stands on. `python -m tests.on_postgresql pytest ...` runs the same tests on PostgreSQL."""

import hypothesis
import pytest
from django.conf import settings as ours

# How long an example takes is the machine's affair; what it does is the test's.
hypothesis.settings.register_profile(
    "heed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("heed")


def pytest_report_header() -> str:
    """Say which database these results are about."""
    return f"database: {ours.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]}"


@pytest.fixture(autouse=True)
def _a_warehouse_of_its_own(settings, tmp_path_factory):
    """No test meets the warehouse file that another test built from records which are gone."""
    settings.DATA = tmp_path_factory.mktemp("house")


@pytest.fixture
def on_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return "postgresql" in ours.DATABASES["default"]["ENGINE"]
