"""Writing down what became of a verdict: one row and one entry for each step, both kept for ever."""

from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.linking.judging import relink
from heed.casework.models import Professional, Verdict, VerdictStep
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import verdict_step_at
from heed.core.identity.verdicts import Step

KIND = "combination"
SUBJECT = "verdict_step:"
REGROUPS = (Step.CONFIRMED, Step.WITHDRAWN)


def step(said: Verdict, kind: Step, why: str, by: Professional, now: datetime) -> VerdictStep:
    """Keep one step with its entry, inside the caller's transaction, and group the people again where it counts."""
    key_of = whose.source(said.left)
    held = seal_text(why, key_of=key_of, bound=verdict_step_at(said.pk, kind)) if why else ""
    row = VerdictStep.objects.create(verdict=said, kind=kind, reason=held, by=by, at=now)
    changed = relink(said.left, said.right, now) if kind in REGROUPS else []
    ledger.append(
        kind=KIND,
        subject=f"{SUBJECT}{row.pk}",
        purpose=str(kind),
        body={"verdict": said.pk, "step": kind, "reason": why, "regrouped": changed},
        by=by,
        agency=by.agency_id,
        now=now,
        key_of=key_of,
    )
    return row
