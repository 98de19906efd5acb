"""heed-witness: an agency's own watch over a ledger of Heed. It keeps the last checkpoint it saw, signs the next only
if the log has merely grown, and keeps the evidence when it has not. It needs no network: a file or an e-mail will do.

One file. Needs Python 3.12 and the `cryptography` package. It knows nothing of Heed and sees no name of anybody: only
how many entries the ledger has, and hashes. Everything it keeps is in one folder, --state.

    heed-witness key --state FOLDER --name police.example/witness     makes the agency's key, prints what verifies it
    heed-witness trust LOGKEY --state FOLDER                          the ledger to watch, compared by telephone
    heed-witness check BUNDLE --state FOLDER --out FILE               checks, keeps, signs
    heed-witness mail [MESSAGE] --state FOLDER [--out REPLY]          the same by e-mail: a message in, a reply out

Exit codes: 0 signed; 1 refused, with the evidence kept; 2 it could not be done.
"""

import argparse
import base64
import hashlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DASH = "— "
LOG, WITNESS = 1, 4
MOST_BYTES = 4_000_000
KEY, LOGS, EVIDENCE = "witness.key", "logs.txt", "evidence"


class Cannot(Exception):
    """It cannot be done: one paragraph on what to do."""


class Refused(Exception):
    """The witness does not sign: one paragraph on why, and where the evidence is."""


class Key(NamedTuple):
    """A verifier key."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """What a signature names it by."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encoded(bytes([self.kind]) + self.public)}"


class Checkpoint(NamedTuple):
    """A log's signed word on how many entries it has; `note` is all of it, `text` what is signed."""

    origin: str
    size: int
    root: bytes
    text: str
    note: str


class Bundle(NamedTuple):
    """What the log sends: a checkpoint, and from which sizes it proves that it grew."""

    proofs: dict[int, list[bytes]]
    checkpoint: Checkpoint


def read_bundle(text: str) -> Bundle:
    """Blocks of `old SIZE` with a consistency proof, each ended by an empty line, then the checkpoint."""
    proofs: dict[int, list[bytes]] = {}
    rest = text.replace("\r\n", "\n")
    while rest.startswith("old "):
        block, _, rest = rest.partition("\n\n")
        first, *hashes = block.split("\n")
        proofs[_number(first.removeprefix("old "))] = [_decoded(each, 32) for each in hashes]
    return Bundle(proofs, read_checkpoint(rest))


def read_checkpoint(note: str) -> Checkpoint:
    """A signed note of three lines. The signature is not checked here."""
    text, gap, under = note.rpartition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) != 3 or not lines[0] or not under.startswith(DASH) or not under.endswith("\n"):
        raise Cannot(
            "This is no checkpoint: it should be three lines (name, size, root), an empty line, and a signature. Ask "
            "the ledger's keeper for the file of `heed ledger checkpoint --out FILE`, and hand it over unchanged."
        )
    return Checkpoint(lines[0], _number(lines[1]), _decoded(lines[2], 32), text + "\n", note)


def signed_by(checkpoint: Checkpoint, key: Key) -> bool:
    """Whether the log's key signed it."""
    for line in checkpoint.note.removeprefix(checkpoint.text + "\n").splitlines():
        name, _, material = line.removeprefix(DASH).partition(" ")
        raw = _decoded(material)
        if (name, raw[:4]) == (key.name, key.id):
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], checkpoint.text.encode())
            except (InvalidSignature, ValueError):
                return False
            return True
    return False


