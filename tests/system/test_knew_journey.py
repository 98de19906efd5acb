"""Sam asks who knew what of a child on a day; Lena reads the month's report; anybody reads the Ashmere review."""

import json

from heed.casework.doors.story import FILE
from heed.casework.models import Record
from heed.config.commands.review import story_of
from synthetic.ashmere.case import write
from tests import case_story
from tests.system.looking import look_at


def test_sam_asks_who_knew_what_and_how_far_it_spread_and_ticks_what_was_significant(people, page_of):
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    ayla = case_story.person("school s-7")
    sam = page_of("sam")
    sam.goto(f"/children/{ayla}/knew")
    look_at(sam, "knew")
    sam.goto(f"/children/{ayla}/knew/map")
    look_at(sam, "knew-map")
    rows = Record.objects.system("a test looks for a record of hers").filter(mentions__source__person=ayla)
    sam.goto(f"/records/{rows.first().pk}/significant")
    look_at(sam, "significant")


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
