"""A stolen key: over every address and every method it reads nothing that anybody wrote."""

import pytest
from django.test import Client

from heed.casework.clock import now
from heed.casework.models import Duty, Finding, Record, Source
from tests import case_story, personas
from tests.unit.api.conftest import System, document, lines
from tests.unit.web.test_every_page import addresses

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
OPEN_TO_ALL = ("/sign-in", "/healthz", "/readyz", "/rules")
"""Pages that are everybody's, and hold nothing anybody wrote."""
WORDS = ("Marsh", "Ayla", "Orme", "Nell", "Mill Street", "10233", "canary")


@pytest.fixture
def house(db) -> System:
    """A house with children, duties and findings, and the key of an agency that wrote much of it."""
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    return System("school")


def ids() -> list[str]:
    """Addresses of what is really there."""
    people = [f"/children/{person}" for person in Source.objects.values_list("person", flat=True)[:5]]
    duties = [f"/duties/{ref}" for ref in Duty.objects.values_list("reference", flat=True)[:5]]
    findings = [f"/findings/{one}" for one in Finding.objects.values_list("pk", flat=True)[:5]]
    return people + duties + findings


def test_over_every_address_nothing_can_be_read(house):
    tried = [address for _, address in addresses()] + ids()
    assert len(tried) > 20
    read = []
    for address in tried:
        for scheme in ("Bearer", "Token", "Basic"):
            client = Client(headers={"host": "localhost", "authorization": f"{scheme} {house.token}"})
            for method in METHODS:
                answer = getattr(client, method)(address)
                told = answer.content.decode()
                if answer.status_code == 200 and address not in OPEN_TO_ALL:
                    read.append((method, address))
                if any(word in told for word in WORDS):
                    read.append((method, address))
    print(f"{len(tried)} addresses, {len(METHODS)} methods, 3 schemes: {len(read)} readable")
    assert read == []


def test_the_answer_to_a_conflict_repeats_nothing_that_is_kept(house):
    kept = Record.objects.system("a test").filter(agency="school").first()
    sent = document(kept.ref, revision=kept.revision, kind="school", text="A guess.")
    answer = house.send(lines(sent))
    assert answer.status_code == 422
    told = answer.content.decode()
    assert not any(word in told for word in (*WORDS, kept.recorded_at.isoformat()[:10], "text"))
