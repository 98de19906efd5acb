"""A case replayed: when each rule would have fired, who had been told by then, who did not answer, who knew.

Each day knows only what had been written down by its end. Two limits are said with every replay: whoever reads it knows
the end, and what nobody wrote down cannot be replayed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from heed.core.duty.ladder import Ladder
from heed.core.review.asof import Kept, end_of
from heed.core.review.knowing import Facts, Knowledge, Name, knew
from heed.core.review.spread import Knower, Path, Rank, knowers, paths, ranks

LEAST = 3
"""Children of the case named at once, for a pattern to be seen or acted on."""
AGAIN = "told again after a refusal"
LIMITS = (
    "Whoever reads this knows how it ended; nobody did then.",
    "What nobody wrote down is not here, and neither is what was said and not recorded.",
)


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that would have spoken on a day: of which children, in which words, resting on which records."""

    day: date
    rule: str
    children: frozenset[str]
    words: str
    evidence: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """A warning: how many children it named, its path, and what the ladder of today would have done with its silence.

    `climbs`: (rung, the day on which silence would have brought it there). Empty where it was answered in time."""

    kept: Kept
    children: int
    path: Path
    answered_after: timedelta | None
    climbs: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Who knew of a warning by the end of a day."""

    day: date
    why: str
    knew: tuple[Knower, ...]
    ranks: tuple[Rank, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """The whole. `visible` is the first day on which a rule named three children of the case, `acted` the first on which
    somebody decided to act on as many; None where there was none."""

    fired: tuple[Fired, ...]
    warnings: tuple[Missed, ...]
    days: tuple[Day, ...]
    visible: date | None
    acted: date | None

    @property
    def months(self) -> int | None:
        """Whole months from the day it was visible to the day of the first action."""
        if self.visible is None or self.acted is None:
            return None
        whole = (self.acted.year - self.visible.year) * 12 + self.acted.month - self.visible.month
        return whole - (self.acted.day < self.visible.day)


def replayed(
    kept: Sequence[Kept], fired: Iterable[Fired], *, person_of: Mapping[str, str], last: date, ladder: Ladder,
    refusals: frozenset[str], again: timedelta, acting: frozenset[str],
) -> Replayed:  # fmt: skip
    """`person_of`: the child behind each source. `refusals` and `acting` are decisions; `again` is how long after a
    refusal the same child's next warning is the same warning."""
    whole = knew(Facts(kept), end_of(last))

    def children(each: Kept) -> frozenset[str]:
        return frozenset(person_of[source] for source in each.sources if source in person_of)

    rows = {each.name: each for each in whole.records}
    warnings = tuple(
        _missed(rows[path.record], path, len(children(rows[path.record])), last, ladder)
        for path in paths(whole)
    )
    spoke = [*fired, *_again(warnings, children, refusals, again)]
    spoke.sort(key=lambda each: (each.day, each.rule))
    visible = min((each.day for each in spoke if len(each.children) >= LEAST), default=None)
    acted = _acted(whole, children, acting)
    milestones = [(each.day, each.rule) for each in spoke]
    milestones += [(acted, "the first action")] if acted else []
    return Replayed(tuple(spoke), warnings, tuple(_days(kept, warnings, milestones)), visible, acted)


def _missed(kept: Kept, path: Path, children: int, last: date, ladder: Ladder) -> Missed:
    answer = path.answered
    until = answer.at if answer else end_of(last)
    climbs, since = [], kept.recorded_at
    for number in range(ladder.top):
        since = ladder.due(number, since)
        if since > until:
            break
        climbs.append((ladder.at(number + 1).name, since.date()))
    return Missed(kept, children, path, answer.at - kept.recorded_at if answer else None, tuple(climbs))


def _again(
    warnings: Sequence[Missed], children: Callable[[Kept], frozenset[str]], refusals: frozenset[str], within: timedelta
) -> Iterable[Fired]:  # fmt: skip
    """A child is warned of again after somebody refused to act."""
    for place, each in enumerate(warnings):
        for before in warnings[:place]:
            refused = before.path.answered
            same = children(each.kept) & children(before.kept)
            if refused is None or before.path.decision not in refusals or not same:
                continue
            if timedelta() <= each.kept.recorded_at - refused.at <= within:
                words = f"{each.kept.ref} names a child of {before.kept.ref} again, which was refused."
                day = each.kept.recorded_at.date()
                yield Fired(day, AGAIN, same, words, (before.kept.name, each.kept.name))


def _acted(
    whole: Knowledge, children: Callable[[Kept], frozenset[str]], acting: frozenset[str]
) -> date | None:
    days: list[datetime] = []
    for each in whole.records:
        answer = each.told.answer if each.told else None
        if answer is not None and answer.decision in acting and len(children(each)) >= LEAST:
            days.append(answer.at or each.recorded_at)
    return min(days).date() if days else None


def _days(
    kept: Sequence[Kept], warnings: Sequence[Missed], when: Iterable[tuple[date, str]]
) -> Iterable[Day]:
    """For each day on which a rule spoke, once: who knew of any warning by its end."""
    why: dict[date, list[str]] = {}
    for day, rule in when:
        why.setdefault(day, []).append(rule)
    names = {each.kept.name for each in warnings}
    for day, rules in sorted(why.items()):
        found = knew(Facts(kept), end_of(day))
        those = knowers(found, names)
        yield Day(day, " and ".join(dict.fromkeys(rules)), tuple(those), tuple(ranks(found, those)))
