"""Every format against files that were its sample once: `python -m tests.faults.hostile.fuzzing HOUSE SECONDS SEED`.

Hypothesis draws the mutations and, should something break, the smallest that still breaks it. Each file goes through
the real reader and the real `Intake` into a database, twice; the transaction is then taken back, so that a house of
ten minutes is as quick as an empty one. It is a process of its own, whose peak memory is the figure that counts.
"""

import json
import os
import random
import re
import resource
import shutil
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CASES_OF_A_ROUND = 40
MOST_BROKEN = 30
WORDS = 2500
TOKENS = (
    b'"', b'""', b"\0", b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x99\x82",
    b"\xe2\x80\xae", b",", b";", b"\t", b"=1+1", b"31/02/2009", b"04/03/09", b"39886", b"9999-99-99", b"NaN", b"1e999",
    b"9" * 5000, b"[" * 2000, b"{", b"}", b"null", b"<a>", b"</a>", b"<![CDATA[", b"<!DOCTYPE a [", b"&a;", b"]]>",
    b"From x\n", b"\nFrom ", b"--", b"=?utf-8?q?=0D=0A?=", b"Content-Type: multipart/mixed; boundary=x\r\n", b"#N/A",
    b"\\u0000", b"\\ud800", b'"ref":', b"x" * 70_000, b"\x1a", b"\x0c", b"\xc2\x85",
)  # fmt: skip


@dataclass(slots=True)
class Told:
    """What came of it, by format."""

    cases: dict[str, int] = field(default_factory=dict)
    explained: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    records: int = 0
    broken: list[str] = field(default_factory=list)


def mutated(content: bytes, steps: list[tuple[int, int, int, int]]) -> bytes:
    """A file after these steps: flipped, cut, doubled, spliced with itself or with something nobody expects."""
    for kind, at, other, length in steps:
        size = max(len(content), 1)
        start, end = at % size, min(at % size + length % 4096, size)
        match kind % 8:
            case 0:
                content = content[:start] + bytes([other % 256]) + content[start + 1 :]
            case 1:
                content = content[:start]
            case 2:
                content = content[:end] + content[start:end] + content[end:]
            case 3:
                content = content[:start] + content[end:]
            case 4 | 5:
                content = content[:start] + TOKENS[other % len(TOKENS)] + content[start:]
            case 6:
                place = other % size
                content = content[:start] + content[place : place + length % 4096] + content[start:]
            case 7:
                lines = content.splitlines(keepends=True)
                random.Random(other).shuffle(lines)
                content = b"".join(lines)
    return content[: 2**22]


def changed(file: Path, steps: list[tuple[int, int, int, int]]) -> None:
    """Change a file; of an archive as a rule one part, so that what is inside is reached too."""
    content = file.read_bytes()
    if content[:4] != b"PK\x03\x04" or (steps and steps[0][1] % 4 == 0):
        file.write_bytes(mutated(content, steps))
        return
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    which = sorted(parts)[steps[0][2] % len(parts)] if steps else min(parts)
    parts[which] = mutated(parts[which], steps)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in parts.items():
            archive.writestr(name, each)


def samples(format_name: str, folder: Path) -> list[Path]:
    """The sample of a format, and as a workbook too where it reads those."""
    from tests.faults.hostile import sample_of
    from tests.faults.hostile.archives import book, cells, zipped

    sample = sample_of(format_name)
    found = [sample]
    if format_name in ("table", "annex-a"):
        (folder / "book").mkdir(exist_ok=True)
        text = (sample / "sightings.csv") if format_name == "table" else (sample / "List 1.csv")
        rows = [tuple(line.replace("&", "").split(",")) for line in text.read_text().splitlines()]
        made = folder / "book" / f"{text.stem}.xlsx"
        zipped(made, book(cells(*rows)))
        if format_name == "table":
            shutil.copy(sample / "sightings.csv.mapping.yaml", made.with_name(made.name + ".mapping.yaml"))
        found.append(made.parent)
    return found


