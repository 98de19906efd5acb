"""The program that asks the published SSDA903 validator, inside the validator's own virtual environment.

Usage: python ask_the_validator.py FOLDER YEAR. Writes one JSON object: `broken` (rule, table, rows from 0), `known`
(each rule with the tables its text speaks of), `failed` (rules that end in an error on these tables).
Each rule is given tables of its own: run as they come, they share them, and 365 fills in every blank end of an
episode for all the rules after it.
"""

import contextlib
import inspect
import json
import logging
import re
import sys
import warnings
from copy import deepcopy
from pathlib import Path

RULESET = "2026"
TABLES = re.compile(
    r"\"(Header|Episodes|Missing|UASC|Reviews|OC2|OC3|AD1|PlacedAdoption|PrevPerm|SWEpisodes|DoLo|\w+_last|provider_info"
    r"|PL_LA|PL_LOCATION|PL_DISTANCE)\"|merge_(postcodes)"
)


def main() -> None:
    """Ask every rule of the ruleset about the CSV tables of a folder."""
    folder, year = sys.argv[1:3]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(sys.stderr):
        told = ask(Path(folder), year)
    json.dump(told, sys.stdout)


def ask(folder: Path, year: str) -> dict:
    """What the validator says, by rule."""
    from lac_validator.datastore import create_datastore
    from lac_validator.ingress import read_from_text
    from lac_validator.rules.ruleset_utils import get_year_ruleset

    files = [
        {"name": file.name, "description": "This year", "file_content": file.read_bytes()}
        for file in sorted(folder.glob("*.csv"))
    ]
    tables, more = read_from_text(raw_files=files)
    store = create_datastore(tables, {"collectionYear": year, "localAuthority": "E09000000", **more})
    broken, known, failed = {}, {}, []
    for code, rule in get_year_ruleset(RULESET).items():
        text = inspect.getsource(inspect.unwrap(rule.func))
        known[code] = sorted({one or other for one, other in TABLES.findall(text)})
        try:
            found = rule.func(deepcopy(store))
        except Exception:  # noqa: BLE001 - whatever ends a rule is told, and the next one is asked
            failed.append(code)
            continue
        broken[code] = {
            table: sorted({int(row) for row in rows if row == row}) for table, rows in found.items()
        }
    return {"broken": broken, "known": known, "failed": failed}


if __name__ == "__main__":
    main()
