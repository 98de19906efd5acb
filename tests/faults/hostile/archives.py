"""Archives and workbooks put together byte by byte, so that they can be wrong in one way at a time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A plain archive of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def book(sheet: str, *, shared: str = "", before: str = "") -> dict[str, bytes]:
    """The parts of a workbook with one sheet: `sheet` is what stands in its sheetData, `before` stands above all."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATED}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return {name: b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode() for name, text in parts.items()}


def cells(*rows: tuple[str, ...], first: int = 1) -> str:
    """Rows of text cells as sheetData writes them."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{_column(place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for place, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=first)
    )


def _column(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def lying(path: Path, name: str, unpacked: int, says: int) -> Path:
    """An archive with a part that unpacks to more than its directory says."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packing.compress(bytes(2**20)) for _ in range(unpacked // 2**20)) + packing.flush()
    local = (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), says, len(name), 0)
        + name.encode()
    )
    entry = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), says, len(name), 0, 0, 0, 0, 0, 0
    ) + name.encode()  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    path.write_bytes(local + packed + entry + end)
    return path


def overlapping(path: Path, times: int) -> Path:
    """Many entries of a directory that share one packed kernel."""
    name = b"xl/worksheets/sheet1.xml"
    packed = zlib.compress(bytes(900_000), 9)[2:-4]
    local = (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(packed), 900_000, len(name), 0) + name
    )
    entries = b""
    for number in range(times):
        other = b"xl/worksheets/sheet%05d.xml" % number
        entries += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, 0, len(packed), 900_000, len(other), 0, 0, 0, 0, 0, 0
        ) + other  # fmt: skip
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(entries), len(local) + len(packed), 0
    )
    path.write_bytes(local + packed + entries + end)
    return path


def with_flag(path: Path, parts: Mapping[str, bytes]) -> Path:
    """An archive whose directory says that its parts are encrypted."""
    content = bytearray(zipped(path, parts).read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(content))
    return path


def old_container(path: Path, streams: Mapping[str, bytes]) -> Path:
    """A compound file as programs before 2007 wrote them, and as workbooks with a password still are."""
    sector, entries, body, tables = 512, b"", b"", []
    place = 2
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        count = -(-len(content) // sector)
        tables += [*range(place + 1, place + count), 0xFFFFFFFE]
        entries += _entry(name, 2, place, len(content), right=-1)
        body += content.ljust(count * sector, b"\0")
        place += count
    root = _entry("Root Entry", 5, -2, 0, child=1)
    directory = (root + entries).ljust(sector, b"\0")[:sector]
    fat = struct.pack("<128L", *([0xFFFFFFFD, 0xFFFFFFFE, *tables] + [0xFFFFFFFF] * 128)[:128])
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<LLLLLlLlL", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<109l", 0, *[-1] * 108)
    path.write_bytes(head + fat + directory + body)
    return path


def _entry(name: str, kind: int, start: int, size: int, right: int = -1, child: int = -1) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBlll", len(text), kind, 1, -1, right, child) + bytes(36)
        + struct.pack("<lQ", start, size)
    )  # fmt: skip


def packed_zeros(megabytes: int) -> bytes:
    """Zeros that take a thousandth of their size in an archive."""
    return bytes(megabytes * 2**20)


def damaged(content: bytes) -> bytes:
    """The first half of a file."""
    return content[: len(content) // 2]


def in_memory(parts: Mapping[str, bytes]) -> bytes:
    """An archive as bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()
