"""Emergency access: a reason, one child, four hours, everybody told at once, a review from outside, a lock."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from heed.casework import ledger
from heed.casework.actions import glass
from heed.casework.actions.duties import answer, escalate_due
from heed.casework.actions.duties.refused import NotEnough, NotYours
from heed.casework.doors import children
from heed.casework.doors.viewing import viewer_for
from heed.casework.linking.seconding import sees
from heed.casework.models import Body, Duty, Entry, Glass, GlassReview, Notice, Outbox, Post, Professional
from heed.casework.notices import letters
from heed.casework.sealing.rows import text_of
from heed.core.records.explained import Explained
from tests import case_story, personas

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
REASON = "She is at the desk now and will not say where she slept."


@pytest.fixture
def people():
    """Sam works with Ayla; Rosa's school has records of her, and Rosa does not work with her."""
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return people


@pytest.fixture
def lead(people):
    """Whoever reviews: the lead of an agency that holds a file of her. By name the home's comes first."""
    one = Professional(username="hana", name="Hana Cross", agency_id="home", role="manager", grade="senior")
    one.set_unusable_password()
    one.save()
    Post.objects.create(agency_id="home", post="designated_lead", holder=one, order=0)
    return one


def opened(people, by=None, now=NOW, key="school s-7", reason=REASON, ground="danger"):
    person = case_story.person(key)
    return glass.open_glass(person=person, ground=ground, reason=reason, by=by or people.rosa, now=now)


def agencies(who, now):
    file = children.child(viewer=viewer_for(who, now), person=case_story.person("school s-7"), now=now)
    return {entry.told.agency for entry in file.entries}


def test_it_opens_what_every_agency_holds_for_four_hours_and_not_a_moment_longer(people):
    assert agencies(people.rosa, NOW) == {"school"}
    opened(people)
    everybody = {"police", "home", "social_care", "school"}
    assert agencies(people.rosa, NOW) == everybody
    assert agencies(people.rosa, NOW + 4 * HOUR - timedelta(microseconds=1)) == everybody
    assert agencies(people.rosa, NOW + 4 * HOUR) == {"school"}


def test_it_opens_one_child_and_for_nobody_else(people):
    opened(people)
    nell = case_story.person("police c-288")
    file = children.child(viewer=viewer_for(people.rosa, NOW), person=nell, now=NOW)
    assert {entry.told.ref[:3] for entry in file.entries} == {"MIS"}, "only what names Ayla too"
    assert viewer_for(people.lena, NOW).opened == frozenset()


def test_it_is_for_reading_and_no_word_on_a_link_rests_on_it(people):
    opened(people)
    viewer = viewer_for(people.rosa, NOW)
    assert "police c-104" in viewer.opened
    assert not sees(viewer, "police c-104")
    assert children.mine(viewer=viewer, now=NOW) == []


@pytest.mark.parametrize("reason", ["", "x" * 19, " " * 40, f"  {'x' * 19}  ", "x" * 2001])
def test_a_reason_of_fewer_than_twenty_characters_opens_nothing(people, reason):
    with pytest.raises(Explained, match="20 to 2,000 characters"):
        opened(people, reason=reason)
    assert not Glass.objects.exists()


def test_an_unknown_ground_opens_nothing(people):
    with pytest.raises(Explained, match="no such ground"):
        opened(people, ground="curious")


def test_whoever_sees_nothing_of_her_opens_nothing_as_for_somebody_who_does_not_exist(people):
    for person in (case_story.person("school s-7"), "p_nobody"):
        with pytest.raises(glass.NotThere) as refusal:
            glass.open_glass(person=person, ground="danger", reason=REASON, by=people.carl, now=NOW)
        assert "nothing of this child" in str(refusal.value)
        assert (Entry.objects.latest("seq").kind, Entry.objects.latest("seq").subject) == ("refusal", person)
    assert not Glass.objects.exists()


def test_a_person_of_concern_is_not_opened(people):
    officer = Professional.objects.create(
        username="p", name="P.", agency_id="police", role="r", grade="frontline"
    )
    assert children.by_reference(viewer=viewer_for(officer, NOW), ref="c-104", now=NOW)
    with pytest.raises(glass.NotThere):
        opened(people, by=officer, key="police poc-9")
    assert not Glass.objects.exists()


