"""Two agencies that may each hold a record of one child, and nobody sees both: told whom to ask, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.casework.actions import introductions
from heed.casework.actions.introductions import answer, introduce
from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm
from heed.casework.agencies import ensure
from heed.casework.doors import children, introduced, today
from heed.casework.doors.viewing import viewer_for
from heed.casework.ledger import check
from heed.casework.linking import expected_links, kept_links, link_all
from heed.casework.models import (
    Batch,
    BatchRecord,
    Entry,
    Introduction,
    IntroductionAnswer,
    Link,
    Post,
    Professional,
    Record,
    Relationship,
    Source,
    Verdict,
    VerdictStep,
)
from heed.casework.policy.linking import linking_rules
from heed.casework.tick import tick
from heed.core.records.explained import Explained
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db
POLICE, HEALTH = "police c-1", "health h-1"
WHY = "I rang the desk on Monday; one mother, one school."
CANARIES = ("Ayla", "Marsh", "Canarytown", "1995", "h-1")


def someone(name: str, agency: str, post: str = "") -> Professional:
    made = Professional.objects.create(
        username=name, name=name.title(), agency=ensure(agency), role="worker", grade="frontline"
    )
    if post:
        Post.objects.create(agency_id=agency, post=post, holder=made, order=0)
    return made


def works_with(who: Professional, key: str) -> None:
    agency, _, ref = key.partition(" ")
    Relationship.objects.create(
        professional=who, source_agency=agency, source_ref=ref, basis="allocated",
        since=NOW - timedelta(days=3), until=NOW + timedelta(days=300),
    )  # fmt: skip


def pair(left: str, right: str, probability: float = 0.8) -> None:
    """What the model is made to say of two files, whatever it is trained on."""
    Link.objects.filter(left=left, right=right).delete()
    Link.objects.create(
        left_id=left, right_id=right, weight=1.0, probability=probability, terms="[]", model="made"
    )


@pytest.fixture(autouse=True)
def _files() -> None:
    told = [
        record("police", "P-1", person("c-1", "Ayla", "Marsh", "1995-02-11")),
        record("health", "H-1", person("h-1", "Nell", "Orme", "1999-08-30", address="1 Canarytown Road")),
        record("police", "P-2", person("c-2", "Ivy", "Cole", "1998-01-13")),
        record("health", "H-2", person("h-2", "Joan", "Hay", "1997-03-04")),
    ]
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)
    pair(HEALTH, POLICE)


@pytest.fixture
def officer() -> Professional:
    officer = someone("dana", "police")
    works_with(officer, POLICE)
    return officer


@pytest.fixture
def nurse() -> Professional:
    return someone("nia", "health", "duty_person")


def shown(who: Professional, now: datetime = NOW):
    return introduced.today(viewer_for(who, now), now)


def test_both_sides_are_told_an_agency_and_a_post_and_nothing_else(officer, nurse):
    assert introduce(now=NOW) == 1
    (one,), (other,) = shown(officer), shown(nurse)
    assert (one.ref, one.agency, one.post) == ("c-1", "Health", "duty person")
    assert (other.ref, other.agency, other.post) == ("h-1", "Police", "duty person")
    assert not any(canary in repr(one).replace("c-1", "") for canary in CANARIES)
    assert introduce(now=NOW) == 0
    entry = Entry.objects.get(subject=f"introduction:{one.number}")
    assert (entry.purpose, entry.actor) == ("introduced", None)
    assert [str(fault) for fault in check().faults] == []


def test_it_stands_on_the_childs_page_of_whoever_may_see_it_and_nowhere_else(officer, nurse):
    introduce(now=NOW)
    who = Source.objects.get(pk=POLICE).person
    file = children.child(viewer=viewer_for(officer, NOW), person=who, now=NOW)
    assert [one.ref for one in file.introduced] == ["c-1"]
    colleague, outsider = someone("beth", "police"), someone("carl", "voluntary")
    assert shown(colleague) == shown(outsider) == []  # neither works with her, nor is asked
    assert (
        introduced.meeting(viewer=viewer_for(outsider, NOW), number=file.introduced[0].number, now=NOW)
        is None
    )
    assert Entry.objects.filter(kind="refusal", subject__startswith="introduction:").count() == 1


def test_nobody_is_told_where_somebody_may_see_both(officer):
    works_with(officer, HEALTH)
    assert introduce(now=NOW) == 0


def test_nobody_is_told_where_both_have_found_a_person_whom_they_fit_better(officer, nurse):
    for one, other in ((POLICE, "police c-2"), (HEALTH, "health h-2")):
        Source.objects.filter(pk=other).update(person=Source.objects.get(pk=one).person)
        pair(*sorted((one, other)), probability=0.9)
    assert introduce(now=NOW) == 0
    Link.objects.filter(left__agency="health", right__agency="health").delete()
    assert introduce(now=NOW) == 1


@pytest.mark.parametrize("why", ["unlikely", "one agency", "in passing", "said already", "joined"])
def test_what_is_told_to_nobody(officer, why):
    if why == "unlikely":
        pair(HEALTH, POLICE, linking_rules().from_probability - 0.01)
    elif why == "one agency":
        Link.objects.all().delete()
        pair("police c-1", "police c-2")
    elif why == "in passing":
        Link.objects.all().delete()
        receive_many(
            records=[record("health", "H-9", person(None, "Ada", "Lund", "1990-01-01"))], by=None, now=NOW
        )
        link_all(NOW)
        pair("health H-9#0", POLICE)
    elif why == "said already":
        from heed.casework.actions.verdicts import judge

        judge(left=HEALTH, right=POLICE, verdict="unsure", reason=WHY, by=officer, now=NOW)
    else:
        Source.objects.update(person="p_one")
    assert introduce(now=NOW) == 0


def test_an_agency_is_told_of_a_few_a_week_the_likeliest_first(monkeypatch):
    pair("health h-2", "police c-2", 0.9)
    rules = linking_rules()
    monkeypatch.setattr("heed.casework.linking.meeting.linking_rules", lambda: type(rules)(
        rules.second_person, rules.from_probability, rules.ask, 1, rules.shown_for
    ))  # fmt: skip
    assert introduce(now=NOW) == 1
    assert Introduction.objects.get().left == "health h-2"
    assert introduce(now=NOW + timedelta(days=6)) == 0
    assert introduce(now=NOW + timedelta(days=8)) == 1


def test_same_from_both_sides_joins_the_two_and_not_before(officer, nurse):
    introduce(now=NOW)
    number = shown(officer)[0].number
    answer(introduction=number, answer="same", reason=WHY, by=officer, now=NOW)
    assert Source.objects.values("person").distinct().count() == 4
    assert shown(officer) == []
    assert shown(nurse)[0].theirs_same
    answer(introduction=number, answer="same", reason="We spoke on the phone.", by=nurse, now=NOW)
    people = dict(Source.objects.values_list("key", "person"))
    assert people[POLICE] == people[HEALTH]
    assert [step.kind for step in VerdictStep.objects.order_by("pk")] == ["asked", "confirmed"]
    assert [str(fault) for fault in check().faults] == []
    link_all(NOW)
    assert kept_links() == expected_links()
    assert Source.objects.get(pk=POLICE).person == Source.objects.get(pk=HEALTH).person


def test_after_an_introduction_only_the_other_side_confirms_and_only_by_answering(officer, nurse):
    introduce(now=NOW)
    number = shown(officer)[0].number
    answer(introduction=number, answer="same", reason=WHY, by=officer, now=NOW)
    said = Verdict.objects.get()
    colleague, lead = someone("beth", "police"), someone("gwen", "police", "designated_lead")
    colleague_there = someone("ann", "health")
    for who in (colleague, lead, colleague_there):
        with pytest.raises(Explained):
            confirm(verdict=said.pk, reason=WHY, by=who, now=NOW)
    answer(introduction=number, answer="same", reason="We spoke.", by=colleague_there, now=NOW)
    assert Source.objects.get(pk=POLICE).person == Source.objects.get(pk=HEALTH).person
    assert VerdictStep.objects.get(kind="confirmed").by.agency_id == "health"


def test_an_introduction_where_the_other_side_has_no_post_at_all_is_theirs_to_answer_too(officer):
    introduce(now=NOW)
    answer(introduction=shown(officer)[0].number, answer="same", reason=WHY, by=officer, now=NOW)
    with pytest.raises(Explained, match="another agency"):
        confirm(
            verdict=Verdict.objects.get().pk, reason=WHY, by=someone("gwen", "police", "designated_lead"), now=NOW
        )  # fmt: skip


def test_different_settles_it_and_not_ours_says_nothing_of_the_pair(officer, nurse):
    introduce(now=NOW)
    number = shown(officer)[0].number
    answer(introduction=number, answer="not_ours", reason=WHY, by=officer, now=NOW)
    assert shown(officer) == []
    assert len(shown(nurse)) == 1
    answer(introduction=number, answer="different", reason=WHY, by=nurse, now=NOW)
    assert shown(nurse) == []
    people = dict(Source.objects.values_list("key", "person"))
    assert people[POLICE] != people[HEALTH]
    assert [str(fault) for fault in check().faults] == []
    assert "rang" not in IntroductionAnswer.objects.first().reason


def test_who_may_not_answer(officer, nurse):
    introduce(now=NOW)
    number = shown(officer)[0].number
    for by, words, said in (
        (someone("carl", "voluntary"), "no such introduction", "same"),
        (officer, "one of", "perhaps"),
    ):
        with pytest.raises(Explained, match=words):
            answer(introduction=number, answer=said, reason=WHY, by=by, now=NOW)
    answer(introduction=number, answer="same", reason=WHY, by=officer, now=NOW)
    with pytest.raises(Explained, match="has answered"):
        answer(introduction=number, answer="different", reason=WHY, by=someone("beth", "police"), now=NOW)


def test_one_that_nobody_answers_is_not_shown_for_ever(officer):
    introduce(now=NOW)
    later = NOW + linking_rules().shown_for + timedelta(minutes=1)
    assert shown(officer, later) == []


def test_the_clock_introduces_once_an_hour(officer):
    tick(NOW)
    assert Introduction.objects.count() == 1
    pair("health h-2", "police c-2")
    tick(NOW + timedelta(minutes=10))
    assert Introduction.objects.count() == 1
    tick(NOW + timedelta(minutes=61))
    assert Introduction.objects.count() == 2
    assert introductions.introduce(now=NOW + timedelta(minutes=62)) == 0


ADULTS = ("health I-1#1", "health I-2#1", "police I-1#1")


@pytest.fixture
def of_concern():
    """One nickname in two records of the health service and one of the police: each beside another child."""
    moz = {"part": "person_of_concern", "also_known_as": ["Moz"]}
    told = [
        record("police", "I-1", person("c-1", "Ayla", "Marsh", "1995-02-11"), moz),
        record("health", "I-1", person("h-1", "Nell", "Orme", "1999-08-30"), moz),
        record("health", "I-2", person("h-2", "Joan", "Hay", "1997-03-04"), moz),
    ]
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)
    Link.objects.all().delete()
    joined = Source.objects.get(pk=ADULTS[0]).person
    Source.objects.filter(pk=ADULTS[1]).update(person=joined)
    for left, probability in ((ADULTS[0], 0.55), (ADULTS[1], 0.57)):
        pair(left, ADULTS[2], probability)
    Link.objects.update(terms='[["alias", "same", 6.0]]')


def test_two_agencies_that_speak_of_one_person_of_concern_are_told_once_and_after_the_children(
    officer, nurse, of_concern
):
    """Nobody keeps a file of such a person, so that nobody but the agency sees its mention."""
    pair(HEALTH, POLICE, 0.56)
    assert introduce(now=NOW) == 2
    assert list(Introduction.objects.order_by("pk").values_list("left", "right")) == [
        (HEALTH, POLICE),
        (ADULTS[1], ADULTS[2]),
    ]
    assert introduce(now=NOW + timedelta(hours=1)) == 0  # the other mention is the same person's
    (one,) = [one for one in shown(nurse) if one.of_concern]
    assert (one.ref, one.agency, one.post, one.source) == ("I-2", "Police", "duty person", ADULTS[1])
    assert shown(officer)[0].of_concern is False


def test_the_page_speaks_of_a_person_and_asserts_nothing(officer, nurse, of_concern, client):
    introduce(now=NOW)
    number = Introduction.objects.get().pk
    client.force_login(nurse)
    text = client.get(f"/introductions/{number}").content.decode()
    for words in ("one person of concern", "no assertion of guilt", "it is the same person"):
        assert words in text
    assert "I-2, which speaks of “Moz”" in text  # her agency's own record, which she may read
    assert "child" not in text.partition("<main")[2].partition("</main")[0]
    answer(introduction=number, answer="same", reason=WHY, by=nurse, now=NOW)
    someone("dora", "police", "designated_lead")
    people = dict(Source.objects.filter(pk__in=ADULTS).values_list("key", "person"))
    assert people[ADULTS[1]] != people[ADULTS[2]]  # one side alone joins nothing
    answer(introduction=number, answer="same", reason=WHY, by=officer, now=NOW)
    people = dict(Source.objects.filter(pk__in=ADULTS).values_list("key", "person"))
    assert people[ADULTS[1]] == people[ADULTS[2]]
    assert [str(fault) for fault in check().faults] == []


def test_today_says_it(officer):
    introduce(now=NOW)
    assert [one.ref for one in today.today(viewer=viewer_for(officer, NOW), now=NOW).introduced] == ["c-1"]


def test_nobody_is_sent_to_ask_after_what_was_withdrawn(officer, nurse, of_concern):
    """Neither on a list nor on its page: that the other record is gone is not told either."""
    introduce(now=NOW)
    (one,) = [one for one in shown(nurse) if one.of_concern]
    told = Record.objects.system("a test withdraws it").get(ref="I-1", agency="police")
    batch = Batch.objects.create(agency_id="police", source="api", begun=NOW, state="withdrawn")
    BatchRecord.objects.create(record_id=told.pk, batch=batch)
    assert not [each for each in shown(nurse) if each.of_concern]
    assert introduced.meeting(viewer=viewer_for(nurse, NOW), number=one.number, now=NOW) is None
