"""The page of who knew what: as far as the viewer may see, the look written down first, nothing later."""

import json
from datetime import timedelta

import pytest

from heed.casework.clock import now
from heed.casework.models import Body, Entry
from tests import case_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(people):
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return f"/children/{case_story.person('police c-104')}/knew"


def told(client, address, **asked):
    answer = client.get(address, asked)
    return answer.context["page"], answer.content.decode()


def test_as_of_a_day_nothing_later_is_on_the_page(as_, address):
    page, html = told(as_("sam"), address, on="2009-03-16")
    assert {told.agency for each in page.events for told in each.tellings} == {
        "Police",
        "Children's homes",
        "Schools",
        "Children's social care",
    }
    assert "Referral" in {each.title for each in page.events}
    assert "was told on 14 March 2009 at 15:20" in " ".join(w for p in page.people for w in p.knew)
    assert any("2 tellings, taken for one missing episode" in each.why for each in page.events)
    assert any("nobody wrote of anything" in each.gap for each in page.events)
    assert "They do not agree on the category" in html
    assert "first told" not in html, "who was told before it was written was told at once"
    assert "told on at once" in html
    assert "; unanswered for 2 days" in html
    assert "T. Lowe" not in html, "who answered two days later"
    later, html = told(as_("sam"), address, on="18 3 2009")
    assert "T. Lowe" in html
    assert len(later.events) == len(page.events)


def test_an_agency_without_a_relationship_sees_its_own_and_no_hint_of_others(as_, address):
    page, html = told(as_("rosa"), address, on="2010-01-01")
    assert [told.agency for each in page.events for told in each.tellings] == ["Schools"]
    assert not page.related
    assert not [name for name in ("Sam Oduya", "Duty desk", "T. Lowe") if name in html]


def test_whoever_may_see_nothing_is_told_there_is_nobody_and_both_looks_are_entries(as_, address, people):
    assert as_("carl").get(address, {"on": "2010-01-01"}).status_code == 404
    assert Entry.objects.latest("seq").kind == "refusal"
    page, _ = told(as_("sam"), address, on="2010-01-01")
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.actor, entry.purpose) == ("consultation", people.sam, "who knew what on a day")
    body = json.loads(Body.objects.get(entry=entry).text)
    assert body["on"] == "2010-01-01"
    assert {told.key for each in page.events for told in each.tellings} <= set(body["records"])
    assert page.entries.startswith(str(entry.seq))


def test_only_the_looks_of_the_own_agency_are_told(as_, address, people):
    case_story.works_with(people.carl, "police c-104", until=now() + timedelta(days=9))
    as_("carl").get(address.removesuffix("/knew"))
    as_("sam").get(address.removesuffix("/knew"))
    page, _ = told(as_("sam"), address)
    opened = {
        each.name: " ".join(each.knew) for each in page.people if each.name in ("Carl Finch", "Sam Oduya")
    }
    assert "opened" in opened["Sam Oduya"]
    assert opened["Carl Finch"] == "could see the records in Heed"


@pytest.mark.parametrize("day", ["soon", "2099-01-01", "", "0001-01-01"])
def test_a_day_that_cannot_be_asked_about_is_said_and_still_logged(as_, address, day):
    answer = as_("sam").get(address, {"on": day})
    assert answer.status_code == 422
    assert Entry.objects.latest("seq").kind == "consultation"
    assert "Ayla" not in answer.content.decode()


def test_every_year_and_month_can_be_turned_to_without_a_script(as_, address):
    page, html = told(as_("sam"), address, on="2009-03-16")
    assert page.days.years[0].words == "2006"
    assert [each.words for each in page.days.years if each.here] == ["2009"]
    assert page.days.months[2].day == "2009-03-31"
    assert "?on=2008-12-31&amp;agency=" in html
    earlier, _ = told(as_("sam"), address, on="2008-12-31")
    assert len(earlier.events) < len(page.events)


def test_the_picture_is_drawn_of_what_was_written_by_the_day(as_, address):
    before, _ = told(as_("sam"), address, on="2006-03-10")
    after, html = told(as_("sam"), address, on="2009-03-16")
    assert before.network is None
    assert after.network is not None
    assert {"Ayla Marsh", "Nell Orme", "Taz"} <= {node.label for node in after.network.nodes}
    assert "The same as a list" in html


def test_the_map_says_how_many_knew_whom_each_told_and_where_a_warning_stopped(as_, address):
    open_ = as_("sam").get(f"{address}/map", {"on": "2009-03-16"})
    page, html = open_.context["page"], open_.content.decode()
    (way,) = page.ways
    assert way.stations[0].startswith("14 March 2009 at 15:20: Duty desk, sergeant, Police was told")
    assert "Nobody had answered by 16 March 2009. It had come as far as this rank: supervisor." in html
    assert page.heads[-1] == "By 2009"
    assert page.headline.startswith("2 of the")
    assert ("Duty desk, sergeant, Police" in html, "T. Lowe" in html) == (True, False)
    later = as_("sam").get(f"{address}/map", {"on": "2009-03-18"}).content.decode()
    assert "Answered on 18 March 2009 at 11:00 by T. Lowe, team manager, Children&#x27;s social care" in later
    assert Entry.objects.latest("seq").purpose == "who knew what on a day"


def test_the_map_is_as_closed_as_the_page(as_, address):
    assert as_("carl").get(f"{address}/map").status_code == 404
    assert as_("sam").get(f"{address}/map", {"on": "soon"}).status_code == 422
    html = as_("rosa").get(f"{address}/map", {"on": "2010-01-01"}).content.decode()
    assert "Duty desk" not in html
    assert "your own agency’s records" in html