def test_whoever_works_with_her_has_nothing_to_open(people):
    case_story.works_with(people.rosa, "police c-104")
    with pytest.raises(Explained, match="You work with this child"):
        opened(people)


def test_opening_again_gives_what_is_open(people):
    assert opened(people) == opened(people, now=NOW + HOUR)
    assert Glass.objects.count() == 1


def test_the_team_and_the_reviewer_are_told_in_the_same_transaction_and_by_reference_alone(people, lead):
    held = opened(people)
    duty = Duty.objects.get(about=f"glass:{held.reference}")
    told = dict(Notice.objects.filter(duty=duty).values_list("professional__username", "kind"))
    assert told == {"sam": "voice", "hana": "owed"}
    assert duty.owner == lead
    assert set(Notice.objects.filter(duty=duty).values_list("at", flat=True)) == {NOW}
    for word in ("Ayla", "Marsh", REASON):
        assert word not in json.dumps(list(Outbox.objects.values_list("subject", flat=True)))
        assert word not in "".join(duty.clause + duty.about + duty.reference + held.reference + held.reason)


def test_a_letter_about_it_holds_a_reference_and_nothing_else(people, lead):
    from heed.casework.models import Address, Letter

    Address.objects.create(professional=people.sam, email="sam@example.org", since=NOW)
    held = opened(people)
    letters.gather(NOW, "example.org")
    lines, _ = letters.lines(Letter.objects.get(professional=people.sam))
    assert lines == [
        f"{Duty.objects.get(about=f'glass:{held.reference}').reference}: there is something new on it"
    ]


def test_if_the_alert_cannot_be_written_nothing_is_opened(people, monkeypatch):
    def broken(*given, **named):
        raise RuntimeError("the notices cannot be written")

    monkeypatch.setattr(glass, "_alert", broken)
    with pytest.raises(RuntimeError):
        opened(people)
    assert (Glass.objects.count(), Duty.objects.filter(about__startswith="glass:").count()) == (0, 0)
    assert not Entry.objects.filter(kind="break-glass").exists()


def test_it_is_an_entry_and_every_look_under_it_names_it(people):
    held = opened(people)
    entry = Entry.objects.get(kind="break-glass")
    assert (entry.subject, entry.actor, entry.purpose) == (f"glass:{held.reference}", people.rosa, "opened")
    assert json.loads(text_of(entry.body))["reason"] == REASON
    assert REASON not in entry.body.text
    agencies(people.rosa, NOW + HOUR)
    look = Body.objects.get(entry=Entry.objects.latest("seq"))
    assert json.loads(look.text)["glass"] == [held.reference]
    agencies(people.rosa, NOW + 5 * HOUR)
    assert "glass" not in Body.objects.get(entry=Entry.objects.latest("seq")).text


def test_the_review_is_owed_in_two_working_days_and_goes_up_when_nobody_gives_it(people, lead):
    held = opened(people)
    duty = Duty.objects.get(about=f"glass:{held.reference}")
    assert duty.due_at == datetime(2026, 11, 25, 14, tzinfo=UTC)
    assert escalate_due(now=duty.due_at - timedelta(seconds=1)) == []
    assert [climb.reference for climb in escalate_due(now=duty.due_at)] == [duty.reference]


def test_whoever_is_outside_the_line_reviews_it_and_the_opener_is_told(people, lead):
    held = opened(people)
    glass.review(
        glass=held.reference, justified=False, words="She was known to be at home.", by=lead, now=NOW + HOUR
    )
    row = GlassReview.objects.get()
    assert (row.glass, row.justified, row.by) == (held, False, lead)
    duty = Duty.objects.get(about=f"glass:{held.reference}")
    assert duty.state == "answered"
    assert Notice.objects.get(duty=duty, professional=people.rosa).kind == "answered"
    assert Entry.objects.filter(kind="break-glass", purpose="reviewed", actor=lead).exists()
    with pytest.raises(NotEnough, match="already"):
        glass.review(
            glass=held.reference, justified=True, words="It was right after all.", by=lead, now=NOW + HOUR
        )
    assert ledger.verify() == []


