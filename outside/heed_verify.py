"""heed-verify: hold a ledger that Heed wrote out against itself, its signed checkpoints, its witnesses and receipts.
One file. Needs Python 3.12 and nothing else; with the `cryptography` package it checks signatures faster. It knows
nothing of Heed and asks nobody: the format it reads is written down in Heed's docs/explanation/proof.md.

    python3 heed_verify.py EXPORT --key LOGKEY --witness WITNESSKEY --checkpoint MINE.note --receipt MINE.txt
Exit codes: 0 everything holds; 1 something does not, each thing named; 2 it could not be read.
"""

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = "heed-ledger-export 1"
DASH = "— "
RECEIPT = "Heed receipt 1"
LOG, WITNESS = 1, 4
CANONICAL: dict[str, Any] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
type Folder = Path | zipfile.Path
ODD = (ValueError, KeyError, TypeError, RecursionError, OverflowError)


class Unreadable(Exception):
    """What was handed over is not what the format says. One sentence."""


class Key(NamedTuple):
    """A verifier key."""

    name: str
    kind: int
    public: bytes
    id: bytes


class Note(NamedTuple):
    """A text with signatures: (name, key id, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


@dataclass
class Found:
    """What verifying found."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    entries: int = 0
    root: str = ""
    signed: int = 0
    witnessed: dict[str, int] = field(default_factory=dict)
    bodies: int = 0
    left_out: int = 0
    erased: int = 0
    receipts: int = 0

    def wrong(self, what: str) -> None:
        """One more fault."""
        self.faults.append(what)


try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None  # type: ignore[misc, assignment]

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
type Point = tuple[int, int, int, int]


def plain_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032, section 5.1.7, in plain arithmetic: for public values only, so its timing gives nothing away."""
    key, commitment = _point(public), _point(signature[:32]) if len(signature) == 64 else None
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(scalar, BASE), _plus(commitment, _times(challenge, key))
    return all((left[axis] * right[2] - right[axis] * left[2]) % P == 0 for axis in (0, 1))


def _point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y, odd = number & (2**255 - 1), number >> 255
    if len(raw) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def _plus(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    w, x, y, z = f - e, h - g, h + g, f + e
    return w * x % P, y * z % P, x * y % P, w * z % P


def _times(number: int, point: Point) -> Point:
    made: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            made = _plus(made, point)
        point, number = _plus(point, point), number >> 1
    return made


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over the message."""
    if Ed25519PublicKey is None:
        return plain_ed25519(public, message, signature)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_key(text: str) -> Key:
    """A verifier key: name+id+base64."""
    name, _, rest = text.strip().partition("+")
    given, _, material = rest.partition("+")
    raw = _base64(material, f"the key of {name}")
    made = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or made.hex() != given:
        raise Unreadable(f"the key of {name} is not a verifier key: its id, its type or its length is wrong")
    return Key(name, raw[0], raw[1:], made)


def read_note(text: str) -> Note:
    """A signed note."""
    body, gap, under = text.rpartition("\n\n")
    if not gap or not under.endswith("\n"):
        raise Unreadable("a signed note is a text, an empty line, and lines of signatures")
    signatures = []
    for line in under[:-1].split("\n"):
        name, _, material = line.removeprefix(DASH).partition(" ")
        raw = _base64(material, "a signature")
        if not line.startswith(DASH) or not name or len(raw) < 5:
            raise Unreadable("a line under a signed note is no signature")
        signatures.append((name, raw[:4], raw[4:]))
    return Note(body + "\n", tuple(signatures))


def signed_by(note: Note, key: Key) -> bool | None:
    """Whether the key signed the note; None when no signature says so."""
    said = [signed for name, id_, signed in note.signatures if (name, id_) == (key.name, key.id)]
    return all(_verifies(key, note.text, signed) for signed in said) if said else None


