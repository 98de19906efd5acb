"""Who knew what about a finding, a person of concern and a place: the records that speak of it, as far as may be seen."""

import json

import pytest

from heed.casework.commands.knew import command
from heed.casework.models import Entry
from tests import case_story
from tests.unit.commands.running import run
from tests.unit.register import planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(people):
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return people


def shown(client, address, **asked):
    answer = client.get(address, {"on": "2010-01-01"} | asked)
    assert answer.status_code == 200
    return answer.context["page"], answer.content.decode()


def test_a_finding_is_answered_from_the_records_it_rests_on(as_, house):
    finding = case_story.noticed()
    page, html = shown(as_("sam"), f"/findings/{finding}/knew")
    assert page.events
    assert {told.agency for each in page.events for told in each.tellings} == {"Police"}
    assert Entry.objects.latest("seq").subject == f"finding:{finding}"
    assert f"/findings/{finding}/knew/map?on=2010-01-01" in html
    assert shown(as_("sam"), f"/findings/{finding}/knew", on="2006-01-01")[0].events == ()
    assert as_("carl").get(f"/findings/{finding}/knew").status_code == 404
    assert as_("sam").get(f"/findings/{finding}/knew/map", {"on": "2010-01-01"}).status_code == 200


@pytest.mark.parametrize("registered", [planning.taz, planning.mill_street])
def test_a_person_of_concern_and_a_place_are_answered_from_the_records_that_name_them(as_, house, registered):
    row = registered(house.sam)
    page, _ = shown(as_("sam"), f"/register/{row.reference}/knew")
    assert {told.agency for each in page.events for told in each.tellings} == {"Police"}
    assert page.network is not None
    assert Entry.objects.latest("seq").subject == f"register:{row.reference}"
    assert f"/register/{row.reference}/knew" in as_("sam").get(f"/register/{row.reference}").content.decode()
    assert as_("carl").get(f"/register/{row.reference}/knew").status_code == 404


def test_a_child_who_is_watched_is_asked_about_on_her_own_page(as_, house):
    row = planning.watched(house)
    assert as_("sam").get(f"/register/{row.reference}/knew").status_code == 404


def test_the_command_takes_a_finding_and_a_page_of_the_register_too(house):
    finding, row = case_story.noticed(), planning.mill_street(house.sam)
    told = json.loads(run(command, finding, "--on", "2010-01-01", "--json").out)
    assert (told["subject"], {each["agency"] for each in told["records"]} >= {"police"}) == (finding, True)
    assert Entry.objects.latest("seq").subject == f"finding:{finding}"
    place = json.loads(run(command, row.reference, "--on", "2010-01-01", "--json").out)
    refs = {each["ref"] for each in place["records"]}
    assert "MIS-0002" in refs
    assert "REF-77" not in refs
    assert "INT-5" in refs
    assert Entry.objects.latest("seq").subject == f"register:{row.reference}"
