"""Whoever judges sees both files; whoever sees one is shown no more of the other, in the queue as on the pair's page."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import withdraw
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.doors import links, queue
from heed.casework.doors.viewing import viewer_for
from heed.casework.linking import link_all
from heed.casework.models import Post, Professional, Relationship, Source, Verdict
from heed.core.records.explained import Explained
from heed.web.presenters import link_queue
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db
SAME = {"given": "Nell", "family": "Orme", "born": "1999-08-30", "ids": {"nhs": "9990000123"}}
POLICE, HEALTH, OTHER = "police Canary-1995", "health h-1", "health h-2"
WHY = "Nothing at all to go by."


@pytest.fixture(autouse=True)
def _files() -> None:
    told = [
        record("police", "P-1", person("Canary-1995", **SAME)),
        record("health", "H-1", person("h-1", **SAME)),
        record("health", "H-2", person("h-2", "Ivy", "Cole", "1998-01-13")),
    ]
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)


def someone(name: str, agency: str, post: str = "") -> Professional:
    made = Professional.objects.create(
        username=name, name=name.title(), agency=ensure(agency), role="analyst", grade="manager"
    )
    if post:
        Post.objects.create(agency_id=agency, post=post, holder=made, order=0)
    return made


def works_with(who: Professional, key: str) -> None:
    agency, _, ref = key.partition(" ")
    Relationship.objects.create(
        professional=who, source_agency=agency, source_ref=ref, basis="allocated",
        since=NOW - timedelta(days=30), until=NOW + timedelta(days=30000),
    )  # fmt: skip


def say(left, right, verdict, by):
    return judge(left=left, right=right, verdict=verdict, reason="I asked both workers.", by=by, now=NOW)


def posted(client, who, said, verdict):
    client.force_login(who)
    return client.post(f"/links/verdicts/{said.pk}", {"verdict": verdict, "reason": WHY})


@pytest.fixture
def author() -> Professional:
    """Somebody of a third agency who saw both, judged, and sees neither any more."""
    author = someone("ada", "voluntary")
    works_with(author, POLICE)
    return author


@pytest.fixture
def unsure(author) -> Verdict:
    said = say(POLICE, HEALTH, "unsure", author)
    Relationship.objects.update(until=NOW - timedelta(days=1))
    assert not viewer_for(author, NOW).sources
    return said


@pytest.mark.parametrize("word", ["different", "same", "unsure"])
def test_an_author_without_sight_gives_no_new_verdict(client, author, unsure, word):
    assert posted(client, author, unsure, word).status_code == 404
    assert Verdict.objects.count() == 1
    page = client.get(f"/links/verdicts/{unsure.pk}")
    assert b"Keep the verdict" not in page.content
    assert b"Withdraw this verdict" in page.content
    withdraw(verdict=unsure.pk, reason=WHY, by=author, now=NOW)


def test_an_author_who_sees_both_judges_anew(client, author):
    said = say(POLICE, HEALTH, "unsure", author)
    assert b"Keep the verdict" in posted(client, author, said, "").content
    assert posted(client, author, said, "different").status_code == 302


def test_a_second_person_by_their_post_confirms_and_judges_nothing(client):
    officer, lead = someone("dana", "police"), someone("omar", "health", "designated_lead")
    said = say(POLICE, OTHER, "same", officer)
    assert posted(client, lead, said, "different").status_code == 404
    assert Verdict.objects.count() == 1
    assert client.get(f"/links/verdicts/{said.pk}/second").status_code == 200


def test_whoever_lost_sight_by_anothers_word_may_only_ask_for_the_opposite(client, author):
    nurse = someone("nia", "police")
    works_with(nurse, POLICE)
    assert viewer_for(nurse, NOW).sources >= {POLICE, HEALTH}
    said = say(POLICE, HEALTH, "different", author)
    page = posted(client, nurse, said, "different")
    assert page.status_code == 422
    assert b"Different children" not in page.content.split(b"<form")[1]
    with pytest.raises(Explained, match="sees both"):
        judge(left=POLICE, right=HEALTH, verdict="different", reason=WHY, by=nurse, now=NOW, seen=False)
    assert posted(client, nurse, said, "same").status_code == 302
    assert Verdict.objects.order_by("pk").last().steps.get().kind == "asked"
    assert Source.objects.values("person").distinct().count() == 3


def test_a_word_of_whoever_does_not_see_both_waits_also_within_one_agency(author):
    said = judge(left=HEALTH, right=OTHER, verdict="unsure", reason=WHY, by=author, now=NOW, seen=False)
    assert said.steps.get().kind == "asked"


def rows(who, kind):
    """The rows of the queue as the page shows them, and the same pairs as their own page tells them."""
    viewer = viewer_for(who, NOW)
    found = queue.queue(viewer=viewer, kind=kind, page=1, now=NOW)
    pages = [links.of_verdict(viewer=viewer, number=row.waiting.number, now=NOW) for row in found.rows]
    assert [row.said for row in found.rows] == [page.pair.said for page in pages]
    return link_queue.rows(found)


def test_a_row_tells_a_second_person_the_agency_of_the_other_file_and_not_its_reference():
    officer, lead = someone("dana", "police"), someone("omar", "health", "designated_lead")
    say(POLICE, OTHER, "same", officer)
    (row,) = rows(lead, "asked")
    assert "Canary" not in str(row)
    assert row.files == "Health, h-2 · Police"
    assert "Dana" in row.what
    (mine,) = rows(officer, "asked")
    assert mine.files == "Health · Police, Canary-1995"


def test_a_row_tells_an_author_without_sight_their_own_word_and_nobody_elses(author, unsure):
    lead = someone("omar", "health", "designated_lead")
    later = say(POLICE, HEALTH, "different", lead)
    (row,) = rows(author, "judged")
    assert row.what.startswith("Unsure: Ada")
    assert row.verdict == unsure.pk != later.pk
    assert not any(canary in str(row) for canary in ("Omar", "Canary", "Different", "h-1"))


def test_a_row_tells_whoever_sees_both_all_of_it(author):
    say(POLICE, HEALTH, "unsure", author)
    nurse = someone("nia", "health")
    works_with(nurse, POLICE)
    (row,) = rows(nurse, "judged")
    assert (row.files, "Ada" in row.what) == ("Health, h-1 · Police, Canary-1995", True)


def test_what_hangs_on_a_file_out_of_sight_is_not_told(monkeypatch):
    asked = []
    monkeypatch.setattr(queue.Hangs, "on", lambda self, keys: asked.append(tuple(keys)) or queue.Hanging())
    officer, lead = someone("dana", "police"), someone("omar", "health", "designated_lead")
    say(POLICE, OTHER, "same", officer)
    assert len(rows(lead, "asked")) == 1
    assert set(asked) == {(OTHER,)}
