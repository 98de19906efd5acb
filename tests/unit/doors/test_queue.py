"""What needs a person's word: of every kind, ranked by what hangs on it, as far as the viewer may see."""

import json
from datetime import timedelta

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.actions.second_person import confirm
from heed.casework.actions.verdicts import judge
from heed.casework.doors import clashes, links, queue, today
from heed.casework.doors.viewing import viewer_for
from heed.casework.ledger import check
from heed.casework.linking import link_all, link_sources
from heed.casework.linking.live import regroup
from heed.casework.linking.settling import settled_among
from heed.casework.models import Body, Duty, Entry, Link, Relationship, Source
from heed.warehouse.linking.committed import current_model
from heed.web.presenters import link_queue
from tests import case_story, personas
from tests.case_story import NOW
from tests.made_records import person, record

pytestmark = pytest.mark.django_db
NHS = {"nhs": "9990000042"}
PAIRS = {"a": ("Mary", "Tess", 0.5), "b": ("Nora", "Joan", 0.4)}
"""Two given names in files of one agency, and what the model is made to say of the pair, whatever it is trained on."""


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return people


def two_files(which: str) -> tuple[str, str]:
    """Two of social care's own files that may be one child, taken in. Gives their keys."""
    left, right = f"social_care {which}-1", f"social_care {which}-2"
    *given, probability = PAIRS[which]
    told = [
        record("social_care", f"R-{which}-{n}", person(f"{which}-{n}", name, f"{name}son", f"199{n}-05-06"))
        for n, name in enumerate(given, 1)
    ]
    receive_many(records=told, by=None, now=NOW)
    link_sources([left, right], NOW)
    Link.objects.create(
        left_id=left, right_id=right, weight=0.0, probability=probability, terms="[]", model="made"
    )
    return left, right


def work(who, kind="", page=1):
    return queue.queue(viewer=viewer_for(who, NOW), kind=kind, page=page, now=NOW)


def kinds(found):
    return [(row.waiting.kind, row.waiting.sources) for row in found.rows]


def test_what_most_hangs_on_comes_before_what_is_likelier(people):
    one, other = two_files("a"), two_files("b")
    assert kinds(work(people.sam)) == [("unsure", one), ("unsure", other)]
    owed = Duty.objects.filter(record__agency="social_care", record__ref="R-b-1")
    assert not owed.exists()
    row = Duty.objects.create(
        reference="D-x", record_id=record_of("social_care", "R-b-1"), clause="c", owner=people.sam,
        owing_agency_id="social_care", opened_at=NOW, state="open", rung=0, due_at=NOW + timedelta(days=1),
    )  # fmt: skip
    found = work(people.sam)
    assert kinds(found) == [("unsure", other), ("unsure", one)]
    assert (found.rows[0].hanging.duties, found.rows[0].hanging.findings) == (1, 0)
    Duty.objects.filter(pk=row.pk).update(state="answered")
    assert kinds(work(people.sam))[0] == ("unsure", one)


def record_of(agency, ref):
    from heed.casework.models import Record

    return Record.objects.system("a test").get(agency=agency, ref=ref).pk


def rows_looked_at() -> list[int]:
    """The rows of records that the newest entry says were shown."""
    return json.loads(Body.objects.get(entry=Entry.objects.latest("seq")).text)["records"]


def test_every_look_at_work_on_links_says_which_records_were_shown(people):
    one = two_files("a")
    shown = sorted(record_of("social_care", ref) for ref in ("R-a-1", "R-a-2"))
    row = work(people.sam).rows[0]
    assert rows_looked_at() == shown
    links.link(viewer=viewer_for(people.sam, NOW), id=row.waiting.number, now=NOW)
    assert rows_looked_at() == shown
    said = judge(left=one[0], right=one[1], verdict="different", reason="Two girls.", by=people.sam, now=NOW)
    links.of_verdict(viewer=viewer_for(people.sam, NOW), number=said.pk, now=NOW)
    assert rows_looked_at() == shown
    assert links.link(viewer=viewer_for(people.carl, NOW), id=row.waiting.number, now=NOW) is None
    assert rows_looked_at() == []


def test_a_decided_pair_leaves_the_queue_and_is_among_the_judged(people):
    one = two_files("a")
    judge(left=one[0], right=one[1], verdict="different", reason="Two girls.", by=people.sam, now=NOW)
    found = work(people.sam)
    assert kinds(found) == []
    assert found.counts == {"unsure": 0, "apart": 0, "asked": 0, "number": 0, "judged": 1}
    assert kinds(work(people.sam, "judged")) == [("judged", one)]


