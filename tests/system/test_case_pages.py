"""Sam reads about Ayla: her child page, the finding she is in, the link between two files. Rosa sees her school's
part; Carl is told that there is nobody, in the same bytes as for somebody who does not exist."""

import re

import pytest
from playwright.sync_api import Page, expect

from heed.casework.actions.duties import open_for_finding
from heed.casework.clock import now
from heed.casework.models import Link
from tests import case_story
from tests.system.looking import NARROW, complaints, look_at

EPISODES = 34
NAMED = """(() => { const here = document.activeElement;
  return here.id || here.getAttribute('aria-label') || here.textContent; })()"""


@pytest.fixture
def story(people) -> str:
    """The records are in and linked, the finding stands, Sam works with Ayla. Gives Ayla's id."""
    case_story.tell(case_story.story(EPISODES))
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    return case_story.person("social_care 10233")


class TestTheChildPage:
    """One chronology from every agency."""

    @pytest.fixture(autouse=True)
    def _stage(self, story, page_of):
        self.ayla, self.page_of = story, page_of

    def test_sam_finds_ayla_among_his_children_and_reads_the_whole_of_it(self):
        sam = self.page_of("sam")
        heard = complaints(sam)
        sam.goto("/children")
        look_at(sam, "children")
        sam.get_by_role("link", name="Ayla Marsh").click()
        self.then_every_agency_is_there(sam)
        self.then_the_episodes_are_drawn_and_listed(sam)
        look_at(sam, "child")
        assert heard == []

    def then_every_agency_is_there(self, page: Page):
        expect(page.get_by_role("heading", level=1)).to_have_text("Ayla Marsh")
        for agency in ("Police", "Children's social care", "Schools", "Children's homes"):
            expect(page.get_by_role("rowheader", name=agency, exact=True)).to_be_visible()
        expect(page.get_by_text("He said he would drive me home.")).to_be_visible()
        expect(page.get_by_text("nobody wrote anything about them").first).to_be_visible()
        expect(page.get_by_text("some time in February 2009").first).to_be_visible()

    def test_every_month_and_the_figure_of_every_year_are_seen_on_a_telephone(self):
        sam = self.page_of("sam")
        sam.set_viewport_size(NARROW)
        sam.goto(f"/children/{self.ayla}")
        figures = sam.locator(".heed-calendar__count")
        assert sum(int(figure) for figure in figures.all_text_contents() if figure != "–") == EPISODES
        for seen in (*figures.all(), *sam.locator(".heed-calendar .heed-mark").all()):
            box = seen.bounding_box()
            assert box["width"] >= 1
            assert 0 <= box["x"] <= box["x"] + box["width"] <= NARROW["width"]

    def then_the_episodes_are_drawn_and_listed(self, page: Page):
        expect(page.get_by_role("img", name="Missing episodes, one strip a year")).to_be_visible()
        expect(page.get_by_text(f"{EPISODES} episodes since 4 March 2006").first).to_be_visible()
        expect(page.get_by_text("No episode recorded does not mean safe").first).to_be_visible()
        page.get_by_text("The same as a table").click()
        expect(
            page.get_by_role("table", name="Missing episodes, the latest first").get_by_role("row")
        ).to_have_count(EPISODES + 1)

    def test_the_chronology_is_filtered_and_turned_without_a_script(self):
        sam = self.page_of("sam", java_script_enabled=False)
        sam.goto(f"/children/{self.ayla}")
        sam.get_by_label("Kind of record").select_option("missing")
        sam.get_by_label("Agency").select_option("home")
        sam.get_by_role("button", name="Show").click()
        expect(sam.get_by_text(f"{EPISODES // 2} of ")).to_be_visible()
        sam.get_by_role("link", name="Show everything").click()
        sam.get_by_role("link", name="Page 2").click()
        expect(sam.get_by_text("Page 2 of 2")).to_be_visible()

    def test_the_older_revision_is_readable(self):
        sam = self.page_of("sam")
        sam.goto(f"/children/{self.ayla}")
        sam.get_by_text("1 earlier revision").click()
        expect(sam.get_by_text("She asked for the same worker again.", exact=True)).to_be_visible()

    def test_rosa_sees_her_schools_record_and_no_more(self):
        rosa = self.page_of("rosa")
        rosa.goto("/children")
        look_at(rosa, "children-none")
        rosa.get_by_label("Your agency's own reference of the child").fill("s-7")
        rosa.get_by_role("button", name="Find").click()
        expect(rosa.get_by_role("heading", level=1)).to_have_text("Aylah Marsh")
        assert "s-7" not in rosa.url
        assert "Marsh" not in rosa.url
        words = rosa.locator("main").inner_text()
        assert not re.search("social care|Children's homes|Mill Street|Taz|MIS-", words)
        look_at(rosa, "child-own-agency")

    def test_an_unknown_reference_is_explained_at_its_field(self):
        rosa = self.page_of("rosa")
        rosa.goto("/children")
        rosa.get_by_label("Your agency's own reference of the child").fill("c-104")
        rosa.get_by_role("button", name="Find").click()
        expect(rosa).to_have_title(re.compile("^Error: "))
        look_at(rosa, "children-error")

    def test_every_control_is_reached_by_keyboard(self):
        sam = self.page_of("sam")
        sam.goto(f"/children/{self.ayla}")
        reached = set()
        for _ in range(60):
            sam.keyboard.press("Tab")
            reached.add(sam.evaluate(NAMED))
        assert {"kind", "agency"} <= reached


