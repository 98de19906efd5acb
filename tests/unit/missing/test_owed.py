"""What a missing episode makes somebody owe: held while she is away, repeats, areas, the plan, the interview."""

from datetime import timedelta

import pytest

from heed.casework import worker
from heed.casework.actions.missing import opening
from heed.casework.actions.missing.sweeping import grow_graver, look_again
from heed.casework.ledger import check
from heed.casework.models import Agency, DutyStep, Record, Relationship
from heed.casework.policy import policy
from heed.casework.rules import troubles
from heed.casework.sealing.rows import words_of
from heed.casework.tick import tick
from heed.core.duty.moves import OWED
from heed.core.records.reading import parse
from tests.personas import standing
from tests.tables import rows
from tests.unit.missing.telling import HER, NOW, again, interview, owed, saved, told

pytestmark = pytest.mark.django_db
HELD = "missing:open"
INTERVIEW = "deadline:return_interview"


@pytest.fixture(autouse=True)
def people():
    return standing()


def test_while_she_is_away_somebody_holds_it_and_the_return_closes_it():
    saved(told("M-1", days=0.1))
    (duty,) = owed(HELD)
    assert (duty.owing_agency_id, duty.due_at) == ("police", NOW + timedelta(hours=4))
    assert Relationship.objects.filter(duty=duty, professional=duty.owner, source_ref="police-7").exists()
    assert again() == 0
    saved(told("M-1", days=0.1, hours=2, revision=2))
    duty.refresh_from_db()
    assert duty.state == "answered"
    assert [each.due_at for each in owed("missing:offer")] == [NOW + timedelta(hours=47.6)]
    assert len(owed(INTERVIEW)) == 1
    assert again() == 0
    assert check().faults == []


@pytest.mark.parametrize(
    "row",
    rows("""
risk             | hours | level
high             | 1     | high
medium           | 4     | usual
low              | 12    | usual
no_apparent_risk | 24    | usual
not graded       | 24    | usual
"""),
    ids=lambda row: row["risk"],
)
def test_the_risk_says_how_soon_it_is_looked_at_again(row):
    saved(told("M-1", risk=row["risk"]))
    (duty,) = owed(HELD)
    assert (duty.due_at, duty.level) == (NOW + timedelta(hours=int(row["hours"])), row["level"])


def test_a_grade_that_rises_goes_up_and_a_high_one_is_closed_by_nobody_alone():
    saved(told("M-1"))
    saved(told("M-1", risk="high", revision=2))
    (duty,) = owed(HELD)
    assert (duty.level, duty.rung, duty.due_at) == ("high", 1, NOW + timedelta(hours=1))
    saved(told("M-1", risk="high", hours=1, revision=3), now=NOW + timedelta(hours=2))
    duty.refresh_from_db()
    assert duty.state == "asked"
    assert again() == 0


def test_the_second_is_noted_the_third_asks_for_a_meeting_and_each_further_goes_up():
    for number, days in enumerate((60, 13, 9, 5, 1)):
        saved(told(f"M-{number}", days=days, hours=3), now=NOW - timedelta(days=days - 0.5))
        rungs = [(each.about.split(":")[-1], each.rung) for each in owed("missing:repeat")]
        assert (
            rungs
            == [
                [],
                [],
                [("third_in_90_days", 2)],
                [("third_in_90_days", 3)],
                [("third_in_90_days", 4)],
            ][number]
        )
        assert again(NOW - timedelta(days=days - 0.5)) == 0
    (duty,) = owed("missing:repeat")
    raised = DutyStep.objects.filter(duty=duty).order_by("number")
    assert words_of(raised)[-1].startswith("Episode number 5 in 90 days.")
    assert check().faults == []


@pytest.mark.parametrize(("days", "opened"), [
    ((20, 1), ["second_in_28_days"]),
    ((30, 1), []),
    ((200, 100, 1), ["third_in_12_months"]),
    ((300, 200, 1), ["third_in_12_months"]),
    ((400, 380, 1), []),
    ((20, 20, 20), []),
])  # fmt: skip
def test_thresholds(days, opened):
    """The last three: far apart, too long ago, and history that arrives late and opens nothing."""
    saved(*(told(f"M-{n}", days=each, hours=3) for n, each in enumerate(days)))
    assert [each.about.split(":")[-1] for each in owed("missing:repeat")] == opened


