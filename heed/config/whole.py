"""Whole requests only: a page's thread is given to a request once its last byte is here.

A WSGI page reads its own body, and waits in its thread for whoever sends it: eight telephones on a bad line, or one
person who means harm, would hold all eight threads. Here a body is awaited without a thread, for as long as it keeps
coming; then the page runs, and its answer leaves without a thread too. Bodies stay in memory, as what they hold is
never written down unsealed; so their sum has a limit as well.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MEGABYTE = 1024 * 1024
LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a body is awaited, in seconds, and how much is held, in bytes. A body has `seconds`, one more for every
    `bytes_a_second` of it that came, and never more than `at_most`. What is larger than `small` counts against
    `together`, so a full house still takes a concern, and against what one address may send at once, `a_sender`: no
    four of them fill the house. Whoever shows neither a session nor a key sends small things only. As it is: a page of
    25 MB has five minutes, 0.7 Mbit/s."""

    seconds: float = 15
    bytes_a_second: int = 16 * 1024
    at_most: float = 300
    largest: int = 64 * MEGABYTE
    small: int = 64 * 1024
    together: int = 256 * MEGABYTE
    a_sender: int = 64 * MEGABYTE


@dataclass
class NotHeard(Exception):
    """The request is not answered by a page: the status, and why."""

    status: int
    why: str


class Gone(Exception):
    """Whoever sent it is no longer there; what had come of it is not a request."""


SLOW = NotHeard(
    408, "It did not arrive in time. Send it again; over a slow line, with fewer or smaller files."
)
LARGE = NotHeard(413, "It is larger than Heed takes at once. Send it in parts, with fewer or smaller files.")
FULL = NotHeard(503, "Too much is arriving at once. Send it again in a minute.")


class Whole:
    """An ASGI door before a WSGI application: bodies are awaited here, `threads` pages run at once."""

    def __init__(self, pages: WSGIApplication, threads: int, patience: Patience | None = None) -> None:
        self.pages = pages
        self.patience = patience or Patience()
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.held = 0
        self.held_of: Counter[str] = Counter()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hear one request to its end, and answer it."""
        body = BytesIO()
        try:
            await self._hear(body, scope, receive)
            environ = _environ(scope, body)
            body.seek(0)
            answer = await asyncio.get_running_loop().run_in_executor(self.threads, _run, self.pages, environ)
        except NotHeard as trouble:
            answer = _not_saved(trouble, scope["path"])
        except Gone:
            return
        finally:
            self._count(_sender(scope), -self._counted(_size(body)))
        for message in answer:
            await send(message)

    async def _hear(self, body: BytesIO, scope: Message, receive: Receive) -> None:
        rules, time = self.patience, asyncio.get_running_loop().time
        announced, begun = _announced(scope), time()
        largest = rules.largest if _is_known(scope) else rules.small
        if announced is not None and announced > largest:
            raise LARGE
        more = True
        while more:
            seconds = min(rules.seconds + _size(body) / rules.bytes_a_second, rules.at_most)
            try:
                async with asyncio.timeout_at(begun + seconds):
                    message = await receive()
            except TimeoutError:
                raise SLOW from None
            if message["type"] != "http.request":
                raise Gone
            self._take(body, message.get("body", b""), largest, _sender(scope))
            more = message.get("more_body", False)
        if announced is not None and _size(body) != announced:
            raise Gone

    def _take(self, body: BytesIO, piece: bytes, largest: int, sender: str) -> None:
        size = _size(body) + len(piece)
        if size > largest:
            raise LARGE
        more = self._counted(size) - self._counted(_size(body))
        if more and self.held + more > self.patience.together:
            raise FULL
        if more and sender and self.held_of[sender] + more > self.patience.a_sender:
            raise FULL
        self._count(sender, more)
        body.write(piece)

    def _count(self, sender: str, more: int) -> None:
        self.held += more
        if not sender:
            return
        self.held_of[sender] += more
        if not self.held_of[sender]:
            del self.held_of[sender]

    def _counted(self, size: int) -> int:
        return size if size > self.patience.small else 0


def _size(body: BytesIO) -> int:
    return body.getbuffer().nbytes


def _sender(scope: Message) -> str:
    """The address it comes from; nothing for this machine itself, where a proxy speaks for everybody."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    return "" if address in LOOPBACK else address


def _is_known(scope: Message) -> bool:
    """Whether a session or a key is shown. Whether it is one is for the page to say."""
    return any(name in (b"cookie", b"authorization") for name, _ in scope["headers"])


def _announced(scope: Message) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:18])
    return None


def _environ(scope: Message, body: BytesIO) -> dict[str, Any]:
    """The request as PEP 3333 writes it. A header with an underscore could pass for another one: left out."""
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if b"_" not in name:
            _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    if size := _size(body):
        environ["CONTENT_LENGTH"] = str(size)
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    between = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value


def _run(pages: WSGIApplication, environ: dict[str, Any]) -> list[Message]:
    """Run a page to the end of its answer, in a thread. Its answer is whole too: a slow reader holds no thread."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
        begun.append((status, headers))
        return lambda piece: None

    pieces: Iterable[bytes] = pages(environ, start)
    try:
        content = b"".join(pieces)
    finally:
        if hasattr(pieces, "close"):
            pieces.close()
    status, headers = begun[-1]
    return _answer(int(status[:3]), headers, content)


def _not_saved(trouble: NotHeard, path: str) -> list[Message]:
    import json

    from heed.web.views.unwritten import whom

    words = f"NOT saved: {trouble.why} Do not wait if a child is in danger. {whom()}\n"
    kind = "text/plain; charset=utf-8"
    if path.startswith("/api/"):
        words, kind = json.dumps({"saved": False, "error": words.strip()}), "application/json"
    headers = [("Content-Type", kind), ("Connection", "close"), ("Cache-Control", "no-store")]
    return _answer(trouble.status, [*headers, ("Retry-After", "60")], words.encode())


def _answer(status: int, headers: list[tuple[str, str]], content: bytes) -> list[Message]:
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return [
        {"type": "http.response.start", "status": status, "headers": encoded},
        {"type": "http.response.body", "body": content},
    ]
