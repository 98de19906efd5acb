"""A house with a mailbox and a post office."""

from pathlib import Path

import pytest

from heed.casework import policy as policies
from tests.unit.mail.servers import Mailbox, imap_server, smtp_server

POLICY = Path(__file__).parents[3] / "policy" / "mail.yaml"


@pytest.fixture
def box():
    return Mailbox()


@pytest.fixture
def mailbox(box, monkeypatch):
    """The IMAP server, as the environment names it."""
    with imap_server(box) as server:
        monkeypatch.setenv("HEED_IMAP", f"imap://heed@127.0.0.1:{server.port}")
        monkeypatch.setenv("HEED_IMAP_PASSWORD", "secret")
        yield server


@pytest.fixture
def office(monkeypatch):
    """The SMTP server, as the environment names it."""
    with smtp_server() as server:
        monkeypatch.setenv("HEED_SMTP", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("HEED_MAIL_FROM", "warnings@partnership.example.org")
        yield server


@pytest.fixture(autouse=True)
def rules(settings, tmp_path):
    """The partnership's own mail.yaml: rules(old, new, ...) changes words of it."""

    def changed(*pairs):
        text = POLICY.read_text()
        known = "{homes.example.org: home, police.example.org: {agency: police, grade: supervisor}}"
        for old, new in (
            ("senders: {}", f"senders: {known}"),
            ("own_addresses: []", "own_addresses: [warnings@partnership.example.org]"),
            *pairs,
        ):
            assert old in text
            text = text.replace(old, new)
        (tmp_path / "mail.yaml").write_text(text)
        policies._read.cache_clear()

    settings.POLICY = tmp_path
    changed()
    yield changed
    policies._read.cache_clear()
