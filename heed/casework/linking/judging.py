"""What a verdict changes: who stands together in the neighbourhood of its two sources, and who could see more by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from heed.casework.linking.gathering import verdicts
from heed.casework.linking.in_force import model_in_force
from heed.casework.linking.live import reached, regroup, regrouped_without
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import Source
from heed.core.identity.verdicts import Said, Word, joined_across, pair, standing, stands_without


@dataclass(frozen=True, slots=True)
class Between:
    """How two sources stand: judged different; and of how many agencies the files are that stand, or would stand but for
    somebody's word, behind the two."""

    parted: bool
    agencies: int


def between(left: str, right: str, now: datetime) -> Between:
    """How two sources stand now, inside the caller's transaction: nobody links until it ends."""
    one_at_a_time(now)
    said = standing(verdicts({left}))
    word = next((one.word for one in said if pair(one.left, one.right) == pair(left, right)), None)
    files = reached({left, right}, model_in_force())
    return Between(
        parted=word is Word.DIFFERENT,
        agencies=len({key.partition(" ")[0] for key in files}),
    )


def relink(left: str, right: str, now: datetime) -> list[str]:
    """Group the people around a judged pair again, inside the caller's transaction; gives what changed."""
    one_at_a_time(now)
    return regroup({left, right}, model_in_force())


def without(said: Said, now: datetime) -> Word | None:
    """The word that stands again if a verdict is taken back that kept files of two agencies apart; None where nothing
    is joined across agencies by that. Inside the caller's transaction."""
    one_at_a_time(now)
    force = verdicts({said.left})
    if said.word is Word.SAME or said not in standing(force):
        return None
    before, after = regrouped_without(said, model_in_force())
    return stands_without(force, said) if joined_across(before, after) else None


def why_apart(one: str, other: str) -> str:
    """What keeps two people apart whom a link or a word would join: `word`, where somebody judged different of any two
    of their files, or `numbers`. Clusters only grow, so that what stood in the way then stands between them now."""
    files = dict(Source.objects.filter(person__in=[one, other]).values_list("key", "person"))
    return "word" if any(crosses(said, files) for said in standing(verdicts(files))) else "numbers"


def crosses(said: Said, people: Mapping[str, str]) -> bool:
    """Whether a `different` lies between two people, given the person of each source."""
    left, right = people.get(said.left), people.get(said.right)
    return said.word is Word.DIFFERENT and left is not None and right is not None and left != right
