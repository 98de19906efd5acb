"""Emergency access: opening one child's records without working with her, and the review that follows.

Always possible, never silent: the row, the duty to review it, the notices to the child's team and to the reviewer, and
the ledger's entry are one transaction. Whoever reviews works for another agency and is outside of the opener's line.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import answer, holders
from heed.casework.actions.duties.abouts import open_about
from heed.casework.actions.duties.refused import NotEnough, NotYours
from heed.casework.actions.duties.sight import CHILDREN
from heed.casework.actions.outside import POST, as_colleague, reviewing
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Glass, GlassReview, Notice, Professional, Record, Relationship, Source
from heed.casework.policy import policy
from heed.casework.policy.glass import GlassRules, glass_rules
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import glass_reason_at, glass_review_at
from heed.core.access.glass import locked, outside_the_line
from heed.core.duty.kinds import GLASS
from heed.core.duty.notices import Notice as Kind
from heed.core.duty.worktime import after
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key

KIND, ABOUT = "break-glass", "glass:"
SUBJECT = "glass:"
CLAUSE = "emergency access is reviewed by somebody outside the opener's line"
LONGEST_REASON = 2000
FIRST_STEP = 1


class NotThere(Explained):
    """Nothing of this child is in sight of whoever would open more."""


class Locked(Explained):
    """Somebody has opened too often without a review."""


def open_glass(*, person: str, ground: str, reason: str, by: Professional, now: datetime) -> Glass:
    """Open what every agency holds on one child, for a while and for reading alone. What is open already is given back.

    Raises Explained for a ground or a reason that is none, for somebody who works with her, whose earlier openings wait
    for a review, or whom nobody outside their line could review. Each refusal for want of standing is an entry.
    """
    rules = glass_rules()
    said = _checked(ground, reason, rules)
    try:
        with transaction.atomic():
            Professional.objects.select_for_update(no_key=True).get(pk=by.pk)
            return _opened(person, ground, said, by, rules, now)
    except (NotThere, Locked) as refusal:
        _refused(person, str(type(refusal).__name__), by, now)
        raise


def review(*, glass: str, justified: bool, words: str, by: Professional, now: datetime) -> GlassReview:
    """Whoever owes the review, outside of the opener's line, says whether it was justified, and why.

    Raises Explained for an unknown or reviewed opening, somebody inside the line, or words that explain nothing.
    """
    opened = Glass.objects.filter(reference=glass).select_related("professional").first()
    if opened is None:
        raise Explained("There is no such emergency access. Open it from the duty to review it.")
    if not outside_the_line(as_colleague(by), as_colleague(opened.professional)):
        raise NotYours(
            "Emergency access is reviewed by somebody of another agency, who neither manages whoever opened it nor is "
            "managed by them."
        )
    with transaction.atomic():
        duty = Duty.objects.select_for_update(of=("self",)).get(about=f"{ABOUT}{glass}")
        if GlassReview.objects.filter(glass=opened).exists():
            raise NotEnough("Somebody has reviewed this emergency access already.")
        owner = whose.agency(by.agency_id)
        held = seal_text(words.strip(), key_of=owner, bound=glass_review_at(opened.pk))
        row = GlassReview.objects.create(glass=opened, justified=justified, words=held, by=by, at=now)
        answer(
            duty=duty, by=by, decision=glass_rules().decision, reason=words, now=now, on_page_of=GLASS.name
        )
        body = {"glass": glass, "justified": justified, "words": words.strip()}
        _tell(glass, "reviewed", body, by, now, owner)
    return row


def may_review(*, opened: Glass, duty: Duty, by: Professional) -> bool:
    """Whether somebody may review an opening that nobody has reviewed yet."""
    return holders.may_answer(by, duty, policy().ladder.at(duty.rung)) and outside_the_line(
        as_colleague(by), as_colleague(opened.professional)
    )


def _checked(ground: str, reason: str, rules: GlassRules) -> str:
    if ground not in rules.grounds:
        raise Explained(f"There is no such ground; choose one of {', '.join(rules.grounds.values())}.")
    said = reason.strip()
    if not rules.reason_characters <= len(said) <= LONGEST_REASON:
        raise Explained(
            f"Say why in {rules.reason_characters} to {LONGEST_REASON:,} characters: whoever reviews it reads that."
        )
    return said


def _opened(person: str, ground: str, said: str, by: Professional, rules: GlassRules, now: datetime) -> Glass:
    viewer = viewer_for(by, now)
    sources = set(Source.objects.filter(person=person).values_list("key", flat=True))
    seen = Record.objects.visible_to(viewer).filter(
        mentions__source__person=person, mentions__part__in=CHILDREN
    )
    hangs = seen.order_by("mentions__source").values_list("mentions__source__agency", "mentions__source__ref")
    name = next((pair for pair in hangs if source_key(pair) in sources), None)
    if name is None:
        raise NotThere(
            "There is nothing of this child that you may open. Ask the agency that told you of them."
        )
    if viewer.sources & sources:
        raise Explained("You work with this child: what every agency holds is open to you already.")
    if viewer.opened & sources:
        return _already(by, sources, now)
    unreviewed = Glass.objects.filter(professional=by, review=None).count()
    if locked(unreviewed, rules.locked_at):
        raise Locked(
            f"Emergency access is closed to you: {unreviewed} of your openings wait for a review. Ring the child's team "
            "or the duty person of another agency, and ask for a review of what you opened."
        )
    return _made(name, sources, ground, said, by, rules, now)


def _made(
    name: tuple[str, str], sources: Collection[str], ground: str, said: str, by: Professional, rules: GlassRules,
    now: datetime,
) -> Glass:  # fmt: skip
    calendar = policy().ladder.calendar
    reference, until = f"G-{secrets.token_hex(8)}", after(now, rules.lasts, calendar)
    owner = whose.agency(by.agency_id)
    held = seal_text(said, key_of=owner, bound=glass_reason_at(reference))
    glass = Glass.objects.create(
        reference=reference, professional=by, source_agency=name[0], source_ref=name[1], ground=ground, reason=held,
        at=now, until=until,
    )  # fmt: skip
    duty = open_about(
        about=f"{ABOUT}{reference}",
        clause=CLAUSE,
        words=f"Emergency access {reference} was opened by {by}. Say whether it was justified, on its own page.",
        agency=reviewing(by, sources, now),
        post=POST,
        now=now,
        by=by,
        due_at=after(now, rules.review, calendar),
    )
    _alert(duty, sources, by, now)
    body = {
        "glass": reference,
        "source": list(name),
        "ground": ground,
        "reason": said,
        "until": until.isoformat(),
    }
    _tell(reference, "opened", body, by, now, owner)
    return glass


def _alert(duty: Duty, sources: Collection[str], by: Professional, now: datetime) -> None:
    """Tell the child's team, by reference alone. Whoever owes the review was told when the duty was opened."""
    Notice.objects.bulk_create(
        [
            Notice(professional_id=person, duty=duty, step=FIRST_STEP, kind=Kind.VOICE, at=now)
            for person in sorted(set(_team(sources, now)) - {by.pk, duty.owner_id})
        ],
        ignore_conflicts=True,
    )


