"""What the rules read in free text, held against what the county's texts are known to name, beside a plain peer.

Truth, from the county itself: whatever stands as a thing or an alias in any record and occurs word for word in a text,
and whatever its clerks "Mentioned". A proposal counts as right when it has the kind and exactly the characters of one.
The peer: PhoneNumberMatcher (POSSIBLE), and for the rest the pattern one writes first.
"""

import email
import email.policy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import phonenumbers

from heed.core.language.named import KINDS, proposals

type Read = set[tuple[str, int, int]]
"""Kind, start, end."""

WORD = re.compile(r"[\w'’+@-]+")
MENTIONED = re.compile(r"\bMentioned (.+?)\.(?=\s|$)")
SHAPES = (
    ("account", re.compile(r"\w+_\w+")),
    ("phone", re.compile(r"\+?[\d ]{9,}")),
    ("vehicle", re.compile(r"[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z0-9]{2,4} [A-Z0-9]{3}")),
    ("place", re.compile(r"(?:Flat )?\d.*|.*\d.*")),
)
NAIVE = {
    "place": re.compile(r"\b\d{1,4} [A-Z]\w+ [A-Z]\w+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "vehicle": re.compile(r"\b[A-Z]{1,3}\d{1,4} ?[A-Z]{0,3}\b"),
    "account": re.compile(r"@\w+|\b\w+_\w+\b"),
    "nickname": re.compile(r"(?<=[a-z] )[A-Z][a-z]+\b"),
}


def command(county: Path | None, town: str, seed: int) -> int:
    """What `heed bench mentions` runs. 0 when at least nine in ten proposals, and nine in ten mentions, are right."""
    from bench.replay import _made
    from heed.casework.progress import say

    with TemporaryDirectory() as place:
        folder = county or _made(Path(place), town, seed, say)
        texts, documents = read(folder)
    lines, sound = table(texts, vocabulary(documents))
    for line in lines:
        print(line)
    return int(not sound)


def read(folder: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Every different text of a folder of `heed synth`, records and mails, and its documents."""
    documents = [
        json.loads(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    texts = {document["text"] for document in documents if document.get("text")}
    for file in sorted((folder / "mail").glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        texts.add(message.get_content())
    return sorted(texts), documents


def vocabulary(documents: Iterable[dict[str, Any]]) -> dict[str, dict[tuple[str, ...], str]]:
    """The words of every thing and alias of the county with its kind, under their first word."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for document in documents:
        for kind, words in _stated(document):
            tokens = tuple(WORD.findall(words))
            if tokens:
                found.setdefault(tokens[0], {})[tokens] = kind
    return found


def truth(text: str, words: dict[str, dict[tuple[str, ...], str]]) -> Read:
    """What a text names, the longest first, none overlapping."""
    tokens = [(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]
    found: Read = set()
    for match in MENTIONED.finditer(text):
        kind = next((name for name, shape in SHAPES if shape.fullmatch(match[1])), "nickname")
        found.add((kind, *match.span(1)))
    for place, (start, _, first) in enumerate(tokens):
        for way, kind in sorted(words.get(first, {}).items(), key=lambda each: -len(each[0])):
            run = tokens[place : place + len(way)]
            if tuple(token for _, _, token in run) == way and not _covered(found, start, run[-1][1]):
                found.add((kind, start, run[-1][1]))
    return found


def heed(text: str) -> Read:
    """What Heed's rules read."""
    return {(each.kind, each.start, each.end) for each in proposals(text)}


def naive(text: str) -> Read:
    """What the peer reads."""
    numbers = phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE)
    found = {("phone", match.start, match.end) for match in numbers}
    return found | {(kind, *m.span()) for kind, shape in NAIVE.items() for m in shape.finditer(text)}


def table(texts: list[str], words: dict[str, dict[tuple[str, ...], str]]) -> tuple[list[str], bool]:
    """The report, kind by kind, and whether Heed's rules reach nine in ten both ways over all kinds."""
    known = [truth(text, words) for text in texts]
    ours, seconds = _timed(heed, texts)
    theirs, their_seconds = _timed(naive, texts)
    lines = [f"{len(texts):,} different texts, {sum(map(len, known)):,} mentions in them", ""]
    lines.append(
        f"{'kind':<10} {'mentions':>8}   {'Heed: precision':>15} {'recall':>7}   {'peer: precision':>15} {'recall':>7}"
    )
    for kind in (*KINDS, "all"):
        right, found, there = _counted(ours, known, kind)
        their_right, their_found, _ = _counted(theirs, known, kind)
        lines.append(
            f"{kind:<10} {there:>8}   {_share(right, found):>15} {_share(right, there):>7}   "
            f"{_share(their_right, their_found):>15} {_share(their_right, there):>7}"
        )
    right, found, there = _counted(ours, known, "all")
    lines += ["", f"Heed {seconds:.1f} s, the peer {their_seconds:.1f} s"]
    return lines, right >= 0.9 * found and right >= 0.9 * there


def _stated(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for thing in document.get("things") or ():
        key = {"place": "address", "vehicle": "vrm", "phone": "number", "account": "handle"}.get(
            thing["kind"]
        )
        if key and thing.get(key):
            yield thing["kind"], str(thing[key])
    for person in document.get("people") or ():
        if person.get("part") == "person_of_concern":
            yield from (("nickname", str(name)) for name in person.get("also_known_as") or ())


def _covered(found: Read, start: int, end: int) -> bool:
    return any(start < last and first < end for _, first, last in found)


def _timed(reader: Callable[[str], Read], texts: list[str]) -> tuple[list[Read], float]:
    began = perf_counter()
    found = [reader(text) for text in texts]
    return found, perf_counter() - began


def _counted(found: list[Read], known: list[Read], kind: str) -> tuple[int, int, int]:
    """Right, found and there, of one kind or of all."""
    count: Counter[str] = Counter()
    for read_, true in zip(found, known, strict=True):
        mine = {each for each in read_ if kind in (each[0], "all")}
        theirs = {each for each in true if kind in (each[0], "all")}
        count.update(right=len(mine & theirs), found=len(mine), there=len(theirs))
    return count["right"], count["found"], count["there"]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
