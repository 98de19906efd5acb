"""A power cut, replayed: what a process wrote is traced, and a disk is made of it as it stood at any moment.

A disk may forget whatever was not yet synced. So of the writes since a file's last fsync each sector is kept or lost
by chance; of those before it every byte is there. Not covered: a disk that lies about fsync, and a folder whose new
names were not synced (names count from the moment they are made).
"""

import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
NAMING = "rename,renameat,renameat2,unlink,unlinkat,link,linkat"
CALLS = f"write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,{NAMING}"
LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
FILE = re.compile(r"\d+<([^>]*)>")
QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a process did to a file: write, cut (ftruncate), sync, gone (unlink), named (rename, link), said."""

    what: str
    file: str
    at: int = 0
    data: bytes = b""


def trace(command: list[str], log: Path, environment: dict[str, str]) -> None:
    """Run a command under strace, with every byte it writes."""
    given = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-xx",
        "-s",
        "10000000",
        "-e",
        f"trace={CALLS}",
        "-o",
    ]
    subprocess.run([*given, str(log), *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def events(log: Path, folder: Path) -> Iterator[Event]:
    """What happened to the files of a folder, in order; and what was said on stdout."""
    with log.open() as lines:
        for line in lines:
            found = LINE.match(line)
            if found is None:
                assert str(folder).encode().hex() not in line.replace("\\x", ""), f"cut in two: {line[:200]}"
                continue
            call, given, came = found[1], found[2], int(found[3])
            if came >= 0:
                yield from _event(call, given, came, str(folder))


def _event(call: str, given: str, came: int, folder: str) -> Iterator[Event]:
    file = _file(given)
    words = [bytes.fromhex(each.replace("\\x", "")) for each in QUOTED.findall(given)]
    if call == "write" and given.startswith("1<"):
        yield Event("said", "", data=words[0])
    elif call.startswith(("unlink", "rename", "link")):
        yield from _names(call, [word.decode() for word in words], folder)
    elif file is None or not file.startswith(folder):
        return
    elif call == "pwrite64":
        yield Event("write", file, int(given.rpartition(", ")[2]), words[0][:came])
    elif call == "ftruncate":
        yield Event("cut", file, int(given.rpartition(", ")[2]))
    elif call in ("fsync", "fdatasync"):
        yield Event("sync", file)
    elif call == "write":
        yield Event("append", file, data=words[0][:came])
    elif call in ("writev", "pwritev"):
        raise AssertionError(f"a call that is not replayed yet: {call} on {file}")


def _names(call: str, words: list[str], folder: str) -> Iterator[Event]:
    if not words[-1].startswith(folder):
        return
    if call.startswith("unlink"):
        yield Event("gone", words[-1])
    else:
        yield Event("renamed" if call.startswith("rename") else "linked", words[0], data=words[-1].encode())


def _file(given: str) -> str | None:
    found = FILE.match(given)
    if found is None:
        return None
    name = found[1]
    return bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name


class Disk:
    """Files as a disk holds them: what is safe, and what was written since."""

    def __init__(self, folder: Path, begun: Path) -> None:
        self.folder = str(folder)
        self.safe = {
            str(folder / file.relative_to(begun)): bytearray(file.read_bytes())
            for file in begun.rglob("*")
            if file.is_file()
        }
        self.loose: dict[str, list[Event]] = {}

    def take(self, event: Event) -> None:
        """One more thing happens."""
        match event.what:
            case "write" | "cut" | "append":
                self.loose.setdefault(event.file, []).append(event)
            case "sync":
                for each in self.loose.pop(event.file, []):
                    _apply(self.safe.setdefault(event.file, bytearray()), each)
            case "gone":
                self.safe.pop(event.file, None)
                self.loose.pop(event.file, None)
            case "renamed" | "linked":
                self._named(event.file, event.data.decode(), event.what == "renamed")

    def _named(self, old: str, new: str, moved: bool) -> None:
        for files in (self.safe, self.loose):
            if old in files:
                files[new] = files.pop(old) if moved else files[old].copy()  # type: ignore[index, assignment]

    def after_a_cut(self, into: Path, chance: random.Random) -> None:
        """Write the files as they are found when the power is back: of what was not synced, a random half."""
        for file in {*self.safe, *self.loose}:
            held = bytearray(self.safe.get(file, b""))
            for event in self.loose.get(file, ()):
                _apply_by_chance(held, event, chance)
            place = into / Path(file).relative_to(self.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(held)


def _apply(held: bytearray, event: Event) -> None:
    if event.what == "cut":
        _resize(held, event.at)
        return
    at = len(held) if event.what == "append" else event.at
    if len(held) < at + len(event.data):
        _resize(held, at + len(event.data))
    held[at : at + len(event.data)] = event.data


def _apply_by_chance(held: bytearray, event: Event, chance: random.Random) -> None:
    if event.what == "cut":
        if chance.random() < 0.5:
            _apply(held, event)
        return
    at = len(held) if event.what == "append" else event.at
    for start in range(at - at % SECTOR, at + len(event.data), SECTOR):
        if chance.random() < 0.5:
            first, last = max(start, at), min(start + SECTOR, at + len(event.data))
            _apply(held, Event("write", event.file, first, event.data[first - at : last - at]))


def _resize(held: bytearray, size: int) -> None:
    if size < len(held):
        del held[size:]
    else:
        held.extend(bytes(size - len(held)))
