"""What a role of PostgreSQL needs to serve Heed, and nothing more: given by the owner of the tables."""

from django.db import connection, transaction

from heed.core.records.explained import Explained

NEVER_CHANGED = ("casework_entry", "django_migrations")
"""Tables from which the serving role may only read, and in the ledger's case add to."""


def grant(role: str) -> None:
    """Let `role` read and write what Heed writes, on these tables and on those that later versions add.

    Raises Explained when there is no such role, when this is no PostgreSQL, or when the role is the owner itself.
    """
    if connection.vendor != "postgresql":
        raise Explained("This house is on SQLite, which knows no roles: there is nothing to grant.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolname = current_user from pg_roles where rolname = %s", [role])
        known = cursor.fetchone()
        if known is None:
            raise Explained(
                f"PostgreSQL knows no role {role!r}. Make it first, as a superuser: create role {role} login password "
                "'...'; then run this again as the owner of the tables."
            )
        if any(known):
            raise Explained(
                f"{role} is a superuser or the owner of the tables, so nothing can be kept from it. Name a plain role."
            )
        for sentence in _sentences(connection.ops.quote_name(role)):
            cursor.execute(sentence)


def _sentences(role: str) -> list[str]:
    tables, numbers = "all tables in schema public", "all sequences in schema public"
    return [
        f"grant usage on schema public to {role}",
        f"grant select, insert, update, delete on {tables} to {role}",
        f"grant usage, select on {numbers} to {role}",
        *(f"revoke update, delete, truncate on {table} from {role}" for table in NEVER_CHANGED),
        f"revoke insert on django_migrations from {role}",
        f"alter default privileges in schema public grant select, insert, update, delete on tables to {role}",
        f"alter default privileges in schema public grant usage, select on sequences to {role}",
    ]