def grew(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the new tree begins with the whole of the old one (RFC 6962, 2.1.2)."""
    if not 0 < old.size < new.size:
        return not proof and (old.size == 0 or (old.size == new.size and old.root == new.root))
    hashes = list(proof) if old.size & (old.size - 1) else [old.root, *proof]
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not hashes:
        return False
    was = now = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, now = _node(each, was), _node(each, now)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            now = _node(now, each)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old.root and now == new.root


class State:
    """The witness's own folder: its key, the logs it watches, the last checkpoint of each, the evidence."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_key(self, name: str) -> None:
        """Make the agency's key, once."""
        if not name or "+" in name or any(c.isspace() for c in name):
            raise Cannot(
                "Name the witness with --name, without spaces and plus, such as police.example/witness."
            )
        private = Ed25519PrivateKey.generate()
        key = Key(name, WITNESS, private.public_key().public_bytes_raw())
        secret = _encoded(bytes([WITNESS]) + private.private_bytes_raw())
        self._write(KEY, f"PRIVATE+KEY+{name}+{key.id.hex()}+{secret}\n")

    def key(self) -> tuple[Ed25519PrivateKey, Key]:
        """The agency's key and what verifies it."""
        file = self.folder / KEY
        if not file.exists():
            raise Cannot(
                f"There is no key in {self.folder} yet. Make it: heed-witness key --state FOLDER --name NAME."
            )
        parts = file.read_text(encoding="utf-8").strip().split("+", 4)
        raw = _decoded(parts[4], 33) if len(parts) == 5 else b""
        if raw[:1] != bytes([WITNESS]):
            raise Cannot(f"{file} is not a witness's key. Put back the copy you made of it.")
        private = Ed25519PrivateKey.from_private_bytes(raw[1:])
        return private, Key(parts[2], WITNESS, private.public_key().public_bytes_raw())

    def trust(self, text: str) -> Key:
        """Watch over this log from now on."""
        key = read_key(text)
        known = [each for each in self.logs() if each.name == key.name]
        if known and known[0] != key:
            raise Cannot(
                f"{key.name} is watched already, under another key. A log that changes its key is a new log."
            )
        if not known:
            self._write(LOGS, "".join(f"{each}\n" for each in [*self.logs(), key]))
        return key

    def logs(self) -> list[Key]:
        """The logs this witness watches."""
        file = self.folder / LOGS
        return [read_key(line) for line in file.read_text(encoding="utf-8").split()] if file.exists() else []

    def last(self, origin: str) -> Checkpoint | None:
        """The last checkpoint signed for a log."""
        file = self.folder / _last_name(origin)
        return read_checkpoint(file.read_text(encoding="utf-8")) if file.exists() else None

    def keep(self, checkpoint: Checkpoint) -> None:
        """Remember it, on the disk, before anybody is given the signature."""
        self._write(_last_name(checkpoint.origin), checkpoint.note)

    def evidence(self, text: str, last: Checkpoint | None, now: int) -> Path:
        """Keep what was sent and what was known, side by side; nothing is overwritten."""
        name = f"{EVIDENCE}/{now}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        self._write(f"{name}-sent.txt", text)
        if last:
            self._write(f"{name}-known.txt", last.note)
        return self.folder / f"{name}-sent.txt"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One check at a time: two at once could go back behind each other."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = self.folder / "busy"
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            raise Cannot(
                f"Another heed-witness is at work. If none is, one was cut off: remove {lock} and go on."
            ) from None
        try:
            yield
        finally:
            lock.unlink()

    def _write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_name(f"{file.name}.new")
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="\n"
        ) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)


def check(text: str, state: State, now: int) -> str:
    """The checkpoint of a bundle with this witness's signature under it. Raises Refused when the log did not merely
    grow since the last one."""
    with state.alone():
        private, own = state.key()
        bundle = read_bundle(text)
        new = bundle.checkpoint
        log = next((key for key in state.logs() if key.name == new.origin), None)
        if log is None:
            raise Cannot(
                f"This checkpoint is of {new.origin!r}, which this witness does not watch. If it should, get the "
                "ledger's key on paper or by telephone and run: heed-witness trust KEY."
            )
        last = state.last(new.origin)
        wrong = _wrong(bundle, last, log)
        if wrong:
            kept = state.evidence(text, last, now)
            raise Refused(f"NOT SIGNED. {wrong} The evidence is in {kept}: do not delete it, make a copy.")
        if last and last.size < new.size and last.size not in bundle.proofs:
            raise Cannot(
                f"The bundle does not say how the log grew since {last.size} entries, the last this witness saw. Ask for "
                f"one made with: heed ledger checkpoint --since {last.size} --out FILE."
            )
        state.keep(new)
        return new.note + _cosigned(new, private, own, now)


