"""The published SSDA903 validator in a virtual environment of its own: set up once, then asked."""

import functools
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import dev

ROOT = Path(dev.ROOT)
HOME = ROOT / ".tools" / "oracle903"
REQUIREMENTS = ROOT / "requirements" / "oracle903.txt"
PROGRAM = Path(__file__).with_name("ask_the_validator.py")
OLDEST, NEWEST = (3, 9), (3, 11)


def ask(folder: Path, year: str) -> dict[str, Any]:
    """What the validator says of the CSV tables of a folder, in the collection year that ends in `year`."""
    done = subprocess.run(
        [python(), "-I", str(PROGRAM), str(folder), year],
        capture_output=True,
        text=True,
        env=dev.environment(),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@functools.cache
def python() -> str:
    """The interpreter of the validator's environment, which is made on first use and when its packages change."""
    program, stamp = HOME / dev.BIN / "python", HOME / "heed-stamp"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if not (program.exists() and stamp.exists() and stamp.read_text() == wanted):
        uv = dev.tool("uv")
        _run(uv, "venv", "--quiet", "--clear", "--python", _interpreter(), str(HOME))
        _run(uv, "pip", "sync", "--quiet", "--python", str(HOME), "--require-hashes", str(REQUIREMENTS))
        stamp.write_text(wanted)
    return str(program)


def _interpreter() -> str:
    """A Python the validator runs on: PATH, pyenv's versions, else one that uv fetches."""
    candidates = [shutil.which(f"python3.{minor}") or "" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    roots = {os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), *dev.pyenv_of(sys.executable)}
    for root in sorted(roots):
        candidates += glob.glob(os.path.join(root, "versions", "3.*", "bin", "python3"))
    found = [(dev.version_of(path), path) for path in candidates if path]
    usable = [(version, path) for version, path in found if OLDEST <= version[:2] <= NEWEST]
    if usable:
        return max(usable)[1]
    _run(dev.tool("uv"), "python", "install", "--quiet", "3.11")
    return "3.11"


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=dev.environment())
    assert done.returncode == 0, f"{' '.join(command[:3])}: {done.stderr[-2000:]}"
