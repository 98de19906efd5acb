"""A fictional town's files as profiles with their truth: for training a model and for measuring one.

Reads what `heed synth` writes: JSON Lines of records per agency, and truth.json.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from heed.core.identity.company import scene_of
from heed.core.identity.folding import Told, profile_of, told_by
from heed.core.identity.profile import Profile
from heed.core.records.explained import Explained


@dataclass(frozen=True, slots=True)
class Town:
    """Profiles in the order of their sources' first record, and who each child's source truly is.

    `name` is the size of the town and its seed; `adults` says who the mentions of people of concern truly are.
    """

    name: str
    profiles: list[Profile]
    first_seen: dict[str, tuple[int, int]]
    truth: dict[str, str]
    adults: dict[str, str] = field(default_factory=dict)


def read_town(folder: Path) -> Town:
    """Read a town. Raises Explained when the folder is not one."""
    files, answers = sorted(folder.glob("*.jsonl")), folder / "truth.json"
    if not files or not answers.exists():
        raise Explained(
            f"{folder} is not a fictional town: expected one .jsonl file for each agency and truth.json."
            " Make one with `heed synth --town small --out FOLDER` and name that folder."
        )
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for file in files:
        for number, line in enumerate(_text(file).splitlines(), start=1):
            with _explaining(f"{file} line {number}", "a record of version 1 on one line"):
                document = json.loads(line)
                agency, ref, _ = (document[key] for key in ("agency", "ref", "recorded_at"))
                if document.get("revision", 1) >= newest.get((agency, ref), document).get("revision", 1):
                    newest[agency, ref] = document
    with _explaining(
        f"{answers}", "what `heed synth` writes there: town, seed, and children with their sources"
    ):
        answer = json.loads(_text(answers))
        truth = {
            f"{agency} {ref}": child["person"]
            for child in answer["children"]
            for agency, ref in child["sources"]
        }
        adults = {
            f"{agency} {ref}": adult["adult"]
            for adult in answer.get("adults", ())
            for agency, ref in adult["sources"]
        }
        name = f"{answer['town']}, seed {answer['seed']}"
    return replace(town_of(newest.values(), truth, name), adults=adults)


def _text(file: Path) -> str:
    with _explaining(f"{file}", "UTF-8"):
        return file.read_text(encoding="utf-8")


@contextmanager
def _explaining(where: str, expected: str) -> Iterator[None]:
    """Say where a town is not as it should be, and nothing of what stands there."""
    try:
        yield
    except KeyError as missing:
        raise Explained(f"{where}: key {missing} is missing; expected {expected}.") from None
    except (ValueError, TypeError, AttributeError) as trouble:
        raise Explained(f"{where}: found {_found(trouble)}; expected {expected}.") from None


def _found(trouble: Exception) -> str:
    match trouble:
        case UnicodeDecodeError():
            return f"byte {trouble.object[trouble.start]:#04x} at {trouble.start}, which is none"
        case json.JSONDecodeError():
            return f"no JSON from character {trouble.pos + 1} on ({trouble.msg})"
        case _:
            return "values of another kind"


def town_of(documents: Iterable[dict[str, Any]], truth: dict[str, str], name: str) -> Town:
    """A town from the newest revision of each of its records."""
    told: dict[str, list[Told]] = defaultdict(list)
    first_seen: dict[str, tuple[int, int]] = {}
    ordered = sorted(documents, key=lambda one: (one["recorded_at"], one["agency"], one["ref"]))
    for number, document in enumerate(ordered):
        scene = scene_of(document)
        for position, person in enumerate(document.get("people", ())):
            source = f"{document['agency']} {person.get('ref') or f'{document["ref"]}#{position}'}"
            told[source].append(told_by(person, scene, position))
            first_seen.setdefault(source, (number, position))
    profiles = [profile_of(source, said) for source, said in told.items()]
    return Town(name, profiles, first_seen, truth)
