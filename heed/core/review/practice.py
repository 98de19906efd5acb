"""What was expected on a day when something of a kind was written down: the lines of policy in force, as they stood.

Policy is given as it is kept, key by key: `duties.opens.concern.clause` to its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from heed.core.records.kinds import Kind

LIMIT = "ladder.rungs.0.answer"
MISSING = "duties.missing."
CLAUSE = ".clause"
SPANS = (".limit", ".answer")


@dataclass(frozen=True, slots=True)
class InForce:
    """What policy said from an instant on."""

    since: datetime
    words: Mapping[str, str]


def in_force(kept: list[InForce], at: datetime) -> InForce | None:
    """The newest that stood at an instant; None where Heed kept none yet, so that nobody is held to a later rule."""
    return max((each for each in kept if each.since <= at), key=lambda each: each.since, default=None)


def expected(kind: Kind, words: Mapping[str, str]) -> list[str]:
    """The clauses that speak of this kind, each with its limit; empty where policy asked for nothing."""
    opens = words.get(f"duties.opens.{kind}{CLAUSE}")
    found = [_line(opens, words.get(LIMIT, ""))] if opens else []
    if kind is Kind.MISSING:
        found += [
            _line(said, _span(key.removesuffix(CLAUSE), words))
            for key, said in sorted(words.items())
            if key.startswith(MISSING) and key.endswith(CLAUSE)
        ]
    return found


def _span(stem: str, words: Mapping[str, str]) -> str:
    return next((words[stem + end] for end in SPANS if words.get(stem + end)), "")


def _line(clause: str, limit: str) -> str:
    return f"{clause} ({limit})" if limit else clause
