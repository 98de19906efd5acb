"""What every agency's pen needs to hand: the clerks, the places by popularity, who answers."""

from datetime import datetime, timedelta
from itertools import accumulate

from synthetic.chance import stream
from synthetic.clerk import Clerk
from synthetic.days import stamp
from synthetic.entry import Document
from synthetic.habits import HABITS, Recording
from synthetic.marks import Shown, innocent
from synthetic.staff import MANAGER, SUPERVISOR, Roster
from synthetic.words import ANSWERS
from synthetic.world import Child, Episode, Touch, World

AGENCIES = tuple(HABITS)
FRESH = timedelta(weeks=6)
STILL_OPEN = 0.25
"""Share of what was raised in the last six weeks that nobody has answered yet."""


class County:
    """The recording side of a world."""

    def __init__(self, world: World, recording: Recording) -> None:
        self.world, self.roster = world, Roster(world)
        self.clerks = {agency: Clerk(agency, world, self.roster, recording) for agency in AGENCIES}
        self.weights = list(accumulate(1.0 / (n + 1) ** world.town.zipf for n in range(len(world.places))))
        self.chance = stream(world.seed, "answers")
        self.heard: list[tuple[datetime, Clerk, str, Touch]] = []
        self._episodes: dict[int, list[Episode]] = {}
        for episode in world.episodes:
            self._episodes.setdefault(episode.child.number, []).append(episode)

    def episodes_of(self, child: Child) -> list[Episode]:
        """A child's episodes in order of time."""
        return self._episodes.get(child.number, [])

    def noise(self, clerk: Clerk, share: float) -> Shown:
        """Now and then an innocent thing."""
        return innocent(clerk, self.world.places, self.weights) if clerk.chance.happens(share) else Shown()

    def answer(self, agency: str, at: datetime, silent: float = 0.012) -> Document | None:
        """An ordinary answer, some days later; none when there was silence or the day has not come yet."""
        fresh = at > self.world.until - FRESH
        if self.chance.happens(STILL_OPEN if fresh else silent):
            return None
        answered = at + timedelta(hours=2 + self.chance.days(2.5) * 24)
        if answered >= self.world.until:
            return None
        decision, reason = self.chance.choice(ANSWERS)
        return self.decided(agency, decision, reason, answered, SUPERVISOR)

    def decided(
        self, agency: str, decision: str, reason: str, at: datetime, grade: str = MANAGER
    ) -> Document:
        """An answer with its author."""
        person = self.chance.choice(self.roster.rank(agency, grade))
        by = {"name": person.name, "role": person.role, "grade": grade}
        return {"decision": decision, "reason": reason, "by": by, "at": stamp(at)}

    def hear(self, clerk: Clerk, ref: str | None, touches: list[Touch], at: datetime) -> None:
        """Remember who heard what, so that they can warn of it later."""
        if ref:
            self.heard += [(at, clerk, ref, touch) for touch in touches]


def name_of(child: Child) -> str:
    """What a child is called in a sentence."""
    return child.nickname or child.given
