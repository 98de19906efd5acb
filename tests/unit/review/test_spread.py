"""How far knowledge spread: by person, by agency and rank, from whom to whom, and where a warning's way ended."""

from datetime import date

from heed.core.review.asof import Kept, end_of
from heed.core.review.knowing import Facts, Step, Who, knew
from heed.core.review.knowing import Owed as OwedDuty
from heed.core.review.spread import OWED, TOLD, WROTE, knowers, paths, ranks, told_by
from tests.case_story import read

NURSE = {"agency": "health", "name": "E. Quill", "role": "nurse", "grade": "frontline"}
DUTY = {"agency": "social_care", "name": "L. Moor", "role": "duty worker", "grade": "frontline"}
HEAD = {"agency": "social_care", "name": "V. Orrin", "role": "head", "grade": "senior"}
IDLE = {"agency": "social_care", "name": "B. Idle", "role": "clerk", "grade": "frontline"}


def kept(row, ref, kind, at, author, told=(), answer=None):
    document = {
        "v": 1, "agency": author["agency"], "ref": ref, "revision": 1, "kind": kind, "recorded_at": at,
        "happened_from": at, "author": author, "told": list(told), "people": [{"part": "child", "ref": "c-1"}],
    }  # fmt: skip
    record = read(document | ({"answer": answer} if answer else {}))
    return Kept(row, record.agency, ref, 1, record.recorded_at, record.recorded_at, record, frozenset({"x"}))


WARNED = kept(
    1, "W-1", "referral", "2007-03-08T10:00:00+00:00", NURSE,
    [DUTY | {"at": "2007-03-09T09:00:00+00:00"}, HEAD | {"at": "2007-04-01T09:00:00+00:00"}],
)  # fmt: skip
VISIT = kept(2, "V-1", "visit", "2007-03-20T10:00:00+00:00", IDLE)
ASKED = kept(
    3, "W-2", "concern", "2007-05-01T10:00:00+00:00", NURSE, [HEAD],
    {"decision": "no_further_action", "by": HEAD, "at": "2007-05-06T10:00:00+00:00"},
)  # fmt: skip
FACTS = Facts([WARNED, VISIT, ASKED])


def at(day):
    return knew(FACTS, end_of(date.fromisoformat(day)))


def test_somebody_knows_from_when_they_wrote_or_were_told_and_not_a_day_sooner():
    early = knowers(at("2007-03-31"), {WARNED.name})
    assert [(each.who.name, each.learned[0].how) for each in early] == [
        ("E. Quill", WROTE),
        ("L. Moor", TOLD),
    ]
    assert {each.who.name for each in knowers(at("2007-04-01"), {WARNED.name})} == {
        "E. Quill",
        "L. Moor",
        "V. Orrin",
    }


def test_a_telling_without_a_time_counts_from_when_it_was_written_down():
    head = next(each for each in knowers(at("2007-05-02"), {ASKED.name}) if each.who.name == "V. Orrin")
    assert head.since == ASKED.recorded_at


def test_of_each_agency_and_rank_how_many_knew_of_how_many():
    found = at("2007-03-31")
    told = {
        (each.agency, each.grade): (each.knew, each.people)
        for each in ranks(found, knowers(found, {WARNED.name}))
    }
    assert told == {("health", "frontline"): (1, 1), ("social_care", "frontline"): (1, 2)}


def test_whom_each_told():
    told = {who.name: [each.name for each in heard] for who, heard in told_by(at("2007-06-01"))}
    assert told == {"E. Quill": ["L. Moor", "V. Orrin"], "B. Idle": []}


def test_the_way_of_a_warning_ends_at_the_highest_rank_it_reached_with_or_without_an_answer():
    first, second = paths(at("2007-06-01"))
    assert [(each.who.name, each.how) for each in first.stages] == [
        ("E. Quill", WROTE), ("L. Moor", TOLD), ("V. Orrin", TOLD),
    ]  # fmt: skip
    assert (first.top, first.answered) == ("senior", None)
    assert second.answered is not None
    assert (second.answered.who.name, second.decision) == ("V. Orrin", "no_further_action")
    assert paths(at("2007-05-05"))[1].answered is None, "an answer still to come is none"


def test_what_heed_asked_of_somebody_is_on_the_way():
    owner = Who("social_care", 7, "Sam", "duty", "frontline")
    boss = Who("social_care", 8, "Lena", "lead", "senior")
    steps = [
        Step(number, WARNED.recorded_at, WARNED.recorded_at, move, None, who, number, None, "")
        for number, (move, who) in enumerate([("opened", owner), ("climbed", boss)])
    ]
    facts = Facts([WARNED], duties=[OwedDuty("D-1", 1, "clause", "social_care", "health", tuple(steps))])
    (path,) = paths(knew(facts, end_of(date(2007, 3, 8))))
    assert [(each.who.name, each.how) for each in path.stages[1:]] == [("Sam", OWED), ("Lena", OWED)]
    assert path.top == "senior"
