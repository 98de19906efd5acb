"""Erasing a child takes out what people wrote of her links: verdicts, what became of them, answers to introductions."""

from datetime import timedelta

import pytest
from django.db import connection

from heed.casework import shredding
from heed.casework.actions import erasing
from heed.casework.actions.introductions import answer, introduce
from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm, withdraw
from heed.casework.actions.verdicts import judge
from heed.casework.ledger import check
from heed.casework.linking import expected_links, kept_links, link_all
from heed.casework.models import (
    Body,
    Clash,
    Introduction,
    IntroductionAnswer,
    Link,
    Post,
    Source,
    Verdict,
    VerdictStep,
)
from tests import case_story, personas
from tests.case_story import NOW
from tests.made_records import person, record

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
ERASED, OTHER = "school e-1", "social_care 10233"


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story(3))
    told = [
        record("school", "E-1", person("e-1", "Mary", "Lund", "1994-05-06", ids={"nhs": "9990000042"})),
        record("police", "E-2", person("e-2", "Tess", "Hay", "1993-01-02", ids={"nhs": "9990000042"})),
        record("health", "E-3", person("e-3", "Joan", "Carr", "1992-09-09", ids={"nhs": "9990000042"})),
    ]
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)
    head = personas._person("head", "H. Ead", "school", "designated lead", "senior")
    Post.objects.create(agency_id="school", post="designated_lead", holder=head, order=0)
    return people, head


def test_nothing_anybody_wrote_of_her_links_is_left(people):
    personas_, head = people
    said = judge(left=ERASED, right=OTHER, verdict="same", reason="Canaryone", by=personas_.lena, now=NOW)
    confirm(verdict=said.pk, reason="Canarytwo", by=head, now=NOW)
    withdraw(verdict=said.pk, reason="Canarythree", by=personas_.lena, now=NOW)
    officer = personas._person("pc", "P. Cox", "police", "officer", "frontline")
    Link.objects.filter(left__in=["police e-2"], right=ERASED).delete()
    Link.objects.create(
        left_id="police e-2", right_id=ERASED, weight=1.0, probability=0.8, terms="[]", model="made"
    )
    assert introduce(now=NOW) >= 1
    number = Introduction.objects.get(right=ERASED).pk
    answer(introduction=number, answer="not_ours", reason="Canaryfour", by=officer, now=NOW)
    assert Clash.objects.count() == 3
    assert check().faults == []
    request = erasing.ask(
        scope="child", agency="school", ref="e-1", basis="court_order",
        reason="Order of the family court of 4 May 2026.", by=head, now=LATER,
    )  # fmt: skip
    erasing.agree(number=request.pk, by=personas_.lena, now=LATER)
    assert shredding.finish(LATER) == 1
    assert not Source.objects.filter(pk=ERASED).exists()
    assert {*Verdict.objects.values_list("reason", flat=True)} == {""}
    assert {*VerdictStep.objects.values_list("reason", flat=True)} == {""}
    assert {*IntroductionAnswer.objects.values_list("reason", flat=True)} == {""}
    assert not any("Canary" in text for text in Body.objects.values_list("text", flat=True))
    assert Clash.objects.count() == 0
    connection.check_constraints()
    assert [str(fault) for fault in check().faults] == []
    link_all(LATER)
    assert kept_links() == expected_links()
