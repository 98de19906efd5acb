"""The file of one agency's encodings, as text: a first line that says what it is, then one person a line.

Nobody is named in it; it is personal data all the same, and so is the answer made from two of them.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from heed.core.identity.encoded import BITS, Encoded, Match, matches
from heed.core.records.explained import Explained

VERSION = 1
PROJECT = re.compile(r"[a-z0-9][a-z0-9-]{2,39}")
HANDLE = re.compile(r"[0-9a-f]{32}")
MALFORMED = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What a line that nobody's program wrote makes Python say."""
AGENCY = re.compile(r"[a-z0-9_-]{1,40}")
"""An agency's code becomes part of a file's name: nothing else may."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the agencies agreed on beforehand: under `least_shared` nothing is told but that, under `least_people` a file
    is not compared, from `at_least` (Dice) two filters are one person."""

    least_shared: int
    least_people: int
    at_least: float


@dataclass(frozen=True, slots=True)
class Head:
    """Whose file it is, for which project, under which key (its fingerprint), whom to ask there, and what was agreed."""

    project: str
    agency: str
    key: str
    ask: str
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read."""

    head: Head
    people: tuple[Encoded, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the third party may tell: how many, or None where they are fewer than was agreed; and for each side its own
    handles with a number for the conversation, which is all the other side is told of them."""

    count: int | None
    least: int
    left: tuple[tuple[str, str], ...] = ()
    right: tuple[tuple[str, str], ...] = ()


def check_project(name: str) -> str:
    """The name of a project as it stands in files. Raises Explained for anything but small letters, figures, hyphens."""
    if not PROJECT.fullmatch(name):
        raise Explained(
            "A project is named by 3 to 40 small letters, figures and hyphens, such as north-2026, and by the same name"
            " on both sides."
        )
    return name


def check_words(words: str) -> str:
    """Whom to ask, as it stands in a file. Raises Explained for more than one line of 120 characters."""
    try:
        return _short(words)
    except ValueError:
        raise Explained("Say whom to ask in one line of up to 120 characters, and name no child.") from None


def written(head: Head, people: Sequence[Encoded]) -> Iterator[str]:
    """The lines of a file, in the order of handles, so that the order tells nothing of the agency's own."""
    yield json.dumps(
        {
            "heed_encodings": VERSION, "project": head.project, "agency": head.agency, "key": head.key, "ask": head.ask,
            "least_shared": head.agreed.least_shared, "least_people": head.agreed.least_people,
            "at_least": head.agreed.at_least, "people": len(people),
        }
    )  # fmt: skip
    for each in sorted(people, key=lambda one: one.handle):
        bits = base64.b64encode(each.bits).decode()
        yield json.dumps({"handle": each.handle, "tokens": each.tokens, "bits": bits})


def read(name: str, lines: Iterable[str]) -> File:
    """A file from its lines. Raises Explained, naming the file and the line, for what `written` did not write."""
    source = iter(lines)
    head, expected = _head(name, next(source, ""))
    people = tuple(_person(name, number, line) for number, line in enumerate(source, start=2) if line.strip())
    if len(people) != expected or len({each.handle for each in people}) != expected:
        raise Explained(
            f"{name} says it holds {expected} people and holds {len(people)}, or one twice: it was cut short or changed."
            " Ask the agency for it again."
        )
    return File(head, people)


def answer(left: File, right: File) -> Answer:
    """Who is in both, as far as was agreed. Raises Explained for two files that do not belong together, or too small."""
    _belong_together(left.head, right.head)
    rules = _strictest(left.head.agreed, right.head.agreed)
    small = [each.head.agency for each in (left, right) if len(each.people) < rules.least_people]
    if small:
        raise Explained(
            f"The file of {' and of '.join(small)} holds fewer than {rules.least_people} people, the least that was"
            " agreed: comparing it would ask after single people. Nothing was compared."
        )
    found = matches(left.people, right.people, rules.at_least)
    if len(found) < rules.least_shared:
        return Answer(None, rules.least_shared)
    spoken = [(each, _conversation(left.head, each)) for each in found]
    return Answer(
        count=len(found),
        least=rules.least_shared,
        left=tuple(sorted((number, each.left) for each, number in spoken)),
        right=tuple(sorted((number, each.right) for each, number in spoken)),
    )


