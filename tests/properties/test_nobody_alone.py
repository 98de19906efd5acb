"""Whatever one person asks for, alone and in any order: what is feared to be grave is not closed and not lowered,
and two children are not made one. No
reading and no saving changes a duty, and what is overdue is owed by somebody who can be reached.

A Hypothesis machine makes the requests, lets time pass, sends people away and back; after each step the duty stands where
a dull second way says, or the request was refused by both.
"""

import os
from contextlib import ExitStack
from datetime import UTC, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from heed.casework.actions import duties, people, presence, second_person
from heed.casework.actions.drafts import keep_draft
from heed.casework.actions.receive import receive
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.doors.duties import duty_file
from heed.casework.doors.today import today
from heed.casework.doors.viewing import viewer_for
from heed.casework.ledger import check
from heed.casework.models import Duty, Post, Professional, Source, Verdict, VerdictStep
from heed.casework.owed import owed
from heed.casework.tick import climb
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.dull_duty import ACTING, CLOSING, POSTS, TOP, Dull, Refused, Somebody, World

STAFF = {
    "rosa": ("school", {}), "rob": ("school", {"designated_lead": 0}), "sam": ("social_care", {"duty_person": 0}),
    "sue": ("social_care", {"duty_person": 1}), "mona": ("social_care", {"line_manager": 0}),
    "lena": ("social_care", {"designated_lead": 0}), "carl": ("voluntary", {}),
    "pia": ("partnership", {"designated_lead": 0}), "edda": ("partnership", {"executive": 0}),
    "newt": ("social_care", {"executive": 0}),
}  # fmt: skip
WHO = st.sampled_from(sorted(set(STAFF) - {"newt"}))
THEIRS = ("sam", "sue", "mona", "lena", "pia", "edda", "newt")
NEVER_SIGNED_IN = ("newt",)
"""Holds a post, and has never chosen a password: named, and not to be reached."""
DECISIONS = st.sampled_from([*CLOSING, *ACTING[:2]])
AS_TOLD = st.sampled_from([*CLOSING[:1], *ACTING[:1], "NFA", "Case closed"])
RECHECK = st.sampled_from([None, timedelta(days=7), timedelta(days=90), timedelta(days=91)])
WORDS = "because the child has not been seen"
KINDS = st.sampled_from(["G-1", "U-1", "A-1"])
GRAVE = ("G-1", "A-1")
OWN_ANSWER = {"decision": "NFA", "reason": WORDS}
"""What A-1 says from the first: whoever tells of the danger has closed it, they say."""
EXAMPLES = int(os.environ.get("HEED_EXAMPLES") or 40)


FILES = {"left": "police x-9", "right": "school p-7"}
"""Two children in two agencies' files, whom somebody may call one."""


def joined() -> bool:
    """Whether the two files stand for one child now."""
    return len(set(Source.objects.filter(pk__in=FILES.values()).values_list("person", flat=True))) == 1


def made() -> dict[str, Professional]:
    """The people, and one grave concern and one usual."""
    rows = {}
    for name, (agency, posts) in STAFF.items():
        rows[name] = Professional.objects.create(
            username=name,
            name=name.title(),
            agency=ensure(agency),
            role="worker",
            grade="frontline",
            password="!never" if name in NEVER_SIGNED_IN else "set",
        )
        for post, order in posts.items():
            Post.objects.create(agency_id=agency, post=post, holder=rows[name], order=order)
    receive(record=concern("U-1"), by=rows["rosa"], now=MONDAY)
    receive(record=concern("M-1", agency="police", child="x-9"), by=None, now=MONDAY)
    for ref, more in (("G-1", {}), ("A-1", {"answer": OWN_ANSWER})):
        receive(record=concern(ref, observations=["danger_now"], **more), by=rows["rosa"], now=MONDAY)
    return rows


def whole_staff() -> dict[str, Somebody]:
    """The same people a second time, and the placeholders behind them."""
    found = {
        name: Somebody(name, agency, dict(posts), signs_in=name not in NEVER_SIGNED_IN)
        for name, (agency, posts) in STAFF.items()
    }
    for agency in ("social_care", "partnership"):
        for post in POSTS:
            name = f"{agency}.{post}"
            found[name] = Somebody(name, agency, {post: 1000}, nobody=True)
    return found


