"""Making an installation ready: Django loaded, tables made, the partnership's agencies known."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps

from heed.core.records.explained import Explained

LOCK = "ready.lock"
FORBIDDEN = ("permission denied", "must be owner", "no schema has been selected")
"""What PostgreSQL says to a role that may not make or change tables."""


def ready(*, keys: bool = True) -> None:
    """Load Django and bring the tables up to date; a fresh data folder becomes a working house.

    Raises Explained when the data folder, the database or the keys cannot be used. Without `keys` they are neither
    looked at nor made: for whoever tells about them, and for the tables' owner, who has none.
    """
    try:
        if not apps.ready:
            django.setup()
        from django.conf import settings

        settings.DATA.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(settings.DATA):
            _connect()
            _migrate()
            if keys:
                _keys()
    except OSError as trouble:
        raise Explained(
            f"{trouble.filename or os.environ['HEED_DATA']} cannot be used for the data of this house: "
            f"{trouble.strerror}. Point --data or HEED_DATA at a folder that you may write to."
        ) from trouble


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two commands that start in a fresh folder at once must not both make its tables."""
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connect() -> None:
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as trouble:
        raise Explained(
            f"The database cannot be opened: {' '.join(str(trouble).split())}. Check that its server runs, that "
            "HEED_DATABASE_URL names it, or that --data is the folder of a house."
        ) from trouble


def _keys() -> None:
    """The keyring, opened and made if need be while nobody else makes it: what is wrong with it is said now. A house
    that keeps records is never given new keys: what came next would be saved where its own keys cannot open it."""
    from heed.casework.sealing.keyring import keyring
    from heed.casework.selfcheck import places

    places.must_be_its_own_keys()
    keyring()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import ProgrammingError, connection
    from django.db.migrations.exceptions import MigrationSchemaMissing
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except (ProgrammingError, MigrationSchemaMissing) as trouble:
            if not any(words in str(trouble) for words in FORBIDDEN):
                raise
            role = connection.settings_dict["USER"]
            raise Explained(
                f"The tables have to be brought up to date, and {role} may not do that. Run "
                f"`heed grant {role}` with HEED_DATABASE_URL naming the owner of the tables, then start again as before."
            ) from None
