"""The table of the rules of practice: whole, each held by a test that is there, and a mistake in it named by line."""

import pytest

from heed.casework.policy.page import SHIPPED
from heed.casework.policy.practice import NUMBERS, read_practice
from heed.core.records.explained import Explained
from tests.house.reading import ROOT

TEXT = (SHIPPED / "practice.yaml").read_text()
HELD_BY = {
    "P1": "unit/missing/test_owed.py::test_the_second_is_noted_the_third_asks_for_a_meeting_and_each_further_goes_up",
    "P2": "unit/missing/test_owed.py::test_a_night_away_asks_a_lead_and_time_alone_brings_it",
    "P3": "unit/missing/test_owed.py::test_while_she_is_away_somebody_holds_it_and_the_return_closes_it",
    "P4": "spec/patterns/test_shared_entity.py::test_four_children_at_one_address_are_told_in_a_sentence",
    "P5": "spec/patterns/test_missing_together.py::test_three_children_of_three_homes_again_and_again",
    "P6": "unit/practice/test_concerns.py::test_three_concerns_of_two_agencies_name_it_and_the_panel_is_asked_once",
    "P7": "unit/practice/test_concerns.py::test_the_third_from_a_second_agency_asks_a_lead_for_a_strategy_discussion",
    "P8": "unit/duty/test_life.py::test_it_opens_one_rung_higher_and_names_who_refused",
    "P9": "unit/register/test_watching.py::test_it_raises_itself_when_the_day_is_over_and_climbs",
    "P10": "unit/register/test_watching.py::test_closer_takes_one_and_less_is_refused_to_one",
    "P11": "unit/register/test_plans.py::test_it_warns_a_fortnight_before_it_ends_and_a_breach_is_owed_at_once",
    "P12": "unit/practice/test_concerns.py::test_gifts_that_come_last_are_noted_with_their_record",
}
"""One test for each rule that fails when it opens nothing."""


def test_every_rule_is_in_the_table_with_its_source_and_what_it_opens():
    table = read_practice().rules
    assert tuple(rule.number for rule in table) == NUMBERS
    for rule in table:
        assert rule.source
        assert rule.opens
        assert rule.stands


@pytest.mark.parametrize("number", NUMBERS)
def test_every_rule_is_held_by_a_test(number):
    file, _, name = HELD_BY[number].partition("::")
    assert f"def {name}(" in (ROOT / "tests" / file).read_text()


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("concerns: [concern,", "concerns: [worry,", "concerns.0: found 'worry', expected a kind of record"),
    ("count: 3", "count: 1", "counted.several_concerns.count: found 1"),
    ("agencies: 2", "agencies: none", "counted.several_concerns.agencies: found 'none'"),
    ("settled_by: [strategy_discussion,", "settled_by: [a_chat,", "one of the decisions of duties.yaml"),
    ("agency: partnership", "agency: panel", "an agency of agencies.yaml"),
    ("stands: [duties missing.repeats]", "stands: [duties missing.often]", "a file of policy and what stands in it"),
    ("stands: [duties missing.repeats]", "stands: [dutys missing.repeats]", "rules.P1.stands.0"),
    ("  P12:\n", "  P13:\n", "rules.P12.rule"),
])  # fmt: skip
def test_a_mistake_is_named(tmp_path, settings, old, new, fault):
    settings.POLICY = tmp_path
    assert old in TEXT
    (tmp_path / "practice.yaml").write_text(TEXT.replace(old, new, 1))
    with pytest.raises(Explained) as refusal:
        read_practice()
    assert fault in str(refusal.value)
    assert "practice.yaml, line" in str(refusal.value)


def test_a_partnership_that_is_silent_about_it_goes_by_what_heed_comes_with(tmp_path, settings):
    shipped = read_practice()
    settings.POLICY = tmp_path
    assert read_practice() == shipped
