"""The page on links: whole as it comes; a mistake is named where it stands."""

import pytest

from heed.casework.policy import linking
from heed.casework.policy.page import SHIPPED
from heed.core.records.explained import Explained


@pytest.fixture(autouse=True)
def _read_anew():
    linking._read.cache_clear()
    yield
    linking._read.cache_clear()


def test_as_it_comes():
    rules = linking.linking_rules()
    assert rules.second_person == {"designated_lead", "executive"}
    assert (rules.from_probability, rules.ask, rules.per_week) == (0.5, "duty_person", 20)
    assert rules.shown_for.days == 60


@pytest.mark.parametrize(("old", "new", "where"), [
    ("[designated_lead, executive]", "[designated_lead, anybody]", "second_person.1"),
    ("from_probability: 0.5", "from_probability: 0", "introductions.from_probability"),
    ("from_probability: 0.5", "from_probability: 1.5", "above 0 and up to 1"),
    ("ask: duty_person", "ask: a friend", "introductions.ask"),
    ("per_week: 20", "per_week: -1", "a whole number from 0"),
    ("days: 60", "days: 0", "a whole number from 1"),
])  # fmt: skip
def test_a_mistake_is_named_where_it_stands(tmp_path, settings, old, new, where):
    text = (SHIPPED / "linking.yaml").read_text()
    assert old in text
    (tmp_path / "linking.yaml").write_text(text.replace(old, new))
    settings.POLICY = tmp_path
    with pytest.raises(Explained, match=where):
        linking.linking_rules()