def test_a_different_the_model_would_bridge_is_in_the_queue(people):
    """Rosa may see one side only, and is told of nothing."""
    case_story.works_with(people.lena, "police c-104")
    judge(
        left="police c-104", right="social_care 10233", verdict="different", reason="I asked both.",
        by=people.sam, now=NOW,
    )  # fmt: skip
    viewer_sees_both = work(people.lena)
    assert ("apart", ("police c-104", "social_care 10233")) in kinds(viewer_sees_both)
    row = next(row for row in viewer_sees_both.rows if row.waiting.kind == "apart")
    assert row.waiting.why == "word"
    found = links.link(viewer=viewer_for(people.lena, NOW), id=row.waiting.number, now=NOW)
    assert (found.pair.joined, found.pair.apart) == (False, "word")
    assert kinds(work(people.rosa)) == kinds(work(people.carl)) == []


def test_a_verdict_that_waits_is_there_for_whoever_may_confirm_and_says_no_more_than_they_may_see(people):
    case_story.works_with(people.sam, "police c-288")
    two = ("police c-288", "social_care 10233")
    said = judge(left=two[0], right=two[1], verdict="same", reason="Canary reason.", by=people.sam, now=NOW)
    assert kinds(work(people.sam, "asked")) == [("asked", two)]
    desk = personas._person("desk", "Omar Dean", "police", "designated lead", "senior")
    assert kinds(work(desk, "asked")) == []
    from heed.casework.models import Post

    Post.objects.create(agency_id="police", post="designated_lead", holder=desk, order=0)
    assert kinds(work(desk, "asked")) == [("asked", two)]
    assert today.today(viewer=viewer_for(desk, NOW), now=NOW).to_confirm == 1
    seen = links.of_verdict(viewer=viewer_for(desk, NOW), number=said.pk, now=NOW)
    assert seen.pair.may_second
    assert not seen.pair.whole
    assert seen.pair.terms == ()
    assert seen.right.names == ()
    assert [one.reason for one in seen.pair.said] == [""]
    assert kinds(work(people.carl, "asked")) == kinds(work(people.rosa, "asked")) == []
    confirm(verdict=said.pk, reason="We spoke.", by=desk, now=NOW)
    assert kinds(work(desk, "asked")) == []


def test_a_verdict_on_two_that_the_model_joins_asks_nobody_until_it_joins_them_no_more(people):
    case_story.works_with(people.lena, "police c-104")
    two = ("police c-104", "social_care 10233")
    judge(left=two[0], right=two[1], verdict="same", reason="I asked both.", by=people.lena, now=NOW)
    assert kinds(work(people.lena, "asked")) == []
    Link.objects.filter(left="police c-104").delete()
    Link.objects.filter(right="police c-104").delete()
    assert regroup(set(two), current_model())
    case_story.works_with(people.lena, "social_care 10233")
    assert kinds(work(people.lena, "asked")) == [("asked", two)]


def test_one_number_with_three_births_is_shown_to_who_sees_the_contradiction(people):
    births = {"n-1": "1995-02-11", "n-2": "1999-08-30", "n-3": "2001-12-05"}
    told = [
        record("social_care", f"R-{ref}", person(ref, "Ayla", "Marsh", born, ids=NHS))
        for ref, born in list(births.items())[:2]
    ]
    told.append(record("police", "R-n-3", person("n-3", "Ivy", "Cole", births["n-3"], ids=NHS)))
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)
    found = work(people.sam, "number")
    assert kinds(found) == [("number", ("social_care n-1", "social_care n-2"))]
    key = found.rows[0].waiting.key
    shown = clashes.clash(viewer=viewer_for(people.sam, NOW), key=key, now=NOW)
    assert (shown.scheme, shown.value, shown.files) == ("nhs", "9990000042", 2)
    police = personas._person("pc", "P. Cox", "police", "analyst", "frontline")
    assert kinds(work(police, "number")) == []
    assert clashes.clash(viewer=viewer_for(police, NOW), key=key, now=NOW) is None
    assert Entry.objects.filter(kind="refusal", subject=f"clash:{key}").exists()