def test_nobody_in_the_line_reviews_it(people, lead):
    held = opened(people)
    people.rosa.line_manager = lead
    people.rosa.save()
    colleague = Professional.objects.create(
        username="c", name="C.", agency_id="school", role="head", grade="senior"
    )
    for who in (people.rosa, colleague, lead):
        with pytest.raises(NotYours, match="another agency"):
            glass.review(glass=held.reference, justified=True, words="It was right to look.", by=who, now=NOW)
    assert not GlassReview.objects.exists()


def test_somebody_outside_who_does_not_owe_it_cannot_give_it_for_them(people, lead):
    held = opened(people)
    with pytest.raises(NotYours, match="is owed by"):
        glass.review(
            glass=held.reference, justified=True, words="It was right to look.", by=people.carl, now=NOW
        )
    assert not GlassReview.objects.exists()


def test_it_is_not_answered_past_its_review(people, lead):
    held = opened(people)
    duty = Duty.objects.get(about=f"glass:{held.reference}")
    with pytest.raises(NotEnough, match="its own page"):
        answer(duty=duty, by=lead, decision="done", reason="Nothing to be seen here.", now=NOW)


def test_the_duty_goes_to_nobody_of_the_openers_own_line(people, lead):
    lead.line_manager = people.rosa
    lead.save()
    held = opened(people)
    owner = Duty.objects.get(about=f"glass:{held.reference}").owner
    assert owner != lead
    assert owner.agency_id not in ("school", "home")


def test_a_third_unreviewed_one_locks_until_one_is_reviewed(people, lead):
    opening = [opened(people, now=NOW + n * 5 * HOUR) for n in range(3)]
    with pytest.raises(glass.Locked, match="3 of your openings"):
        opened(people, now=NOW + 15 * HOUR)
    assert Entry.objects.latest("seq").purpose == "emergency access: Locked"
    glass.review(
        glass=opening[0].reference,
        justified=True,
        words="It was right to look.",
        by=lead,
        now=NOW + 15 * HOUR,
    )
    opened(people, now=NOW + 15 * HOUR)
    assert Glass.objects.count() == 4


def test_nobody_else_is_locked_by_it(people, lead):
    for n in range(3):
        opened(people, now=NOW + n * 5 * HOUR)
    other = Professional.objects.create(
        username="o", name="O.", agency_id="school", role="head", grade="senior"
    )
    opened(people, by=other, now=NOW + 15 * HOUR)


def test_whoever_left_sees_nothing_through_it(people):
    opened(people)
    people.rosa.is_active = False
    people.rosa.save()
    viewer = viewer_for(people.rosa, NOW)
    assert (viewer.opened, viewer.glasses) == (frozenset(), ())


# fmt: off
BY_HAND = {
    "an hour more": "update casework_glass set until = '2027-01-01 00:00:00+00:00'",
    "another child": "update casework_glass set source_ref = 's-9'",
    "another ground": "update casework_glass set ground = 'missing'",
    "another reason": "update casework_glass set reason = ''",
    "a kinder review": "update casework_glassreview set justified = not justified",
    "no review any more": "delete from casework_glassreview",
}
# fmt: on


@pytest.mark.parametrize("sql", BY_HAND.values(), ids=BY_HAND)
def test_what_is_changed_by_hand_is_found(people, lead, sql):
    held = opened(people)
    glass.review(
        glass=held.reference, justified=False, words="She was known to be at home.", by=lead, now=NOW
    )
    assert ledger.verify() == []
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert [fault.what for fault in ledger.verify()] == [f"glass:{held.reference}"]


def test_a_row_put_there_by_hand_opens_nothing_unseen(people):
    Glass.objects.create(reference="G-secret", professional=people.rosa, source_agency="school", source_ref="s-7",
                         ground="danger", reason="", at=NOW, until=NOW + HOUR)  # fmt: skip
    assert {fault.how for fault in ledger.verify()} == {
        "was not opened as the ledger says",
        "nobody owes its review",
    }
