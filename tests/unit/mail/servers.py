"""A mailbox as small as it can be and a post office, aiosmtpd, on this machine and in this process."""

import asyncio
import re
import socket
import socketserver
import threading
from collections.abc import Awaitable, Callable

from aiosmtpd.controller import Controller


class Mailbox:
    """What an IMAP server keeps: messages by number, their marks, and the folders they were moved to."""

    def __init__(self, *raws: bytes) -> None:
        self.messages = dict(enumerate(raws, start=1))
        self.flags: dict[int, set[str]] = {}
        self.moved: dict[str, list[bytes]] = {}
        self.validity = 7
        self.fetched: list[int] = []
        self.refuse_marks = False
        self.on_fetch: Callable[[int], None] = lambda uid: None


class _Imap(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.say(b"* OK ready")
        for line in self.rfile:
            tag, _, rest = line.strip().partition(b" ")
            words = rest.decode()
            try:
                done = self.obey(words)
            except ConnectionError:
                return
            self.say(tag + (b" OK done" if done else b" NO refused"))
            if words.upper().startswith("LOGOUT"):
                return

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def obey(self, words: str) -> bool:
        box: Mailbox = self.server.box
        name = words.upper().split(" ")[0]
        if name == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1 UIDPLUS" + (b" MOVE" if self.server.can_move else b""))
        elif name == "LOGIN":
            return words.endswith('"secret"')
        elif name == "SELECT":
            self.say(b"* %d EXISTS" % len(box.messages))
            self.say(b"* OK [UIDVALIDITY %d] valid" % box.validity)
        elif words.upper().startswith("UID SEARCH"):
            numbers = [uid for uid in box.messages if "\\Deleted" not in box.flags.get(uid, ())]
            self.say(b"* SEARCH " + " ".join(map(str, numbers)).encode())
        elif words.upper().startswith("UID FETCH"):
            self.fetch(int(words.split()[2]), words)
        elif words.upper().startswith("UID STORE"):
            if box.refuse_marks:
                return False
            box.flags.setdefault(int(words.split()[2]), set()).update(re.findall(r"\\\w+", words))
        elif words.upper().startswith(("UID MOVE", "UID COPY")):
            uid, folder = re.search(r'(\d+) "(.+)"', words).groups()
            box.moved.setdefault(folder, []).append(box.messages[int(uid)])
            if "MOVE" in words.upper():
                del box.messages[int(uid)]
        return True

    def fetch(self, uid: int, words: str) -> None:
        box: Mailbox = self.server.box
        raw = box.messages[uid]
        if "RFC822.SIZE" in words:
            self.say(b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (uid, len(raw)))
            return
        box.on_fetch(uid)
        box.fetched.append(uid)
        self.wfile.write(
            b'* 1 FETCH (UID %d INTERNALDATE "15-Mar-2026 09:05:00 +0000" BODY[] {%d}\r\n' % (uid, len(raw))
        )
        self.wfile.write(raw + b")\r\n")


class Office(Controller):
    """aiosmtpd on a free port of this machine: it keeps every letter it takes, and refuses, or cuts the line, where a
    test says so. Use as a context manager."""

    refuse: Callable[[int], str] = staticmethod(lambda asked: "")
    refuse_to: Callable[[str], str] = staticmethod(lambda to: "")
    dies_after_taking: Callable[[], bool] = staticmethod(lambda: False)

    def __init__(self) -> None:
        self._listens = socket.create_server(("127.0.0.1", 0))
        port = self._listens.getsockname()[1]
        super().__init__(self, "127.0.0.1", port, server_hostname="office.example.org")
        self.letters: list[tuple[str, bytes]] = []
        self.senders: list[str] = []
        self.asked = 0

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listens)

    def __enter__(self) -> "Office":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        self.senders.append(address)
        self.asked += 1
        envelope.mail_from = address
        return self.refuse(self.asked) or "250 fine"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        envelope.rcpt_tos.append(address)
        return self.refuse_to(address) or "250 fine"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.letters.append((envelope.rcpt_tos[-1], envelope.original_content))
        if self.dies_after_taking():
            server.transport.abort()
        return "250 taken"


class Server(socketserver.ThreadingTCPServer):
    """A server on a free port of this machine. Use as a context manager."""

    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox
    can_move = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Imap)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> "Server":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


def imap_server(box: Mailbox) -> Server:
    """A server that keeps one mailbox; its password is `secret`."""
    server = Server()
    server.box = box
    return server


def smtp_server() -> Office:
    """A server that keeps every letter it takes, with whom it is for."""
    return Office()
