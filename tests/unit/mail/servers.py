"""A mailbox and a post office, as small as they can be, on this machine and in this process."""

import re
import socketserver
import threading
from collections.abc import Callable


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


class _Smtp(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        office = self.server
        self.say("220 ready")
        for line in self.rfile:
            word = line.strip().decode().upper()
            if word.startswith(("EHLO", "HELO", "RSET", "NOOP")):
                self.say("250 fine")
            elif word.startswith("MAIL FROM"):
                office.senders.append(line.strip().decode())
                office.asked += 1
                refused = office.refuse(office.asked)
                self.say(refused or "250 fine")
            elif word.startswith("RCPT TO"):
                self.to = line.strip().decode().partition(":")[2]
                self.say(office.refuse_to(self.to) or "250 fine")
            elif word == "DATA":
                self.say("354 go on")
                letter = b""
                while (more := self.rfile.readline()) not in (b".\r\n", b""):
                    letter += more
                office.letters.append((self.to, letter))
                if office.dies_after_taking():
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("500 what")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    """A server on a free port of this machine. Use as a context manager."""

    allow_reuse_address = True
    daemon_threads = True
    box: Mailbox
    can_move = True
    refuse: Callable[[int], str] = staticmethod(lambda asked: "")
    refuse_to: Callable[[str], str] = staticmethod(lambda to: "")
    dies_after_taking: Callable[[], bool] = staticmethod(lambda: False)

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.letters: list[tuple[str, bytes]] = []
        self.senders: list[str] = []
        self.asked = 0

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
    server = Server(_Imap)
    server.box = box
    return server


def smtp_server() -> Server:
    """A server that keeps every letter it takes, with whom it is for."""
    return Server(_Smtp)