def _verifies(key: Key, text: str, signed: bytes) -> bool:
    if key.kind == LOG:
        return ed25519(key.public, text.encode(), signed)
    seconds = int.from_bytes(signed[:8], "big")
    return ed25519(key.public, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signed[8:])


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size, root."""
    lines = text.split("\n")
    if len(lines) != 4 or not (lines[1].isascii() and lines[1].isdigit()) or str(int(lines[1])) != lines[1]:
        raise Unreadable("a checkpoint is three lines: the log's name, its size, its root")
    return lines[0], int(lines[1]), _base64(lines[2], "a root")


def _base64(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Unreadable(f"{what} is not base64") from None


def node(left: bytes, right: bytes) -> bytes:
    """An inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Grows leaf by leaf, and knows its root at any moment."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf hash."""
        bits = self.size
        while bits & 1:
            leaf, bits = node(self._peaks.pop(), leaf), bits >> 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        made = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            made = node(peak, made)
        return made


class Asked(NamedTuple):
    """What whoever verifies brought along: keys they trust, checkpoints and receipts of their own."""

    log: Key | None = None
    witnesses: tuple[Key, ...] = ()
    checkpoints: tuple[tuple[str, str], ...] = ()
    receipts: tuple[tuple[str, str], ...] = ()


class Signed(NamedTuple):
    """A checkpoint: where it was found, the note, and what it says."""

    where: str
    note: Note
    origin: str
    size: int
    root: bytes


@dataclass
class Seen:
    """What one walk over the entries leaves behind."""

    roots: dict[int, bytes] = field(default_factory=dict)
    leaves: dict[int, str] = field(default_factory=dict)
    requests: dict[int, tuple[object, object]] = field(default_factory=dict)
    erasures: list[tuple[int, tuple[object, object], str | None]] = field(default_factory=list)
    decided: set[object] = field(default_factory=set)
    has_body: bytearray = field(default_factory=bytearray)


def verify(folder: Folder, asked: Asked) -> Found:
    """Everything, in one walk over the entries."""
    found = Found()
    about = json.loads(_text(folder, "export.json"))
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise Unreadable(f"export.json does not name the format {FORMAT!r}, which this program reads")
    log, witnesses = _keys(folder, asked, found)
    notes = [*_notes(folder), *asked.checkpoints]
    signed = [each for where, text in notes for each in _checkpoint(where, text, found)]
    receipts = [told for where, text in asked.receipts for told in _receipts(where, text, log, found)]
    seen = _walk(folder, {each.size for each in signed}, {seq for _, seq, _ in receipts}, found)
    if found.entries != about.get("entries"):
        found.wrong(f"export.json counts {about.get('entries')} entries, {found.entries} are there")
    for each in signed:
        _hold(each, log, witnesses, seen.roots, found)
    if found.entries and not found.signed:
        found.wrong("no checkpoint is here that the log signed: anybody could write such entries")
    _bodies(seen, str(about.get("bodies")), found)
    for where, seq, leaf in receipts:
        found.receipts += 1
        if seq not in seen.leaves:
            found.wrong(f"{where}: entry {seq} was receipted and is not in the ledger: it was removed")
        elif seen.leaves[seq] != leaf:
            found.wrong(f"{where}: entry {seq} is not the one that was receipted: it was exchanged")
    return found


def _keys(folder: Folder, asked: Asked, found: Found) -> tuple[Key, tuple[Key, ...]]:
    if asked.log:
        return asked.log, asked.witnesses
    found.remarks.append(
        "The keys were taken from the export itself. Compare those in keys.txt with the ones you were given by "
        "telephone or on paper: whoever forges an export forges its keys."
    )
    told = [line.split(" ", 1) for line in _text(folder, "keys.txt").splitlines() if line.strip()]
    own = [read_key(key) for whose, key in told if whose == "ledger"]
    if len(own) != 1:
        raise Unreadable("keys.txt does not name one key of the ledger")
    return own[0], asked.witnesses or tuple(read_key(key) for whose, key in told if whose != "ledger")


def _checkpoint(where: str, text: str, found: Found) -> Iterator[Signed]:
    try:
        note = read_note(text)
        yield Signed(where, note, *read_checkpoint(note.text))
    except Unreadable as trouble:
        found.wrong(f"{where}: {trouble}")


def _receipts(where: str, text: str, log: Key, found: Found) -> Iterator[tuple[str, int, str]]:
    """Each receipt in a file that the log signed: (where, entry, leaf)."""
    for one in text.split(f"{RECEIPT}\n")[1:] or [""]:
        try:
            note = read_note(f"{RECEIPT}\n{one}")
            told = dict(line.split(" ", 1) for line in note.text.splitlines()[1:])
            seq, leaf = int(told["entry"]), told["leaf"]
        except (Unreadable, KeyError, ValueError):
            found.wrong(f"{where}: is not a receipt")
            continue
        if signed_by(note, log):
            yield where, seq, leaf
        else:
            found.wrong(f"{where}: the receipt of entry {seq} is not signed by this log's key")


