"""Search before create: children the asker may see, with reasons; nothing of anybody else's, no name in an address."""

import pytest

from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.linking import link_all
from heed.casework.models import Entry
from tests.concerns import concern
from tests.unit.web.test_prompts import filled_in


@pytest.fixture
def known(people):
    """Ayla at the school; another child of nearly her name at the voluntary project."""
    at = now()
    ayla = {
        "part": "child",
        "given_names": "Ayla",
        "family_name": "Marsh",
        "born": "2012-02-11",
        "ref": "p-7",
    }
    nora = {
        "part": "child",
        "given_names": "Ayla",
        "family_name": "Marsh",
        "born": "2012-02-12",
        "ref": "v-9",
    }
    receive(record=concern("C-1", people=[ayla]), by=people.rosa, now=at)
    receive(record=concern("V-1", agency="voluntary", people=[nora]), by=people.carl, now=at)
    link_all(at, lambda words: None)


def look(client, **answers):
    return client.post("/concerns/find", {"child_name": "", "child_age": "", "child_ref": "", **answers})


def test_name_and_birth_find_the_childs_own_file_with_reasons(as_, known):
    page = look(as_("rosa"), child_name="Ayla Marsh", child_age="11 2 2012")
    (match,) = page.context["matches"]
    assert (match.name, match.own_ref) == ("Ayla Marsh", "p-7")
    assert len(match.speaks_for) >= 2
    assert "v-9" not in page.content.decode()


def test_what_differs_is_said(as_, known):
    (match,) = look(as_("rosa"), child_name="Ayla Marsh", child_age="30 9 2009").context["matches"]
    assert match.against


def test_the_exact_reference_comes_first(as_, known):
    (match,) = look(as_("rosa"), child_ref="p-7").context["matches"]
    assert match.speaks_for[0] == "The reference is exactly this child’s."


def test_what_another_agency_knows_is_neither_shown_nor_hinted_at(as_, known):
    for answers in ({"child_name": "Ayla Marsh"}, {"child_ref": "p-7"}):
        page = look(as_("lena"), **answers)
        assert page.context["matches"] == []
        assert "does not mean that nobody else knows" in page.content.decode()


def test_every_look_is_logged_without_the_words(as_, known):
    before = Entry.objects.count()
    look(as_("rosa"), child_name="Ayla Marsh")
    told = Entry.objects.filter(seq__gt=before, purpose="is this child known already").get()
    assert "Ayla" not in f"{told.subject} {told.body.text}"


def test_nothing_asked_is_said_to_be_nothing(as_, people):
    page = look(as_("rosa"))
    assert page.status_code == 422
    assert "Enter a name, a date of birth or a reference" in page.content.decode()


def test_checking_a_concern_offers_the_child_and_takes_her_reference(as_, known):
    rosa, sent = as_("rosa"), filled_in(child_name="Ayla Marsh", child_age="11 2 2012")
    page = rosa.post("/concerns/new", sent | {"step": "check"})
    assert [each.own_ref for each in page.context["matches"]] == ["p-7"]
    page = rosa.post("/concerns/new", sent | {"same": "p-7"})
    assert page.context["form"]["child_ref"].value() == "p-7"
