"""A Heed of its own, served as a person would serve it, for tests that kill it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.on_postgresql import Server

PASSWORD = "a password of four words"
HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]
PEOPLE = """
import os
from heed.config.cli import settle; settle(None)
from heed.casework.installation import ready; ready()
from heed.casework.agencies import ensure
from heed.casework.models import Professional
rosa = Professional(username="rosa", name="Rosa Bell", agency=ensure("school"), role="pastoral lead", grade="frontline")
rosa.set_password(os.environ["ROSAS_PASSWORD"])
rosa.save()
"""
PATIENCE_SECONDS = 90


class NotSaved(Exception):
    """The page did not say that it was saved: whoever sent it will send it again."""

    def __init__(self, words: str, status: int = 0, text: str = "") -> None:
        super().__init__(words)
        self.status, self.text = status, text


class Served:
    """One installation in a folder, on a free port, in a process group of its own. Without an address: SQLite."""

    def __init__(self, folder: Path, address: str = "") -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.log = folder / "serve.log"
        inherited = {
            key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))
        }
        self.environment = {**inherited, "HEED_DATA": str(folder / "data"), "ROSAS_PASSWORD": PASSWORD}
        if address:
            self.environment["HEED_DATABASE_URL"] = address
        subprocess.run([sys.executable, "-c", PEOPLE], env=self.environment, check=True)

    def as_plain_role(self, server: Server, database: str = "heed") -> "Served":
        """From now on by a role that owns nothing, as a partnership serves."""
        if not server.sql("select 1 from pg_roles where rolname = 'plain'").strip():
            server.sql("create role plain login")
        granted = self.run("grant", "plain")
        assert granted.returncode == 0, granted.stderr
        self.environment["HEED_DATABASE_URL"] = server.address("plain", database)
        return self

    def start(self) -> None:
        """Serve, and wait until the pages answer."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*HEED, "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.answers():
            assert time.monotonic() < until, self.log.read_text()[-2000:]
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.2)

    def kill_group(self) -> None:
        """kill -9 of everything at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_first_process(self) -> None:
        """kill -9 of the process that was started, of none that it started."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end, as a system would."""
        self.process.terminate()
        return self.process.wait(30)

    def answers(self) -> bool:
        """Whether the pages answer."""
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A heed command on the same data."""
        return subprocess.run(
            [*HEED, *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def ask(self, method: str, path: str, cookies: dict[str, str] | None = None, **form: str):
        """One request; cookies that come back are kept in `cookies`. Gives status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if cookies:
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in cookies.items())
        try:
            connection.request(method, path, urlencode(form), headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if cookies is not None and name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                cookies[key] = rest.partition(";")[0]
        return response.status, response.headers, text

    def signed_in(self) -> dict[str, str]:
        """Rosa's cookies after signing in on the page."""
        cookies: dict[str, str] = {}
        self.ask("GET", "/sign-in", cookies)
        form = {"csrfmiddlewaretoken": cookies["csrftoken"], "username": "rosa", "password": PASSWORD}
        status, _, text = self.ask("POST", "/sign-in", cookies, **form)
        assert status == 302, text
        return cookies

    def raise_concern(self, cookies: dict[str, str], token: str, text: str, child: str = "Ayla Marsh") -> int:
        """Send the concern form; gives the receipt's number. Raises NotSaved for anything but a receipt."""
        form = {
            "csrfmiddlewaretoken": cookies["csrftoken"],
            "token": token,
            "text": text,
            "source": "saw",
            "danger": "no",
            "child_name": child,
            "when": "today",
        }
        try:
            status, headers, page = self.ask("POST", "/concerns/new", dict(cookies), **form)
        except (OSError, http.client.HTTPException) as trouble:
            raise NotSaved(type(trouble).__name__) from None
        found = re.fullmatch(r"/concerns/saved/(\d+)/?", headers.get("Location", ""))
        if status != 302 or not found:
            raise NotSaved(f"status {status}", status, page)
        return int(found[1])
