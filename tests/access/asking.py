"""One child, somebody in each relation to her, and what each is answered at every address by every method."""

import copy
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from heed.casework.actions import glass, register
from heed.casework.actions.agency_keys import make_key
from heed.casework.actions.attach import attach
from heed.casework.actions.conflicts import record_conflict
from heed.casework.actions.receive import receive
from heed.casework.actions.register import Watching
from heed.casework.clock import now
from heed.casework.models import Attachment, Duty, Link, Post, Professional, Record, Registered
from heed.formats.contract import Attached
from tests import case_story, personas
from tests.concerns import concern

LIVE = ("own", "shared", "opened", "conflicted", "lead", "foreign")
"""A school that wrote of her; who works with her; who opened her records in an emergency; who stands near to her; who
leads an agency with a file of her; and an agency that knows nothing."""
NOBODY = ("nobody", "leaver", "key")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
OUTCOMES = {200: "S", 404: ".", 422: "?", 405: "x"}
WHY = "The man who is named with her is my brother-in-law."


def house() -> dict[str, Client]:
    """A child told of by many, and a client for everybody."""
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    case_story.noticed(as_of=now().date())
    hana = _one("hana", "home")
    Post.objects.create(agency_id="home", post="designated_lead", holder=hana, order=0)
    opener, near, leaver = _one("ola", "school"), _one("kim", "school"), _one("lee", "social_care")
    child = case_story.person("school s-7")
    receive(record=concern("C-9", child="s-7", recorded_at=now().isoformat()), by=people.rosa, now=now())
    _hung(people, child)
    glass.open_glass(person=child, ground="danger", reason=WHY, by=opener, now=now())
    record_conflict(person=child, who=near.pk, reason=WHY, by=near, now=now())
    Professional.objects.filter(pk=leaver.pk).update(is_active=False)
    _, token = make_key(agency="school", name="a system", by=None, now=now())
    found = {"own": people.rosa, "shared": people.sam, "opened": opener, "conflicted": near, "lead": people.lena,
             "foreign": people.carl, "leaver": leaver}  # fmt: skip
    clients = {name: _client() for name in found}
    for name, who in found.items():
        clients[name].force_login(who)
    return clients | {"nobody": _client(), "key": _client(authorization=f"Bearer {token}")}


def _client(**headers: str) -> Client:
    return Client(headers={"host": "localhost", **headers}, raise_request_exception=False)


def _one(username: str, agency: str) -> Professional:
    return Professional.objects.create(
        username=username, name=username.title(), agency_id=agency, role="worker", grade="senior"
    )


def _hung(people: personas.Personas, child: str) -> None:
    """What hangs on her: a file with the police's record, and a watch of social care."""
    row = _records().get(ref="MIS-0002")
    attach(record=row, files=[Attached("a.txt", "text/plain", b"words")], by=None, now=now())
    terms = Watching(
        "Because of the nights.", "The saloon.", "A quiet year.", "high", 7, people.sam, "worker"
    )
    register.watch(person=child, watching=terms, by=people.sam, now=now() + timedelta(seconds=1))


def _records():  # a queryset
    return Record.objects.system("the table of who is answered what")


def addresses() -> Iterator[tuple[str, str]]:
    """Every page's name and the address of what hangs on the child, filled from what there is."""
    child, theirs = case_story.person("school s-7"), _records().get(ref="MIS-0002").pk
    duty = Duty.objects.filter(record__ref="C-9").first()
    assert duty is not None
    filling = {
        "person": child, "whom": child, "finding": case_story.PLACE, "entry": Registered.objects.get().reference,
        "reference": duty.reference, "number": Link.objects.order_by("pk").first().pk, "night": theirs,
        "key": theirs, "naming": theirs, "position": 2, "file": Attachment.objects.get().key, "seq": 1,
        "token": "0" * 32, "uidb64": "MQ", "act": "seen", "year": 2026, "month": 5,
    }  # fmt: skip
    of = {"children": child, "findings": case_story.PLACE, "register": filling["entry"]}
    for pattern in patterns():
        route = str(pattern.pattern)
        own = filling | {"of": of.get(route.partition("/")[0], "")}
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.lower()
            own_key = "0" * 32 if (name, kind) == ("key", "token") else own[name]
            route = route.replace(f"<{kind}:{name}>", str(own_key))
        yield str(pattern.name), f"/{route}"


def patterns() -> Iterator[URLPattern]:
    """Every address there is, however deep it hangs."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, URLPattern):
            yield each
        else:
            waiting = [*each.url_patterns, *waiting]


def answered(client: Client, method: str, address: str) -> str:
    """What somebody is answered, in a letter of declared.txt; what the request did is undone."""
    signed_in = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address)
        if answer.streaming:  # read to its end, or its file stays open
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = signed_in
    if answer.status_code in (301, 302):
        return "i" if "/sign-in" in answer["Location"] and "next=" in answer["Location"] else "D"
    return OUTCOMES.get(answer.status_code, str(answer.status_code))
