"""Sam judges a link and Omar at the police confirms it; Sam takes a word back; a number with three births; two agencies
are introduced and answer. At 1280 and 390 pixels, by keyboard too, and without scripts."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from heed.casework.actions.introductions import introduce
from heed.casework.actions.receive import receive_many
from heed.casework.actions.verdicts import judge
from heed.casework.clock import now
from heed.casework.ledger import check
from heed.casework.linking import link_sources
from heed.casework.models import Link, Post, Relationship, Source, Verdict
from tests import case_story, personas
from tests.case_story import NOW
from tests.made_records import person, record
from tests.system.looking import complaints, look_at, read_all

TWO = ("police m-1", "social_care m-2")
WHY = "I asked both workers: same mother, same school."


@pytest.fixture
def omar(people) -> object:
    """The police's designated lead, who sees no other agency's file."""
    lead = personas._person("omar", "Omar Dean", "police", "designated lead", "senior")
    Post.objects.create(agency_id="police", post="designated_lead", holder=lead, order=0)
    return lead


@pytest.fixture
def story(people, omar) -> None:
    """The records are in; the model is unsure of two files that Sam sees both of."""
    case_story.tell(case_story.story(3))
    told = [
        record("police", "R-m-1", person("m-1", "Nell", "Orme")),
        record("social_care", "R-m-2", person("m-2", "Tess", "Hay")),
    ]
    receive_many(records=told, by=None, now=NOW)
    link_sources(list(TWO), NOW)
    for key in TWO:
        case_story.works_with(people.sam, key)
    Relationship.objects.update(since=NOW - timedelta(days=90))
    Link.objects.filter(left=TWO[0], right=TWO[1]).delete()
    Link.objects.create(
        left_id=TWO[0], right_id=TWO[1], weight=1.2, probability=0.55, terms="[]", model="made"
    )


def fill(page: Page, label: str, words: str, choice: str = "") -> None:
    if choice:
        page.get_by_label(choice).check()
    page.get_by_label(label).fill(words)


class TestTwoPeople:
    """A verdict across agencies takes effect when a second person confirms it."""

    @pytest.fixture(autouse=True)
    def _stage(self, story, page_of):
        self.page_of = page_of

    def test_sam_asks_omar_confirms_and_sam_takes_it_back(self, omar):
        sam = self.page_of("sam")
        heard = complaints(sam)
        self.when_sam_judges_the_pair(sam)
        assert not joined()
        omars = self.page_of(omar)
        self.when_omar_confirms(omars)
        assert joined()
        self.when_sam_withdraws(sam)
        assert not joined()
        assert heard == []
        assert [str(fault) for fault in check().faults] == []

    def when_sam_judges_the_pair(self, sam: Page):
        sam.goto("/links")
        look_at(sam, "links")
        sam.get_by_role("link", name=re.compile("The model is unsure")).click()
        expect(sam.locator("nav a[aria-current=page]").last).to_contain_text("The model is unsure (1)")
        sam.get_by_role("link", name=re.compile("Nell Orme and Tess Hay")).click()
        look_at(sam, "link-unsure")
        fill(sam, "How do you know?", WHY, "The same child")
        sam.get_by_role("button", name="Keep the verdict").click()
        expect(sam.get_by_text("Your verdict is kept and asked for")).to_be_visible()
        expect(sam.get_by_text("Waits for a second person.")).to_be_visible()
        expect(sam.get_by_text("Heed counts them as two children.").first).to_be_visible()
        expect(sam.get_by_role("link", name="Confirm it")).to_have_count(0)
        look_at(sam, "link-asked")

    def when_omar_confirms(self, omar: Page):
        omar.goto("/")
        look_at(omar, "today-second")
        omar.get_by_role("link", name="1 verdict on a link waits for your word").click()
        look_at(omar, "links-asked")
        omar.get_by_role("heading", level=2).get_by_role("link").first.click()
        assert WHY not in read_all(omar)
        assert "Tess" not in read_all(omar)
        look_at(omar, "link-in-part")
        omar.get_by_role("link", name="Confirm it, or do not confirm it").click()
        look_at(omar, "second")
        omar.get_by_role("button", name="Keep my word").click()
        expect(omar).to_have_title(re.compile("^Error: "))
        look_at(omar, "second-error")
        fill(omar, "How do you know?", "I spoke with Sam and read our file.", "Yes, I confirm it")
        omar.get_by_role("button", name="Keep my word").click()
        expect(omar.get_by_text("Confirmed. The verdict counts")).to_be_visible()

    def when_sam_withdraws(self, sam: Page):
        sam.goto("/links?kind=judged")
        look_at(sam, "links-judged")
        sam.get_by_role("heading", level=2).get_by_role("link").first.click()
        look_at(sam, "link-confirmed")
        expect(sam.get_by_text("I spoke with Sam and read our file.")).to_be_visible()
        sam.get_by_role("link", name=re.compile("^Withdraw this verdict")).click()
        look_at(sam, "withdraw")
        fill(sam, "Why do you withdraw it?", "It was her cousin of the same name.")
        sam.get_by_role("button", name="Withdraw it").click()
        expect(sam.get_by_text("Withdrawn. What was said of this pair")).to_be_visible()
        look_at(sam, "link-withdrawn")

    def test_by_keyboard_and_without_scripts(self):
        sam = self.page_of("sam", java_script_enabled=False)
        sam.goto(f"/links/{Link.objects.get(left=TWO[0], right=TWO[1]).pk}")
        sam.get_by_label("Different children").focus()
        sam.keyboard.press("Space")
        sam.get_by_label("How do you know?").focus()
        sam.keyboard.type("Two mothers, two schools.")
        sam.get_by_role("button", name="Keep the verdict").focus()
        sam.keyboard.press("Enter")
        expect(sam.get_by_text("Your verdict is kept, and it stands")).to_be_visible()
        assert Verdict.objects.get().verdict == "different"


def joined() -> bool:
    return case_story.person(TWO[0]) == case_story.person(TWO[1])


class TestWhatKeepsApart:
    """What was parted is seen: in the queue, and by whoever lost sight of it."""

    def test_whoever_no_longer_sees_a_file_is_told_and_may_say_otherwise(self, story, people, page_of):
        officer = personas._person("wpc", "W. Carr", "police", "officer", "frontline")
        case_story.works_with(officer, "police c-104")
        Relationship.objects.update(since=NOW - timedelta(days=90))
        left, right = "police c-104", "social_care 10233"
        judge(left=left, right=right, verdict="different", reason=WHY, by=people.sam, now=now())
        carr = page_of(officer)
        carr.goto("/")
        expect(carr.get_by_text("A file of Children's social care was parted from")).to_be_visible()
        look_at(carr, "today-parted")
        carr.get_by_role("link", name=re.compile("See what you may see of it")).click()
        assert WHY not in read_all(carr)
        look_at(carr, "link-lost")
        fill(carr, "How do you know?", "Her worker says that it is her.", "The same child")
        carr.get_by_role("button", name="Keep the verdict").click()
        expect(carr.get_by_text("Your verdict is kept and asked for")).to_be_visible()

    def test_one_number_in_three_files_is_laid_side_by_side(self, story, page_of):
        born = {"n-1": "1995-02-11", "n-2": "1999-08-30", "n-3": "2001-12-05"}
        told = [
            record("social_care", f"R-{ref}", person(ref, given, "Lund", on, ids={"nhs": "9990000042"}))
            for (ref, on), given in zip(born.items(), ("Mary", "Tess", "Joan"), strict=True)
        ]
        receive_many(records=told, by=None, now=NOW)
        link_sources([f"social_care {ref}" for ref in born], NOW)
        assert Source.objects.filter(ref__in=born).values("person").distinct().count() == 3
        sam = page_of("sam")
        sam.goto("/links?kind=number")
        look_at(sam, "links-number")
        sam.get_by_role("heading", level=2).get_by_role("link").first.click()
        expect(sam.get_by_text("NHS number 9990000042")).to_be_visible()
        for day in ("11 February 1995", "30 August 1999", "5 December 2001"):
            expect(sam.get_by_role("cell", name=day)).to_be_visible()
        look_at(sam, "number")


class TestTwoAgencies:
    """Nobody may see both: each is told whom to ask, and what it does not say."""

    def test_each_asks_the_other_and_both_say_the_same(self, story, page_of):
        left, right = "health p-10", "police c-104"
        Link.objects.exclude(
            left__person=F("right__person")
        ).delete()  # whatever the model makes of the story
        Link.objects.create(
            left_id=left, right_id=right, weight=1.0, probability=0.8, terms="[]", model="made"
        )
        desks = {}
        for agency in ("health", "police"):
            desks[agency] = personas._person(
                f"desk-{agency}", f"Desk {agency}", agency, "duty person", "frontline"
            )
            Post.objects.create(agency_id=agency, post="duty_person", holder=desks[agency], order=0)
        assert introduce(now=now()) == 1
        police, health = page_of(desks["police"]), page_of(desks["health"])
        for page, theirs in ((police, "Health"), (health, "Police")):
            page.goto("/")
            expect(page.get_by_text(re.compile(f"Ask the duty person at {theirs}"))).to_be_visible()
            look_at(page, f"today-introduced-{theirs}")
            page.get_by_role("link", name=re.compile("What this means")).click()
            look_at(page, f"introduction-{theirs}")
            other = "Ivy" if theirs == "Health" else "Ayla"
            assert other not in read_all(page)
            fill(
                page,
                "With whom did you speak",
                "The desk, on Monday: one mother.",
                "We spoke: it is the same child",
            )
            page.get_by_role("button", name="Keep the answer").click()
            expect(page.get_by_text("Your answer is kept.")).to_be_visible()
            look_at(page, f"introduction-answered-{theirs}")
        assert case_story.person(left) == case_story.person(right)

    def test_the_childs_page_says_whom_to_ask(self, story, page_of):
        left, right = "health p-10", "police c-104"
        Link.objects.exclude(
            left__person=F("right__person")
        ).delete()  # whatever the model makes of the story
        Link.objects.create(
            left_id=left, right_id=right, weight=1.0, probability=0.8, terms="[]", model="made"
        )
        introduce(now=now())
        officer = personas._person("pc", "P. Cox", "police", "officer", "frontline")
        page = page_of(officer)
        page.goto(f"/children/{case_story.person(right)}")
        expect(page.get_by_role("heading", name="Somebody else may know this child")).to_be_visible()
        look_at(page, "child-introduced")