def _wrong(bundle: Bundle, last: Checkpoint | None, log: Key) -> str:
    """Why the log did not merely grow; empty when it did, or when nothing can be said yet."""
    new = bundle.checkpoint
    if not signed_by(new, log):
        return (
            f"The checkpoint says that it is of {log.name}, but it is not signed with that ledger's key. Somebody else "
            "made it, or it was changed on its way. Ring the ledger's keeper before anything else."
        )
    if last is None:
        return ""
    if new.size < last.size:
        return (
            f"The ledger now claims {new.size} entries; this witness saw {last.size} before. Either this is an older "
            "file that arrived late, then ask for a new one, or entries were removed, or an old copy of the database "
            "was put back. Ring the partnership's business manager, and not only the people who run the ledger."
        )
    if new.size == last.size and new.root != last.root:
        return (
            f"The ledger showed two different contents of the same {new.size} entries, both signed: an entry was "
            "changed. The two checkpoints together prove it. Ring the partnership's business manager and the other "
            "witnesses."
        )
    if new.size > last.size and last.size in bundle.proofs and not grew(last, new, bundle.proofs[last.size]):
        return (
            f"The ledger of {new.size} entries does not begin with the {last.size} entries this witness saw before: one "
            "of them was changed, removed, or put in. Ring the partnership's business manager and the other witnesses."
        )
    return ""


def _cosigned(new: Checkpoint, private: Ed25519PrivateKey, own: Key, now: int) -> str:
    signed = private.sign(f"cosignature/v1\ntime {now}\n{new.text}".encode())
    return f"{DASH}{own.name} {_encoded(own.id + now.to_bytes(8, 'big') + signed)}\n"


def reply(raw: bytes, state: State, now: int, sender: str) -> tuple[EmailMessage, bool]:
    """The answer to a message that carries a bundle, and whether it was signed."""
    asked = message_from_bytes(raw, policy=policy.default)
    if str(asked.get("Auto-Submitted", "no")).lower() == "auto-replied":
        raise Cannot(
            "The message is itself an automatic reply: nothing is sent back, or two programs would write for ever."
        )
    answer = EmailMessage()
    answer["To"] = _address(asked.get("Reply-To") or asked.get("From"))
    answer["From"] = _address(sender or asked.get("To"))
    answer["Auto-Submitted"] = "auto-replied"
    answer["Subject"] = "Re: checkpoint of the ledger"
    identity = _one_line(asked.get("Message-ID"))
    if identity:
        answer["In-Reply-To"] = answer["References"] = identity
    try:
        note = check(_attached(asked), state, now)
    except Refused as refusal:
        answer.set_content(f"{refusal}\n")
        return answer, False
    seen = read_checkpoint(note.rsplit(DASH, 1)[0])
    answer.set_content(
        f"Checked and signed: {seen.size} entries of {seen.origin}. The signed checkpoint is attached.\n"
    )
    answer.add_attachment(
        note.encode(), maintype="application", subtype="octet-stream", filename=f"checkpoint-{seen.size}.note"
    )
    return answer, True


def _attached(message: EmailMessage) -> str:
    """The bundle in an e-mail: an attachment, or the text itself."""
    for part in message.walk():
        raw = None if part.is_multipart() else part.get_payload(decode=True)
        if not isinstance(raw, bytes) or len(raw) > MOST_BYTES:
            continue
        text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
        if text.startswith("old ") and f"\n{DASH}" in text:
            return text
    raise Cannot(
        "The message holds no bundle. It should carry the file of `heed ledger checkpoint --out FILE`, attached."
    )


