"""policy/thresholds.yaml: whole, or one paragraph that names what is missing."""

import re

import pytest

from heed.casework.policy.page import SHIPPED
from heed.casework.policy.thresholds import NEEDED, OWN, STRENGTH, read_thresholds
from heed.core.records.explained import Explained

TEXT = (SHIPPED / "thresholds.yaml").read_text()
STATED = re.findall(r"^  (\w+): \{value: ([^,]+),", TEXT, re.MULTILINE)


def test_what_is_shipped_is_what_is_needed():
    asked = {*NEEDED, *STRENGTH, *(name for names in OWN.values() for name in names)}
    assert {name for name, _ in STATED} == asked


@pytest.mark.parametrize("name", sorted({name for name, _ in STATED}))
@pytest.mark.parametrize("mistake", ["left out", ".nan", ".inf", "-1"])
def test_a_value_left_out_or_impossible_is_named(settings, tmp_path, name, mistake):
    settings.POLICY = tmp_path
    line = re.compile(rf"^  {name}: \{{value: [^,]+,(.*)$", re.MULTILINE)
    new = "" if mistake == "left out" else rf"  {name}: {{value: {mistake},\1"
    (tmp_path / "thresholds.yaml").write_text(line.sub(new, TEXT))
    with pytest.raises(Explained, match=rf"\.{name}(\.value)?: found"):
        read_thresholds()