def test_pages_are_counted_over_everything(people, monkeypatch):
    one, other = two_files("a"), two_files("b")
    monkeypatch.setattr(queue, "A_PAGE", 1)
    first, second, beyond = (work(people.sam, page=page) for page in (1, 2, 9))
    assert (kinds(first), kinds(second)) == ([("unsure", one)], [("unsure", other)])
    assert (beyond.page, beyond.pages, beyond.counts["unsure"]) == (2, 2, 2)


def test_whoever_loses_sight_by_somebodys_verdict_is_told_and_may_say_otherwise(people):
    case_story.works_with(people.lena, "police c-104")
    Relationship.objects.filter(professional=people.lena).update(since=NOW - timedelta(days=9))
    said = judge(
        left="police c-104", right="social_care 10233", verdict="different", reason="Canary words.",
        by=people.rosa, now=NOW,
    )  # fmt: skip
    desk = personas._person("wpc", "W. Carr", "police", "officer", "frontline")
    case_story.works_with(desk, "police c-104")
    told = today.today(viewer=viewer_for(desk, NOW), now=NOW).parted
    assert [(one.verdict, one.ref, one.other) for one in told] == [
        (said.pk, "c-104", "Children's social care")
    ]
    seen = links.of_verdict(viewer=viewer_for(desk, NOW), number=said.pk, now=NOW)
    assert (seen.pair.said, seen.pair.terms, seen.right.names) == ((), (), ())
    late = personas._person("new", "N. Dale", "police", "officer", "frontline")
    case_story.works_with(late, "police c-104")
    Relationship.objects.filter(professional=late).update(since=NOW + timedelta(hours=1))
    later = viewer_for(late, NOW + timedelta(hours=2))
    assert links.of_verdict(viewer=later, number=said.pk, now=NOW + timedelta(hours=2)) is None
    assert [str(fault) for fault in check().faults] == []


def made_link(left, right, probability, terms="[]"):
    Link.objects.create(
        left_id=min(left, right), right_id=max(left, right), weight=0.0, probability=probability, terms=terms,
        model="made",
    )  # fmt: skip


def test_files_out_of_sight_settle_nothing_for_whoever_may_see_the_pair(people):
    """Each of the two is joined, more strongly, with a file of another agency. Whoever sees these needs no word of the
    two; Sam sees neither, and must not be able to tell by a pair that goes that there are such files."""
    left, right = two_files("a")
    for n, (file, name) in enumerate(((left, "Mary"), (right, "Tess")), 1):
        receive_many(
            records=[record("health", f"H-{n}", person(f"h-{n}", name, f"{name}son", f"199{n}-05-06"))],
            by=None,
            now=NOW,
        )
        Source.objects.filter(pk=f"health h-{n}").update(person=Source.objects.get(pk=file).person)
        made_link(f"health h-{n}", file, 0.9)
    assert settled_among([(left, right, 0.5)]) == {(left, right)}
    assert kinds(work(people.sam)) == [("unsure", (left, right))]
    for n in (1, 2):
        case_story.works_with(people.sam, f"health h-{n}")
    assert kinds(work(people.sam)) == []


CONCERN = {"part": "person_of_concern"}
OF_ADULTS = json.dumps([["alias", "same", 6.0], ["thing", "name", 5.0]])


def mentions_of(alias: str, *records: str) -> list[str]:
    told = [record("social_care", ref, person(None, also_known_as=[alias], **CONCERN)) for ref in records]
    receive_many(records=told, by=None, now=NOW)
    found = [f"social_care {ref}#0" for ref in records]
    Link.objects.filter(left__in=found).delete()
    return found


def test_of_people_of_concern_nothing_is_settled_and_two_of_them_are_asked_of_once(people):
    one, two, three, four = mentions_of("Taz", "T-1", "T-2", "T-3", "T-4")
    for first, other in ((one, two), (three, four)):
        Source.objects.filter(pk=other).update(person=Source.objects.get(pk=first).person)
        made_link(first, other, 0.7, OF_ADULTS)
    for first in (one, two):
        for other in (three, four):
            made_link(first, other, 0.56, OF_ADULTS)
    found = work(people.sam)
    assert kinds(found) == [("unsure", (one, three))]
    assert found.rows[0].sides[0].of_concern
    shown = link_queue.rows(found)[0]
    assert shown.heading == "Taz and Taz"
    assert shown.what.startswith("Perhaps one person of concern:")
    assert "child" not in shown.what
