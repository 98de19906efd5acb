"""Proposing a mapping: what each column seems to hold, why, and what a person has to say because nobody may guess it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from heed.core.records.explained import Explained
from heed.core.records.kinds import KINDS_WITHOUT_A_CHILD, Kind
from heed.core.records.problems import clip
from heed.formats.table.looking import DELIMITERS, Looked
from heed.formats.table.mapping import plain_name
from heed.formats.table.shapes import IN_WORDS, looks_like, orders, serials, short_years, some_dates

PEOPLE = {"people": "child", "found_with": "found_with", "concern": "person_of_concern"}
THINGS = {"vehicle": "vehicle", "phone": "phone", "account": "account", "place": "place"}
PARTS = {"vehicle": "seen_in", "phone": "called_by", "account": "contacted_by", "place": "seen_at"}
MANY = ("text", "leave_out", "also_known_as")
"""What several columns may hold at once; of anything else the first column counts."""
_JOINED = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
"""Where words of a heading are joined as programs join them: date_of_birth, dateOfBirth."""
KIND_WORDS = {
    "missing": "missing", "absent": "missing", "misper": "missing", "return interview": "return_interview",
    "referral": "referral", "sighting": "sighting", "seen": "sighting", "intel": "intelligence", "visit": "visit",
    "meeting": "meeting", "concern": "concern", "contact": "contact",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column seems to hold (a key, or nothing), how sure that is, and why, in words."""

    column: str
    says: str
    sure: str
    because: str


@dataclass(slots=True)
class Proposal:
    """A mapping as it would be written, the guess behind every column, and what a person has to look at."""

    words: dict[str, Any]
    guesses: list[Guess]
    ask: list[str] = field(default_factory=list)


def propose(looked: Looked, file: Path) -> Proposal:
    """A mapping for a table that was looked at. Raises Explained where nothing in it says when anything was."""
    guesses = list(_guesses(looked))
    held = _held(guesses)
    ask: list[str] = []
    words: dict[str, Any] = {"mapping": 1, "name": file.stem}
    words |= {"sheet": looked.sheet} if looked.sheet else {}
    words |= {"header_row": looked.header_row} if looked.header_row > 1 else {}
    if looked.delimiter:
        words["delimiter"] = DELIMITERS[looked.delimiter]
        words |= {"encoding": looked.encoding} if looked.encoding else {}
    words["dates"] = _dates(looked, guesses, ask)
    if held.get("leave_out"):
        words["leave_out"] = held["leave_out"]
    words["record"] = _record(held, file, looked, ask)
    return Proposal(words, guesses, ask)


def _guesses(looked: Looked) -> Iterator[Guess]:
    taken: set[str] = set()
    before = ""
    for place, name in enumerate(looked.names):
        if not name:
            continue
        values = looked.values(place)
        guess = _guess(name, values, taken)
        if guess.says == "people.postcode" and before == "place.address":
            guess = Guess(name, "place.postcode", guess.sure, f"{guess.because}; it stands beside a place")
        if guess.says.rpartition(".")[2] not in MANY:
            taken.add(guess.says)
        before = guess.says
        yield guess


def _guess(name: str, values: list[Any], taken: set[str]) -> Guess:
    if not values:
        return Guess(name, "", "nothing to go by", "no row has a value in it")
    if looks_like("time", values):
        return Guess(name, "time", "likely", "its values are times of day")
    small = plain_name(_JOINED.sub(" ", name))
    for rule in _rules():
        says, shape = rule["says"], str(rule.get("shape", ""))
        if says in taken or not (rule.get("alone") or re.search(rule["words"], small)):
            continue
        fits = bool(shape) and looks_like(shape, values)
        if rule.get("alone"):
            if fits:
                return Guess(name, says, "a guess", f"its values look like {IN_WORDS[shape]}")
            continue
        if not shape or fits:
            more = f", and its values look like {IN_WORDS[shape]}" if shape else ""
            return Guess(name, says, "likely" if fits else "a guess", f"its heading says so{more}")
        if shape == "date" and serials(values) == len(values):
            return Guess(
                name, says, "doubtful", "its heading says so; its numbers may count days as spreadsheets do"
            )
        if shape == "date" and not some_dates(values, years=says == "people.born"):
            continue
        if shape != "unique":
            not_ = "not all" if shape == "date" else "not"
            return Guess(
                name, says, "doubtful", f"its heading says so, but its values are {not_} {IN_WORDS[shape]}"
            )
    return Guess(
        name,
        "",
        "nothing to go by",
        "neither heading nor values say what it is; it is kept beside the record",
    )


@cache
def _rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "words.yaml").read_text(encoding="utf-8")
    )
    return found


