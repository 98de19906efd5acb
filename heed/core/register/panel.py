"""When something may come off the panel's list, and who may be asked to agree.

Source of the rule: the tools that disrupt whoever causes the harm existed and were not used (Oxfordshire 2015); children
were taken off panels while they were still harmed (IICSA, organised networks, part F). So no item leaves before somebody
wrote down which measures were considered and why not, and a second person of another agency agrees.
"""

from collections.abc import Sequence

from heed.core.register.moves import Move


def may_ask_to_leave(steps: Sequence[Move]) -> bool:
    """Whether disruption has been considered since the item was opened, or since leaving was last declined."""
    last = max((place for place, move in enumerate(steps) if move in (Move.OPENED, Move.DECLINED)), default=0)
    return Move.CONSIDERED in steps[last:]
