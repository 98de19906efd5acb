"""Lena reads the month's report; anybody reads the Ashmere review."""

import json

from heed.casework.doors.story import FILE
from heed.config.commands.review import story_of
from synthetic.ashmere.case import write
from tests.system.looking import look_at


def test_lena_reads_the_report_of_the_month(people, page_of):
    lena = page_of("lena")
    lena.goto("/assurance")
    look_at(lena, "assurance")


def test_anybody_reads_the_story(people, page_of, tmp_path, settings):
    settings.DATA = tmp_path
    write(tmp_path / "case")
    story = story_of(tmp_path / "case", None) | {"visible": "2006-11-20", "months": 51}
    (tmp_path / FILE).write_text(json.dumps(story))
    carl = page_of("carl")
    carl.goto("/reviews/ashmere")
    look_at(carl, "story")
