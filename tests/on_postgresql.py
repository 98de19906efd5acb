"""Run a command on a real PostgreSQL: `python -m tests.on_postgresql COMMAND ...`.

The server is this run's own: its own folder, its own socket, no network port, its own user (it refuses to be root),
and it is stopped and removed when the command ends. A server that cannot start is a failure, never a skip.
"""

import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATIENCE_SECONDS = 60


def program(name: str) -> str:
    """Where one of PostgreSQL's programs is: the newest server's own, or what PATH knows."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    here = found[-1] if found else shutil.which("initdb")
    if not here:
        sys.exit("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    beside = Path(here).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name) or name


class Server:
    """A PostgreSQL server that lives as long as the tests. `settings` are given to it as they stand."""

    def __init__(self, **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="heed-pg-"))
        self.user = self._unprivileged_user()
        self.settings = {"listen_addresses": "", "max_connections": "60", **settings}
        self.process: subprocess.Popen[bytes] | None = None

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
        self.start_again()
        self._run("createdb", "-h", str(self.folder), "-U", "heed", "heed")
        return self.address()

    def address(self, role: str = "heed", database: str = "heed") -> str:
        """What HEED_DATABASE_URL is for a role."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def start_again(self) -> None:
        """Start on the data that are there, recovering them if the server was killed. It is a child of this
        process, so that nothing of a killed one is left for the next to trip over."""
        given = [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [program("postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), *given],
                user=self.user, group=self.user, cwd=self.folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit(f"PostgreSQL does not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> int:
        """kill -9 of the postmaster and of every backend. Gives how many processes were killed."""
        killed = 0
        first = [self.process.pid]  # nobody is left then who could start another backend
        while left := first + [pid for pid in self._processes() if pid not in first]:
            for pid in left:
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    continue
            self.process.wait()
            first = []
            time.sleep(0.02)
        return killed

    def sql(self, text: str, database: str = "heed") -> str:
        """Run SQL as the server's superuser; gives what it prints."""
        quiet = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        given = [program("psql"), *quiet, "-d", self.address(database=database)]
        return subprocess.run(given, input=text, stdout=subprocess.PIPE, text=True, check=True).stdout

    def _answers(self) -> bool:
        asked = [program("pg_isready"), "-q", "-h", str(self.folder), "-U", "heed", "-d", "postgres"]
        return subprocess.run(asked, check=False).returncode == 0

    def _processes(self) -> list[int]:
        """Every living process of this server: each works in its folder."""
        found = []
        for cwd in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if cwd.readlink() == self.folder / "data":
                    found.append(int(cwd.parent.name))
            except OSError:
                continue
        return found

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # at once: the data go with it
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        found = subprocess.run(
            [program(name), *arguments],
            user=self.user, group=self.user, cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if found.returncode:
            sys.exit(f"PostgreSQL's {name} failed: {(found.stdout or b'').decode()}")

    @staticmethod
    def _unprivileged_user() -> str | None:
        if os.geteuid() != 0:
            return None
        known = {entry.pw_name for entry in pwd.getpwall()}
        return next(name for name in ("postgres", "nobody") if name in known)


def main() -> int:
    """Start a server, run the command on it, stop it."""
    began = time.monotonic()
    server = Server(lock_timeout="120s")  # a lock that nobody gives back is an error that names the statement
    try:
        address = server.start()
        print(f"PostgreSQL started in {time.monotonic() - began:.1f} s", flush=True)
        return subprocess.call(sys.argv[1:], env={**os.environ, "HEED_DATABASE_URL": address})
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())
