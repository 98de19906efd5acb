"""Who may be the second person for a verdict that would let records be seen across agencies."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judge:
    """A professional as far as it matters here: their row, agency code, and their manager's row if there is one."""

    person: int
    agency: str
    manager: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """On what somebody would confirm: they see both files, hold a post that answers for one of the two agencies, or are
    of the other side of an introduction, and it answered. `elsewhere`: another agency of the two has somebody who could,
    or was introduced, so that it is theirs to answer."""

    sees_both: bool = False
    post: bool = False
    introduced: bool = False
    elsewhere: bool = False


def why_not(second: Judge, first: Judge, ground: Ground) -> str:
    """Why this person cannot be the second one, as a sentence; empty when they can."""
    if not second.active:
        return "Whoever confirms works here now."
    if second.person == first.person:
        return (
            "Nobody confirms their own verdict. Somebody else decides, at another agency where there is one."
        )
    if second.manager == first.person or first.manager == second.person:
        return "Whoever confirms is neither the manager of whoever gave the verdict nor managed by them."
    if second.agency == first.agency and ground.elsewhere:
        return "Whoever confirms works for another agency than whoever gave the verdict, and one of them can."
    if not (ground.sees_both or ground.post or ground.introduced):
        return (
            "Whoever confirms may see both files, or holds a post that answers for one of the two agencies."
        )
    return ""