class Requests(RuleBasedStateMachine):
    """One duty and everybody's requests, or one person's alone."""

    rows: dict[str, Professional] = {}

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now, self.saved = MONDAY, 0

    @initialize(kind=KINDS, alone=st.one_of(st.none(), WHO))
    def begins(self, kind, alone):
        self.ref, self.alone, self.was_grave = kind, alone, kind in GRAVE
        duty = Duty.objects.select_related("owner").get(record__ref=self.ref)
        self.key, level = duty.pk, "high" if self.was_grave else "usual"
        self.world = World(whole_staff(), Dull("open", 0, "sam", duty.due_at, level, self.was_grave))
        if kind == "A-1":
            self.world.told(MONDAY, OWN_ANSWER["decision"])

    def teardown(self):
        try:
            if self.saved:
                assert check().faults == []
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def person(self, name):
        """Whoever asks: the one person, where only one does."""
        name = getattr(self, "alone", None) or name
        return name, Professional.objects.get(pk=self.rows[name].pk)

    def request(self, action, dull, who, words="words", also=(), **how):
        """Make a request both ways: both do it, or both refuse."""
        name, by = self.person(who)
        try:
            dull(name, self.now, **how)
            expected = True
        except Refused:
            expected = False
        given = {words: WORDS} if words else {}
        try:
            with transaction.atomic():
                action(duty=Duty.objects.get(pk=self.key), by=by, now=self.now, **given, **dict(also))
        except Explained as why:
            assert not expected, (str(why), self.world.duty)
        else:
            assert expected, (action.__name__, name, self.world.duty)

    @rule(who=WHO)
    def acknowledges(self, who):
        self.request(duties.acknowledge, self.world.acknowledge, who, words="")

    @rule(who=WHO, decision=DECISIONS, days=RECHECK)
    def answers(self, who, decision, days):
        recheck = days and self.now + days
        also = {"decision": decision, "recheck_at": recheck}
        self.request(
            duties.answer, self.world.answer, who, "reason", also, decision=decision, recheck=recheck
        )

    @rule(days=RECHECK)
    def the_owner_would_close_it(self, days):
        self.answers(self.world.duty.owner if self.world.duty.owner in STAFF else "sam", "done", days)

    @rule(who=WHO, days=RECHECK)
    def asks_to_lower(self, who, days):
        recheck = days and self.now + days
        self.request(duties.lower, self.world.lower, who, also={"recheck_at": recheck}, recheck=recheck)

    @rule(who=WHO, agrees=st.booleans())
    def second_word(self, who, agrees):
        action = duties.confirm if agrees else duties.decline
        self.request(action, self.world.second, who, agrees=agrees)

    @rule(who=WHO, to=WHO)
    def offers(self, who, to):
        also = {"to": Professional.objects.get(pk=self.rows[to].pk)}
        self.request(duties.hand_over, self.world.offer, who, also=also, to=to)

    @rule(who=WHO)
    def accepts(self, who):
        self.request(duties.accept, self.world.accept, who, words="")

    @rule(who=WHO)
    def disagrees(self, who):
        self.request(duties.disagree, self.world.disagree, who)

    @rule(who=WHO, rung=st.integers(0, TOP))
    def skips(self, who, rung):
        self.request(duties.skip, self.world.skip, who, also={"rung": rung}, rung=rung)

    @rule(who=WHO)
    def adds_a_voice(self, who):
        self.request(duties.join, self.world.join, who)

    @rule(who=WHO)
    def reads(self, who):
        _, by = self.person(who)
        viewer = viewer_for(by, self.now)
        duty_file(viewer=viewer, reference=Duty.objects.get(pk=self.key).reference, now=self.now)
        today(viewer=viewer, now=self.now)
        list(owed(now=self.now))

    @rule(who=WHO)
    def saves_something_else(self, who):
        name, by = self.person(who)
        self.saved += 1
        other = concern(f"S-{self.saved}", agency=STAFF[name][0])
        receive(record=other, by=by, now=self.now)
        keep_draft(token="f" * 32, answers={"text": ["She was not at school."]}, by=by, now=self.now)

    @rule()
    def saves_it_again(self):
        self.come_again()

    @rule(decision=AS_TOLD)
    def saves_an_answer(self, decision):
        """The school's record says that somebody answered; only the school can send it."""
        if self.alone is None or STAFF[self.alone][0] == "school":
            if self.ref in GRAVE:
                self.world.worse(self.now)
            self.world.told(self.now, decision)
            self.come_again(answer={"decision": decision, "reason": WORDS})

    @rule(decision=AS_TOLD)
    def saves_worse_news_with_its_answer(self, decision):
        if self.alone is None or STAFF[self.alone][0] == "school":
            self.world.worse(self.now)
            self.world.told(self.now, decision)
            answer = {"decision": decision, "reason": WORDS}
            self.come_again(observations=["danger_now"], answer=answer)

    @rule()
    def saves_worse_news(self):
        if self.alone is None or STAFF[self.alone][0] == "school":
            self.world.worse(self.now)
            self.come_again(observations=["danger_now"])

    @rule(who=WHO, word=st.sampled_from(["same", "same", "unsure"]), seen=st.booleans())
    def says_of_two_files(self, who, word, seen):
        _, by = self.person(who)
        self.attempt(judge, **FILES, verdict=word, reason=WORDS, by=by, seen=seen)

    @rule(
        who=WHO, act=st.sampled_from([second_person.confirm, second_person.decline, second_person.withdraw])
    )
    def second_word_on_two_files(self, who, act):
        said = Verdict.objects.order_by("-pk").first()
        if said is not None:
            _, by = self.person(who)
            self.attempt(act, verdict=said.pk, reason=WORDS, by=by)

    def attempt(self, action, **how):
        """A request that may be refused."""
        self.saved += 1
        try:
            with transaction.atomic():
                action(now=self.now, **how)
        except Explained as why:
            assert str(why)

    def come_again(self, **more):
        self.saved += 1
        told = {"observations": ["danger_now"] if self.ref in GRAVE else [], **more}
        if self.ref in GRAVE and "answer" not in told:
            self.world.worse(self.now)
        receive(record=concern(self.ref, revision=1 + self.saved, **told), by=None, now=self.now)

    @rule(
        who=st.sampled_from(THEIRS), hours=st.one_of(st.none(), st.integers(1, 200)), later=st.integers(0, 30)
    )
    def goes_away(self, who, hours, later):
        somebody = self.world.people[who]
        if not somebody.active:
            return
        since = self.now + timedelta(hours=later)
        until = None if hours is None else since + timedelta(hours=hours)
        presence.go_away(who=self.rows[who], why="leave", since=since, until=until, by=None, now=self.now)
        somebody.away = [
            (begun, since if begun <= since and (ends is None or ends > since) else ends)
            for begun, ends in somebody.away
        ]
        somebody.away.append((since, until))

    @rule(who=st.sampled_from(THEIRS))
    def comes_back(self, who):
        somebody = self.world.people[who]
        if somebody.is_away(self.now):
            presence.come_back(who=self.rows[who], by=None, now=self.now)
            somebody.away = [
                (begun, self.now if begun <= self.now and (ends is None or ends > self.now) else ends)
                for begun, ends in somebody.away
            ]

    @rule(who=st.sampled_from(THEIRS))
    def leaves(self, who):
        somebody = self.world.people[who]
        if somebody.active:
            people.end(username=who, by=None, now=self.now)
            somebody.active, somebody.posts = False, {}

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        climb(self.now)
        self.world.clock(self.now)
        self._is_reached()

    def _is_reached(self):
        """After the clock: not overdue below the top rung, and owed by somebody who is there as long as anybody is, or
        who is back in time."""
        duty = Duty.objects.select_related("owner").get(pk=self.key)
        if duty.state == "answered":
            return
        assert duty.due_at > self.now or duty.rung == TOP
        theirs = [self.world.people[name] for name in THEIRS]
        if not any(each.there(self.now) and each.posts for each in theirs):
            return
        owner = self.world.people[duty.owner.username]
        back = owner.back_at(self.now) if owner.active and owner.is_away(self.now) else None
        in_time = back is not None and back + timedelta(hours=4) <= duty.due_at
        assert owner.there(self.now) or in_time, (owner, duty.due_at)

    @invariant()
    def stands_where_the_dull_way_says(self):
        if not hasattr(self, "world"):
            return
        duty = Duty.objects.select_related("owner", "offered_to").get(pk=self.key)
        offered = duty.offered_to.username if duty.offered_to else None
        due = duty.due_at.astimezone(UTC) if duty.due_at else None
        found = (duty.state, duty.rung, duty.owner.username, due, duty.level, offered, duty.recheck_at)
        assert found == self.world.duty.seen()

    @invariant()
    def nobody_alone_closes_what_is_grave(self):
        if not hasattr(self, "world"):
            return
        duty = Duty.objects.get(pk=self.key)
        self.was_grave |= duty.level == "high"
        last = duty.steps.select_related("by").last()
        if last.kind in ("confirmed", "lowered"):
            asked = duty.steps.filter(kind="asked").select_related("by").last()
            first = asked.by.agency_id if asked.by else "school"
            assert last.by.agency_id not in (first, "social_care")
            # What A-1 says of an answer was the school's word; alone, somebody else's is still the second.
            assert self.alone is None or (self.ref == "A-1" and asked.by is None)
        elif self.was_grave and duty.state == "answered" and last.kind == "answered":
            assert last.decision in ACTING or not self._is_grave_still(duty)
        if self.was_grave and self.alone is not None and self.ref in GRAVE:
            assert duty.level == "high"

    @invariant()
    def nobody_alone_makes_two_children_one(self):
        """One person's word never joins files of two agencies, however often and in whatever order it is given."""
        if hasattr(self, "world") and joined():
            confirmed = VerdictStep.objects.filter(kind="confirmed").select_related("by", "verdict")
            assert any(step.by_id != step.verdict.by_id for step in confirmed)
            assert self.alone is None

    def _is_grave_still(self, duty):
        return duty.level == "high" or self.ref in GRAVE


def _run(examples: int, steps: int) -> None:
    with ExitStack() as undone:
        undone.enter_context(transaction.atomic())
        Requests.rows = made()
        run_state_machine_as_test(
            Requests,
            settings=settings(
                max_examples=examples, stateful_step_count=steps, deadline=None,
                suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate],
            ),
        )  # fmt: skip
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_whatever_is_asked_it_stands_where_the_dull_way_says():
    _run(EXAMPLES, 10)
