"""The monthly report: what may be told, what a month counts, who may read it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from heed.casework.actions.duties import answer
from heed.casework.assurance import CLOCKS, IN_TIME, LATE, LOOKS, RANK, RUNG, counts, report
from heed.casework.commands.assurance import command
from heed.casework.models import Duty, Entry, RuleBeat
from heed.casework.tick import climb
from heed.core.access.published import told
from heed.core.review.assurance import Month, lines, told_up_to
from tests import case_story, personas
from tests.unit.commands.running import run


@pytest.mark.parametrize(("count", "words"), [
    (0, "0"), (1, "1 to 7"), (7, "1 to 7"), (8, "10"), (12, "10"), (13, "15"), (1234, "1,235"),
])  # fmt: skip
def test_a_small_number_is_not_told_and_every_other_is_rounded(count, words):
    assert told(count) == words


def test_a_month_ends_where_the_next_begins():
    assert (str(Month(2026, 12).after), str(Month(2026, 1).before)) == ("2027-01", "2025-12")
    assert Month(2026, 12).ends == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("at", "up_to"), [
    (datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
    (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)),
    (datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)),
    (datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
])  # fmt: skip
def test_a_month_that_is_not_over_is_counted_up_to_its_last_monday(at, up_to):
    assert told_up_to(Month(2026, 3), at) == up_to


def test_what_only_one_month_has_is_none_in_the_other():
    found = lines({("a", "x"): 20}, {("b", "y"): 3}, ("a", "b"))
    assert [(each.name, each.this, each.before) for each in found] == [("x", "20", "0"), ("y", "0", "1 to 7")]


THEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def concerns(db):
    """Two concerns on one Monday: one is answered the same day, of the other nobody says a word."""
    people = personas.standing()
    told = [
        case_story.read(case_story.document("school", f"C-{n}", "concern", THEN - timedelta(days=1),
                                            case_story.as_(case_story.AYLA, "s-7")))
        for n in (1, 2)
    ]  # fmt: skip
    from heed.casework.actions.receive import receive_many

    receive_many(records=told, by=None, now=THEN)
    first = Duty.objects.order_by("pk").first()
    answer(
        duty=first,
        by=first.owner,
        decision="support",
        reason="We will see her today.",
        now=THEN + timedelta(hours=2),
    )
    return people


def test_a_month_counts_where_silence_stands_and_which_clocks_were_met(concerns):
    march = counts(Month(2026, 3))
    assert (march[CLOCKS, IN_TIME], march[CLOCKS, LATE]) == (1, 1)
    assert (march[RUNG, "concern"], march[RANK, "frontline"]) == (1, 1)
    climb(THEN + timedelta(days=40))
    april = counts(Month(2026, 4))
    assert april[RUNG, "concern"] == 0
    assert sum(count for (section, _), count in april.items() if section == RUNG) == 1
    assert not [key for key in counts(Month(2026, 2)) if key[0] in (RUNG, RANK)]


def test_two_looks_in_one_week_tell_the_same(concerns):
    one, two = (report(Month(2026, 3), THEN + timedelta(hours=h)) for h in (1, 90))
    assert one == two
    assert report(Month(2026, 3), THEN + timedelta(days=7)).lines != one.lines


def test_the_command_tells_no_small_number(concerns):
    RuleBeat.objects.create(name="shared_place", failed_at=THEN, trouble="ValueError")
    ran = run(command, "--month", "2026-03")
    assert "  In time: 1 to 7 (before: 0)" in ran.out.splitlines()
    assert "as they stand now: shared_place" in ran.out
    told = json.loads(run(command, "--month", "2026-04", "--json").out)
    assert (told["month"], told["silent"]) == ("2026-04", ["school"])
    assert "has not come yet" in run(command, "--month", "2099-01").explained


def test_a_lead_reads_it_and_nobody_else(client, concerns):
    client.force_login(concerns.lena)
    html = client.get("/assurance/2026/3", headers={"host": "localhost"}).content.decode()
    assert "Assurance report, March 2026" in html
    assert "1 to 7" in html
    assert Entry.objects.latest("seq").subject == "assurance:2026-03"
    assert client.get("/assurance/2026/13", headers={"host": "localhost"}).status_code == 404
    assert client.get("/assurance", headers={"host": "localhost"}).status_code == 200
    client.force_login(concerns.sam)
    assert client.get("/assurance", headers={"host": "localhost"}).status_code == 404
    assert Entry.objects.latest("seq").kind == "refusal"
    assert counts(Month(*Entry.objects.latest("seq").at.timetuple()[:2]))[LOOKS, "Refused"] >= 1
