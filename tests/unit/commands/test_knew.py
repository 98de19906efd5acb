"""`heed knew`: written into the ledger before it is answered, for one agency or all, and never of a day to come."""

import json

import pytest

from heed.casework.commands.knew import command
from heed.casework.ledger import check
from heed.casework.models import Body, Entry
from tests import case_story, personas
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    personas.standing()
    case_story.tell(case_story.story())
    return case_story.person("police c-104")


def test_the_answer_names_the_ledger_in_which_it_was_asked_for(person):
    ran = run(command, person, "--on", "2009-03-20", "--json")
    answer = json.loads(ran.out)
    proof, entry = check(), Entry.objects.latest("seq")
    assert answer["ledger"] == {"entries": proof.entries, "root": proof.root}
    assert (entry.seq, entry.kind, entry.subject) == (proof.entries, "consultation", person)
    assert json.loads(Body.objects.get(entry=entry).text)["on"] == "2009-03-20"
    assert (proof.faults, answer["links"]) == ([], "as they stand now")
    assert {"police c-104", "social_care 10233"} <= set(answer["sources"])
    assert not {"Ayla", "Marsh", "drive me home"} & set(ran.out.replace('"', " ").split())


def test_what_one_agency_knew_is_its_own_and_what_its_people_were_told(person):
    answer = json.loads(
        run(command, "--child", person, "--on", "2009-03-20", "--agency", "police", "--json").out
    )
    assert [each["ref"] for each in answer["records"] if each["agency"] != "police"] == ["REF-77"]
    assert {each["agency"] for each in answer["people"]} == {"police"}


def test_for_a_reader_it_is_a_list(person):
    ran = run(command, person, "--on", "2009-03-20")
    assert "  T. Lowe, team manager, social_care: 1 answered" in ran.out.splitlines()
    assert "links stand now" in ran.err


@pytest.mark.parametrize(("arguments", "why"), [
    (["p_nobody", "--on", "2009-03-20"], "there is nobody"),
    (["--on", "2009-03-20"], "name a person"),
    (["p_nobody", "--on", "2009-03-20", "--agency", "nowhere"], "no agency"),
])  # fmt: skip
def test_what_cannot_be_answered_is_explained(person, arguments, why):
    ran = run(command, *arguments)
    assert (ran.code, why in ran.explained) == (2, True)


def test_a_day_to_come_cannot_be_asked_about(person):
    ran = run(command, person, "--on", "2099-01-01")
    assert (ran.code, "has not come yet" in ran.explained) == (2, True)
