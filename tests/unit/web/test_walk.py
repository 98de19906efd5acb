"""Every address, as several people: nobody meets what they have no reason to see, and no look leaves unlogged."""

import json
import re
from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import get_resolver

from heed.casework.actions import ledger, register
from heed.casework.actions.attach import attach
from heed.casework.actions.duties import open_for_finding
from heed.casework.actions.register import Watching
from heed.casework.clock import now
from heed.casework.doors import looks
from heed.casework.models import (
    Attachment,
    Duty,
    Entry,
    Link,
    Mention,
    Professional,
    Record,
    Registered,
    Relationship,
    Source,
)
from heed.casework.sealed import open_documents
from heed.core.records.reading import parse
from heed.core.records.record import Record as Told
from heed.formats.contract import Attached
from tests import case_story, personas

pytestmark = pytest.mark.django_db
CANARY = re.compile(r"canary[a-z]+\d*", re.IGNORECASE)
NOTHING_OF_ANYBODY = {"sign-in", "sign-out", "healthz", "readyz", "raise", "find-child", "theme", "welcome"}
NOTHING_OF_ANYBODY |= {"recommend", "by-hand", "rules"}
"""Pages that hold nothing any agency wrote: the only ones that may be opened without an entry in the ledger."""


def planted(agency: str) -> Told:
    """A concern of one agency with a word of its own in every field that takes text."""
    word = f"canary{agency.replace('_', '')}"
    born = "2011-03-04"
    child = {
        "part": "child",
        "ref": f"{word}1",
        "given_names": f"{word}2",
        "family_name": f"{word}3",
        "born": born,
    }
    other = {
        "part": "companion",
        "given_names": f"{word}4",
        "description": f"{word}5",
        "also_known_as": [f"{word}6"],
    }
    adult = {"part": "person_of_concern", "also_known_as": [f"{word}7"], "description": f"{word}8"}
    place = {
        "kind": "place",
        "part": "seen_at",
        "address": f"9 {word}9",
        "name": f"{word}10",
        "postcode": "ZZ1 1AA",
    }
    car = {"kind": "vehicle", "part": "seen_in", "description": f"{word}11"}
    told = case_story.document(
        agency, f"{word}12", "concern", now() - timedelta(days=2), child, other, adult,
        things=[place, car], text=f"{word}13", childs_words=f"{word}14", told=[{"name": f"{word}15"}],
        author={"name": f"{word}16", "role": f"{word}17", "grade": "frontline"},
        observations=["danger_now"],
    )  # fmt: skip
    reading = parse(told)
    assert reading.record is not None, reading.problems
    return reading.record


AGENCIES = ("police", "health", "school", "voluntary", "home")


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell([*case_story.story(), *map(planted, AGENCIES)])
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    with_files()
    registered(people)
    return people


def registered(people) -> None:
    """A child who is watched, and a person of concern whom the health service registered from its own record."""
    nurse = Professional.objects.create(
        username="n", name="N.", agency_id="health", role="nurse", grade="senior"
    )
    terms = Watching(
        "Because of the nights.", "The silver saloon.", "A quiet year.", "high", 7, people.sam, "worker"
    )
    person = case_story.person("social_care 10233")
    register.watch(person=person, watching=terms, by=people.sam, now=now())
    row = Record.objects.system("a test registers").get(ref="canaryhealth12")
    register.register_person(
        record=row.pk, position=2, why="A nurse heard it twice.", grading=("2", "C", "C"), by=nurse, now=now()
    )


def with_files() -> None:
    """A file with each planted record: its name and its words are its agency's."""
    for row in Record.objects.system("a test adds files").filter(ref__startswith="canary"):
        word = f"{row.ref.removesuffix('12')}13"
        attach(record=row, files=[Attached(f"{word}.txt", "text/plain", word.encode())], by=None, now=now())


def nights() -> list[int]:
    """One missing episode of a child, and a record that is none: each has five pages, which ask for the same."""
    rows = Record.objects.system("a walk").order_by("pk").values_list("kind", "pk")
    return list({kind == "missing": pk for kind, pk in rows}.values())


def some_children() -> list[str]:
    """Ayla, and a child with a word of its own at two agencies: for the pages that ask what the child's own page asks."""
    keys = ("social_care 10233", "police canarypolice1", "school canaryschool1")
    return [Source.objects.get(pk=key).person for key in keys]


