"""The Ashmere review as a page: there in a demonstration, nowhere else, and the look is an entry."""

import json

import pytest

from heed.casework.doors.story import FILE
from heed.casework.models import Entry
from heed.config.commands.review import story_of
from synthetic.ashmere.case import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(tmp_path, settings):
    settings.DATA = tmp_path
    write(tmp_path / "case")
    story = story_of(tmp_path / "case", None) | {"visible": "2006-11-20", "months": 51}
    (tmp_path / FILE).write_text(json.dumps(story))


def test_it_tells_the_story_to_anybody_who_signs_in(as_, demonstration):
    html = as_("carl").get("/reviews/ashmere").content.decode()
    assert "51 months" in html
    assert "20 November 2006" in html
    assert "J. Askew, residential worker" in html
    assert "Nobody had answered by 31 August 2011." in html
    assert "told again after a refusal" in html
    assert len(html.split("<main")[1].split()) < 2500, "five minutes"
    assert Entry.objects.latest("seq").subject == "review:ashmere"


def test_a_house_that_is_no_demonstration_has_none(as_, settings, tmp_path):
    settings.DATA = tmp_path
    assert as_("sam").get("/reviews/ashmere").status_code == 404
    assert Entry.objects.latest("seq").kind == "refusal"