def test_absent_and_never_reported_count_like_missing():
    absent = {"category": "absent", "risk": "low", "risk_reason": "expected back by ten"}
    saved(told("M-1", days=40, hours=3) , told("A-2", agency="home", days=20, hours=3, missing=absent),
          told("S-1", agency="school", kind="school", days=10, hours=1, observations=["school_absence"]),
          told("H-1", agency="health", kind="health", days=10, observations=["not_there"]))  # fmt: skip
    (duty,) = owed("missing:repeat")
    assert words_of(DutyStep.objects.filter(duty=duty))[0].startswith("Episode number 3 in 90 days.")
    assert duty.rung == 2
    saved(told("M-3", days=10, hours=3))
    assert [each.rung for each in owed("missing:repeat")] == [2]
    saved(told("M-4", days=1, hours=2))
    (duty,) = owed("missing:repeat")
    assert words_of(DutyStep.objects.filter(duty=duty).order_by("number"))[-1].startswith(
        "Episode number 4 in 90 days."
    )
    assert duty.rung == 3
    assert again() == 0


def test_two_children_in_one_record_are_counted_each_for_herself():
    other = {
        "part": "child",
        "ref": "police-8",
        "given_names": "Nell",
        "family_name": "Orme",
        "born": "2010-09-30",
    }
    saved(*(told(f"M-{n}", days=days, hours=3) for n, days in enumerate((80, 60))))
    both = {"people": [{"part": "child", "ref": "police-7", **HER}, other]}
    for number, days in enumerate((9, 5, 2), start=5):
        saved(told(f"M-{number}", days=days, hours=3, **both), now=NOW - timedelta(days=days - 0.5))
        assert again(NOW - timedelta(days=days - 0.5)) == 0
    tasks = owed("missing:repeat:third")
    # Ayla: third, fourth, fifth. Nell: second (a note), third.
    assert sorted(each.rung for each in tasks) == [2, 4]
    assert len(owed("missing:repeat:second")) == 1
    assert check().faults == []


def test_what_two_agencies_tell_of_one_night_is_owed_once():
    saved(told("M-1", days=0.5), told("L-1", agency="home", days=0.45))
    assert len(owed(HELD)) == 1
    saved(
        told("M-1", days=0.5, hours=6, revision=2), told("L-1", agency="home", days=0.45, hours=6, revision=2)
    )
    assert [len(owed(about)) for about in (INTERVIEW, "missing:offer", "missing:repeat")] == [1, 1, 0]


def test_placing_and_host_area_both_hold_it_and_an_area_outside_is_told():
    saved(told("M-0", agency="norvale", kind="concern", days=30))
    Agency.objects.filter(pk="norvale").update(name="Norvale children's services")
    away = {"extra": {"episode": {"placed_by": "Norvale Children's Services"}}}
    saved(told("M-1", days=0.5, hours=3, **away))
    both = ["social_care", "norvale"]
    assert [each.owing_agency_id for each in owed("missing:grave")] == both
    assert [each.owing_agency_id for each in owed(INTERVIEW)] == both
    assert owed("missing:placing") == []
    seeing = Relationship.objects.filter(duty__in=owed(INTERVIEW)).values_list(
        "professional__agency", flat=True
    )
    assert {*both} <= set(seeing)
    saved(told("M-2", days=0.1, extra={"episode": {"living_in": "Eastmarch"}}))
    (duty,) = owed("missing:placing")
    assert "Eastmarch" in words_of(DutyStep.objects.filter(duty=duty))[0]


def test_the_trigger_plan_runs_on_the_next_report_and_once():
    asks = [{"agency": "police", "what": "Look at Mill Street first"}, {"agency": "home", "what": "Ring her sister"},
            {"agency": "police", "what": "Ask the bus company"}]  # fmt: skip
    saved(told("M-0", days=5, hours=2))
    saved(told("P-1", kind="decision", days=3, extra={"trigger_plan": {"actions": asks}}))
    assert owed("missing:plan") == []
    saved(told("M-1", days=0.2), told("L-1", agency="home", days=0.15))
    plans = owed("missing:plan")
    assert [(each.owing_agency_id, each.due_at) for each in plans] == [
        ("police", NOW + timedelta(hours=1)), ("home", NOW + timedelta(hours=1)),
    ]  # fmt: skip
    words = words_of(DutyStep.objects.filter(duty=plans[0]))[0]
    assert "Look at Mill Street first; Ask the bus company" in words
    saved(
        told(
            "P-1",
            kind="decision",
            days=-1,
            revision=2,
            extra={"trigger_plan": {"actions": asks, "until": "2026-01-01"}},
        )
    )
    saved(told("M-2", days=-2), now=NOW + timedelta(days=2))
    assert len(owed("missing:plan")) == 2


