"""Why two sources are, or are not, one person: the judgement with its sentences, and what people said."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from heed.casework.linking.gathering import told_verdicts
from heed.casework.linking.in_force import model_in_force
from heed.casework.models import Source, Verdict
from heed.casework.sealing.rows import opened_profiles, reason_of
from heed.core.identity.judgement import Judgement, score
from heed.core.identity.profile import profile_from_json
from heed.core.identity.verdicts import in_force, pair, standing, states
from heed.core.records.explained import Explained


@dataclass(frozen=True, slots=True)
class VerdictGiven:
    """One verdict: `state` is where its last step took it (lapsed where the record names somebody else there now),
    `stands` whether it is the one that counts on its pair."""

    verdict: str
    reason: str
    name: str
    role: str
    agency: str
    at: datetime
    state: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair: what the model says, what people said (newest first), and whether they are one person now."""

    left: str
    right: str
    judgement: Judgement
    verdicts: tuple[VerdictGiven, ...]
    together: bool
    linked_by_model: bool


def explain(left_key: str, right_key: str) -> Explanation:
    """Explain one pair, as of now. Raises Explained for a source that is not there."""
    model = model_in_force()
    left, right = pair(left_key, right_key)
    rows = {row.pk: row for row in Source.objects.filter(pk__in=[left, right])}
    if left == right or len(rows) < 2:
        raise Explained(
            "A link is between two different people in agencies' files, and one of these is not in Heed."
            " Open the list of links and choose a pair from it."
        )
    texts = opened_profiles([(key, rows[key].profile) for key in (left, right)])
    profiles = [
        profile_from_json(key, json.loads(text or "{}"))
        for key, text in zip((left, right), texts, strict=True)
    ]
    judgement = score(*profiles, model)
    return Explanation(
        left=left,
        right=right,
        judgement=judgement,
        verdicts=tuple(_given(Verdict.objects.filter(left=left, right=right), left)),
        together=rows[left].person == rows[right].person,
        linked_by_model=judgement.probability >= model.link_at,
    )


def _given(verdicts: QuerySet[Verdict], left: str) -> list[VerdictGiven]:
    said, became = told_verdicts({left})
    state = states(said, became)
    stand = {one.order for one in standing(in_force(said, became))}
    return [
        VerdictGiven(
            one.verdict,
            reason_of(one),
            one.by.name,
            one.by.role,
            one.by.agency.name,
            one.at,
            state[one.pk],
            one.pk in stand,
        )
        for one in verdicts.select_related("by__agency").order_by("-id")
    ]
