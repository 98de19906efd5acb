"""Exact rules, as a database does without a linker: one number, or names with a birth date, or names with a postcode."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import duckdb
from telling import Told, asked, grouped, rows

RULES = (
    ("nhs",),
    ("upn",),
    ("other",),
    ("given", "family", "born"),
    ("given", "born", "postcode"),
    ("family", "born", "postcode"),
    ("given", "family", "postcode"),
)


def main() -> None:
    """Join on each rule, and group what is joined."""
    place, into = asked()
    told, table = Told(), rows(place)
    connection = duckdb.connect()
    connection.register("sent", table)
    told.timed("prepare", lambda: connection.execute("create table people as select * from sent"))
    rules = [rule for rule in RULES if set(rule) <= set(table.column_names)]
    joins = " union ".join(
        f"select min(unique_id) over (partition by {', '.join(rule)}) as l, unique_id as r from people "
        f"where {' and '.join(f'{name} is not null' for name in rule)}"
        for rule in rules
    )
    pairs = told.timed(
        "link", lambda: connection.execute(f"select l, r from ({joins}) where l <> r").fetchall()
    )
    told.found["rules"] = told.timed("link", lambda: grouped(len(table), pairs))
    told.write(into)


if __name__ == "__main__":
    main()
