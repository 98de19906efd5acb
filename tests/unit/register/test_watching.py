"""A child is watched: silence raises itself and climbs, only a visit with her words ends it, watching less takes two."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from heed.casework import ledger, sealed
from heed.casework.actions import erasing, register
from heed.casework.actions.duties import (
    NotEnough,
    NotYours,
    acknowledge,
    answer,
    confirm,
    decline,
    disagree,
    skip,
)
from heed.casework.actions.register import Less, NotSeen, Watching
from heed.casework.actions.register.erasing import GONE
from heed.casework.actions.register.watchers import NotYours as NotTheirs
from heed.casework.doors import children as children_door
from heed.casework.doors import register as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Body, Duty, DutyStep, Post, Record, Registered, RegisterStep, Relationship
from heed.casework.sealing.rows import texts_of, words_of
from heed.casework.tick import climb
from heed.core.duty.moves import Level
from heed.core.records.explained import Explained
from heed.core.register.seeing import Seen
from heed.web.presenters.register import present
from tests import case_story, personas

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
DAY = timedelta(days=1)
HER_WORDS = "He waits by the gate. I do not want to go back there."


@pytest.fixture
def people():
    """Sam works with Ayla, whom four agencies know; a colleague of another agency leads safeguarding there."""
    people = personas.standing()
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    return people


@pytest.fixture(autouse=True)
def ledger_stays_true(db):
    yield
    assert ledger.verify() == []


def watching(people, **how):
    given = {
        "why": "Three nights away in a fortnight.",
        "look_for": "A second telephone; the silver saloon.",
        "stop_when": "Ninety days at home, and she says so herself.",
        "level": Level.HIGH,
        "every_days": 7,
        "watcher": people.sam,
        "role": "social worker",
    }
    return Watching(**given | how)


def begun(people, now=NOW, **how):
    person = case_story.person("social_care 10233")
    return register.watch(person=person, watching=watching(people, **how), by=people.sam, now=now)


def seen(**how):
    given = {
        "who": "Sam Oduya",
        "on": date(2026, 11, 26),
        "how": "home",
        "alone": "alone",
        "words": HER_WORDS,
    }
    return Seen(**given | how)


def see(row, people, now, by=None, **how):
    return register.see(watch=row.reference, seen=seen(**how), noted="", by=by or people.sam, now=now)


def fresh(row):
    return Registered.objects.get(pk=row.pk)


def silence():
    return Duty.objects.get(about__startswith="silence:")


class TestSilence:
    def test_it_raises_itself_when_the_day_is_over_and_climbs(self, people):
        row = begun(people)
        assert row.next_at == datetime(2026, 12, 1, tzinfo=UTC)
        climb(row.next_at - timedelta(seconds=1))
        assert not Duty.objects.filter(about__startswith="silence:").exists()
        climb(row.next_at)
        duty = silence()
        assert (duty.owner, duty.rung, duty.opened_at) == (people.sam, 0, row.next_at)
        climb(row.next_at + 30 * DAY)
        assert silence().rung > 0
        assert silence().state == "open"

    def test_however_often_the_clock_ran_it_is_one_duty_at_one_instant(self, people):
        row = begun(people)
        for hours in range(0, 30 * 24, 11):
            climb(NOW + timedelta(hours=hours))
        often = silence()
        assert (often.opened_at, Duty.objects.filter(about__startswith="silence:").count()) == (
            row.next_at,
            1,
        )

    def test_other_steps_on_a_silent_watch_open_no_second_duty_and_a_visit_answers_the_first(self, people):
        row = begun(people)
        late = row.next_at + DAY
        for day in range(3):
            climb(late + day * DAY)
            register.consider(
                subject=row.reference, used=[], why_not="None of them is needed.", by=people.sam,
                now=late + day * DAY,
            )  # fmt: skip
        see(row, people, late + 3 * DAY, on=row.opened_at.date())
        climb(late + 4 * DAY)
        assert silence().state == "open"
        see(row, people, late + 4 * DAY, on=late.date())
        assert silence().state == "answered"

    @pytest.mark.parametrize("told", [1, 99])
    def test_what_counts_as_raised_without_a_duty_is_a_fault_and_from_beyond_is_raised_all_the_same(
        self, people, told
    ):
        row = begun(people)
        Registered.objects.update(told=told)
        assert any("no duty was opened" in str(fault) for fault in ledger.verify())
        climb(row.next_at)
        assert Duty.objects.filter(about__startswith="silence:").exists() is (told == 99)
        Registered.objects.update(told=0)

    def test_neither_reading_nor_acknowledging_nor_saying_so_clears_it(self, people):
        row = begun(people)
        late = row.next_at + timedelta(hours=1)
        climb(late)
        acknowledge(duty=silence(), by=people.sam, now=late)
        viewer = viewer_for(people.sam, late)
        children_door.child(viewer=viewer, person=case_story.person("social_care 10233"), now=late)
        with pytest.raises(NotEnough, match="by doing what was due"):
            answer(duty=silence(), by=people.sam, decision="child_seen", reason="I did see her.", now=late)
        assert silence().state == "acknowledged"

    def test_that_the_watcher_has_left_is_owed_at_once_and_naming_somebody_answers_it(self, people):
        row = begun(people)
        people.sam.is_active = False
        people.sam.save()
        for hours in (0, 1):
            climb(NOW + timedelta(hours=hours))
        owed = Duty.objects.get()
        assert (owed.about, owed.owner, owed.state) == (f"owner:{row.reference}:1", people.lena, "open")
        with pytest.raises(NotEnough, match="naming who watches"):
            answer(duty=owed, by=people.lena, decision="done", reason="We will see to it.", now=NOW + DAY)
        register.change(
            watch=row.reference, watching=watching(people, watcher=people.lena), words="Sam has left.",
            by=people.lena, now=NOW + DAY,
        )  # fmt: skip
        climb(NOW + DAY)
        owed.refresh_from_db()
        assert (owed.state, Duty.objects.count()) == ("answered", 1)

    def test_a_watcher_who_has_left_is_not_owed_to(self, people):
        row = begun(people)
        people.sam.is_active = False
        people.sam.save()
        climb(row.next_at)
        assert silence().owner == people.lena


class TestSeen:
    def test_it_answers_the_silence_and_her_words_are_in_her_record(self, people):
        row = begun(people)
        late = row.next_at + 3 * DAY
        climb(late)
        see(row, people, late, on=late.date())
        assert (silence().state, fresh(row).next_at) == ("answered", datetime(2026, 12, 12, tzinfo=UTC))
        visit = Record.objects.system("a test looks").get(kind="visit", ref__startswith="REG-")
        told = json.loads(sealed.document_of(visit))
        assert told["childs_words"] == HER_WORDS
        assert "Seen alone." in told["text"]
        assert told["people"] == [{"part": "child", "ref": "10233"}]

    @pytest.mark.parametrize(("left_out", "asked_for"), [
        ({"who": " "}, "who saw"),
        ({"on": None}, "on which day"),
        ({"on": date(2026, 11, 22)}, "from 23 November 2026"),
        ({"on": date(2099, 1, 1)}, "to today"),
        ({"how": "telephone"}, "telephone call"),
        ({"alone": ""}, "seen alone"),
        ({"alone": "not_alone"}, "who else was there"),
        ({"words": ""}, "own words"),
        ({"words": "."}, "own words"),
    ])  # fmt: skip
    def test_without_one_part_it_is_refused_and_she_was_not_seen(self, people, left_out, asked_for):
        row = begun(people)
        with pytest.raises(NotSeen, match=asked_for):
            see(row, people, NOW + 4 * DAY, **left_out)
        assert (fresh(row).moves, fresh(row).next_at) == (1, row.next_at)

    def test_a_visit_written_down_late_does_not_hide_that_the_next_is_overdue(self, people):
        row = begun(people)
        late = row.next_at + 10 * DAY
        climb(late)
        see(row, people, late, on=date(2026, 11, 24))
        assert silence().state in ("open", "acknowledged")
        climb(late + DAY)
        assert Duty.objects.filter(about__startswith="silence:").count() == 1
        see(row, people, late + DAY, on=(late + DAY).date())
        assert silence().state == "answered"

    def test_somebody_who_has_nothing_to_do_with_her_writes_nothing(self, people):
        row = begun(people)
        with pytest.raises(NotTheirs):
            see(row, people, NOW + 4 * DAY, by=people.carl)


class TestWatchingLess:
    def ask(self, row, people, leaves=True, **how):
        if not Relationship.objects.filter(professional=people.rosa).exists():
            case_story.works_with(people.rosa, "school s-7")
        less = Less(
            leaves=leaves,
            level=how.get("level", Level.USUAL),
            every_days=how.get("every_days", 14),
            changed=how.get("changed", "He is in custody and she has slept at home since."),
            recheck_on=date(2026, 12, 20),
        )
        now = how.get("now", NOW + DAY)
        return register.ask_less(watch=row.reference, less=less, by=people.sam, now=now)

    def test_closer_takes_one_and_less_is_refused_to_one(self, people):
        row = begun(people)
        register.change(
            watch=row.reference, watching=watching(people, every_days=3), words="Seen with him again.",
            by=people.sam, now=NOW + DAY,
        )  # fmt: skip
        assert fresh(row).next_at == datetime(2026, 11, 27, tzinfo=UTC)
        for less in ({"every_days": 4}, {"level": Level.USUAL, "every_days": 3}):
            with pytest.raises(Explained, match="second person of another agency"):
                register.change(
                    watch=row.reference, watching=watching(people, **less), words="It is quieter now.",
                    by=people.sam, now=NOW + 2 * DAY,
                )  # fmt: skip

    def test_nobody_of_the_same_agency_agrees_and_until_then_she_is_seen_as_before(self, people):
        row = begun(people)
        self.ask(row, people)
        duty = Duty.objects.get(about__startswith="second:")
        for who in (people.sam, people.lena):
            with pytest.raises(NotYours):
                confirm(duty=duty, by=who, words="I agree with this.", now=NOW + 2 * DAY)
        assert (fresh(row).state, fresh(row).next_at) == ("asked", row.next_at)
        climb(row.next_at)
        assert silence().state == "open"

    def test_nobody_agrees_to_whom_nothing_of_it_is_shown(self, people):
        row = begun(people)
        self.ask(row, people)
        for say in (confirm, decline):
            with pytest.raises(NotYours, match="to whom this is shown"):
                say(duty=Duty.objects.get(), by=people.carl, words="I know none of them.", now=NOW + 2 * DAY)
        assert fresh(row).state == "asked"

    def test_another_agency_agrees_then_it_ends_and_is_looked_at_again(self, people):
        row = begun(people)
        self.ask(row, people)
        confirm(duty=Duty.objects.get(), by=people.rosa, words="School sees the same.", now=NOW + 2 * DAY)
        assert (fresh(row).state, fresh(row).next_at) == ("ended", None)
        sight = Relationship.objects.get(basis="watches the child")
        assert sight.until == NOW + 30 * DAY
        climb(datetime(2026, 12, 20, tzinfo=UTC))
        assert Duty.objects.get().state == "open"

    def test_another_agency_agrees_then_she_is_seen_less_often(self, people):
        row = begun(people)
        self.ask(row, people, leaves=False)
        confirm(duty=Duty.objects.get(), by=people.rosa, words="School sees the same.", now=NOW + 2 * DAY)
        after = fresh(row)
        assert (after.state, after.level, after.next_at) == (
            "open",
            "usual",
            datetime(2026, 12, 8, tzinfo=UTC),
        )

    def test_a_word_on_what_was_asked_before_does_nothing_to_what_is_asked_now(self, people):
        row = begun(people)
        self.ask(row, people)
        first = Duty.objects.get()
        register.change(
            watch=row.reference, watching=watching(people, every_days=3), words="Seen with him again.",
            by=people.sam, now=NOW + DAY,
        )  # fmt: skip
        assert fresh(row).state == "open"
        self.ask(row, people, leaves=False)
        first.refresh_from_db()
        with pytest.raises(NotEnough, match="waits for no second person"):
            confirm(duty=first, by=people.rosa, words="School sees the same.", now=NOW + 2 * DAY)
        assert (fresh(row).state, fresh(row).level) == ("asked", "high")

    @pytest.mark.parametrize("decision", ["support", "information_kept", "done"])
    def test_whoever_asked_answers_it_with_nothing_by_themselves(self, people, decision):
        row = begun(people)
        self.ask(row, people)
        duty = Duty.objects.get()
        with pytest.raises(NotEnough, match="A second person of another agency answers this"):
            answer(
                duty=duty, by=people.sam, decision=decision, reason="Support is offered to the family.",
                recheck_at=NOW + 20 * DAY, now=NOW + DAY,
            )  # fmt: skip
        duty.refresh_from_db()
        assert (duty.state, fresh(row).state) == ("asked", "asked")

    def test_a_request_that_somebody_disagrees_with_is_not_answered_but_asked_anew(self, people):
        row = begun(people)
        self.ask(row, people)
        first = Duty.objects.get()
        disagree(duty=first, by=people.rosa, words="School saw him on Friday at the gate.", now=NOW + 2 * DAY)
        first.refresh_from_db()
        with pytest.raises(NotEnough):
            answer(
                duty=first, by=first.owner, decision="done", reason="We talked; the watch stays.",
                recheck_at=NOW + 20 * DAY, now=NOW + 2 * DAY,
            )  # fmt: skip
        offered = door.page(viewer=viewer_for(people.sam, NOW + DAY), reference=row.reference, now=NOW + DAY)
        assert offered.second == ""
        self.ask(row, people)
        first.refresh_from_db()
        second = Duty.objects.exclude(pk=first.pk).get()
        assert (first.state, second.state, fresh(row).state) == ("answered", "asked", "asked")

    def test_what_was_declined_ends_no_watch_though_it_is_talked_of_again(self, people):
        row = begun(people)
        self.ask(row, people)
        old = Duty.objects.get()
        decline(duty=old, by=people.rosa, words="School saw him on Friday.", now=NOW + 2 * DAY)
        self.ask(row, people, leaves=False)
        old.refresh_from_db()
        disagree(duty=old, by=people.rosa, words="He was there again today.", now=NOW + 3 * DAY)
        old.refresh_from_db()
        answer(
            duty=old, by=old.owner, decision="done", reason="That request is off the table.",
            recheck_at=NOW + 20 * DAY, now=NOW + 3 * DAY,
        )  # fmt: skip
        confirm(duty=old, by=people.rosa, words="Right, that one is off.", now=NOW + 3 * DAY)
        assert fresh(row).state == "asked"

    def test_what_was_agreed_to_is_answered_on_its_own_page_when_it_is_looked_at_again(self, people):
        row = begun(people)
        self.ask(row, people)
        duty = Duty.objects.get()
        confirm(duty=duty, by=people.rosa, words="School sees the same.", now=NOW + 2 * DAY)
        later = datetime(2026, 12, 20, tzinfo=UTC)
        climb(later)
        duty.refresh_from_db()
        assert duty.state == "open"
        answer(duty=duty, by=duty.owner, decision="support", reason="She still sleeps at home.", now=later)
        duty.refresh_from_db()
        assert (duty.state, fresh(row).state) == ("answered", "ended")

    def test_another_agency_does_not_agree_then_nothing_has_changed(self, people):
        row = begun(people)
        self.ask(row, people)
        decline(duty=Duty.objects.get(), by=people.rosa, words="School saw him on Friday.", now=NOW + 2 * DAY)
        assert (fresh(row).state, fresh(row).level, fresh(row).next_at) == ("open", "high", row.next_at)


def test_nobody_watches_a_child_of_whom_they_see_nothing(people):
    person = case_story.person("social_care 10233")
    with pytest.raises(Explained, match="nothing of this"):
        register.watch(person=person, watching=watching(people, watcher=people.carl), by=people.carl, now=NOW)


def test_a_watch_is_no_way_to_read_what_others_hold(people):
    """Rosa's school has a record of her, and Rosa does not work with her: neither watch nor silence opens more."""
    person = case_story.person("school s-7")
    row = register.watch(
        person=person, watching=watching(people, watcher=people.rosa), by=people.rosa, now=NOW
    )
    climb(row.next_at + 20 * DAY)
    assert silence().owing_agency_id == "school"
    for at in (NOW, row.next_at + 20 * DAY):
        assert viewer_for(people.rosa, at).sources == frozenset()
    file = children_door.child(viewer=viewer_for(people.rosa, NOW), person=person, now=NOW)
    assert {entry.told.agency for entry in file.entries} == {"school"}


