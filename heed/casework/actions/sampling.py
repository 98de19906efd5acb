"""Drawing pairs for people to judge, keeping what they say of them, and counting what linking made of everything.

A judgement is no verdict: nobody's links move by it, unless whoever judges says that it is to be one too.
"""

import json
import secrets
from collections import Counter
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger, verdicts
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import ClericalSample, Judged, LinkingCount, Professional, SampledPair
from heed.casework.policy.quality import quality_rules
from heed.casework.quality.counting import count
from heed.casework.quality.drawing import draw_pairs
from heed.casework.quality.judged import Word
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import judged_at
from heed.core.records.canonical import digest
from heed.core.records.explained import Explained

KIND = "sampling"
LONGEST_SEED = 64
AS_VERDICT = {Word.SAME: "same", Word.DIFFERENT: "different", Word.CANNOT_TELL: "unsure"}


def draw_sample(*, seed: str, by: Professional | None, now: datetime) -> ClericalSample:
    """Draw pairs from every band of what is linked now and keep them with how they were drawn. An empty seed: by lot.

    Raises Explained for a seed that is too long, and where there is nothing to draw.
    """
    seed = seed.strip() or secrets.token_hex(8)
    if len(seed) > LONGEST_SEED:
        raise Explained(f"A seed is at most {LONGEST_SEED} characters: a word or a number is enough.")
    drawn = draw_pairs(seed, quality_rules().draw)
    if not drawn.pairs:
        raise Explained(
            "There is no pair to draw: nobody is linked yet, and no two files share a key. Run `heed link` first."
        )
    per_band = Counter(pair.band for pair in drawn.pairs)
    design = {"pairs": drawn.bands, "agencies": drawn.agencies, "drawn": per_band}
    names = [[pair.band, pair.left, pair.right] for pair in drawn.pairs]
    with transaction.atomic():
        kept = ClericalSample.objects.create(
            seed=seed, model=drawn.model, design=json.dumps(design, sort_keys=True), by=by, at=now
        )
        SampledPair.objects.bulk_create(
            SampledPair(sample=kept, number=number, band=pair.band, left=pair.left, right=pair.right, terms=pair.terms)
            for number, pair in enumerate(drawn.pairs, start=1)
        )  # fmt: skip
        ledger.append(
            kind=KIND,
            subject=f"sample:{kept.pk}",
            purpose="drawn",
            # The pairs by their digest: who was drawn stands in its own table, and must not change there.
            body={"seed": seed, "model": drawn.model, **design, "digest": digest(names)},
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
    return kept


def judge_sampled(
    *, pair: SampledPair, word: str, reason: str, by: Professional, now: datetime, also_verdict: bool = False
) -> Judged:
    """Keep what somebody says of a sampled pair; as a verdict too only where they ask for it.

    Whoever calls has found out that `by` may see both files. Raises Explained for an unknown word or too long a reason.
    """
    if word not in list(Word):
        raise Explained(f"What can be said of a pair is one of {', '.join(Word)}; choose one of them.")
    why = reason.strip()
    if len(why) > verdicts.LONGEST_REASON:
        raise Explained(f"Shorten the reason to {verdicts.LONGEST_REASON:,} characters.")
    with transaction.atomic():
        if also_verdict:
            one_at_a_time(now)  # before the ledger, in the order every verdict takes the two
        key_of = whose.source(pair.left)
        held = seal_text(why, key_of=key_of, bound=judged_at(pair.pk, by.pk)) if why else ""
        said = Judged.objects.create(pair=pair, word=word, reason=held, by=by, at=now)
        ledger.append(
            kind=KIND,
            subject=f"judged:{said.pk}",
            purpose=word,
            body={"pair": pair.pk, "word": word, "reason": why, "verdict": also_verdict},
            by=by,
            agency=by.agency_id,
            now=now,
            key_of=key_of if why else "",
        )
        if also_verdict:
            verdict = AS_VERDICT[Word(word)]
            verdicts.judge(left=pair.left, right=pair.right, verdict=verdict, reason=why, by=by, now=now)
    return said


def count_linking(*, by: Professional | None, now: datetime) -> LinkingCount:
    """Count what linking has made of everything, by month and agency, and keep the counts."""
    counted = count()
    with transaction.atomic():
        kept = LinkingCount.objects.create(
            model=counted.model, counts=json.dumps(counted.counts, sort_keys=True), at=now
        )
        ledger.append(
            kind=KIND,
            subject=f"count:{kept.pk}",
            purpose="counted",
            body={"digest": digest(counted.counts)},
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
    return kept
