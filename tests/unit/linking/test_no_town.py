"""A folder that is no town, or a broken one, is told in a paragraph that names the place, and nothing is written."""

import json

import pytest

from heed.core.records.explained import Explained
from heed.warehouse.linking.rehearsal import retrain
from heed.warehouse.linking.town import read_town

LINE = {"agency": "police", "ref": "R-1", "recorded_at": "2026-01-01T09:00:00+00:00", "people": []}
TRUTH = {"town": "small", "seed": 1, "children": []}
A_LINE, A_TRUTH = json.dumps(LINE).encode(), json.dumps(TRUTH).encode()


def town(folder, line=A_LINE, truth=A_TRUTH):
    folder.mkdir(exist_ok=True)
    (folder / "police.jsonl").write_bytes(A_LINE + b"\n" + line + b"\n")
    (folder / "truth.json").write_bytes(truth)
    return folder


@pytest.mark.parametrize(("line", "told"), [
    (b"{", "line 2: found no JSON from character 2 on"),
    (b"{\"agency\": \"Ayla Marsh\"}", "line 2: key 'ref' is missing"),
    (b"[1]", "line 2: found values of another kind"),
    (b"\xff", "police.jsonl: found byte 0xff"),
])  # fmt: skip
def test_a_line_that_is_no_record(tmp_path, line, told):
    with pytest.raises(Explained, match="expected") as trouble:
        read_town(town(tmp_path / "t", line=line))
    assert told in str(trouble.value)
    assert "Marsh" not in str(trouble.value)


@pytest.mark.parametrize("truth", [b"", b"{}", b"[]", b'{"children": [{"person": 1}]}'])
def test_a_truth_that_is_none(tmp_path, truth):
    with pytest.raises(Explained, match=r"truth\.json.*heed synth"):
        read_town(town(tmp_path / "t", truth=truth))


def test_nothing_is_written_where_one_of_the_towns_is_broken_or_too_small(tmp_path):
    whole, broken, into = town(tmp_path / "a"), town(tmp_path / "b", line=b"{"), tmp_path / "model"
    into.mkdir()
    for unseen, told in ((broken, "no JSON"), (whole, "at least 300")):
        with pytest.raises(Explained, match=told):
            retrain(whole, (unseen,), into=into)
    assert list(into.iterdir()) == []