class TestTheFinding:
    """What links the three children, as far as each may know."""

    @pytest.fixture(autouse=True)
    def _stage(self, story, people, page_of):
        self.people, self.page_of = people, page_of
        case_story.works_with(people.sam, "police c-288")
        case_story.works_with(people.sam, "health p-10")

    def test_sam_who_sees_every_record_reads_the_sentence_the_evidence_and_the_rule(self):
        open_for_finding(
            finding_id=case_story.PLACE, statement="", children_sources=[("social_care", "10233")], now=now()
        )
        sam = self.page_of("sam")
        heard = complaints(sam)
        sam.goto("/findings")
        look_at(sam, "findings")
        sam.get_by_role("link", name="Children from different homes at one place").click()
        expect(sam.get_by_text("Three children known to three agencies").first).to_be_visible()
        expect(sam.get_by_role("img", name="Who is joined by what")).to_be_visible()
        expect(sam.get_by_text("The same postcode has three flats.")).to_be_visible()
        look_at(sam, "finding")
        sam.get_by_role("table", name="Records behind this finding").get_by_role("link").first.click()
        expect(sam.locator(":target")).to_be_visible()
        assert heard == []

    def test_rosa_learns_that_there_is_more_and_whom_to_ask(self):
        rosa = self.page_of("rosa")
        rosa.goto(f"/findings/{case_story.PLACE}")
        words = rosa.locator("main").inner_text()
        assert "Something links this child with two other children" in words
        assert not re.search("Mill Street|Nell|Ivy|Three children|Taz", words)
        look_at(rosa, "finding-in-part")


class TestTheLink:
    """Two files, the reasons, and a person's word."""

    def test_sam_gives_a_verdict_with_a_reason(self, story, page_of):
        sam = page_of("sam")
        sam.goto("/links")
        look_at(sam, "links")
        pair = Link.objects.get(left="police c-104", right="social_care 10233")
        sam.goto(f"/links/{pair.pk}")
        look_at(sam, "link")
        sam.get_by_role("button", name="Keep the verdict").click()
        expect(sam).to_have_title(re.compile("^Error: "))
        sam.get_by_label("The same child").check()
        sam.get_by_label("How do you know?").fill("I asked both workers: same mother, same school.")
        sam.get_by_role("button", name="Keep the verdict").click()
        expect(sam.get_by_text("Your verdict is kept")).to_be_visible()
        expect(sam.get_by_text("I asked both workers")).to_be_visible()
        look_at(sam, "link-judged")


class TestWhoeverMaySeeNothing:
    """Refused and not existing are one answer, byte for byte."""

    @pytest.mark.parametrize("page", ["children/{ayla}", "findings/{finding}", "links/{link}"])
    def test_carl_gets_the_same_bytes_as_for_nobody(self, page, story, people, client):
        client.force_login(people.carl)
        real = page.format(ayla=story, finding=case_story.PLACE, link=Link.objects.first().pk)
        made_up = page.format(
            ayla="p_aaaaaaaaaaaaaaaa", finding="shared_place:0000000000000000", link=999_999_999
        )
        refused, nobody = client.get(f"/{real}"), client.get(f"/{made_up}")
        assert refused.status_code == nobody.status_code == 404
        assert refused.content == nobody.content