def test_a_night_away_asks_a_lead_and_time_alone_brings_it():
    saved(told("M-1", days=0))
    assert grow_graver(by=None, now=NOW + timedelta(hours=3)) == 0
    assert grow_graver(by=None, now=NOW + timedelta(hours=20)) == 1
    assert grow_graver(by=None, now=NOW + timedelta(hours=30)) == 0
    (duty,) = owed("missing:grave")
    assert (duty.owing_agency_id, duty.owner.username) == ("social_care", "lena")
    saved(told("M-2", agency="health", days=0.1, hours=1, born="2014-11-17"))
    assert len(owed("missing:grave")) == 2


def test_school_episode_and_unexplained_things_are_noted_once_and_two_of_them_are_not():
    away = told("S-1", agency="school", kind="school", days=20, observations=["school_absence"])
    saved(away, told("M-1", days=1, hours=2))
    assert owed("missing:together") == []
    saved(
        told("C-1", agency="home", kind="concern", days=10, observations=["new_phone"]),
        told("M-2", days=0.2, hours=1),
    )
    (duty,) = owed("missing:together")
    assert "home C-1, school S-1" in words_of(DutyStep.objects.filter(duty=duty))[0]
    saved(told("M-3", days=-1), now=NOW + timedelta(days=1))
    assert len(owed("missing:together")) == 1
    assert again(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize(("record", "offer", "owes"), [
    (interview("offered"), 0, 1),
    (interview("accepted"), 0, 1),
    (interview("declined", reason="she did not want to talk yet"), 0, 0),
    (interview("held"), 0, 0),
    (interview("held", independent=False), 0, 1),
    (interview("held", agency="home"), 0, 1),
    (interview("held", independent="no"), 0, 1),
    (interview("held", independent=None), 0, 1),
    (interview("Offered"), 0, 1),
    (interview("Held"), 0, 0),
    (interview("begun"), 1, 1),
    (interview("held", days=3), 0, 1),
])  # fmt: skip
def test_only_somebody_independent_ends_what_is_owed(record, offer, owes):
    saved(told("M-1", days=0.5, hours=6))
    saved(record)
    assert len(owed("missing:offer", state__in=OWED)) == offer
    assert len(owed(INTERVIEW, state__in=OWED)) == owes
    assert again() == 0
    assert check().faults == []


def test_an_interview_that_comes_before_the_return_is_told_ends_it_at_the_next_look():
    saved(interview("held"))
    saved(told("M-1", days=0.5, hours=6), look=False)
    assert len(owed(INTERVIEW, state__in=OWED)) == 1
    assert look_again(by=None, now=NOW) >= 1
    assert owed(INTERVIEW, state__in=OWED) == []
    assert look_again(by=None, now=NOW) == 0


def test_what_police_need_tonight_is_owed_now_and_an_interview_that_names_no_episode_is_of_the_last():
    saved(told("M-1", days=0.5, hours=6))
    held = {
        "status": "held",
        "independent": True,
        "police_tonight": "The flat she was taken to, and who has the key.",
    }
    saved(told("RHI-9", agency="social_care", kind="return_interview", days=0.1, extra={"interview": held}))
    assert owed(INTERVIEW, state__in=OWED) == []
    (duty,) = owed("missing:tonight")
    assert (duty.owing_agency_id, duty.due_at) == ("police", NOW + timedelta(hours=2))
    assert again() == 0


NOBODY = "the police of the whole county, missing from home team"


@pytest.mark.parametrize("agency", [NOBODY, "nowhere at all", "pölice"])
def test_a_plan_that_asks_somebody_unknown_is_seen_to_by_whoever_holds_the_episode(agency):
    asks = [
        {"agency": agency, "what": "Look at Mill Street"},
        {"agency": "Police ", "what": "Ring her sister"},
    ]
    saved(told("P-1", kind="decision", days=3, extra={"trigger_plan": {"actions": asks}}))
    before = set(Agency.objects.values_list("code", flat=True))
    saved(told("M-1", days=0.1))
    (duty,) = owed("missing:plan")
    assert duty.owing_agency_id == "police"
    words = words_of(DutyStep.objects.filter(duty=duty))[0]
    assert f"(of {agency}, who is not in this Heed) Look at Mill Street; Ring her sister" in words
    assert len(owed(HELD)) == 1
    assert set(Agency.objects.values_list("code", flat=True)) <= before | set(policy().agencies)
    assert again() == 0


@pytest.fixture
def one_row_that_fails(monkeypatch):
    """Two children away; what is looked at for the first of them raises."""
    nora = {"part": "child", "ref": "x-1", "given_names": "Nora", "family_name": "Vale", "born": "2010-05-05"}
    saved(told("M-1"), told("N-1", agency="home", people=[nora]))
    bad = Record.objects.system("a test looks at it").get(ref="M-1").pk
    whole = opening._of

    def of(row, *rest):
        if row == bad:
            raise ValueError("this one")
        return whole(row, *rest)

    monkeypatch.setattr(opening, "_of", of)


def test_a_row_that_fails_holds_up_neither_the_others_nor_the_clock(one_row_that_fails):
    later = NOW + timedelta(hours=30)
    tick(later)
    assert [each.record.ref for each in owed("missing:grave")] == ["N-1"]
    assert [(each.rule, each.trouble) for each in troubles(later)] == [("missing", "NotAllOwed")]


def test_nor_what_was_saved_since(one_row_that_fails, monkeypatch):
    done = []
    monkeypatch.setattr(worker, "work_once", lambda now: done.append(now) or 0)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.clock, "now", lambda: NOW + timedelta(hours=30))

    class Once:
        turns = 0

        def is_set(self):
            return self.turns > 0

        def wait(self, seconds):
            self.turns += 1

    worker._work_until(Once())
    assert done
    assert "missing" in [each.rule for each in troubles(NOW + timedelta(hours=30))]


