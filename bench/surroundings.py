"""Peers and engines that need packages Heed itself must not have: each in a virtual environment of its own in .tools."""

import functools
import glob
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev

ROOT = Path(dev.ROOT)
OLDEST, NEWEST = (3, 11), (3, 12)
"""Pythons for which the peers have wheels."""


@functools.cache
def python_of(name: str) -> str:
    """The interpreter of the environment made from requirements/<name>.txt: on first use, and when that changes."""
    home, requirements = ROOT / ".tools" / name, ROOT / "requirements" / f"{name}.txt"
    program, stamp = home / dev.BIN / "python", home / "heed-stamp"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if not (program.exists() and stamp.exists() and stamp.read_text() == wanted):
        uv = dev.tool("uv")
        _run(uv, "venv", "--quiet", "--clear", "--python", _interpreter(), str(home))
        _run(uv, "pip", "sync", "--quiet", "--python", str(home), "--require-hashes", str(requirements))
        stamp.write_text(wanted)
    return str(program)


def surroundings() -> dict[str, str]:
    """The environment a peer's program is started in."""
    return dev.environment()


def _interpreter() -> str:
    """A Python the peers run on: PATH, pyenv's versions, else one that uv fetches."""
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    candidates = [shutil.which(f"python3.{minor}") or "" for minor in minors]
    roots = {os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), *dev.pyenv_of(sys.executable)}
    for root in sorted(roots):
        candidates += glob.glob(os.path.join(root, "versions", "3.*", "bin", "python3"))
    found = [(dev.version_of(path), path) for path in candidates if path]
    usable = [(version, path) for version, path in found if OLDEST <= version[:2] <= NEWEST]
    if usable:
        return max(usable)[1]
    _run(dev.tool("uv"), "python", "install", "--quiet", "3.12")
    return "3.12"


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=dev.environment())
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])}: {done.stderr[-2000:]}")
