"""A duty, reckoned a second way: one flat page of ifs, without the table of moves, without the database.

It says what a request makes of a duty, or that it is refused, and who owes the answer when somebody is away or gone.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from heed.casework.policy import policy

POSTS = ["duty_person", "line_manager", "designated_lead", "executive", "scrutineer"]
RUNGS = ["duty_person", "duty_person", "line_manager", "designated_lead", "executive", "executive"]
TOP = 5
"""The partnership's own rung: its executive, not social care's."""
CLOSING = ["no_further_action", "information_kept", "done"]
ACTING = ["strategy_discussion", "assessment", "child_seen", "support", "passed_on"]
TWO_HOURS, FOUR_HOURS = timedelta(hours=2), timedelta(hours=4)


class Refused(Exception):
    """The request is refused, and nothing moves."""


@dataclass
class Somebody:
    """A person: where they work, which posts they hold there in which order, and whether they are there."""

    name: str
    agency: str
    posts: dict = field(default_factory=dict)
    active: bool = True
    nobody: bool = False
    signs_in: bool = True
    away: list = field(default_factory=list)

    def is_away(self, at):
        return any(since <= at and (until is None or at < until) for since, until in self.away)

    def back_at(self, at):
        ends = [until for since, until in self.away if since <= at and (until is None or at < until)]
        return None if None in ends else max(ends)

    def there(self, at):
        return self.active and self.signs_in and not self.nobody and not self.is_away(at)


@dataclass
class Dull:
    """One duty of social care, raised by somebody at a school."""

    state: str
    rung: int
    owner: str
    due: datetime | None
    level: str
    danger: bool
    offered: str | None = None
    recheck: datetime | None = None
    asked: tuple | None = None
    voices: tuple = ("rosa",)

    def seen(self):
        """What can be compared."""
        return (self.state, self.rung, self.owner, self.due, self.level, self.offered, self.recheck)


class World:
    """The people, and what becomes of the duty."""

    def __init__(self, people, duty):
        self.people, self.duty = people, duty

    def who(self, rung, at):
        """Who is asked on a rung: at social care, on the top one at the partnership."""
        post = RUNGS[rung]
        first, then = ("partnership", "social_care") if rung == TOP else ("social_care", "partnership")
        higher = POSTS[POSTS.index(post) :]
        lower = POSTS[: POSTS.index(post)][::-1]
        for posts in (higher, lower):
            for agency in (first, then):
                for each in posts:
                    for person in self._holding(each, agency):
                        if person.there(at):
                            return person.name
        for real in (True, False):
            for agency in (first,) if real else (first, then):
                for each in higher + lower:
                    for person in self._holding(each, agency):
                        if person.active and not (real and person.nobody):
                            return person.name
        raise AssertionError("nobody at all")

    def _holding(self, post, agency):
        held = [each for each in self.people.values() if post in each.posts and each.agency == agency]
        return sorted(held, key=lambda each: each.posts[post])

    def due(self, rung, at):
        usual = policy().ladder.due(rung, at)
        return min(usual, at + TWO_HOURS) if self.duty.danger else usual

    def owed(self):
        return self.duty.state != "answered"

    def grave(self):
        return self.duty.level == "high" or self.duty.danger

    def two(self, decision):
        return self.grave() and decision not in ACTING

    def acknowledge(self, by, now):
        if self.duty.state != "open" or by != self.duty.owner:
            raise Refused
        self._to("acknowledged")

    def answer(self, by, now, decision, recheck):
        if not self.owed() or not self._may_answer(by):
            raise Refused
        if not self.two(decision):
            self._to("answered")
        else:
            self._ask(by, now, decision, recheck)

    def lower(self, by, now, recheck):
        if not self.owed() or not self._may_answer(by) or self.duty.level != "high":
            raise Refused
        self._ask(by, now, "lower", recheck)

    def second(self, by, now, agrees):
        if self.duty.state != "asked":
            raise Refused
        first, agency, decision = self.duty.asked
        if by == first or self.people[by].agency in (agency, "social_care") or not self.people[by].active:
            raise Refused
        if not agrees:
            self._to("open", recheck=None)
        elif decision == "lower":
            self._to("acknowledged", level="usual")
        else:
            self._to("answered")

    def offer(self, by, now, to):
        theirs = ("social_care", self.people[by].agency)
        colleague = self.people[to].active and self.people[to].agency in theirs and to != by
        if not self.owed() or by != self.duty.owner or not colleague:
            raise Refused
        self._to(self.duty.state, offered=to)

    def accept(self, by, now):
        if not self.owed() or self.duty.offered != by:
            raise Refused
        self._to("asked" if self.duty.state == "asked" else "acknowledged", owner=by)

    def disagree(self, by, now):
        if by == self.duty.owner:
            raise Refused
        rung = min(self.duty.rung + 1, TOP)
        due = self.due(rung, now)
        due = min(due, self.duty.due) if self.owed() else due
        self._to("open", rung=rung, due=due, owner=self.who(rung, now), recheck=None)

    def skip(self, by, now, rung):
        if rung <= self.duty.rung and not rung == self.duty.rung == TOP:
            raise Refused
        due = min(now + TWO_HOURS, self.duty.due) if self.owed() else now + TWO_HOURS
        self._to("open", rung=rung, due=due, owner=self.who(rung, now), level="high", recheck=None)

    def join(self, by, now):
        if by in self.duty.voices:
            raise Refused
        voices = (*self.duty.voices, by)
        if self.owed():
            self._to(self.duty.state, voices=voices)
        else:
            owner = self.who(self.duty.rung, now)
            self._to("open", voices=voices, owner=owner, due=self.due(self.duty.rung, now))

    def told(self, now, decision):
        """The school's record comes again, with an answer that somebody gave."""
        if not self.owed():
            return
        if self.grave():
            self._to("asked", recheck=now + timedelta(days=28))
            self.duty.asked = (None, "school", decision)
        else:
            self._to("answered")

    def worse(self, now):
        """The school's record comes again, and says now that the child is in danger."""
        soonest = min(policy().ladder.due(self.duty.rung, now), now + TWO_HOURS)
        if not self.owed():
            if self.grave():
                return
            self.duty.due = soonest
        if self.duty.due <= soonest and self.duty.level == "high":
            return
        rung = min(self.duty.rung + 1, TOP)
        keeps = self._same_desk(rung) and self.owed()
        owner = self.duty.owner if keeps else self.who(rung, now)
        due = min(soonest, self.duty.due)
        self._to("open", rung=rung, owner=owner, due=due, level="high", recheck=None)

    def clock(self, now):
        """What the passing of time brings."""
        if not self.owed() and self.duty.recheck and self.duty.recheck <= now:
            at = self.duty.recheck
            owner = self.who(self.duty.rung, at)
            self._to("open", owner=owner, due=self.due(self.duty.rung, at), recheck=None)
        while self.owed() and self.duty.due <= now and self.duty.rung < TOP:
            at, rung = self.duty.due, self.duty.rung + 1
            keeps = self._same_desk(rung) and self.people[self.duty.owner].active
            owner = self.duty.owner if keeps else self.who(rung, at)
            state = "asked" if self.duty.state == "asked" else "open"
            self._to(state, rung=rung, owner=owner, due=self.due(rung, at))
        self._pass_on(now)

    def _same_desk(self, rung):
        """Whether a rung asks the same post of the same body as the one where it stands."""
        return rung == self.duty.rung or (RUNGS[rung] == RUNGS[self.duty.rung] and rung != TOP)

    def _pass_on(self, now):
        owner = self.people[self.duty.owner]
        if not self.owed() or owner.there(now):
            return
        if owner.active and owner.is_away(now):
            back = owner.back_at(now)
            if back is not None and back + FOUR_HOURS <= self.duty.due:
                return
        instead = self.people[self.who(self.duty.rung, now)]
        if instead.name == owner.name or (owner.active and not instead.there(now)):
            return
        state = "asked" if self.duty.state == "asked" else "open"
        self._to(state, owner=instead.name)

    def _may_answer(self, by):
        above = POSTS[POSTS.index(RUNGS[self.duty.rung]) :]
        person, bodies = self.people[by], ["social_care"] + ["partnership"] * (self.duty.rung == TOP)
        stands = person.agency in bodies and any(post in above for post in person.posts)
        return by == self.duty.owner or stands

    def _ask(self, by, now, decision, recheck):
        if recheck is None or not now < recheck <= now + timedelta(days=90):
            raise Refused
        self._to("asked", recheck=recheck)
        self.duty.asked = (by, self.people[by].agency, decision)

    def _to(self, state, **changed):
        """An offer is open until anything else happens; an answer ends the deadline."""
        asked = self.duty.asked if state == "asked" else None
        due = {"due": None} if state == "answered" else {}
        self.duty = replace(self.duty, state=state, asked=asked, **{"offered": None, **changed, **due})
