"""`heed serve`: the pages, and the worker beside them."""

import os
import signal
import subprocess
import sys
import threading
from typing import NoReturn

import click

GRACE_SECONDS = 10
HEADER_SECONDS = 15
"""How long the first lines of a request may take; for its body see heed/config/whole.py."""
HEED = "from heed.config.cli import main; main()"


@click.command
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True, help="Web processes.")
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages and run the worker beside them; they start and end together. What `heed doctor` says is not
    safe is not served."""
    from heed.casework.installation import ready

    ready(keys=False)
    from django.db import connections

    from heed.casework.clock import now
    from heed.casework.progress import say
    from heed.casework.selfcheck import must_be_safe

    if warnings := must_be_safe(now(), host):
        say(f"`heed doctor` has {warnings} warning{'s' if warnings > 1 else ''} about this house.")
    ready()  # a house that was found safe, with its keys, before two processes need them at once
    connections.close_all()  # the web processes are forked: an open SQLite file must not be carried over
    sys.exit(_serve(host, port, workers))


def serve(*, host: str, port: int, workers: int = 1) -> NoReturn:
    """Become `heed serve` in a fresh process, whatever this one has open: see the fork above."""
    sys.stdout.flush()
    sys.stderr.flush()
    options = ["--host", host, "--port", str(port), "--workers", str(workers)]
    os.execv(sys.executable, [sys.executable, "-c", HEED, "serve", *options])  # noqa: S606 - our own program, no shell


def _serve(host: str, port: int, workers: int) -> int:
    """Serve until told to stop. If the worker dies the pages end too: nobody should think that a clock is running."""
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings

    from heed.casework import together
    from heed.casework.progress import say

    together.lead()
    worker = subprocess.Popen([sys.executable, "-c", HEED, "worker"])  # noqa: S603 - our own program, no shell
    ending = threading.Event()
    threading.Thread(target=_end_with, args=(worker, ending), daemon=True).start()
    say(f"Heed serves on http://{host}:{port}/ with its worker beside it. Ctrl-C ends both.")
    pages = Granian(
        target="heed.config.wsgi:whole",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=workers,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        websockets=False,
        log_level="error",
        workers_kill_timeout=GRACE_SECONDS,
    )
    try:
        pages.serve()
        return 0 if worker.poll() is None else 1
    finally:
        ending.set()
        _end(worker)


def _end_with(worker: "subprocess.Popen[bytes]", ending: threading.Event) -> None:
    worker.wait()
    if not ending.is_set():
        click.echo("heed: the worker ended; the pages end with it. Start `heed serve` again.", err=True)
        os.kill(os.getpid(), signal.SIGTERM)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
