"""How much linking would compare: keys, holders and pairs by rule, from what each source says now."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from heed.casework.linking.gathering import gather
from heed.core.identity.blocking import keys_of
from heed.core.identity.crowded import MOST_HOLDERS, RULES, crowded, pairs_of
from heed.core.identity.profile import Profile

SHOWN = 20
"""Crowded keys that are listed one by one: the rest are counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its keys, the pairs it asks for, and the holders of each key that is crowded, most first."""

    name: str
    keys: int
    most: int
    pairs: int
    crowds: tuple[int, ...]

    @property
    def spared(self) -> int:
        """The pairs that crowded keys would have asked for."""
        return sum(holders * (holders - 1) // 2 for holders in self.crowds)


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is to compare. `alone`: sources without any key; a pair that shares several keys counts under each."""

    sources: int
    alone: int
    rules: tuple[Rule, ...]

    def lines(self) -> Iterator[str]:
        """The table, then every crowded key with the reason."""
        pairs = sum(rule.pairs for rule in self.rules)
        every = self.sources * (self.sources - 1) // 2
        yield f"{self.sources:,} people in agencies' files; of {self.alone:,} too little is said to compare them."
        yield f"{'rule':<8} {'keys':>10} {'most holders':>13} {'pairs':>12} {'crowded keys':>13} {'pairs spared':>13}"
        for rule in self.rules:
            yield (
                f"{rule.name:<8} {rule.keys:>10,} {rule.most:>13,} {rule.pairs:>12,} {len(rule.crowds):>13,} "
                f"{rule.spared:>13,}"
            )
        each = pairs / self.sources if self.sources else 0.0
        yield f"{pairs:,} pairs at most, {each:.1f} for each; everybody with everybody would be {every:,}."
        for rule in self.rules:
            for holders in rule.crowds[:SHOWN]:
                yield f"Passed over, more than {MOST_HOLDERS} hold it: {holders:,} with {RULES[rule.name]}."
            if len(rule.crowds) > SHOWN:
                yield f"And {len(rule.crowds) - SHOWN:,} more of this kind."

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "sources": self.sources,
            "alone": self.alone,
            "most_holders": MOST_HOLDERS,
            "rules": [
                {
                    "rule": rule.name,
                    "keys": rule.keys,
                    "most": rule.most,
                    "pairs": rule.pairs,
                    "spared": rule.spared,
                    "crowds": [{"holders": each, "reason": RULES[rule.name]} for each in rule.crowds],
                }
                for rule in self.rules
            ],
        }


def counted() -> Counted:
    """Count the keys of everybody."""
    return count_keys(gather().profiles.values())


def count_keys(profiles: Iterable[Profile]) -> Counted:
    """Count the keys of these profiles."""
    holders: dict[str, Counter[str]] = {name: Counter() for name in RULES}
    sources = alone = 0
    for profile in profiles:
        keys = keys_of(profile)
        sources, alone = sources + 1, alone + (not keys)
        for key in keys:
            holders[key.partition("|")[0]][key] += 1
    return Counted(sources, alone, tuple(_rule(name, found) for name, found in holders.items()))


def _rule(name: str, holders: Counter[str]) -> Rule:
    many = sorted((each for each in holders.values() if crowded(each)), reverse=True)
    return Rule(
        name,
        len(holders),
        max(holders.values(), default=0),
        sum(map(pairs_of, holders.values())),
        tuple(many),
    )
