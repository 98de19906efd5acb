"""Zip archives (workbooks, documents) are looked at before they are unpacked: their directory first, then the stream.

A few kilobytes of zip can unpack to more than a machine holds, and a directory can lie about it. So the directory is
held to limits before a byte is unpacked, and then each part is unpacked into nothing to see that it was true.
Sources: the overlapping and nested archives of D. Fifield, "A better zip bomb" (WOOT 2019); PKWARE APPNOTE 6.3.10.
"""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from heed.core.records.explained import Explained

MOST_BYTES = 64 * 2**20
"""Bytes of the archive itself."""
MOST_PARTS = 4000
"""Parts of it. A workbook has about ten, and one for every picture."""
MOST_UNPACKED = 300 * 2**20
"""Bytes of all parts together, unpacked."""
MOST_RATIO = 150
"""How many times larger a part may be unpacked; sheets of numbers come to about twenty."""
SMALL = 2**20
"""Parts up to this size unpacked may have any ratio: a blank template packs very well."""

_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_CHUNK = 1 << 18
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, EOFError, OverflowError, OSError,
)  # fmt: skip
"""What a damaged archive brings about; OSError is a place in it that no file has."""
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_archive(path: Path) -> bool:
    """Whether a file begins as a zip archive does."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def checked(path: Path) -> None:
    """Look at a zip archive before anything unpacks it. Raises Explained where it is broken, encrypted or a bomb."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise _too(path, f"it is {_mb(size)} MB", f"at most {_mb(MOST_BYTES)} MB")
    with path.open("rb") as file:
        _directory_is_small(path, file, size)
        try:
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
                _directory_is_modest(path, parts)
                for part in parts:
                    _part_is_true(path, file, part)
        except _DAMAGE:
            raise _broken(path) from None


def _directory_is_small(path: Path, file: BinaryIO, size: int) -> None:
    """The directory itself is read into memory: its own size and count come before that."""
    file.seek(max(0, size - _END_BYTES - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise _broken(path)
    parts, length = struct.unpack("<10xHL6x", tail[at : at + _END_BYTES])
    # 0xFFFF says that the true count stands elsewhere: then there are too many by any measure.
    if parts > MOST_PARTS:
        raise _too(path, f"it has {parts} parts or more", f"at most {MOST_PARTS}")
    if length > min(size, MOST_PARTS * 512):
        raise _too(path, "its directory is larger than its parts need", f"at most {MOST_PARTS} parts")


def _directory_is_modest(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """What the directory says of the parts, before one of them is unpacked."""
    if len(parts) > MOST_PARTS:
        raise _too(path, f"it has {len(parts)} parts", f"at most {MOST_PARTS}")
    total = sum(part.file_size for part in parts)
    if total > MOST_UNPACKED:
        raise _too(path, f"it unpacks to {_mb(total)} MB", f"at most {_mb(MOST_UNPACKED)} MB")
    for part in parts:
        if part.file_size > SMALL and part.file_size > part.compress_size * MOST_RATIO:
            times = part.file_size // max(part.compress_size, 1)
            raise _too(path, f"a part of it unpacks to {times} times its size", f"at most {MOST_RATIO} times")
        if part.flag_bits & 1:
            raise Explained(
                f"{path.name} is protected with a password, so nothing in it can be read. Save it again without a "
                "password, send it over a channel that is safe in itself, and import that."
            )
        if part.compress_type not in _KINDS:
            raise _broken(path)


def _part_is_true(path: Path, file: BinaryIO, part: zipfile.ZipInfo) -> None:
    """Unpack a part into nothing: it must come to what the directory says, and never to more."""
    file.seek(part.header_offset)
    header = struct.unpack("<4s22xHH", file.read(30))
    if header[0] != b"PK\x03\x04":
        raise _broken(path)
    file.seek(header[1] + header[2], 1)
    left, unpacked = part.compress_size, 0
    unpacking = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        while packed:
            unpacked += len(unpacking.decompress(packed, _CHUNK)) if unpacking else len(packed)
            packed = unpacking.unconsumed_tail if unpacking else b""
            if unpacked > part.file_size:
                raise _too(path, "a part unpacks to more than its directory says", "a true directory")
    if left or unpacked != part.file_size:
        raise _broken(path)


def _too(path: Path, found: str, expected: str) -> Explained:
    return Explained(
        f"{path.name} was not unpacked: {found}, and Heed opens {expected}. A workbook that an agency fills in is far "
        "smaller; if this one is real, save the sheet that matters as CSV and import that."
    )


def _broken(path: Path) -> Explained:
    return Explained(
        f"{path.name} is not a whole workbook: it was cut short or damaged on its way, or it is another kind of file "
        "under that name. Ask for it again, or open it, save it as .xlsx and import that."
    )


def _mb(size: int) -> int:
    return -(-size // 2**20)
