"""How long ago each agency last saw that the ledger had only grown, and what is wrong with the ledger from outside.

`trouble(now)` is for `heed doctor` and for whoever starts the pages: each sentence is a reason not to serve writes.
`state(now)` is for what is shown: it never stops anybody from saving a record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from heed.casework.actions.ledger import HEAD
from heed.casework.checkpoints import REFUSED, WITNESSED, LedgerDiffers, kept_outside, last_signed, shorter
from heed.casework.models import Checkpoint, Cosignature, Entry, Head, Heartbeat
from heed.casework.policy import policy

GREEN, AMBER, RED = "green", "amber", "red"
CLOCK_BEHIND = timedelta(minutes=1)
"""Clocks of two processes differ a little; this much is no cause for alarm."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last cosignature of one agency: when it signed, over how many entries. Both None: never yet."""

    agency: str
    at: datetime | None
    size: int | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Whether enough agencies watch: green, amber or red, in a sentence, with each agency's last cosignature."""

    colour: str
    words: str
    seen: tuple[Seen, ...]


def state(now: datetime) -> Watch:
    """Amber: fewer agencies than policy asks for have signed within a day; red: within a week (spans from policy)."""
    rules = policy().ledger
    seen = last_seen(now)
    if not rules.witnesses:
        words = "No agency watches over this ledger: name their witnesses in policy/ledger.yaml."
        return Watch(RED if rules.least_agencies else GREEN, words, seen)
    lately = _within(seen, now, rules.amber)
    if lately >= rules.least_agencies:
        return Watch(GREEN, f"{_signed(lately)} in the last {_span(rules.amber)}.", seen)
    weekly = _within(seen, now, rules.red)
    if weekly >= rules.least_agencies:
        words = f"{_only(lately)} signed in the last {_span(rules.amber)}; {rules.least_agencies} should."
        return Watch(AMBER, words, seen)
    words = (
        f"{_only(weekly)} signed in the last {_span(rules.red)}; {rules.least_agencies} should. Ring them."
    )
    return Watch(RED, words, seen)


def in_words(now: datetime) -> list[str]:
    """The state in sentences for a terminal: the whole, then each agency."""
    watch = state(now)
    return [f"Witnesses: {watch.colour}. {watch.words}", *(_said(each, now) for each in watch.seen)]


def last_seen(now: datetime) -> tuple[Seen, ...]:
    """Each agency that policy names as a witness, with its last cosignature. One dated ahead counts from its arrival."""
    found = []
    for agency in policy().ledger.witnesses:
        newest = Cosignature.objects.filter(agency=agency).order_by("-checkpoint__size", "-at").first()
        at = min(newest.at, newest.received_at) if newest else None
        found.append(Seen(agency, at, newest.checkpoint.size if newest else None))
    return tuple(found)


def trouble(now: datetime) -> list[str]:
    """Every reason not to go on writing: an older copy of the database was put back, what was signed no longer holds,
    or the clock is behind the last entry. Reads a few rows only; `heed ledger verify` looks at all of them."""
    found = []
    size = Head.objects.filter(pk=HEAD).values_list("size", flat=True).first() or 0
    try:
        last, witnessed = last_signed(), kept_outside(WITNESSED)
        signed = Cosignature.objects.aggregate(most=Max("checkpoint__size"))["most"] or 0
        most = max(signed, witnessed.size if witnessed else 0, last[0].size if last else 0)
        if size < most:
            found.append(str(shorter(size, most)))
        row = Checkpoint.objects.filter(size=witnessed.size).first() if witnessed else None
        if witnessed and row and bytes.fromhex(row.root) != witnessed.root:
            found.append(
                f"The checkpoint of {witnessed.size} entries is not the one that witnesses signed: this is another "
                "ledger. Put back the newest copy of the database, and tell the partnership."
            )
    except LedgerDiffers as differs:
        found.append(str(differs))
    refused = Heartbeat.objects.filter(name=REFUSED).first()
    if refused:
        found.append(
            f"A checkpoint was refused at {refused.at:%d %B %Y %H:%M} UTC: the ledger is not what was signed before. Run "
            "`heed ledger verify`, keep the database as it is, and tell the partnership."
        )
    return found + _clock(now)


def _clock(now: datetime) -> list[str]:
    last = Entry.objects.order_by("-seq").first()
    if last is None or last.at - now < CLOCK_BEHIND:
        return []
    return [
        f"The clock is behind the ledger: it says {now:%d %B %Y %H:%M} UTC, and entry {last.seq} was written at "
        f"{last.at:%d %B %Y %H:%M}. Set the clock of this machine right before anybody writes."
    ]


def _within(seen: tuple[Seen, ...], now: datetime, span: timedelta) -> int:
    return sum(1 for each in seen if each.at and now - each.at <= span)


def _said(seen: Seen, now: datetime) -> str:
    if seen.at is None:
        return f"    {seen.agency}: has not signed yet"
    hours = max(0, round((now - seen.at).total_seconds() / 3600))
    ago = (
        "within the last hour"
        if hours == 0
        else f"{hours} hours ago"
        if hours <= 48
        else f"{hours // 24} days ago"
    )
    return f"    {seen.agency}: last signed {ago}, over {seen.size} entries"


def _signed(count: int) -> str:
    return "One agency signed" if count == 1 else f"{count} agencies signed"


def _only(count: int) -> str:
    return "No agency" if count == 0 else "Only one agency" if count == 1 else f"Only {count} agencies"


def _span(span: timedelta) -> str:
    hours = round(span.total_seconds() / 3600)
    return f"{hours} hours" if hours <= 48 else f"{hours // 24} days"