def _address(field: object) -> str:
    address = parseaddr(str(field or ""))[1]
    if "@" not in address or any(c.isspace() for c in address):
        raise Cannot(
            "The message does not say whom to answer, or as whom: name your own address with --from."
        )
    return address


def _one_line(field: object) -> str:
    return "".join(str(field or "").split())[:200]


def read_key(text: str) -> Key:
    """A log's verifier key: name+id+base64."""
    name, _, rest = text.strip().partition("+")
    given, _, material = rest.partition("+")
    raw = _decoded(material, 33)
    key = Key(name, raw[0], raw[1:])
    if key.kind != LOG or not name or key.id.hex() != given:
        raise Cannot(
            "That is not a ledger's verifier key. `heed ledger keys` prints it: name+number+letters, all of it."
        )
    return key


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and str(int(text)) == text):
        raise Cannot(
            "A size in this file is not a whole number: the file was changed on its way. Ask for it again."
        )
    return int(text)


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: str, length: int | None = None) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if not raw or (length is not None and len(raw) != length):
        raise Cannot("A hash, a key or a signature in this file is cut off or changed. Ask for it again.")
    return raw


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _last_name(origin: str) -> str:
    return f"last-{hashlib.sha256(origin.encode()).hexdigest()[:16]}.note"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    given = _arguments().parse_args(argv)
    try:
        return int(given.run(given, State(Path(given.state)), int(time.time())))
    except Refused as refusal:
        print(f"heed-witness: {refusal}", file=sys.stderr)
        return 1
    except Cannot as trouble:
        print(f"heed-witness: {trouble}", file=sys.stderr)
    except (OSError, UnicodeDecodeError) as trouble:
        print(f"heed-witness: a file cannot be read or written: {trouble}.", file=sys.stderr)
    return 2


def _key(given: argparse.Namespace, state: State, now: int) -> int:
    if not (state.folder / KEY).exists():
        state.make_key(given.name)
    print(state.key()[1])
    return 0


def _trust(given: argparse.Namespace, state: State, now: int) -> int:
    print(f"watching over {state.trust(given.key).name}")
    return 0


def _check(given: argparse.Namespace, state: State, now: int) -> int:
    if Path(given.bundle).stat().st_size > MOST_BYTES:
        raise Cannot("The file is too large for a bundle.")
    note = check(Path(given.bundle).read_text(encoding="utf-8"), state, now)
    if given.out:
        Path(given.out).write_text(note, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(note)
    return 0


def _mail(given: argparse.Namespace, state: State, now: int) -> int:
    raw = Path(given.message).read_bytes() if given.message else sys.stdin.buffer.read(2 * MOST_BYTES)
    answer, signed = reply(raw, state, now, given.sender)
    out = answer.as_bytes()
    if given.out:
        Path(given.out).write_bytes(out)
    else:
        sys.stdout.buffer.write(out)
    return 0 if signed else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heed-witness", description="An agency's own watch over a ledger.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, words in (
        ("key", _key, "print what verifies this witness; makes its key the first time"),
        ("trust", _trust, "watch over the ledger with this key"),
        ("check", _check, "check a bundle and sign it"),
        ("mail", _mail, "the same for an e-mail: from a file or standard input"),
    ):
        one = commands.add_parser(name, help=words)
        one.set_defaults(run=run)
        one.add_argument("--state", required=True, help="the witness's own folder")
        if name == "key":
            one.add_argument(
                "--name", default="", help="how the witness is called, such as police.example/witness"
            )
        if name == "trust":
            one.add_argument("key", help="what `heed ledger keys` prints for the ledger")
        if name == "check":
            one.add_argument("bundle")
        if name == "mail":
            one.add_argument("message", nargs="?", help="the e-mail as a file; standard input if left out")
            one.add_argument("--from", dest="sender", default="", help="the witness's own address")
        if name in ("check", "mail"):
            one.add_argument("--out", help="where to write what goes back")
    return parser


if __name__ == "__main__":
    sys.exit(main())