def without_a_start(ref):
    whole = {key: value for key, value in told(ref).document.items() if key != "happened_from"}
    record = parse(whole).record
    assert record
    return record


@pytest.mark.parametrize("record", [told("M-1", days=20), told("M-1", days=300), without_a_start("M-1")])
def test_who_is_away_is_held_however_long_ago_she_went_and_where_nobody_says_when(record):
    saved(record)
    assert len(owed(HELD)) == 1
    assert again() == 0


def test_history_that_nobody_ended_opens_nothing_once_she_went_missing_again():
    saved(told("M-1", days=300), told("M-2", days=200, hours=2))
    assert owed("missing:") == []
    saved(told("M-3", days=100))
    assert [each.record.ref for each in owed(HELD)] == ["M-3"]


def by_day(ref, first, last):
    whole = told(ref).document | {
        "happened_from": first.date().isoformat(),
        "happened_to": last.date().isoformat(),
    }
    record = parse(whole).record
    assert record
    return record


@pytest.mark.parametrize("records", [
    [by_day("M-1", NOW - timedelta(days=1), NOW), told("L-9", agency="home", days=0.05)],
    [told("M-1", days=0.6), told("L-1", agency="home", days=0.6, hours=6), told("S-1", agency="school", days=0.1)],
    [told("M-1", days=0.1, hours=40)],
], ids=["back on that day", "home closed it, police did not", "back is still to come"])  # fmt: skip
def test_an_end_before_she_was_gone_again_ends_nothing(records):
    for record in records:
        saved(record)
    assert len(owed(HELD, state__in=OWED)) == 1
    assert again() == 0


def test_two_agencies_that_use_one_reference_are_two_records():
    nora = {"part": "child", "ref": "x-1", "given_names": "Nora", "family_name": "Vale", "born": "2010-05-05"}
    saved(told("M-1", agency="home", days=1.5, people=[nora]))
    saved(told("M-1", days=0.04))
    assert len(owed("missing:grave")) == 1
    grow_graver(by=None, now=NOW + timedelta(hours=30))
    assert sorted(each.record.agency_id for each in owed("missing:grave")) == ["home", "police"]


def plan_of(ref, agency="police", days=3, **more):
    asks = {"actions": [{"agency": agency, "what": f"What {agency} does"}], **more}
    return told(ref, agency=agency, kind="decision", days=days, extra={"trigger_plan": asks})


def test_no_plan_switches_off_another():
    over, to_come = plan_of("P-8", "school", 2, until="2026-01-01"), plan_of("P-9", "health", -300)
    older = plan_of("P-0", "home", 9)
    saved(plan_of("P-1"), over, to_come, older, plan_of("P-2", "home", 4))
    saved(told("M-1", days=0.1))
    assert sorted(each.owing_agency_id for each in owed("missing:plan")) == ["home", "police"]
    (words,) = words_of(DutyStep.objects.filter(duty__about="missing:plan:home"))
    assert "home P-2" in words
    assert "P-0" not in words


def test_absences_that_nobody_ever_reported_cross_a_threshold_with_the_record_that_crosses_it():
    for number, days in enumerate((80, 50, 20, 1)):
        absent = told(
            f"S-{number}", agency="school", kind="school", days=days, hours=1, observations=["school_absence"]
        )
        saved(
            absent, told(f"H-{number}", agency="health", kind="health", days=days, observations=["not_there"])
        )
    (duty,) = owed("missing:repeat")
    assert (duty.about.split(":")[2], duty.rung) == ("third_in_90_days", 3)
    assert again() == 0
    assert check().faults == []