def _walk(folder: Folder, sizes: set[int], wanted: set[int], found: Found) -> Seen:
    """Order, leaves and commitments, streaming; the roots at `sizes`, the leaves of `wanted`."""
    seen, tree = Seen(has_body=bytearray(1)), Tree()
    bodies = _all_bodies(folder, found)
    seen.roots[0] = tree.root()
    for seq, line in enumerate(_rows(folder, "entries.jsonl"), start=1):
        leaf = hashlib.sha256(b"\x00" + line).digest()
        tree.add(leaf)
        if seq in sizes:
            seen.roots[seq] = tree.root()
        if seq in wanted:
            seen.leaves[seq] = leaf.hex()
        header = _header(seq, line, found)
        committed, text = bodies.pop(seq, (None, None))
        if committed not in (None, header.get("commitment")):
            found.wrong(f"entry {seq}: its body is not what was committed to")
        found.bodies += committed is not None
        seen.has_body.append(committed is not None)
        kind, who = header.get("kind"), (header.get("actor"), str(header.get("subject")))
        if kind == "erasure_request":
            seen.requests[seq] = who
        elif kind == "erasure":
            seen.erasures.append((seq, who, text))
        elif kind == "erasure_refused":
            seen.decided.add(who[1])
    for left in bodies:
        found.wrong(f"body {left}: belongs to no entry")
    found.entries, found.root = tree.size, tree.root().hex()
    return seen


def _header(seq: int, line: bytes, found: Found) -> dict[str, Any]:
    try:
        header: dict[str, Any] = json.loads(line)
        if header["seq"] != seq:
            found.wrong(f"entry {seq}: says it is entry {header['seq']}: one is missing, added or moved")
        if json.dumps(header, **CANONICAL).encode() != line:
            found.wrong(f"entry {seq}: is not written in canonical form")
    except ODD:
        found.wrong(f"entry {seq}: cannot be read")
        return {}
    return header


def _all_bodies(folder: Folder, found: Found) -> dict[int, tuple[str, str]]:
    """What each body commits to; the text itself only where it may be an erasure's."""
    made: dict[int, tuple[str, str]] = {}
    for number, line in enumerate(_rows(folder, "bodies.jsonl"), start=1):
        try:
            body = json.loads(line)
            seq, salt, text = int(body["seq"]), bytes.fromhex(body["salt"]), str(body["text"])
            if json.dumps(body, **CANONICAL).encode() != line or salt.hex() != body["salt"]:
                raise ValueError
        except ODD:
            found.wrong(f"bodies.jsonl line {number}: cannot be read")
            continue
        if seq in made:
            found.wrong(f"body {seq}: is there twice")
        made[seq] = hashlib.sha256(salt + text.encode()).hexdigest(), text if '"entries"' in text else ""
    return made


def _hold(each: Signed, log: Key, witnesses: tuple[Key, ...], roots: dict[int, bytes], found: Found) -> None:
    """One checkpoint: its signature, its root, and the cosignatures under it."""
    if each.origin != log.name or not signed_by(each.note, log):
        found.wrong(f"{each.where}: is not signed by {log.name} with the key that was given")
        return
    found.signed = max(found.signed, each.size)
    if each.size > found.entries:
        gone = each.size - found.entries
        found.wrong(f"{each.where}: {each.size} entries were signed, {gone} of them are not there any more")
    elif roots[each.size] != each.root:
        found.wrong(f"{each.where}: the first {each.size} entries are not those that were signed")
    for key in witnesses:
        held = signed_by(each.note, key)
        if held:
            found.witnessed[key.name] = max(each.size, found.witnessed.get(key.name, 0))
        elif held is False:
            found.wrong(f"{each.where}: the signature under the name of {key.name} is not theirs")


