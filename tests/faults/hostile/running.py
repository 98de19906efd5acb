"""Runs `heed` again and again in one house, each time in a process of its own, and says what it took.

`python -m tests.faults.hostile.running HOUSE` loads Heed once and then forks for every line of JSON it reads: loading
takes a second, and there are hundreds of files. `Heed` is the other side.
"""

import json
import os
import resource
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_MEMORY = 3 * 2**30
"""Where a process is stopped: far above what is allowed, far below what would hurt the machine."""
MOST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: its exit code (negative: the signal that ended it), what it printed, its peak memory in MB and seconds."""

    code: int
    out: str
    err: str
    peak: float
    seconds: float

    @property
    def account(self) -> dict[str, Any] | None:
        """The account of an import, where it came to one."""
        lines = [line for line in self.out.splitlines() if line.startswith("{")]
        return json.loads(lines[-1]) if lines else None


class Heed:
    """A house in which `heed` is run."""

    def __init__(self, house: Path) -> None:
        self.house = house
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.hostile.running", str(house)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "HEED_DATA": str(house), "DJANGO_SETTINGS_MODULE": "heed.config.settings"},
        )

    def run(self, *arguments: str) -> Ran:
        """Run one command to its end."""
        self.program.stdin.write(json.dumps(arguments) + "\n")
        self.program.stdin.flush()
        told = json.loads(self.program.stdout.readline())
        out, err = ((self.house / name).read_text(errors="replace") for name in ("stdout", "stderr"))
        return Ran(told["code"], out, err, told["peak"], told["seconds"])

    def stop(self) -> None:
        """Let the program end."""
        self.program.stdin.close()
        self.program.wait(timeout=30)
        self.program.stdout.close()


def serve(house: Path) -> None:
    """Fork for every command, and answer with its exit code and what the system counted."""
    import django

    django.setup()
    import rich.progress  # noqa: F401 - loaded once instead of in every process

    import heed.casework.commands.import_
    import heed.casework.intake  # noqa: F401
    from heed.formats import load, names

    for name in names():
        load(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _be(house, json.loads(line))
        _, status, used = os.wait4(child, 0)
        answer = {
            "code": os.waitstatus_to_exitcode(status),
            "peak": used.ru_maxrss / 1024,
            "seconds": used.ru_utime + used.ru_stime,
        }
        print(json.dumps(answer), flush=True)


def _be(house: Path, arguments: list[str]) -> None:
    """Be `heed` with these arguments, and end."""
    code = 70
    try:
        for name, stream in (("stdout", 1), ("stderr", 2)):
            opened = os.open(house / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, stream)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        from heed.config.cli import main

        code = 0
        main(arguments)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001 - it is what the runner is for
        code = 70
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
