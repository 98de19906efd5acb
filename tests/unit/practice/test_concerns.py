"""The rules that count concerns: what opens with the record that crosses the threshold, and what never opens twice."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.casework import worker
from heed.casework.actions import duties as acts
from heed.casework.actions import practice
from heed.casework.actions.practice import NotAllCounted, owe_practice
from heed.casework.actions.receive import receive_many
from heed.casework.ledger import check
from heed.casework.models import DutyStep, Outbox, Record, Relationship
from heed.casework.sealing.rows import words_of
from heed.core.review.concern_counts import Concern, Counted, reached
from tests.personas import standing
from tests.tables import rows
from tests.unit.missing.telling import NOW, again, owed, saved, told

SEVERAL, PLACE = "practice:several_concerns", "practice:same_place"
CAR_PARK = {"kind": "place", "address": "Harbour car park, level 2", "postcode": "ZZ1 4CP"}


@pytest.fixture
def people(db):
    return standing()


def concern(ref, *, agency="school", days=1.0, **more):
    return told(
        ref, agency=agency, kind="concern", days=days, text="Seen in a car with somebody much older.", **more
    )


def counted(*records, now=NOW):
    saved(*records, now=now, look=False)
    every = Record.objects.system("a test counts").values_list("pk", flat=True)
    return owe_practice(records=list(every), by=None, now=now)


CASES = rows("""
concerns                      | since | reached
school 80, school 40, home 1  |       | 3
school 80, school 40, school 1|       | 0
school 91, school 40, home 1  |       | 0
school 80, home 1             |       | 0
school 80, school 40, home 1  | 50    | 0
school 80, school 40, home 30, home 20, school 1 | 50 | 4
school 80, school 40, home -1 |       | 0
""")


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['concerns']} since {row['since']}")
def test_the_threshold(row):
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    told_of = [
        Concern(agency, f"C-{number}", at - timedelta(days=int(days)), number)
        for number, (agency, days) in enumerate(each.split() for each in row["concerns"].split(", "))
    ]
    since = at - timedelta(days=int(row["since"])) if row["since"] else None
    assert len(reached(told_of, at, Counted(3, 2, 90), since)) == int(row["reached"])


class TestSeveralConcerns:
    def test_the_third_from_a_second_agency_asks_a_lead_for_a_strategy_discussion(self, people):
        assert counted(concern("C-1", days=60), concern("C-2", days=30)) == 0
        assert counted(concern("C-3", agency="home", days=0.1)) == 1
        (duty,) = owed(SEVERAL)
        assert (duty.owing_agency_id, duty.state, duty.record.ref) == ("social_care", "open", "C-3")
        assert duty.owner.posts.filter(post="designated_lead").exists()
        assert duty.due_at == NOW + timedelta(days=1)
        (words,) = words_of(DutyStep.objects.filter(duty=duty))
        assert words.startswith("3 concerns of 2 agencies in 90 days: school C-1, school C-2, home C-3.")
        assert Relationship.objects.filter(duty=duty, professional=duty.owner).exists()
        assert counted() == 0
        assert check().faults == []

    def test_the_worker_opens_it_with_the_record(self, people):
        told_of = [concern("C-1", days=60), concern("C-2", days=30), concern("C-3", agency="home", days=0.1)]
        receive_many(records=told_of, by=None, now=NOW)
        while worker.work_once(NOW):
            pass
        assert len(owed(SEVERAL)) == 1

    def test_one_agency_alone_asks_for_nothing(self, people):
        assert counted(*(concern(f"C-{n}", days=n) for n in range(1, 6))) == 0

    def test_each_further_one_goes_up_and_a_correction_does_not(self, people):
        counted(concern("C-1", days=60), concern("C-2", days=30), concern("C-3", agency="home", days=0.1))
        later = NOW + timedelta(hours=1)
        assert counted(concern("C-3", agency="home", days=0.1, revision=2), now=later) == 0
        assert counted(concern("C-4", agency="police", days=0), now=later) == 1
        (duty,) = owed(SEVERAL)
        assert duty.rung == 4
        assert counted(now=later + timedelta(hours=1)) == 0

    def test_a_strategy_discussion_settles_what_came_before_it(self, people):
        counted(concern("C-1", days=60), concern("C-2", days=30), concern("C-3", agency="home", days=0.1))
        (duty,) = owed(SEVERAL)
        reason = "Held today with police and health; a plan is on the file."
        acts.answer(duty=duty, by=duty.owner, decision="strategy_discussion", reason=reason, now=NOW)
        later = NOW + timedelta(days=1)
        assert counted(concern("C-4", agency="police", days=-0.9), concern("C-5", days=-0.9), now=later) == 0
        assert counted(concern("C-6", days=-0.95), now=later) == 1

    def test_one_that_a_concern_tells_of_does_so_too(self, people):
        answer = {"decision": "strategy_discussion", "at": (NOW - timedelta(days=20)).isoformat()}
        told_of = [
            concern("C-1", days=60),
            concern("C-2", days=30, answer=answer),
            concern("C-3", agency="home", days=1),
        ]
        assert counted(*told_of) == 0

    def test_another_answer_does_not_and_the_next_concern_opens_it_higher(self, people):
        counted(concern("C-1", days=60), concern("C-2", days=30), concern("C-3", agency="home", days=0.1))
        (duty,) = owed(SEVERAL)
        acts.answer(
            duty=duty,
            by=duty.owner,
            decision="support",
            reason="A youth worker has been offered to the child.",
            now=NOW,
        )
        later = NOW + timedelta(hours=2)
        assert counted(now=later) == 0
        assert counted(concern("C-4", agency="police", days=-0.05), now=later) == 1
        first, second = owed(SEVERAL)
        assert second.rung == first.rung + 1

    def test_one_child_that_fails_keeps_nobody_else_from_it(self, people, monkeypatch):
        other = {
            "part": "child",
            "ref": "x-1",
            "given_names": "Nell",
            "family_name": "Orme",
            "born": "2010-09-30",
        }
        others = [concern(f"O-{n}", agency=agency, days=1, people=[{**other, "ids": {"nhs": "9990000026"}}])
                  for n, agency in enumerate(("school", "school", "home"))]  # fmt: skip
        saved(concern("C-1"), concern("C-2"), concern("C-3", agency="home"), *others, look=False)
        true, failed = practice._owed_for, []

        def once(*given):
            if not failed:
                failed.append(given)
                raise RuntimeError
            return true(*given)

        monkeypatch.setattr(practice, "_owed_for", once)
        with pytest.raises(NotAllCounted):
            owe_practice(records=None, by=None, now=NOW)
        assert len(owed(SEVERAL)) == 1


class TestOnePlace:
    def test_three_concerns_of_two_agencies_name_it_and_the_panel_is_asked_once(self, people):
        def there(ref, child, **more):
            whom = {
                "part": "child",
                "ref": f"k-{child}",
                "given_names": child,
                "family_name": "Orme",
                "born": "2010-09-30",
            }
            return concern(ref, people=[whom], things=[CAR_PARK], **more)

        assert counted(there("C-1", "Nell", days=50), there("C-2", "Ada", days=20)) == 0
        assert counted(there("C-3", "Iris", agency="police", days=0.1)) == 1
        (duty,) = owed(PLACE)
        assert duty.owing_agency_id == "partnership"
        seen = Relationship.objects.filter(duty=duty, professional=duty.owner)
        assert seen.values("source_ref").distinct().count() == 3
        assert CAR_PARK["address"] not in words_of(DutyStep.objects.filter(duty=duty))[0]
        later = NOW + timedelta(hours=3)
        assert counted(there("C-4", "June", days=-0.1), now=later) == 0
        assert (len(owed(PLACE)), owed(SEVERAL)) == (1, [])


def test_gifts_that_come_last_are_noted_with_their_record(people):
    """P12: whichever of the three comes last brings the note."""
    saved(
        told("M-1", days=3, hours=2),
        told("S-1", agency="school", kind="school", days=5, observations=["school_absence"]),
    )
    assert owed("missing:together") == []
    saved(concern("C-1", agency="home", days=0.5, observations=["new_phone"]))
    assert len(owed("missing:together")) == 1
    assert again() == 0
    assert Outbox.objects.filter(done_at=None).count() == 0
