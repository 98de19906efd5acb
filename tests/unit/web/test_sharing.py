"""Sharing: a basis in law for each share, wishes as known, an override with its reason; pasted words as they are."""

import json

import pytest

from heed.casework.models import Record
from heed.casework.policy.sharing import read_sharing
from heed.casework.sealed import document_of
from heed.web.presenters.beside import Beside, beside
from heed.web.presenters.labels import risk
from tests.unit.web.test_prompts import filled_in


def extra() -> dict:
    return json.loads(document_of(Record.objects.system("a test").get())).get("extra", {})


def test_a_concern_without_any_of_it_has_no_extra(as_):
    as_("rosa").post("/concerns/new", filled_in())
    assert extra() == {}


def test_a_share_keeps_its_basis_and_what_nobody_said_stays_not_known(as_):
    as_("rosa").post("/concerns/new", filled_in(share0_agency="police"))
    words = read_sharing().bases["public_task"]
    assert extra()["sharing"] == [
        {
            "agency": "police",
            "basis": "public_task",
            "basis_words": words,
            "child_wishes": "not_known",
            "parent_wishes": "not_known",
        }
    ]


@pytest.mark.parametrize(
    "against",
    [{"share0_child": "disagrees"}, {"share0_parent": "disagrees"}, {"share0_basis": "consent"}],
)
def test_sharing_against_a_wish_needs_a_reason_which_is_kept(as_, against):
    rosa, sent = as_("rosa"), filled_in(share0_agency="police", **against)
    page = rosa.post("/concerns/new", sent)
    assert page.status_code == 422
    assert "Say why you share it all the same" in page.content.decode()
    assert '<details class="govuk-details" open>' in page.content.decode()
    rosa.post("/concerns/new", sent | {"share0_reason": "She is not safe tonight."})
    assert extra()["sharing"][0]["override_reason"] == "She is not safe tonight."


def test_what_was_pasted_is_kept_word_for_word_apart_from_the_writers_own(as_):
    pasted = "  From: A. Neighbour\r\n\r\nShe absconded. Ring 07700 900123. \r\n"
    rosa = as_("rosa")
    page = rosa.post(
        "/concerns/new",
        filled_in(text="See the message.", pasted=pasted, pasted_from="A. Neighbour", pasted_when="in March"),
        follow=True,
    )
    assert extra()["pasted"] == [{"text": pasted, "from": "A. Neighbour", "when": "in March"}]
    assert [(each.words, each.where) for each in page.context["read"].lines] == [
        ("07700 900123", "in what was pasted")
    ]


def test_no_word_of_what_was_pasted_or_of_the_childs_is_ever_questioned(as_):
    page = as_("rosa").post(
        "/concerns/pause", filled_in(text="See below.", pasted="She absconded.", child_words="I was naughty.")
    )
    assert "<mark>" not in page.content.decode()


def test_what_was_tried_already_is_kept(as_):
    as_("rosa").post("/concerns/new", filled_in(tried="Rang her mother twice. No answer."))
    assert extra() == {"tried": "Rang her mother twice. No answer."}


def test_all_of_it_is_shown_on_the_childs_page_and_an_odd_shape_harms_nothing(as_, people):
    rosa = as_("rosa")
    rosa.post(
        "/concerns/new",
        filled_in(
            child_ref="p-7",
            child_name="Ayla Marsh",
            tried="Rang twice.",
            pasted="As it is.",
            share0_agency="police",
        ),
    )
    page = rosa.post("/children", {"reference": "p-7"}, follow=True).content.decode()
    for words in (
        "Rang twice.",
        "As it is.",
        "not said by whom",
        "Child: Not known. Parent or carer: Not known.",
    ):
        assert words in page
    odd = {"extra": {"tried": 1, "sharing": [None, {"agency": 2}], "pasted": {"text": "x"}}}
    assert beside(odd, {}) == Beside(
        "", (": basis not stated. Child: Not known. Parent or carer: Not known.",), ()
    )
    assert beside({"extra": "x"}, {}) == Beside("", (), ())


@pytest.mark.parametrize(
    ("graded", "shown"),
    [
        (None, "not known"),
        ("", "not known"),
        ("Unknown", "not known"),
        ("low", "low"),
        ("very_high", "very high"),
    ],
)
def test_a_risk_nobody_graded_is_not_known_and_never_low(graded, shown):
    assert risk(graded) == shown
