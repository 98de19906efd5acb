"""The county as files: one folder that the commands of Heed can read, the same bytes for the same seed."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from synthetic.acting import act
from synthetic.agencies.care import care
from synthetic.agencies.missing import write_missing
from synthetic.agencies.ordinary import ordinary
from synthetic.agencies.sightings import sightings
from synthetic.concerns import Warned, warn
from synthetic.county import County
from synthetic.habits import Recording
from synthetic.mail import mails
from synthetic.making import Plot, make_world
from synthetic.professionals import professionals
from synthetic.ssda903 import return_files
from synthetic.town import Town
from synthetic.truth import truth


def generate(
    town: Town,
    seed: int,
    until: date,
    out: Path,
    say: Callable[[str], None] = lambda words: None,
    off: frozenset[str] = frozenset(),
    *,
    plot: Plot = "networks",
) -> dict[str, int]:
    """Write the county into a folder. Returns the number of records by agency."""
    county, given = recorded(town, seed, until, say, off, plot=plot)
    say("files")
    return write(county, given, seed, out, off)


def recorded(
    town: Town,
    seed: int,
    until: date,
    say: Callable[[str], None],
    off: frozenset[str],
    *,
    plot: Plot = "networks",
) -> tuple[County, list[Warned]]:
    """The world with everything the agencies wrote of it."""
    world = make_world(town, seed, until, say, plot=plot)
    county = County(world, Recording(off))
    say("records of missing episodes")
    for episode in world.episodes:
        write_missing(county, episode)
    say("records of children in care")
    care(county)
    say("everyday records")
    ordinary(county)
    sightings(county)
    say("warnings")
    given = warn(county)
    act(county)
    return county, given


def write(county: County, given: list[Warned], seed: int, out: Path, off: frozenset[str]) -> dict[str, int]:
    """All files of the county."""
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for agency, clerk in county.clerks.items():
        clerk.written.sort(key=lambda each: (each[0], each[1]["ref"], each[1]["revision"]))
        lines = (json.dumps(document, ensure_ascii=False) + "\n" for _, document in clerk.written)
        (out / f"{agency}.jsonl").write_bytes("".join(lines).encode())
        counts[agency] = len(clerk.written)
    for folder, files in (("ssda903", return_files(county)), ("mail", mails(county, given))):
        _folder(out / folder, files)
    _json(out / "people.json", professionals(county))
    _json(out / "truth.json", truth(county, given, seed, off))
    return counts


def _folder(folder: Path, files: dict[str, bytes]) -> None:
    """Exactly these files: what an earlier county left behind goes, so that the same seed is the same folder."""
    folder.mkdir(exist_ok=True)
    for old in [*folder.glob("*.csv"), *folder.glob("*.eml")]:
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _json(path: Path, body: Any) -> None:
    path.write_bytes((json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode())
