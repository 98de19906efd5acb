"""More voices and shorter ways: "I also know about this", skipping rungs when a child is in danger now, and a difference
about many cases at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, following, holders, sight, steps
from heed.casework.actions.duties.abouts import open_about
from heed.casework.actions.duties.refused import NotEnough, load, reason_given
from heed.casework.models import Agency, Duty, Professional
from heed.casework.notices.owing import owe_recipients
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Level, Move, State
from heed.core.duty.posts import Post
from heed.core.duty.worktime import after

THEME, DIFFERENCE = "theme:", "difference:"
THEME_CLAUSE = "a difference about several cases is answered for all of them"
DIFFERENCE_CLAUSE = "a difference between professionals is answered, with reasons"
MOST_NAMED = 20


def join(*, duty: Duty | str, by: Professional, words: str, now: datetime) -> Duty:
    """Somebody else knows about this too: one more voice, and one more recipient, the lead of their agency. What was
    answered already is considered again. The deadline of what is owed stays."""
    found = load(duty)
    if by.pk == found.raiser_id or found.steps.filter(kind=Move.JOINED, by=by).exists():
        raise NotEnough("Your voice is there already. If the answer will not do, say that you disagree.")
    lead = holders.holder(by.agency_id, Post.DESIGNATED_LEAD, now)
    answered = found.state not in OWED
    due_at = deadlines.due_at(found.clause, found.rung, now) if answered else None
    owner = _owner_again(found, now) if answered else found.owner
    with transaction.atomic():
        step = steps.take(
            found, Move.JOINED, by=by, at=now, words=reason_given(words), due_at=due_at, owner=owner.pk
        )
        sight.widen(found, sight.grants(owner, [lead, by], now, found.due_at or now))
        owe_recipients(found, step, [lead])
        ledger.append_many([steps.act(found, step, now)])
    return found


def skip(*, duty: Duty | str, by: Professional, rung: int, words: str, now: datetime) -> Duty:
    """A child is in danger now: straight to a higher rung, answered as soon as danger asks, and grave from now on."""
    found = load(duty)
    rules, ladder = policy().duties, policy().ladder
    if not found.rung < rung <= ladder.top and not found.rung == rung == ladder.top:
        raise NotEnough(f"Choose a rung above {ladder.at(found.rung).name}, up to {ladder.rungs[-1].name}.")
    owner = holders.of_rung(found.owing_agency_id, ladder.at(rung), now)
    seeing = holders.seen_by(ladder.at(rung), found.owing_agency_id, found.raising_agency_id, now)
    due_at = after(now, rules.danger_answer, ladder.calendar)
    if State(found.state) in OWED and found.due_at:
        due_at = min(due_at, found.due_at)
    with transaction.atomic():
        step = steps.take(
            found,
            Move.SKIPPED,
            by=by,
            at=now,
            words=reason_given(words),
            rung=rung,
            owner=owner.pk,
            due_at=due_at,
            level=Level.HIGH,
        )
        sight.widen(found, sight.grants(owner, seeing, now, due_at))
        ledger.append_many([steps.act(found, step, now)])
    return found


def raise_theme(
    *,
    agency: str,
    words: str,
    references: Sequence[str],
    seen: Collection[str],
    by: Professional,
    now: datetime,
) -> Duty:
    """A difference about several cases of one agency: owed by its line managers, and climbing like any other. `seen` are
    those of the duties that are in sight of whoever raises it: one that is hidden is answered like one that is not there.
    """
    if not Agency.objects.filter(pk=agency).exists():
        raise NotEnough("Choose the agency that the difference is with.")
    named = list(dict.fromkeys(reference.strip() for reference in references if reference.strip()))
    unknown = set(named) - set(seen)
    if unknown or not 2 <= len(named) <= MOST_NAMED:
        missing = f" You see no duty {', '.join(sorted(unknown))}." if unknown else ""
        raise NotEnough(f"Name 2 to {MOST_NAMED} duties that show what you mean.{missing}")
    told = f"{reason_given(words)} Shown by duties {', '.join(named)}."
    return open_about(
        about=f"{THEME}{agency}:{by.pk}:{now.isoformat()}",
        clause=THEME_CLAUSE,
        words=told,
        agency=agency,
        post=Post.LINE_MANAGER,
        by=by,
        now=now,
    )


def raise_difference(*, agency: str, words: str, about: Duty | None, by: Professional, now: datetime) -> Duty:
    """A difference with an agency that two people cannot settle between them, about one duty or about none: owed by that
    agency's practitioners, in sight of both leads from the next rung on, and climbing like any other.

    `about` is a duty in sight of whoever raises it. Its children come into sight of whoever owes the answer where their
    agency is in it already, or holds a file of one of them: a difference opens no file to a stranger. Raises NotEnough.
    """
    if not Agency.objects.filter(pk=agency).exists() or agency == by.agency_id:
        raise NotEnough(
            "Choose the other agency that the difference is with. One within your own goes to your manager, or up the "
            "rungs of the duty it is about: say there that you disagree."
        )
    told = reason_given(words) + (f" About duty {about.reference}." if about else "")
    children = following.children_of_duty(about) if about else []
    if about and agency not in {
        about.owing_agency_id,
        about.raising_agency_id,
        *(code for code, _ in children),
    }:
        children = []
    return open_about(
        about=f"{DIFFERENCE}{agency}:{by.pk}:{now.isoformat()}",
        clause=DIFFERENCE_CLAUSE,
        words=told,
        agency=agency,
        post=Post.DUTY_PERSON,
        by=by,
        now=now,
        children=children,
    )


def _owner_again(duty: Duty, now: datetime) -> Professional:
    return holders.of_rung(duty.owing_agency_id, policy().ladder.at(duty.rung), now)