def for_agency(mine: Head, other: Head, found: Answer, pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What one agency is handed: how many, whom to ask at the other, and its own handles with their numbers."""
    return {
        "heed_answer": VERSION,
        "project": mine.project,
        "agency": mine.agency,
        "shared_with": other.agency,
        "ask": other.ask,
        "count": found.count,
        "people": [{"conversation": number, "handle": handle} for number, handle in pairs],
    }


def read_answer(name: str, text: str) -> tuple[str, str, str, str, tuple[tuple[str, str], ...]]:
    """Project, agency, the other agency, whom to ask there, and (number, handle) of each person. Raises Explained."""
    try:
        told = json.loads(text)
        if told["heed_answer"] != VERSION:
            raise KeyError("heed_answer")
        people = tuple((_short(each["conversation"]), _handle(each["handle"])) for each in told["people"])
        return (
            check_project(told["project"]),
            _agency(told["agency"]),
            _agency(told["shared_with"]),
            _short(told["ask"]),
            people,
        )
    except MALFORMED as fault:
        raise Explained(
            f"{name} is no answer of `heed identity compare`: {type(fault).__name__}. Ask the third party for it again."
        ) from None


def _head(name: str, line: str) -> tuple[Head, int]:
    try:
        told: Mapping[str, Any] = json.loads(line)
        if told["heed_encodings"] != VERSION:
            raise KeyError("heed_encodings")
        agreed = Agreed(int(told["least_shared"]), int(told["least_people"]), float(told["at_least"]))
        if agreed.least_shared < 2 or not 0.5 <= agreed.at_least <= 1:
            raise ValueError("agreed")
        head = Head(
            check_project(told["project"]), _agency(told["agency"]), _handle(told["key"]), _short(told["ask"]), agreed
        )  # fmt: skip
        return head, int(told["people"])
    except MALFORMED:
        raise Explained(
            f"{name}, line 1: this is no file of encodings, version {VERSION}. Expected what `heed identity encode`"
            " wrote; ask the agency for it again."
        ) from None


def _person(name: str, number: int, line: str) -> Encoded:
    try:
        told = json.loads(line)
        bits = base64.b64decode(told["bits"], validate=True)
        if len(bits) != BITS // 8:
            raise ValueError("bits")
        tokens = tuple(re.fullmatch(r"[0-9a-f]{64}", each)[0] for each in told["tokens"])  # type: ignore[index]
        return Encoded(_handle(told["handle"]), tokens, bits)
    except MALFORMED:
        raise Explained(
            f"{name}, line {number}: this is no encoded person (a handle, tokens, {BITS} bits). Ask the agency for the"
            " file again."
        ) from None


def _handle(value: Any) -> str:
    if not isinstance(value, str) or not HANDLE.fullmatch(value):
        raise ValueError("handle")
    return value


def _agency(value: Any) -> str:
    if not isinstance(value, str) or not AGENCY.fullmatch(value):
        raise ValueError("agency")
    return value


def _short(value: Any) -> str:
    """Words of the other side: one line of up to 120 characters that can be printed."""
    if not isinstance(value, str) or len(value) > 120 or not value.isprintable():
        raise ValueError("words")
    return value


def _belong_together(left: Head, right: Head) -> None:
    if left.project != right.project or left.key != right.key:
        raise Explained(
            "These two files were not made for the same project under the same key, so nothing in them can be alike."
            " Ask both agencies for the project's name, and to compare their keys by telephone."
        )
    if left.agency == right.agency:
        raise Explained(f"Both files are of {left.agency}: there is nothing to find out between them.")


def _strictest(one: Agreed, other: Agreed) -> Agreed:
    return Agreed(
        max(one.least_shared, other.least_shared),
        max(one.least_people, other.least_people),
        max(one.at_least, other.at_least),
    )


def _conversation(head: Head, match: Match) -> str:
    """A number both sides can say on the telephone; it comes from both handles and gives neither away."""
    told = f"{head.project}|{'|'.join(sorted((match.left, match.right)))}"
    return "C-" + hashlib.sha256(told.encode()).hexdigest()[:10]
