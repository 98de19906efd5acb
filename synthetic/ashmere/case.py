"""The Ashmere review as files that `heed import records` and `heed review` can read: always the same bytes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from synthetic.ashmere.nights import nights
from synthetic.ashmere.people import AGENCIES, CHILDREN
from synthetic.ashmere.warnings import warnings
from synthetic.town import TOWNS
from synthetic.write import generate

NAME = "The Ashmere review"
FIRST, LAST = "2005-09-01", "2011-08-31"
AREA_SEED = 3


def documents() -> list[dict[str, Any]]:
    """Every record, in the order of writing."""
    return sorted(
        [*nights(), *warnings()], key=lambda each: (each["recorded_at"], each["agency"], each["ref"])
    )


def case() -> dict[str, Any]:
    """What stands beside the records: the name, the six years, and which files are one child's."""
    children = [
        {"person": each.person, "sources": [[agency, each.refs[agency]] for agency in AGENCIES]}
        for each in CHILDREN
    ]
    return {"name": NAME, "from": FIRST, "until": LAST, "fictional": True, "children": children}


def write(folder: Path) -> int:
    """Write a file of records for each agency, and case.json. Returns the number of records."""
    folder.mkdir(parents=True, exist_ok=True)
    told = documents()
    for agency in AGENCIES:
        lines = [json.dumps(each, ensure_ascii=False) for each in told if each["agency"] == agency]
        (folder / f"{agency}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "case.json").write_text(json.dumps(case(), indent=1), encoding="utf-8")
    return len(told)


def write_area(folder: Path) -> int:
    """Write the area around it: the small town over the same six years, in which nothing was planted. What is rare is
    rare beside something. Returns the number of records."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = generate(TOWNS["small"], AREA_SEED, date.fromisoformat(LAST), folder, plot="nothing")
    return sum(counts.values())
