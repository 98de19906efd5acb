"""Places, vehicles, phones, accounts and nicknames that free text names: proposed by rules with a cue, for a person to
agree to. No model guesses; each rule is said in plain words (RULES) and can be argued with.
"""

from heed.core.language.named.found import Named
from heed.core.language.named.kinds import KINDS, RULES
from heed.core.language.named.things import thing_of
from heed.core.language.spans import longest_apart

__all__ = ["KINDS", "RULES", "Named", "proposals", "thing_of"]


def proposals(text: str) -> tuple[Named, ...]:
    """What a text names, in order, none overlapping. Never raises; offsets are characters of `text`."""
    found = [named for rule in RULES.values() for named in rule.find(text)]
    return longest_apart(found, lambda each: (each.start, each.end))