def one(
    format_name: str, sample: Path, steps: list[tuple[int, int, int, int]], which: int, told: Told
) -> None:
    """One file in, twice. Raises whatever breaks."""
    from heed.core.records.explained import Explained

    with TemporaryDirectory() as place:
        target = Path(place) / sample.name
        if sample.is_dir():
            shutil.copytree(sample, target)
            files = sorted(file for file in target.iterdir() if file.suffix != ".yaml")
            changed(files[which % len(files)], steps)
        else:
            target.write_bytes(sample.read_bytes())
            changed(target, steps)
        told.cases[format_name] = told.cases.get(format_name, 0) + 1
        try:
            with _taken_back():
                _in_and_again(format_name, target, told)
        except Explained as trouble:
            if "are accounted for" in str(trouble):
                raise AssertionError(str(trouble)) from trouble
            told.explained[format_name] = told.explained.get(format_name, 0) + 1


def _in_and_again(format_name: str, target: Path, told: Told) -> None:
    first = _intake(format_name, target)
    told.lines += first.lines
    told.records += first.accepted
    again = _intake(format_name, target)
    if again.accepted or again.superseding:
        raise AssertionError(f"a second import added {again.accepted + again.superseding}")


def _intake(format_name: str, target: Path) -> Any:
    """What `heed import` does with its files, without what it prints."""
    from heed.casework.clock import now
    from heed.casework.intake import Intake
    from heed.formats import load
    from heed.formats.contract import files

    format_ = load(format_name)
    intake = Intake(now, lambda row: None, lambda words: None)
    for file in files([target]):
        intake.account(str(file)).lines = format_.count(file)
    intake.take(format_.read([target], agency="school", options={}))
    for account in intake.accounts.values():
        account.check()
    return intake.total()


@contextmanager
def _taken_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def rounds(told: Told, seconds: float, seed: int) -> None:
    """Round after round over all formats until the time is up."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    from heed.formats import names

    number = st.integers(0, 2**20)
    steps = st.lists(st.tuples(number, number, number, number), min_size=1, max_size=6)
    quiet = settings(
        max_examples=CASES_OF_A_ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    ending, turn = time.monotonic() + seconds, 0
    with TemporaryDirectory() as place:
        known = [(name, sample) for name in names() for sample in samples(name, _made(Path(place) / name))]
        while time.monotonic() < ending and len(told.broken) < MOST_BROKEN:
            name, sample = known[turn % len(known)]

            case = given(steps, number)(_case(name, sample, ending, told))
            _try(seeded(seed + turn)(quiet(case)), name, told)
            turn += 1


def _case(
    name: str, sample: Path, ending: float, told: Told
) -> Callable[[list[tuple[int, int, int, int]], int], None]:
    def case(steps: list[tuple[int, int, int, int]], which: int) -> None:
        if time.monotonic() < ending:
            one(name, sample, steps, which, told)

    return case


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _try(test: Callable[[], None], name: str, told: Told) -> None:
    try:
        test()
    except Exception as trouble:  # noqa: BLE001 - whatever breaks is what is looked for
        told.broken.append(f"{name}: {''.join(traceback.format_exception(trouble))[-WORDS:]}")


def main(house: Path, seconds: float, seed: int) -> None:
    """Fuzz in a house of its own, and print one line of JSON."""
    os.environ["HEED_DATA"] = str(house)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
    from heed.casework.installation import ready

    ready()
    told = Told()
    rounds(told, seconds, seed)
    peak = max(_held(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    print(json.dumps({
        "cases": told.cases, "explained": told.explained, "lines": told.lines, "records": told.records,
        "broken": told.broken, "peak": peak,
    }))  # fmt: skip


def _held() -> float:
    """The most memory this process has held, in MB. Not `ru_maxrss`, which goes over to a program from whoever started
    it: a drill beside it that once held a gigabyte would be counted here."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