def _held(guesses: list[Guess]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for guess in guesses:
        if guess.says:
            held.setdefault(guess.says, []).append(guess.column)
    return held


def _record(held: Mapping[str, list[str]], file: Path, looked: Looked, ask: list[str]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    people, things = list(_people(held)), list(_things(held))
    if "ref" in held:
        record["ref"] = held["ref"][0]
    else:
        ask.append(
            "No column names a row, so a row will be named by what it says. If one does, write it as `ref`."
        )
    kind = _kind(file, looked, bool(people))
    record["kind"] = {"constant": kind}
    ask.append(f"Every row is read as a record of kind {kind}: say another under `kind` if that is wrong.")
    record |= _times(held, looked, ask)
    for key in ("name", "role"):
        if f"author.{key}" in held:
            record.setdefault("author", {})[key] = held[f"author.{key}"][0]
    missing = {
        key: held[f"missing.{key}"][0]
        for key in ("category", "risk", "risk_reason", "missing_from")
        if f"missing.{key}" in held
    }
    if missing and kind == "missing":
        record["missing"] = missing
    record |= {"people": people} if people else {}
    record |= {"things": things} if things else {}
    if texts := held.get("text"):
        record["text"] = texts[0] if len(texts) == 1 else [{"column": each, "label": each} for each in texts]
    if "childs_words" in held:
        record["childs_words"] = held["childs_words"][0]
    return record


def _people(held: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    for prefix, part in PEOPLE.items():
        told: dict[str, Any] = {"part": {"constant": part}}
        for key, columns in held.items():
            start, _, name = key.partition(".")
            if start != prefix:
                continue
            if name.startswith("ids."):
                told.setdefault("ids", {})[name.removeprefix("ids.")] = columns[0]
            else:
                told[name] = columns if name == "also_known_as" else columns[0]
        if len(told) > 1:
            yield told


def _things(held: Mapping[str, list[str]]) -> Iterator[dict[str, Any]]:
    for prefix, kind in THINGS.items():
        keys = {
            key.partition(".")[2]: columns[0] for key, columns in held.items() if key.startswith(f"{prefix}.")
        }
        if keys:
            yield {"kind": {"constant": kind}, "part": {"constant": PARTS[prefix]}, **keys}


def _times(held: Mapping[str, list[str]], looked: Looked, ask: list[str]) -> dict[str, Any]:
    """The times, each with the column of its hour where one stands next to it."""
    times: dict[str, Any] = {
        key: _with_hour(held[key][0], looked, held.get("time", []))
        for key in ("happened_from", "happened_to", "recorded_at")
        if key in held
    }
    if not times:
        raise Explained(
            "no column of the table looks like the date of anything, and every record needs one: name the column that "
            "has it so that its heading says so, such as Date, or write the mapping by hand."
        )
    if "recorded_at" not in times:
        other = "happened_from" if "happened_from" in times else "happened_to"
        times["recorded_at"] = times[other]
        ask.append(
            "Nothing says when a row was written down; the time of the event stands for it. Say better if you can."
        )
    elif "happened_from" not in times:
        ask.append(
            "Nothing says when it happened, only when it was written down. Add `happened_from` if a column does."
        )
    return times


def _with_hour(column: str, looked: Looked, hours: list[str]) -> Any:
    names = [name for name in looked.names if name]
    beside = names[names.index(column) + 1 : names.index(column) + 2]
    return {"day": column, "time": beside[0]} if beside and beside[0] in hours else column


def _kind(file: Path, looked: Looked, has_people: bool) -> str:
    for words in (file.stem, looked.sheet or "", " ".join(looked.names)):
        small = plain_name(words.replace("_", " ").replace("-", " "))
        for word, kind in KIND_WORDS.items():
            if re.search(rf"\b{word}", small) and (has_people or kind in KINDS_WITHOUT_A_CHILD):
                return kind
    return str(Kind.CONTACT if has_people else Kind.INTELLIGENCE)


def _dates(looked: Looked, guesses: list[Guess], ask: list[str]) -> dict[str, Any]:
    """The habits of the dates, as far as they show; what does not show is asked, never guessed."""
    dated = {
        guess.column
        for guess in guesses
        if guess.says in ("happened_from", "happened_to", "recorded_at", "people.born")
    }
    values = [
        value for place, name in enumerate(looked.names) if name in dated for value in looked.values(place)
    ]
    habits: dict[str, Any] = {"zone": "Europe/London"}
    day, month, both = orders(values)
    if day and not month:
        habits["order"] = "day first"
        ask.append(
            f"Dates are day first: {day} of those seen can be nothing else, and none can only be month first."
        )
    elif month and not day:
        habits["order"] = "month first"
        ask.append(
            f"Dates are month first: {month} of those seen can be nothing else, and none can only be day first."
        )
    elif day and month:
        ask.append(
            f"Dates contradict each other: {day} can only be day first, {month} only month first. No order is said."
        )
    elif both:
        ask.append(
            f"All {both} dates seen could be day first or month first. Rows with such a date are refused until you add "
            "`order: day first` or `order: month first` under `dates`."
        )
    if short := short_years(values):
        ask.append(
            f"{short} dates have a year of two digits: refused until you add `two_digit_years: 1930` (or another)."
        )
    if many := serials(values):
        ask.append(
            f"{many} values may count days as spreadsheets do: refused until you add `serials: 1900` under `dates`."
        )
    return habits


def written(proposal: Proposal, file: Path) -> str:
    """The mapping as a file: what to look at and why each column is what it is as comments, then the mapping."""
    lines = [
        f"# A mapping for {file.name}, proposed by looking at it. Read it through before you import with it.",
        "#",
    ]
    lines += [f"# LOOK: {words}" for words in proposal.ask]
    lines.append("#")
    for guess in proposal.guesses:
        lines.append(f"# {clip(guess.column)}: {guess.says or 'kept beside'} ({guess.sure}: {guess.because})")
    body = yaml.safe_dump(proposal.words, sort_keys=False, allow_unicode=True, width=110)
    return "\n".join(lines) + "\n" + body
