"""Batches for their managers, and records taken out: who may, what it asks, and what leaves."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest

from heed.casework.actions import batch_decisions
from heed.casework.actions.receive import receive_many
from heed.casework.clock import now
from heed.casework.models import Batch, Body, Entry, Finding, Record
from tests import case_story, personas

pytestmark = pytest.mark.django_db
REASON = "The school rang: its old system sent everything twice."
ANSWERS = {"format": "csv", "reason": "court", "purpose": "Disclosure in case 9 of the family court."}


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    return people


@pytest.fixture
def held(people) -> Batch:
    """A held batch of social care about Ayla; Lena is senior there."""
    told = case_story.document(
        "social_care", "FALSE-1", "contact", now() - timedelta(days=3), case_story.as_(case_story.AYLA, "10233"),
        text="False words.",
    )  # fmt: skip
    batch = Batch(agency_id="social_care", source="command", begun=now(), state="held")
    receive_many(records=[case_story.read(told)], by=None, now=now(), batch=batch)
    return batch


def ayla() -> str:
    return case_story.person("social_care 10233")


@pytest.mark.parametrize("name", ["sam", "rosa", "carl"])
def test_batches_are_not_there_for_who_decides_on_none(client, people, held, name):
    client.force_login(getattr(people, name))
    answers = [client.get("/batches"), client.get(f"/batches/{held.pk}"), client.post(f"/batches/{held.pk}")]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {client.get("/batches/999").content}


def test_a_manager_releases_with_a_reason(client, people, held):
    client.force_login(people.lena)
    assert "Held: waits for a person" in client.get("/batches").content.decode()
    address = f"/batches/{held.pk}"
    assert client.post(address, {"decide": "release", "reason": "ok"}).status_code == 422
    assert client.post(address, {"reason": REASON}).status_code == 404, "what is to be done must be said"
    assert client.post(address, {"decide": "release", "reason": REASON}).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.decided_by, held.reason) == ("released", people.lena, REASON)


def test_what_is_held_or_withdrawn_is_said_and_struck_in_the_chronology(client, people, held):
    client.force_login(people.sam)
    page = client.get(f"/children/{ayla()}").content.decode()
    assert "Held: far more came that day than usual." in page
    batch_decisions.withdraw(number=held.pk, reason=REASON, by=people.lena, now=now())
    page = client.get(f"/children/{ayla()}").content.decode()
    assert "<s>False words.</s>" in page
    assert REASON in page
    assert "Lena Holt" in page


def test_a_withdrawn_missing_episode_is_not_counted(client, people):
    client.force_login(people.sam)
    before = client.get(f"/children/{ayla()}").context["page"].missing.short
    told = case_story.document(
        "police", "FALSE-2", "missing", now() - timedelta(days=3), case_story.as_(case_story.AYLA, "c-104"),
        missing={"category": "missing"},
    )  # fmt: skip
    batch = Batch(agency_id="social_care", source="command", begun=now(), state="open")
    receive_many(records=[case_story.read(told)], by=None, now=now(), batch=batch)
    assert client.get(f"/children/{ayla()}").context["page"].missing.short != before
    batch_decisions.withdraw(number=batch.pk, reason=REASON, by=people.lena, now=now())
    assert client.get(f"/children/{ayla()}").context["page"].missing.short == before


@pytest.mark.parametrize("format_", ["csv", "xlsx", "graphml", "links", "followthemoney"])
def test_sam_takes_out_what_he_may_see_of_ayla(client, people, format_):
    client.force_login(people.sam)
    answer = client.post(f"/children/{ayla()}/take-out", ANSWERS | {"format": format_})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="heed-export-')
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.get(kind="export")
    assert (entry.actor, entry.subject, entry.purpose) == (people.sam, ayla(), "court")


def test_rosa_takes_out_her_schools_records_only(client, people):
    client.force_login(people.rosa)
    answer = client.post(f"/children/{ayla()}/take-out", ANSWERS | {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    agencies = {row[4] for row in list(book["Chronology"].values)[2:-1]}
    assert agencies == {"school"}
    records = json.loads(Body.objects.get(entry__kind="export").text)["records"]
    rows = Record.objects.system("a test").filter(pk__in=records)
    assert set(rows.values_list("agency", flat=True)) == {"school"}


def test_carl_is_told_that_there_is_nobody(client, people):
    client.force_login(people.carl)
    child, finding = ayla(), Finding.objects.first().pk
    answers = [
        client.get(f"/children/{child}/take-out"),
        client.post(f"/children/{child}/take-out", ANSWERS),
        client.post(f"/children/{child}/take-out", {}),
        client.post("/children/p_nobody/take-out", ANSWERS),
        client.post(f"/findings/{finding}/take-out", ANSWERS | {"format": "graphml"}),
        client.get("/findings/shared_place:nothing/take-out"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert not Entry.objects.filter(kind="export").exists()


@pytest.mark.parametrize("without", ["format", "reason", "purpose"])
def test_without_an_answer_nothing_leaves(client, people, without):
    client.force_login(people.sam)
    given = {key: value for key, value in ANSWERS.items() if key != without}
    assert client.post(f"/children/{ayla()}/take-out", given).status_code == 422
    short = client.post(f"/children/{ayla()}/take-out", ANSWERS | {"others": "because"})
    assert short.status_code == 422
    assert not Entry.objects.filter(kind="export").exists()


def test_the_network_of_a_finding_leaves_as_graphml(client, people):
    client.force_login(people.sam)
    answer = client.post(f"/findings/{Finding.objects.first().pk}/take-out", ANSWERS | {"format": "graphml"})
    assert answer.status_code == 200
    assert b"<graphml" in answer.content


def test_places_say_whether_they_are_mapped(client, people):
    client.force_login(people.sam)
    page = client.get(f"/children/{ayla()}").context["page"].places
    assert page.rows
    assert all("mapped" in row.where for row in page.rows)