def _team(sources: Collection[str], now: datetime) -> Iterator[int]:
    """Whoever works with the child now."""
    refs = {key.partition(" ")[2] for key in sources}
    live = Relationship.objects.filter(
        source_ref__in=refs, since__lte=now, until__gt=now, professional__is_active=True
    )
    for agency, ref, person in live.values_list("source_agency", "source_ref", "professional"):
        if source_key((agency, ref)) in sources:
            yield person


def _already(by: Professional, sources: Collection[str], now: datetime) -> Glass:
    live = Glass.objects.filter(professional=by, at__lte=now, until__gt=now).order_by("-at")
    found: Glass = next(row for row in live if source_key((row.source_agency, row.source_ref)) in sources)
    return found


def _tell(
    reference: str, purpose: str, body: Mapping[str, object], by: Professional, now: datetime, owner: str
) -> None:
    ledger.append(
        kind=KIND, subject=f"{SUBJECT}{reference}", purpose=purpose, body=body, by=by, agency=by.agency_id, now=now,
        key_of=owner,
    )  # fmt: skip


def _refused(person: str, why: str, by: Professional, now: datetime) -> None:
    with transaction.atomic():
        ledger.append(
            kind="refusal", subject=person, purpose=f"emergency access: {why}", body={"records": []}, by=by,
            agency=by.agency_id, now=now,
        )  # fmt: skip
