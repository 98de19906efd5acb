"""A pattern that names a person of concern or a place of the register asks for disruption: considered, which, why not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.register import owing
from heed.casework.models import Duty, Professional, Registered
from heed.casework.policy.register import DISRUPTION, register_rules
from heed.core.patterns.finding import Finding
from heed.core.register.moves import Kind, State

INDEX = {"place": "things", "premises": "things", "alias": "aliases"}
"""Under which index a hub's key stands in the register."""
WORDS = "A pattern across agencies names it. Write down on its page which measures were considered, and why no others."


def owe_disruption(*, found: Iterable[Finding], by: Professional | None, now: datetime) -> int:
    """Owe it for each pattern and each page it names, once; gives how many were opened."""
    opened = 0
    for finding in found:
        for row in _named(finding):
            about = f"{owing.DISRUPTION_ABOUT}{row.reference}:{finding.finding}"[:120]
            if Duty.objects.filter(about=about).exists():
                continue
            with transaction.atomic():
                _, act = owing.opened(row, about, register_rules().duties[DISRUPTION], WORDS, now, now, by=by)
                ledger.append_many([act])
            opened += 1
    return opened


def settle_disruption(
    row: Registered, words: str, by: Professional, now: datetime, *, used: bool
) -> list[ledger.Act]:
    """What a pattern asked about it is answered by what was considered. Where no measure is used nothing is done
    against whoever causes the harm: where a child is in danger that takes two people."""
    rules = register_rules()
    about = f"{owing.DISRUPTION_ABOUT}{row.reference}:"
    return owing.answered(about, rules.disruption if used else rules.done, words, by, now)


def _named(finding: Finding) -> list[Registered]:
    """The open pages of persons and places that one of its hubs names."""
    keys = [sealed.keyed(INDEX[hub["kind"]], hub["key"]) for hub in finding.hubs if hub.get("kind") in INDEX]
    kinds = (Kind.PERSON, Kind.PLACE)
    rows = Registered.objects.filter(kind__in=kinds, thing__in=keys).exclude(state=State.ENDED)
    return list(rows.select_related("owner__agency", "agency").order_by("pk"))
