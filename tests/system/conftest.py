"""Pages in Debian's Chromium, as a person uses them. A missing browser is a failure, never a skip."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from heed.casework.models import Professional
from tests import personas

# Playwright's synchronous API runs a loop of its own in this thread; Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

ANSWERING, LONGEST = "process_request_thread", 5.0
"""What the server calls a thread that answers, and how many seconds one is waited for."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here opens a browser."""
    for item in items:
        if "tests/system" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    program = os.environ.get("HEED_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is not installed (Debian: apt install chromium)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def people(transactional_db: None) -> personas.Personas:
    """The four personas."""
    return personas.standing()


@pytest.fixture
def open_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """A window of its own: open_context(java_script_enabled=False). Closed when the test ends."""
    opened: list[BrowserContext] = []

    def one_more(**options: object) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield one_more
    for context in opened:
        context.close()
    _answered()


def _answered() -> None:
    """Wait for what the pages still asked when they were closed, a draft at a pause of writing: the tables are emptied
    next, and whoever empties them must not meet whoever writes."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and any(ANSWERING in each.name for each in threading.enumerate()):
        time.sleep(0.01)


@pytest.fixture
def page_of(people: personas.Personas, open_context) -> Callable[..., Page]:
    """A page of somebody already signed in: page_of("rosa"), or of any Professional."""

    def signed_in(who: str | Professional, **options: object) -> Page:
        context = open_context(**options)
        person = getattr(people, who) if isinstance(who, str) else who
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": session.session_key,
                    "domain": "localhost",
                    "path": "/",
                }
            ]
        )
        return context.new_page()

    return signed_in
