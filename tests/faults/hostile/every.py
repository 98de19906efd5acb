"""What every format meets: files that are not what they are called, broken samples, and paths that lead nowhere."""

import gzip
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.faults.hostile.archives import book, cells, packed_zeros, zipped

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def makers(sample: Path) -> dict[str, Callable[[Path], Path]]:
    """The makers for a format with this sample."""

    def each(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
        return lambda folder: _changed(sample, folder, change)

    return {
        "empty": each(lambda content: b""),
        "only_a_mark": each(lambda content: b"\xef\xbb\xbf"),
        "only_half_a_wide_mark": each(lambda content: b"\xff"),
        "blank_lines": each(lambda content: b"\n\r\n \r\r\n"),
        "cut_short": each(lambda content: content[: len(content) * 2 // 3]),
        "one_byte": each(lambda content: content[:1]),
        "backwards": each(lambda content: content[::-1]),
        "three_times": each(lambda content: content * 3),
        "nuls": each(lambda content: bytes(2**20)),
        "nuls_between": each(lambda content: content.replace(b"e", b"\0")),
        "noise": each(lambda content: random.Random(1).randbytes(2**16)),
        "high_bytes": each(lambda content: bytes(b | 0x80 for b in content)),
        "utf_16_without_a_mark": each(lambda content: content.decode("utf-8", "replace").encode("utf-16-le")),
        "half_a_surrogate": each(lambda content: content.replace(b"e", b"\xed\xa0\x80", 5)),
        "turned_around": each(lambda content: content.replace(b" ", " \u202e\u2066".encode())),
        "carriage_returns": each(lambda content: content.replace(b"\n", b"\r")),
        "a_line_of_20_mb": each(lambda content: content + b"x" * (20 * 2**20)),
        "a_number_of_5000_digits": each(lambda content: content.replace(b"2009", b"9" * 5000)),
        "packed": each(gzip.compress),
        "picture": each(lambda content: PICTURE),
        "a_bomb_under_its_name": _bomb(sample),
        "a_workbook_under_its_name": _workbook(sample),
        "a_folder_of_its_name": _folder(sample),
        "an_empty_folder": lambda folder: folder,
        "a_link_to_itself": _loop(sample),
        "a_link_to_nothing": _dangling(sample),
        "a_folder_in_a_circle": _circle(sample),
    }


def _changed(sample: Path, folder: Path, change: Callable[[bytes], bytes]) -> Path:
    """The sample, a file or a folder of files, with every one of its files changed; a mapping stays as it is."""
    target = folder / sample.name
    if sample.is_file():
        target.write_bytes(change(sample.read_bytes()))
        return target
    shutil.copytree(sample, target)
    for file in sorted(target.iterdir()):
        if file.suffix != ".yaml":
            file.write_bytes(change(file.read_bytes()))
    return target


def _name(sample: Path) -> str:
    return sample.name if sample.is_file() else min(file.name for file in sample.iterdir())


def _bomb(sample: Path) -> Callable[[Path], Path]:
    return lambda folder: zipped(folder / _name(sample), {"xl/worksheets/sheet1.xml": packed_zeros(64)})


def _workbook(sample: Path) -> Callable[[Path], Path]:
    return lambda folder: zipped(folder / _name(sample), book(cells(("a", "b"), ("1", "2"))))


def _folder(sample: Path) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / _name(sample)).mkdir()
        return folder / _name(sample)

    return make


def _loop(sample: Path) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / _name(sample)).symlink_to(folder / _name(sample))
        return folder / _name(sample)

    return make


def _dangling(sample: Path) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / _name(sample)).symlink_to(folder / "gone")
        return folder

    return make


def _circle(sample: Path) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "inside").mkdir()
        (folder / "inside" / "again").symlink_to(folder, target_is_directory=True)
        return _changed(sample, folder / "inside", lambda content: content)

    return make
