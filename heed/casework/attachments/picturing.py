"""A small picture of a picture, made in a process of its own: points only, nothing that a camera wrote beside them.

`python picturing.py LONGER_SIDE < picture > small.png`, exit 1 when there is no picture to be made. A hostile file can
spend this process's memory and time, and nobody else's.
"""

import io
import resource
import subprocess
import sys
from pathlib import Path

MOST_POINTS = 40_000_000
"""Points of a picture that is opened: a camera's 40 megapixels. A bomb of a few kB unpacks to billions."""
MEMORY = 700 * 1024 * 1024
SECONDS = 20
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
"""Never SVG, PDF or anything else that can hold a program."""


def small(content: bytes, longer_side: int) -> bytes:
    """The small picture as PNG, empty where none can be made. Never raises for what the bytes hold."""
    try:
        made = subprocess.run(  # noqa: S603 - this very file, under this very Python
            [sys.executable, "-I", str(Path(__file__)), str(longer_side)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, BrokenPipeError):
        return b""
    return made.stdout if made.returncode == 0 else b""


def _made(content: bytes, longer_side: int) -> bytes:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_POINTS:
            raise ValueError("too many points")
        picture.draft("RGB", (longer_side * 2, longer_side * 2))
        picture.thumbnail((longer_side, longer_side))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    # Points alone are carried over: a picture made anew has no place for a camera's notes.
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.buffer.write(_made(sys.stdin.buffer.read(), int(sys.argv[1])))
    except Exception:  # noqa: BLE001 - whatever a hostile file does to a picture library, there is no picture
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