def addresses() -> list[tuple[str, str]]:
    """Every page with the id of everything there is."""
    ids = {
        "person": sorted(set(Source.objects.values_list("person", flat=True))),
        "finding": [case_story.PLACE],
        "entry": list(Registered.objects.values_list("reference", flat=True)),
        "reference": list(Duty.objects.values_list("reference", flat=True)),
        "number": list(Link.objects.values_list("pk", flat=True)),
        "file": list(Attachment.objects.values_list("key", flat=True)),
        "key": list(Record.objects.system("a walk").values_list("pk", flat=True)),
        "naming": list(
            Record.objects.system("a walk").filter(ref__startswith="canary").values_list("pk", flat=True)
        ),
        "night": nights(),
        "whom": some_children(),
        "token": ["0" * 32],
        "uidb64": ["MQ"],
        "seq": list(Entry.objects.values_list("pk", flat=True)),
    }
    found = []
    for pattern in get_resolver().url_patterns[0].url_patterns:
        route = "/" + str(pattern.pattern)
        route = route.replace("<once:token>", "set-password").replace("<token:key>", "0" * 32)
        route = route.replace("<number:position>", "2").replace("<act:act>", "consider")
        route = route.replace("<number:year>/<number:month>", "2026/5")
        for what, kind in (("children", "person"), ("findings", "finding"), ("register", "entry")):
            route = route.replace(f"{what}/<opaque:of>", f"{what}/<opaque:{kind}>")
        hole = re.search(r"<\w+:(\w+)>", route)
        fillings = ids[hole[1]] if hole else [None]
        found += [
            (pattern.name, route if hole is None else route.replace(hole[0], str(each))) for each in fillings
        ]
    return found


def may_meet(person) -> set[str]:
    """An oracle that shares nothing with the doors: words of one's own agency's records and of those of a
    child one works with, and who raised what one's agency owes or raised."""
    live = Relationship.objects.filter(professional=person, since__lte=now(), until__gt=now())
    hung = {f"{each.source_agency} {each.source_ref}" for each in live}
    persons = set(Source.objects.filter(key__in=hung).values_list("person", flat=True))
    theirs = set(
        Mention.objects.system("an oracle for a test")
        .filter(source__person__in=persons)
        .values_list("record", flat=True)
    )
    rows = Record.objects.system("an oracle for a test")
    own = [row for row in rows if row.agency_id == person.agency_id or row.pk in theirs]
    raised = Duty.objects.filter(Q(owing_agency=person.agency) | Q(raising_agency=person.agency))
    said = [*open_documents(own), *raised.values_list("raiser_name", flat=True)]
    return {word.lower() for words in said for word in CANARY.findall(words)}


def client_of(person) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(person)
    return client


def _is_one_of(word: str, allowed: set[str]) -> bool:
    """Whether a word is one of these, or one of them that a page cut short."""
    return word in allowed or (word[-1].isalpha() and any(each.startswith(word) for each in allowed))


@pytest.mark.parametrize("who", ["rosa", "sam", "lena", "carl"])
def test_nobody_meets_a_word_without_a_reason_and_nothing_leaves_without_an_entry(people, who):
    """One walk holds all of it: the words, the entry, the title, and in the end the headers of the ledger."""
    person = getattr(people, who)
    client, allowed = client_of(person), may_meet(person)
    met = set()
    for name, address in addresses():
        if name == "sign-out":
            continue
        before = Entry.objects.count()
        page = client.get(address)
        logged = page.status_code == 405 or Entry.objects.count() > before
        assert logged or name in NOTHING_OF_ANYBODY, address
        title = re.search("<title>(.*?)</title>", page.content.decode(), re.DOTALL)
        assert not title or not re.search("canary|marsh|orme|cole|ayla", title[1], re.IGNORECASE), address
        for answer in (page, client.post(address, {"verdict": "same", "reason": "x"})):
            words = {word.lower() for word in CANARY.findall(answer.content.decode())}
            strange = {word for word in words if not _is_one_of(word, allowed)}
            assert not strange, (address, strange)
            met |= words
    assert met, "a walk that meets nothing proves nothing"
    headers = json.dumps(list(Entry.objects.values_list("kind", "subject", "purpose")))
    assert not CANARY.search(headers)
    assert "Marsh" not in headers


def test_when_the_ledger_refuses_nothing_leaves(people, monkeypatch):
    def full(**_):
        raise RuntimeError("no room in the ledger")

    monkeypatch.setattr(looks.ledger, "append", full)
    assert looks.ledger is ledger
    client = client_of(people.sam)
    for name, address in addresses():
        if name not in NOTHING_OF_ANYBODY:
            answer = client.get(address)
            assert answer.status_code in (405, 500), address
            assert not CANARY.search(answer.content.decode())
            assert "Marsh" not in answer.content.decode()


def test_a_findings_sentence_is_read_on_its_duty_only_by_whoever_owes_it(people):
    duty = open_for_finding(
        finding_id=case_story.PLACE, statement="canarysentence1", children_sources=["police c-104"], now=now()
    )
    colleague = Professional.objects.create(
        username="col", name="C", agency_id="social_care", role="r", grade="x"
    )
    page = client_of(colleague).get(f"/duties/{duty.reference}")
    assert page.status_code == 200
    assert "canary" not in page.content.decode()
    assert "canarysentence1" in client_of(duty.owner).get(f"/duties/{duty.reference}").content.decode()


def test_a_page_may_be_asked_for_without_its_body(people):
    client = client_of(people.sam)
    assert client.head("/").status_code == 200
    assert (
        client.head(
            f"/duties/{Duty.objects.filter(owing_agency='social_care').first().reference}"
        ).status_code
        == 200
    )


def test_too_much_at_once_is_said_in_words(people):
    answer = client_of(people.rosa).post("/concerns/new", {f"n{n}": "1" for n in range(2000)})
    assert answer.status_code == 400
    assert "NOT saved" in answer.content.decode()
