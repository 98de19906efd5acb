"""Run a command on a real PostgreSQL: `python -m tests.on_postgresql COMMAND ...`.

The server is this run's own: its own folder, its own socket, no network port, its own user (it refuses to be root),
and it is stopped and removed when the command ends. A server that cannot start is a failure, never a skip.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


class Server:
    """A PostgreSQL server that lives as long as the tests."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="heed-pg-"))
        self.user = self._unprivileged_user()
        self.programs = self._programs()

    def start(self) -> str:
        """Make a cluster, start it, and return the address for HEED_DATABASE_URL."""
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run(
            "initdb",
            "-D",
            str(self.folder / "data"),
            "-U",
            "heed",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60"
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-o",
            options,
            "start",
        )
        self._run("createdb", "-h", str(self.folder), "-U", "heed", "heed")
        return f"postgresql://heed@/heed?host={self.folder}"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        found = subprocess.run(
            [f"{self.programs}/{program}", *arguments],
            user=self.user, group=self.user, cwd=self.folder,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if check and found.returncode:
            sys.exit(f"PostgreSQL's {program} failed: {(found.stdout or b'').decode()}")

    @staticmethod
    def _unprivileged_user() -> str | None:
        if os.geteuid() != 0:
            return None
        known = {entry.pw_name for entry in pwd.getpwall()}
        return next(name for name in ("postgres", "nobody") if name in known)

    @staticmethod
    def _programs() -> str:
        found = sorted(
            glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4])
        )
        program = found[-1] if found else shutil.which("initdb")
        if not program:
            sys.exit("PostgreSQL's server is not installed (Debian: apt install postgresql)")
        return str(Path(program).parent)


def main() -> int:
    """Start a server, run the command on it, stop it."""
    began = time.monotonic()
    server = Server()
    try:
        address = server.start()
        print(f"PostgreSQL started in {time.monotonic() - began:.1f} s", flush=True)
        return subprocess.call(sys.argv[1:], env={**os.environ, "HEED_DATABASE_URL": address})
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
