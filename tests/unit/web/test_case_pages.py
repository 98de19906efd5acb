"""Children, findings and links as pages, without a browser: what is on them for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heed.casework.clock import now
from heed.casework.doors import findings
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Link
from heed.core.patterns.words import counted
from heed.web.presenters.findings import present
from tests import case_story, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    return people


def words(client, who, address):
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_child_page_shows_three_clocks_and_the_delay_in_words(client, people):
    page = words(client, people.sam, f"/children/{case_story.person('police c-104')}")
    for said in (
        "Happened",
        "Recorded",
        "Received by Heed",
        "11 hours after it happened",
        "some time in February 2009",
    ):
        assert said in page
    assert "style=" not in page


def test_words_from_outside_are_escaped_and_cannot_turn_the_line_around(client, people):
    nasty = "<script>alert(1)</script>\u202egnp"
    her = case_story.as_(case_story.AYLA, "s-7")
    more = {"text": nasty, "childs_words": nasty}
    told = case_story.document("school", "CP-9", "school", case_story.BEGAN, her, **more)
    case_story.tell([case_story.read(told)])
    page = words(client, people.sam, f"/children/{case_story.person('police c-104')}")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_the_page_turns_to_the_record_it_is_asked_for(client, people):
    case_story.tell(case_story.story(90))
    person = case_story.person("police c-104")
    last = words(client, people.sam, f"/children/{person}?page=9")
    oldest = last.rsplit('class="heed-entry" id="r', 1)[1].split('"')[0]
    assert f'id="r{oldest}"' in words(client, people.sam, f"/children/{person}?at={oldest}")


def test_a_number_that_is_none_is_passed_over(client, people):
    person = case_story.person("police c-104")
    for odd in ("?page=x", "?page=-1", "?page=99999999999999999999", "?at=²", "?kind=<b>&agency=%00"):
        words(client, people.sam, f"/children/{person}{odd}")


def test_the_finding_is_shown_in_full_to_whoever_owes_its_answer(client, people):
    from heed.casework.actions.duties import open_for_finding

    open_for_finding(
        finding_id=case_story.PLACE, statement="", children_sources=[("health", "p-10")], now=now()
    )
    page = words(client, people.sam, f"/findings/{case_story.PLACE}")
    assert "Three children known to three agencies" in page
    assert "12 Mill Street" in page
    assert "in about one in 2,500 such spans" in page


def test_the_finding_is_blunt_to_whoever_sees_a_part_of_it(client, people):
    page = words(client, people.rosa, f"/findings/{case_story.PLACE}")
    assert "Something links this child with two other children known to other agencies" in page
    assert "Another child, known to Health" in page
    for hidden in ("Mill Street", "Nell", "Orme", "Ivy", "MIS-", "311"):
        assert hidden not in page


def test_a_finding_tells_what_came_since_the_last_look(client, people):
    address = f"/findings/{case_story.PLACE}"
    assert "Since you last looked" not in words(client, people.sam, address)
    again = words(client, people.sam, address)
    assert "nothing more that you may see" in again
    assert ">New</strong>" not in again
    found = findings.finding(viewer=viewer_for(people.sam, now()), id=case_story.PLACE, now=now())
    told = present(replace(found, looked_before=found.evidence[0].received_at - timedelta(days=1)), now())
    assert {each.new for each in told.evidence} == {True}
    count = counted(len(found.evidence), "more record")
    assert f": {count} and {counted(len(found.seen), 'more child', 'more children')}." in told.since


def test_a_finding_that_no_longer_stands_says_so(client, people):
    case_story.noticed(as_of=now().date() - timedelta(days=400))
    assert "no longer stands" in words(client, people.sam, "/findings")


def test_the_link_page_explains_every_term_and_takes_a_verdict(client, people):
    link = Link.objects.get(left="police c-104", right="social_care 10233")
    page = words(client, people.sam, f"/links/{link.pk}")
    assert "Nothing is merged" in page
    assert "bits" in page
    empty = client.post(f"/links/{link.pk}", {})
    assert empty.status_code == 422
    said = {"verdict": "different", "reason": "Two mothers, two schools."}
    assert client.post(f"/links/{link.pk}", said).status_code == 302
    assert "A person judged: different children." in words(client, people.sam, f"/links/{link.pk}")


def test_nobody_judges_what_they_may_not_see(client, people):
    link = Link.objects.first()
    client.force_login(people.carl)
    said = {"verdict": "different", "reason": "Two mothers, two schools."}
    assert client.post(f"/links/{link.pk}", said).status_code == 404


@pytest.mark.parametrize("page", ["/children", "/findings", "/links"])
def test_the_lists_are_empty_for_whoever_works_with_nobody(client, people, page):
    assert "Marsh" not in words(client, people.carl, page)


@pytest.mark.parametrize("page", ["children/{ayla}", "findings/{finding}", "links/{link}"])
def test_refused_and_not_existing_are_one_answer_byte_for_byte(page, people, client):
    client.force_login(people.carl)
    ayla = case_story.person("police c-104")
    real = page.format(ayla=ayla, finding=case_story.PLACE, link=Link.objects.first().pk)
    made_up = page.format(
        ayla="p_aaaaaaaaaaaaaaaa", finding="shared_place:0000000000000000", link=999_999_999
    )
    refused, nobody = client.get(f"/{real}"), client.get(f"/{made_up}")
    assert refused.status_code == nobody.status_code == 404
    assert refused.content == nobody.content


@pytest.mark.parametrize(
    "odd",
    [
        "children/%00",
        "children/p_%E2%80%AE",
        "findings/a%00b",
        "children/" + "p" * 5000,
        "links/0",
        "links/" + "9" * 400,
        "duties/%00",
        "duties/" + "D" * 400,
        "concerns/saved/" + "9" * 400,
    ],
)
def test_an_address_that_heed_never_made_is_not_found(client, people, odd):
    client.force_login(people.sam)
    assert client.get(f"/{odd}").status_code == 404


def test_a_child_with_three_hundred_records_is_one_page_of_forty(client, people):
    case_story.tell(case_story.story(200))
    page = words(client, people.sam, f"/children/{case_story.person('police c-104')}")
    assert page.count('class="heed-entry"') == 40
    assert "200 episodes since 4 March 2006" in page


def test_children_who_share_nothing_but_the_time_are_joined_by_it(client, people):
    for key in ("police c-288", "health p-10"):
        case_story.works_with(people.sam, key)
    case_story.noticed(as_of=now().date(), hubs=())
    page = words(client, people.sam, f"/findings/{case_story.PLACE}")
    assert "joined by the same times" in page
    assert page.count('class="heed-network__line"') == 3


def test_a_record_dated_after_it_arrived_says_so_on_the_page(client, people):
    her = case_story.as_(case_story.AYLA, "s-7")
    told = case_story.document("school", "CP-9", "school", case_story.BEGAN, her)
    told["recorded_at"] = "2091-01-01T00:00:00+00:00"
    case_story.tell([case_story.read(told)])
    page = words(client, people.sam, f"/children/{case_story.person('police c-104')}")
    assert "before the agency says it was recorded" in page
    assert "after it was recorded" in page  # of the others
