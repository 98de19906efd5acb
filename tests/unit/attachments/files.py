"""Files for the tests of attachments: small, fictional, some hostile."""

import io

from PIL import Image

from heed.formats.contract import Attached

CANARY = "GPS-CANARY-51.7520N"
NOTE = Attached("note.txt", "text/plain", b"Seen at six.")


def photo(points: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """A picture with a camera's notes in it: where it was taken, on what, and a comment."""
    picture = Image.new("RGB", points, (120, 90, 60))
    exif = Image.Exif()
    exif[0x010F] = CANARY  # the maker
    exif[0x9286] = CANARY  # a comment
    exif[0x8825] = {1: "N", 2: (51.0, 45.0, 7.0), 3: "W", 4: (1.0, 15.0, 0.0), 29: CANARY}
    out = io.BytesIO()
    picture.save(out, kind, exif=exif.tobytes(), **({"comment": CANARY.encode()} if kind == "JPEG" else {}))
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few kB that says it holds 900 million points."""
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG", optimize=True)
    return out.getvalue()
