"""The Ashmere review: six children, five agencies, six years; replayed, nothing later than a day is known on it."""

import json
from collections import Counter

import pytest

from heed.casework.casefiles import read_case
from heed.config.commands.review import ashmere, command
from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from synthetic.ashmere.case import case, documents, write
from synthetic.ashmere.people import CHILDREN
from tests.unit.commands.running import run


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    return ashmere(tmp_path_factory.mktemp("ashmere"))


def test_it_is_shaped_like_the_reviews_and_every_record_can_be_read():
    told = documents()
    assert not [each["ref"] for each in told if parse(each).problems]
    assert len({each["agency"] for each in told}) == 5
    assert len(case()["children"]) == 6
    nights = Counter(
        each["people"][0]["given_names"]
        for each in told
        if each["kind"] == "missing" and each["agency"] == "police"
    )
    assert nights[CHILDREN[0].given] == 80
    assert told == documents(), "the same each time"


def test_it_says_when_it_was_visible_and_when_somebody_acted(story):
    assert (story["visible"], story["acted"], story["months"]) == ("2007-01-30", "2011-03-14", 49)
    first = next(each for each in story["fired"] if each["day"] == story["visible"])
    assert first["children"] >= 3
    assert first["evidence"]


def test_a_rule_rests_on_nothing_that_was_written_down_later(story):
    written = {(each["agency"], each["ref"]): each["recorded_at"][:10] for each in documents()}
    assert story["fired"]
    for each in story["fired"]:
        assert max(written[tuple(name)] for name in each["evidence"]) <= each["day"]


def test_it_says_who_was_told_and_who_did_not_answer(story):
    listed = next(each for each in story["warnings"] if each["ref"] == "W-06")
    assert [one["name"] for one in listed["told"]] == ["M. Hale", "T. Garrow", "C. Strand"]
    assert (listed["answered"], listed["reached"]) == (None, "executive")
    assert [one["name"] for one in listed["silent"]] == ["M. Hale", "T. Garrow", "C. Strand"]
    assert listed["climbs"][-1][1] < "2008-06-01", "today's ladder would not have waited three years"
    refused = next(each for each in story["warnings"] if each["ref"] == "W-04")
    assert (refused["answered"]["name"], refused["answered_after_days"]) == ("K. Sayle", 19)
    assert "K. Sayle" not in {one["name"] for one in refused["silent"]}


def test_who_knew_grows_and_counts_nobody_twice(story):
    counts = [each["knew"] for each in story["days"]]
    assert counts == sorted(counts)
    for each in story["days"]:
        assert each["knew"] == len(each["who"]) == sum(rank["knew"] for rank in each["ranks"])
        assert all(one["since"] <= each["day"] for one in each["who"])
    assert story["days"][-1]["knew"] >= 0.9 * story["days"][-1]["people"]


def test_a_warning_again_after_a_refusal_is_a_rule_too(story):
    again = [each for each in story["fired"] if each["rule"] == "told again after a refusal"]
    assert [each["day"] for each in again] == ["2006-11-20", "2007-09-30"]


@pytest.mark.django_db
def test_a_case_of_ones_own_is_replayed_without_its_words(tmp_path):
    write(tmp_path)
    told = json.loads((tmp_path / "case.json").read_text()) | {"fictional": False}
    (tmp_path / "case.json").write_text(json.dumps(told))
    ran = run(command, str(tmp_path), "--json")
    assert "launderette" not in ran.out.replace("flat above the launderette)", "")
    assert {each["words"] for each in json.loads(ran.out)["warnings"]} == {""}
    lines = run(command, str(tmp_path)).out.splitlines()
    assert any(
        line.endswith("W-01, concern of home, J. Askew, residential worker: 1 child") for line in lines
    )


def test_a_folder_without_a_case_is_explained(tmp_path):
    with pytest.raises(Explained, match=r"no case\.json"):
        read_case(tmp_path)
