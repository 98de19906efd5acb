"""What a log holds of the address that was asked for: its pattern, never what stood in its place."""

import io
import logging

import pytest
from django.db import OperationalError

from heed.config.addresses import PatternsOnly
from heed.web.views import welcome


@pytest.fixture
def written():
    """What goes to the server's log, through the filter that the settings name."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(PatternsOnly())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_the_settings_write_no_record_without_it(settings):
    assert settings.LOGGING["filters"]["patterns"]["()"] == "heed.config.addresses.PatternsOnly"
    assert all("patterns" in each["filters"] for each in settings.LOGGING["handlers"].values())


@pytest.mark.django_db
def test_an_invitation_is_not_in_the_log_of_a_page_that_failed(client, monkeypatch, written):
    def broken(*_, **__):
        raise OperationalError

    monkeypatch.setattr(welcome.Welcome, "get_user", broken)
    client.raise_request_exception = False
    assert client.get("/welcome/MTI/diheru-6ed6canary").status_code >= 500
    assert "/welcome/<once:uidb64>/<once:token>" in written.getvalue()
    assert "canary" not in written.getvalue()


@pytest.mark.django_db
def test_nor_in_that_of_a_page_that_was_forged(client, written):
    client.handler.enforce_csrf_checks = True
    client.post("/welcome/MTI/diheru-6ed6canary", {"new_password1": "x"})
    assert "/welcome/<once:uidb64>/<once:token>" in written.getvalue()
    assert "canary" not in written.getvalue()


def test_an_address_that_is_none_of_ours_is_called_one(written, rf):
    request = rf.get("/children/canary")
    logging.getLogger("django.request").error(
        "Service Unavailable: %s", request.path, extra={"request": request}
    )
    assert written.getvalue() == "Service Unavailable: an address\n"
