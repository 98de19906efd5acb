"""Which groups of a table may be shown, so that neither a small cell nor a difference between figures tells of few."""

from collections.abc import Mapping, Sequence


def shown(counts: Mapping[str, Sequence[int]], least: int) -> frozenset[str]:
    """The groups whose counts may stand beside the totals of all; each group has one count a column of the table.

    A group with a count under `least` is hidden in every column. The totals less what is shown must not tell of few
    either: so smallest groups are hidden besides, until at least two are hidden and they hold `least` together in every
    column, or nothing is shown at all (secondary suppression: Government Statistical Service, Guidance on disclosure
    control for tables, 2014).
    """
    there = sorted((min(each), group) for group, each in counts.items() if any(each))
    hidden = [group for smallest, group in there if smallest < least]
    rest = [group for smallest, group in there if smallest >= least]
    while hidden and rest and (len(hidden) < 2 or _least_together(counts, hidden) < least):
        hidden.append(rest.pop(0))
    return frozenset(rest)


def in_steps[T](judged: Sequence[T], least: int) -> Sequence[T]:
    """As many of these, in the order they were judged, as make whole steps of `least`: a table that moved with every
    single judgement would tell whoever judged what was recorded of that pair."""
    return judged[: len(judged) - len(judged) % least]


def _least_together(counts: Mapping[str, Sequence[int]], groups: Sequence[str]) -> int:
    width = len(counts[groups[0]])
    return min(sum(counts[group][column] for group in groups) for column in range(width))
