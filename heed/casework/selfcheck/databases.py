"""Whether the database keeps what it says it kept, and whether Heed's role in it may do more than it needs."""

from collections.abc import Iterator

from django.db import connection

from heed.casework.selfcheck.trouble import REFUSES, WARNS, Trouble

FULL = 2
SAFE = {
    "synchronous_commit": "it answers before what it saved is on the disk, so a power cut loses acknowledged records",
    "fsync": "nothing it saves is forced to the disk, so a power cut loses records or the whole database",
    "full_page_writes": "a power cut in the middle of a page leaves a page that is neither old nor new",
}
"""Settings of PostgreSQL that must not be off, and what happens when they are."""


def troubles(*, demonstration: bool) -> Iterator[Trouble]:
    """`demonstration` is one on this machine alone: there the role is only warned about."""
    if connection.vendor == "postgresql":
        yield from _settings()
        yield from _role(WARNS if demonstration else REFUSES)
    else:
        yield from _sqlite()


def _sqlite() -> Iterator[Trouble]:
    if int(_asked("pragma synchronous")) < FULL:
        yield Trouble(
            "synchronous", REFUSES,
            "SQLite runs with synchronous below FULL: it answers before what it saved is on the disk, so a power cut "
            "loses acknowledged records. Take your own PRAGMA synchronous out of the settings you start Heed with.",
        )  # fmt: skip
    if (mode := str(_asked("pragma journal_mode"))) != "wal":
        yield Trouble(
            "journal", REFUSES,
            f"SQLite keeps its journal as {mode}, not as WAL: readers and writers lock each other out, and what Heed's "
            "drills prove was proved with WAL. Take your own journal_mode out of the settings, and keep the data folder "
            "on a disk of this machine: a network share cannot hold a WAL.",
        )  # fmt: skip


def _settings() -> Iterator[Trouble]:
    for name, harm in SAFE.items():
        if _asked(f"show {name}") == "off":
            yield Trouble(
                name, REFUSES,
                f"PostgreSQL runs with {name} = off: {harm}. Set {name} = on in postgresql.conf and for every role and "
                f"database (`alter role … reset {name}`), restart it, and start Heed again.",
            )  # fmt: skip


def _role(level: str) -> Iterator[Trouble]:
    role = str(_asked("select current_user"))
    todo = (
        "Make a plain role, give it what serving needs by running `heed grant ROLE` as the owner, and name that role in "
        "HEED_DATABASE_URL (docs/how-to/postgresql.md)."
    )
    if _asked("select rolsuper or rolbypassrls from pg_roles where rolname = current_user"):
        yield Trouble(
            "superuser", level,
            f"Heed would serve as {role}, a superuser of PostgreSQL: whoever takes over the pages takes over the whole "
            f"server. {todo}",
        )  # fmt: skip
    elif _asked(
        "select pg_has_role(current_user, relowner, 'member') from pg_class where oid = 'casework_entry'::regclass"
    ):
        yield Trouble(
            "owner", level,
            f"Heed would serve as {role}, who owns the tables: whoever takes over the pages could change the ledger's "
            f"tables or drop them. {todo}",
        )  # fmt: skip
    elif _asked("select has_table_privilege(current_user, 'casework_entry', 'update, delete, truncate')"):
        yield Trouble(
            "ledger_role", level,
            f"{role} may change or remove entries of the ledger, which nothing in Heed needs. Run `heed grant {role}` "
            "again as the owner of the tables: it takes that right away.",
        )  # fmt: skip


def _asked(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else ""