def _bodies(seen: Seen, bodies: str, found: Found) -> None:
    """A body may be missing because the whole export is without, which it says, or because of a later erasure."""
    covered: dict[int, int] = {}
    for seq, (actor, subject), text in seen.erasures:
        try:
            told = json.loads(text or "")
            named, request = told["entries"], told["request"]
            asker, asked = seen.requests[request]
            bad = actor is None or asker in (None, actor) or subject != asked or subject in seen.decided
            if bad or not all(0 < each < seq for each in [*named, request]):
                raise ValueError
            seen.decided.add(subject)
        except ODD:
            found.wrong(f"entry {seq}: is no erasure: one person asks, before, and another agrees, once")
            continue
        covered |= dict.fromkeys(named, seq)
        found.remarks.append(f"Entry {seq} erased {len(named)} bodies, on the basis: {told.get('basis')}.")
    for seq in range(1, len(seen.has_body)):
        if seen.has_body[seq] and seq in covered:
            found.wrong(f"entry {seq}: entry {covered[seq]} says its body is destroyed, and it is there")
        elif not seen.has_body[seq] and seq in covered:
            found.erased += 1
        elif not seen.has_body[seq] and bodies == "left out":
            found.left_out += 1
        elif not seen.has_body[seq]:
            found.wrong(f"entry {seq}: its body is missing, and no erasure names it")


def _notes(folder: Folder) -> list[tuple[str, str]]:
    place = folder / "checkpoints"
    files: list[Any] = sorted(place.iterdir(), key=lambda each: each.name) if place.is_dir() else []
    return [(f"checkpoints/{file.name}", file.read_text(encoding="utf-8")) for file in files]


def _text(folder: Folder, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def _rows(folder: Folder, name: str) -> Iterator[bytes]:
    with (folder / name).open("rb") as rows:
        yield from (row.removesuffix(b"\n") for row in rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line, verify, say what was found."""
    given = _arguments().parse_args(argv)
    try:
        keys = [read_key(text) for text in given.witness]
        log = read_key(given.key) if given.key else None
        asked = Asked(log, tuple(keys), _files(given.checkpoint), _files(given.receipt))
        found = verify(_folder(given.export), asked)
    except (Unreadable, OSError, zipfile.BadZipFile, *ODD) as trouble:
        print(f"heed-verify: {given.export} cannot be verified: {trouble}.", file=sys.stderr)
        return 2
    last = max(found.witnessed.values(), default=-1)
    count = sum(found.witnessed.get(key.name) == last for key in set(keys))
    if given.need > count:
        found.wrong(
            f"{count} of the witnesses given signed what was witnessed last, {given.need} were asked for"
        )
    print(json.dumps({"ok": not found.faults, **vars(found)}) if given.json else "\n".join(_said(found)))
    return 1 if found.faults else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heed-verify", description="Hold a ledger against its proofs.")
    parser.add_argument("export", help="the folder or .zip that `heed ledger export` wrote")
    parser.add_argument("--key", help="the log's verifier key as you were given it, not as the export has it")
    for name, words in (
        ("--witness", "a witness's verifier key"),
        ("--checkpoint", "a file with a checkpoint that you kept yourself"),
        ("--receipt", "a file with receipts that you kept"),
    ):
        parser.add_argument(name, action="append", default=[], help=f"{words}; may be repeated")
    parser.add_argument("--need", type=int, default=0, help="how many of --witness must have signed last")
    parser.add_argument("--json", action="store_true", help="the result as one line of JSON")
    return parser


def _folder(name: str) -> Folder:
    path = Path(name)
    if not path.exists():
        raise Unreadable("there is no such folder or file")
    return path if path.is_dir() else zipfile.Path(path)


def _files(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, Path(name).read_text(encoding="utf-8")) for name in names)


def _said(found: Found) -> Iterator[str]:
    yield from (f"fault: {fault}" for fault in found.faults)
    yield f"{found.entries} entries in order, root {found.root}"
    yield f"signed up to entry {found.signed}; {found.entries - found.signed} are newer than the last checkpoint"
    for name, size in sorted(found.witnessed.items()):
        yield f"witnessed up to entry {size} by {name}"
    yield f"{found.bodies} bodies held, {found.left_out} left out, {found.erased} erased; {found.receipts} receipts"
    yield from found.remarks
    yield "NOT PROVED: see the faults above" if found.faults else "ok: everything that is here holds"


if __name__ == "__main__":
    sys.exit(main())
