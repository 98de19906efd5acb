"""Run as a program: look into each house named on stdin and say, a line of JSON each, what is whole in it.

Each is looked at in a process of its own, so that nothing one house left open meets the next.
"""

import json
import os
import sqlite3
import sys
from pathlib import Path


def main() -> None:
    """Load Heed once, then a child for every house."""
    from heed.config.cli import settle

    settle(None)
    import django

    django.setup()
    # Loaded here, where no database is open yet: otherwise every child would load it all again, a second for each.
    from heed.casework import ledger, sealed  # noqa: F401

    for line in sys.stdin:
        house = Path(line.strip())
        child = os.fork()
        if child == 0:
            os.write(1, json.dumps(_judged(house)).encode() + b"\n")
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0, f"looking into {house} failed"


def _judged(house: Path) -> dict[str, object]:
    try:
        whole = {_integrity(file) for file in (house / "heed.sqlite3", *house.glob("keys/*.sqlite3"))}
    except sqlite3.DatabaseError as trouble:
        return {"whole": [str(trouble)], "refs": [], "faults": []}
    from django.conf import settings
    from django.db import connection

    settings.DATA = house
    connection.settings_dict["NAME"] = house / "heed.sqlite3"
    from heed.casework.ledger import check
    from heed.casework.models import Record
    from heed.casework.sealed import opened

    rows = list(Record.objects.system("a house is looked at after a power cut"))
    refs = [row.ref for row, line in zip(rows, opened(rows), strict=True) if line]
    return {"whole": sorted(whole), "refs": refs, "faults": [str(fault) for fault in check().faults]}


def _integrity(file: Path) -> str:
    with sqlite3.connect(file) as database:
        found = database.execute("pragma integrity_check").fetchone()[0]
    database.close()
    return str(found)


if __name__ == "__main__":
    main()
