"""A pack for a review by its pages: asked for, read by somebody at another agency, taken out once, as far as is seen."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client

from heed.casework.actions import packing
from heed.casework.agencies import ensure
from heed.casework.clock import now
from heed.casework.models import Body, Entry, Post, Professional
from tests import case_story
from tests.unit.review.test_pack import CANARIES, canary_story

pytestmark = pytest.mark.django_db
ANSWERS = {
    "on": "20 3 2026",
    "form": "json",
    "reason": "review",
    "purpose": "The review of case 9, for its panel.",
}


@pytest.fixture
def her(people) -> str:
    canary_story()
    case_story.works_with(people.sam, "school s-900")
    return case_story.person("school s-900")


@pytest.fixture
def second(people) -> Client:
    """Hana leads a home, which holds nothing of her."""
    hana = Professional.objects.create(
        username="hana", name="Hana Cross", agency=ensure("home"), role="manager", grade="senior"
    )
    Post.objects.create(agency_id="home", post="designated_lead", holder=hana, order=0)
    client = Client(headers={"host": "localhost"})
    client.force_login(hana)
    return client


def asked(client, her, **more) -> str:
    answer = client.post(f"/children/{her}/pack", ANSWERS | more)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def agreed(client, address, **more):
    seen = client.post(address, {"do": "read", **more}).context["found"].digest
    return client.post(address, {"do": "agree", "seen": seen, **more})


def body(entry) -> dict:
    return json.loads(Body.objects.get(entry=entry).text)


def test_it_is_read_by_another_agency_and_leaves_once(as_, her, second):
    sam = as_("sam")
    address = asked(sam, her)
    assert sam.post(address, {"do": "take"}).status_code == 422, "nobody has agreed yet"
    page = second.get(address).content.decode()
    assert "Child A" in page
    assert not [name for name in CANARIES if name.lower() in page.partition("Your word")[0].lower()]
    look = Entry.objects.latest("seq")
    assert (look.kind, look.subject, len(body(look)["records"])) == ("consultation", her, 2)
    assert second.post(address, {"do": "take"}).status_code == 404, "whoever reads it takes nothing"
    assert agreed(second, address, keep=["bartholomew"], also="fictional name").status_code == 302
    file = sam.post(address, {"do": "take"})
    assert file.status_code == 200
    assert "attachment" in file["Content-Disposition"]
    told = file.content.decode()
    assert not [name for name in CANARIES if name.lower() in told.lower()]
    kinds = list(Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["pack_taken", "export"]
    assert sam.post(address, {"do": "take"}).status_code == 422, "it leaves once"
    assert "Taken out." in sam.get("/packs").content.decode()


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "own"])
def test_every_form_of_it_leaves(as_, her, second, form):
    address = asked(as_("sam"), her, form=form)
    assert agreed(second, address).status_code == 302
    file = as_("sam").post(address, {"do": "take"})
    assert file.status_code == 200
    if form == "xlsx":
        assert len(openpyxl.load_workbook(io.BytesIO(file.content)).worksheets) > 5
    else:
        assert file.content.startswith(b"PK" if form == "docx" else b"%PDF")


def test_what_changed_since_it_was_read_does_not_leave(as_, her, second, people):
    address = asked(as_("sam"), her)
    assert second.post(address, {"do": "agree", "seen": "0" * 64}).status_code == 422
    assert agreed(second, address).status_code == 302
    people.sam.relationships.all().delete()
    case_story.works_with(people.sam, "school s-0")
    refused = as_("sam").post(address, {"do": "take"})
    assert refused.status_code in (404, 422)
    assert not Entry.objects.filter(kind="export").exists()


def test_who_may_not_be_the_second_is_told_there_is_nothing(as_, her, second):
    address = asked(as_("sam"), her)
    for name in ("lena", "rosa", "carl"):  # her manager of the same agency; no post; no business of hers
        client = as_(name)
        answers = [
            client.get(address),
            client.post(address, {"do": "agree"}),
            client.post(address, {"do": "take"}),
        ]
        assert {each.status_code for each in answers} == {404}
        assert "Pack " not in client.get("/packs").content.decode().replace("Packs", "")
    assert as_("sam").post(address, {"do": "agree"}).status_code == 422, "nobody reads their own"
    assert second.get("/packs").content.decode().count("Waits for you to read it") == 1


def test_not_agreed_closes_it_with_a_reason(as_, her, second):
    address = asked(as_("sam"), her)
    assert second.post(address, {"do": "refuse"}).status_code == 422
    assert (
        second.post(address, {"do": "refuse", "why": "The home can be known by its street."}).status_code
        == 302
    )
    assert "can be known by its street" in as_("sam").get(address).content.decode()
    assert agreed_closed(second, address)


def agreed_closed(client, address) -> bool:
    return client.post(address, {"do": "agree", "seen": "x"}).status_code == 422


@pytest.mark.parametrize("wrong", [{"on": "x"}, {"form": "odt"}, {"reason": "curiosity"}, {"purpose": "no"}])
def test_what_cannot_be_asked_is_the_form_again(as_, her, wrong):
    assert as_("sam").post(f"/children/{her}/pack", ANSWERS | wrong).status_code == 422
    today = {"on": now().date().isoformat()}
    assert as_("sam").post(f"/children/{her}/pack", ANSWERS | today).status_code == 422
    assert not Entry.objects.filter(kind=packing.ASKED).exists()


def test_its_words_go_with_the_records_that_are_erased(as_, her, second):
    address = asked(as_("sam"), her)
    agreed(second, address, also="somebody")
    rows = body(Entry.objects.get(kind=packing.ASKED))["records"]
    gone = packing.empty(rows[:1])
    assert set(gone) == set(
        Entry.objects.filter(kind__in=("pack_asked", "pack_agreed")).values_list("pk", flat=True)
    )
    assert packing.empty([max(rows) + 1]) == []
    assert now() - Entry.objects.latest("seq").at < timedelta(minutes=1)
    assert "somebody" not in Body.objects.get(entry__kind="pack_agreed").text, "names to take out are sealed"
