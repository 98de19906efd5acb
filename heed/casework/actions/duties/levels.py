"""How much harm is feared: at which level a duty begins, and what takes two people."""

from heed.casework.models import Duty
from heed.casework.policy import policy
from heed.core.duty.moves import Level
from heed.core.records.record import Record


def is_high(duty: Duty) -> bool:
    """Whether closing it takes two people."""
    return duty.level == Level.HIGH or duty.clause == policy().duties.danger_clause


def level_of(record: Record) -> Level:
    """The level at which a record's duty begins."""
    rules = policy().duties
    grave = record.missing is not None and record.missing.risk in rules.high_risks
    return Level.HIGH if grave or rules.danger in record.observations else Level.USUAL


def takes_two(duty: Duty, decision: str) -> bool:
    """Whether a decision on it counts only once a second person agrees. Records tell decisions in any words: one that
    policy does not know as an act closes like any other."""
    rules = policy().duties
    acts = decision in rules.decisions and decision not in rules.closing
    return is_high(duty) and not acts
