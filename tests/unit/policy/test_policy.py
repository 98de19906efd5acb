"""Policy is read once, checked, and a mistake is named with its file, line, key, what was found and expected."""

from pathlib import Path

import pytest

from heed.casework.policy import policy
from heed.casework.policy.agencies import read_agencies
from heed.casework.policy.duties import read_duties
from heed.casework.policy.ladder import read_holidays, read_ladder
from heed.casework.policy.page import SHIPPED
from heed.core.records.explained import Explained


@pytest.fixture
def partnership(tmp_path, settings):
    """A partnership's own folder; `change` puts a changed copy of a shipped page into it."""
    settings.POLICY = tmp_path

    def change(name: str, old: str, new: str) -> Path:
        text = (SHIPPED / f"{name}.yaml").read_text()
        assert old in text
        (tmp_path / f"{name}.yaml").write_text(text.replace(old, new, 1))
        return tmp_path / f"{name}.yaml"

    return change


def test_what_heed_comes_with_is_whole():
    rules = policy()
    assert [rung.post for rung in rules.ladder.rungs][-1] == "executive"
    assert "no_further_action" in rules.duties.refusals


def test_a_partnership_changes_only_the_page_it_has(partnership):
    partnership("ladder", "answer: 1 working day", "answer: 3 working hours")
    assert str(read_ladder().rungs[0].answer) == "3 working hours"
    assert "police" in read_agencies()


MISTAKES = [
    ("ladder", "answer: 1 working day", "answer: soon", read_ladder, "rungs.0.answer: found 'soon'"),
    ("ladder", "post: line_manager", "post: boss", read_ladder, "rungs.2.post: found 'boss'"),
    ("ladder", 'closes: "17:00"', 'closes: "08:00"', read_ladder, "a time after opens"),
    ("ladder", "zone: Europe/London", "zone: Europe/Atlantis", read_ladder, "a zone such as"),
    ("ladder", "monday", "mon", read_ladder, "working_time.days.0: found 'mon'"),
    ("ladder", "owner: the", "owners: the", read_ladder, "owner: found nothing, expected words"),
    ("ladder", "review_date: 2027-11-01", "review_date: never", read_ladder, "expected a day such as"),
    (
        "ladder",
        "review_date: 2027-11-01",
        "review_date: 2025-11-01",
        read_ladder,
        "a day after effective_from",
    ),
    ("ladder", "rungs:", "rungs: [", read_ladder, "is not YAML"),
    ("holidays", "holiday: spring", "holiday: sprung", read_holidays, "moved.1.holiday: found 'sprung'"),
    ("duties", "concern: {", "worry: {", read_duties, "opens.worry"),
    (
        "duties",
        "refusals: [no_further_action]",
        "refusals: [none]",
        read_duties,
        "answer.refusals.0: found 'none'",
    ),
    ("duties", "reason_characters: 10", "reason_characters: 0", read_duties, "a whole number from 1"),
    ("duties", "first_told: true", "first_told: perhaps", read_duties, "true or false"),
    (
        "duties",
        "default: social_care",
        "default: socialcare",
        read_duties,
        "an agency of agencies.yaml: police",
    ),
    (
        "duties",
        "effective_from: 2026-11-01",
        "effective_from: 2026-11-01 10:00:00",
        read_duties,
        "a day such as",
    ),
    ("agencies", "partnership:", "partners:", read_agencies, "the partnership itself"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "read", "words"), MISTAKES, ids=[each[4] for each in MISTAKES]
)
def test_a_mistake_is_named_where_it_stands(partnership, name, old, new, read, words):
    file = partnership(name, old, new)
    with pytest.raises(Explained) as told:
        read()
    assert words in str(told.value)
    assert str(file) in str(told.value)


def test_the_line_is_the_line(partnership):
    file = partnership("ladder", "post: line_manager", "post: boss")
    line = next(n for n, text in enumerate(file.read_text().splitlines(), start=1) if "boss" in text)
    with pytest.raises(Explained, match=f"line {line}:"):
        read_ladder()


def test_history_may_be_left_alone(partnership):
    assert read_duties().history_days is None
    partnership("duties", "history_days:", "history_days: 90")
    assert read_duties().history_days == 90


def test_a_page_that_cannot_be_read_is_explained(partnership, tmp_path):
    (tmp_path / "ladder.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(Explained, match=r"ladder.yaml cannot be read as text in UTF-8"):
        read_ladder()
    (tmp_path / "holidays.yaml").mkdir()
    with pytest.raises(Explained, match=r"holidays.yaml cannot be read"):
        read_holidays()


def test_a_folder_that_is_not_there_is_not_silently_what_heed_comes_with(settings, tmp_path):
    settings.POLICY = tmp_path / "mistyped"
    with pytest.raises(Explained, match="there is no such folder"):
        read_ladder()
