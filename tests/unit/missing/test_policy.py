"""The block `missing` of duties.yaml: a mistake is named by line; a file from before there was one goes by Heed's."""

import pytest

from heed.casework.policy.missing import read_missing
from heed.casework.policy.page import SHIPPED
from heed.core.records.explained import Explained

TEXT = (SHIPPED / "duties.yaml").read_text()
START = TEXT.index("# A missing child. Each line")


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("  history_days: 14", "  history_days: 0", "missing.history_days: found 0, expected a whole number from 1"),
    ("limit: 24 clock hours", "limit: soon", "missing.opens.open.limit: found 'soon'"),
    ("high: 1 clock hour,", "high: an hour,", "missing.opens.open.by_risk.high: found 'an hour'"),
    ("post: designated_lead", "post: boss", "missing.opens.grave.post: found 'boss'"),
    ('night: "03:00"', 'night: "late"', "expected a time such as 03:00"),
    ("count: 2", "count: 1", "missing.repeats.second_in_28_days.count: found 1"),
    ("agree: 2", "agree: 1", "missing.never_reported.agree: found 1"),
    ("    offer:\\n", "    offered:\\n", "missing.opens.offer"),
    ("agency: police", "agency: polis", "an agency of agencies.yaml"),
])  # fmt: skip
def test_a_mistake_is_named(tmp_path, settings, old, new, fault):
    settings.POLICY = tmp_path
    head, block = TEXT[:START], TEXT[START:]
    old, new = old.replace("\\n", "\n"), new.replace("\\n", "\n")
    assert old in block
    (tmp_path / "duties.yaml").write_text(head + block.replace(old, new, 1))
    with pytest.raises(Explained) as refusal:
        read_missing()
    assert fault in str(refusal.value)
    assert "duties.yaml, line" in str(refusal.value)


def test_a_file_from_before_there_was_such_a_block_goes_by_what_heed_comes_with(tmp_path, settings):
    shipped = read_missing()
    settings.POLICY = tmp_path
    (tmp_path / "duties.yaml").write_text(TEXT[:START])
    assert read_missing() == shipped


def test_everything_that_is_owed_says_on_what_it_rests():
    rules = read_missing()
    for what in [*rules.opens.values(), *(what for _, what in rules.repeats.values())]:
        assert what.source
        assert what.owner
        assert what.effective_from < what.review_date
