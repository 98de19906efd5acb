"""A word on somebody who has no reference of their own is on a place in a record: it lapses when another stands there."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm, withdraw
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.commands.identity.explain import command as explain
from heed.casework.doors import queue
from heed.casework.doors.viewing import viewer_for
from heed.casework.linking import expected_links, kept_links, link_all, link_sources, sources_of_records
from heed.casework.linking.gathering import verdicts
from heed.casework.models import Post, Professional, Record, Source
from heed.core.identity.lapsing import lapses, place_of
from heed.core.records.explained import Explained
from heed.web.presenters import link_queue
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AYLA, IVY = ("Ayla", "Marsh", "1995-02-11"), ("Ivy", "Cole", "1998-01-13")
PLACE, HEALTH, OWN = "police P-1#0", "health h-1", "police c-9"


def document(*people):
    return {
        "people": [dict(zip(("given_names", "family_name", "born"), one, strict=False)) for one in people]
    }


@pytest.mark.parametrize(
    ("judged", "now", "lapsed"),
    [
        ([AYLA], [AYLA], False),
        ([AYLA], [("ayla", "MARSH ", "1995-02-11")], False),
        ([AYLA, IVY], [IVY, AYLA], True),
        ([AYLA], [("Ayla", "Marsh", "1999-02-11")], True),
        ([AYLA], [], True),
        ([AYLA], None, True),
        ([], [AYLA], False),
    ],
)
def test_what_identifies_whoever_stands_at_a_place(judged, now, lapsed):
    current = None if now is None else document(*now)
    assert lapses(document(*judged), current, 0) is lapsed


def test_a_person_with_a_reference_of_their_own_stands_at_no_place():
    own = {"people": [{"given_names": "Ivy", "ref": "c-2"}]}
    assert not lapses(own, document(AYLA), 0)
    assert lapses(document(AYLA), own, 0)
    assert place_of("police MIS-1#2") == ("police", "MIS-1", 2)
    assert place_of("police c-1") is place_of("police c#x") is None


@pytest.fixture
def first(db) -> Professional:
    return someone("dana", "police")


@pytest.fixture
def lead(db) -> Professional:
    return someone("omar", "health", "designated_lead")


def someone(name: str, agency: str, post: str = "") -> Professional:
    made = Professional.objects.create(
        username=name, name=name.title(), agency=ensure(agency), role="analyst", grade="manager"
    )
    if post:
        Post.objects.create(agency_id=agency, post=post, holder=made, order=0)
    return made


def arrive(*records):
    before = set(Record.kept.values_list("pk", flat=True))
    receive_many(records=records, by=None, now=NOW)
    link_sources(sources_of_records(set(Record.kept.values_list("pk", flat=True)) - before), NOW)
    assert kept_links() == expected_links()


def page(*people, revision=1):
    return record("police", "P-1", *(person(None, *one) for one in people), revision=revision)


def one_person(*keys) -> bool:
    return Source.objects.filter(pk__in=keys).values("person").distinct().count() == 1


def judged_the_same(first, lead):
    arrive(page(AYLA, IVY), record("health", "H-1", person("h-1", "A.", "Bell", "1995")))
    said = judge(left=PLACE, right=HEALTH, verdict="same", reason="One mother.", by=first, now=NOW)
    confirm(verdict=said.pk, reason="So say I.", by=lead, now=NOW)
    assert one_person(PLACE, HEALTH)
    return said


def test_a_word_does_not_move_to_whoever_stands_there_next(first, lead):
    judged_the_same(first, lead)
    arrive(page(AYLA, IVY, ("Joan", "Hay", "1997-03-04"), revision=2))
    assert one_person(PLACE, HEALTH)  # the record changed, the person did not
    arrive(page(IVY, AYLA, revision=3))
    assert not one_person(PLACE, HEALTH)
    assert verdicts() == []
    link_all(NOW)
    assert not one_person(PLACE, HEALTH)
    arrive(page(AYLA, IVY, revision=4))
    assert one_person(PLACE, HEALTH)  # put right, it stands again


def test_what_lapsed_may_be_judged_again_and_withdrawn(first, lead):
    said = judged_the_same(first, lead)
    arrive(page(IVY, AYLA, revision=2))
    again = judge(left=PLACE, right=HEALTH, verdict="same", reason="It is Ivy.", by=first, now=NOW)
    confirm(verdict=again.pk, reason="So say I.", by=lead, now=NOW)
    assert one_person(PLACE, HEALTH)
    withdraw(verdict=said.pk, reason="It was Ayla then.", by=first, now=NOW)
    assert one_person(PLACE, HEALTH)
    assert kept_links() == expected_links()


def test_what_waits_lapses_too(first, lead):
    arrive(page(AYLA), record("health", "H-1", person("h-1", "A.", "Bell", "1995")))
    said = judge(left=PLACE, right=HEALTH, verdict="same", reason="One mother.", by=first, now=NOW)
    arrive(page(IVY, revision=2))
    with pytest.raises(Explained, match="waits for nobody"):
        confirm(verdict=said.pk, reason="So say I.", by=lead, now=NOW)


def test_it_is_in_the_queue_again_and_says_why(first):
    arrive(page(AYLA), record("police", "P-9", person("c-9", "Nell", "Orme", "1999-08-30")))
    judge(left=PLACE, right=OWN, verdict="same", reason="One mother.", by=first, now=NOW)
    arrive(page(IVY, revision=2))
    viewer = viewer_for(first, NOW)
    found = queue.queue(viewer=viewer, kind="unsure", page=1, now=NOW)
    assert [row.waiting.sources for row in found.rows] == [tuple(sorted((PLACE, OWN)))]
    (row,) = link_queue.rows(found)
    assert row.said.startswith("Lapsed: the record changed")
    judged = queue.queue(viewer=viewer, kind="judged", page=1, now=NOW)
    assert [said.state for said in judged.rows[0].said] == ["lapsed"]


def test_whoever_explains_the_pair_is_told_that_the_word_lapsed(first, lead, monkeypatch):
    monkeypatch.setattr("heed.casework.installation.ready", lambda: None)
    judged_the_same(first, lead)
    asked = ["police", "P-1#0", "health", "h-1"]
    told = CliRunner().invoke(explain, asked).output
    assert "analyst, Police, 2026-11-22: same. Confirmed by a second person; it counts." in told
    arrive(page(IVY, revision=2))
    told = CliRunner().invoke(explain, asked).output
    assert "analyst, Police, 2026-11-22: same. Lapsed: the record changed" in told
    assert "it counts" not in told
    assert "One mother." not in told
    (said,) = json.loads(CliRunner().invoke(explain, [*asked, "--json"]).output)["verdicts"]
    assert (said["state"], said["stands"]) == ("lapsed", False)