def test_the_watcher_sees_her_while_she_is_watched(people):
    row = begun(people, watcher=people.lena)
    assert "school s-7" in viewer_for(people.lena, NOW + 30 * DAY).sources
    assert viewer_for(people.lena, row.next_at + 29 * DAY).sources == frozenset()


@pytest.mark.parametrize("left_out", ["why", "look_for", "stop_when", "role"])
def test_a_watch_without_its_reasons_does_not_begin(people, left_out):
    with pytest.raises(Explained, match="Say"):
        begun(people, **{left_out: ""})
    assert not Registered.objects.exists()


def erased_by_order(people, now):
    for who in (people.lena, people.rosa):
        Post.objects.update_or_create(
            agency_id=who.agency_id, post="designated_lead", order=0, defaults={"holder": who}
        )
    asked = erasing.ask(
        scope="child", agency="social_care", ref="10233", basis="court_order",
        reason="order of the family court of 9 November", by=people.lena, now=now,
    )  # fmt: skip
    erasing.agree(number=asked.pk, by=people.rosa, now=now)


class TestErasedByOrder:
    def test_it_is_gone_from_the_register_and_she_is_due_no_more(self, people):
        row = begun(people)
        see(row, people, NOW + 3 * DAY)
        item = register.add_action(
            under=row.reference, what="Ring her aunt.", owner=people.sam, due_on=date(2026, 11, 30),
            by=people.sam, now=NOW,
        )  # fmt: skip
        erased_by_order(people, NOW + 4 * DAY)
        assert not RegisterStep.objects.exclude(said="").exists()
        assert (fresh(row).state, fresh(item).next_at) == ("ended", None)
        climb(NOW + 60 * DAY)
        assert not Duty.objects.filter(about__startswith="silence:").exists()

    def test_no_word_of_hers_stays_in_a_duty_or_its_entries(self, people):
        row = begun(people)
        item = register.add_action(
            under=row.reference, what="Ring her aunt.", owner=people.sam, due_on=date(2026, 11, 24),
            by=people.sam, now=NOW,
        )  # fmt: skip
        climb(NOW + 3 * DAY)
        words = "The aunt of Ayla was rung: a silver saloon."
        register.finish_action(item=item.reference, words=words, by=people.sam, now=NOW + 3 * DAY)
        TestWatchingLess().ask(row, people, changed="A silver saloon was seized.", now=NOW + 3 * DAY)

        def left():
            said = words_of(DutyStep.objects.filter(duty__record=None))
            bodies = texts_of(list(Body.objects.values_list("entry_id", "text")))
            return [text for text in [*said, *bodies] if text and "silver saloon" in text]

        assert len(left()) > 3
        erased_by_order(people, NOW + 4 * DAY)
        assert left() == []

    def test_the_page_of_minutes_that_were_erased_still_opens(self, people):
        row = begun(people)
        item = register.call_meeting(
            under=row.reference, what="A strategy meeting.", invited="Police", on=NOW.date(), owner=people.sam,
            by=people.sam, now=NOW,
        )  # fmt: skip
        register.keep_minutes(
            item=item.reference, on=NOW.date(), present="Four of us", minutes="All agree but health.",
            by=people.sam, now=NOW,
        )  # fmt: skip
        erased_by_order(people, NOW + DAY)
        page = door.page(viewer=viewer_for(people.sam, NOW + DAY), reference=item.reference, now=NOW + DAY)
        assert present(page, NOW + DAY).steps[0].sentences == ("These words were erased.",)

    def test_what_is_owed_on_her_silence_is_settled_by_the_order_though_it_is_grave(self, people):
        row = begun(people)
        late = row.next_at + DAY
        climb(late)
        skip(duty=silence(), by=people.sam, rung=2, words="She is in danger, nobody saw her.", now=late)
        erased_by_order(people, late)
        assert (silence().state, words_of(silence().steps.all())[-1]) == ("answered", GONE)
