"""The door to sampled pairs: whoever may see both files, nobody else, and nothing of what the model says."""

from dataclasses import asdict

import pytest

from heed.casework.actions.sampling import draw_sample, judge_sampled
from heed.casework.actions.verdicts import judge
from heed.casework.doors import links, looks, sampling
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Entry, Link, SampledPair
from tests import case_story, personas
from tests.case_story import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    draw_sample(seed="7", by=people.lena, now=NOW)
    return people


def pair():
    return SampledPair.objects.get(left="police c-104", right="social_care 10233")


def seen(who, row=None):
    return sampling.sampled(viewer=viewer_for(who, NOW), id=(row or pair()).pk, now=NOW)


def test_both_files_in_sight_and_not_a_word_of_the_model(people):
    found = seen(people.sam)
    assert (found.left.names, found.right.names) == (("Ayla Marsh",), ("Ayla Marsh",))
    assert found.said == ""
    assert not {"probability", "weight", "terms", "joined", "band"} & set(asdict(found))


@pytest.mark.parametrize("who", ["rosa", "lena", "carl"])
def test_one_file_in_sight_is_not_enough_and_the_refusal_is_logged(people, who):
    assert seen(getattr(people, who)) is None
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.kind, entry.subject, entry.actor) == (
        "refusal",
        f"sampled:{pair().pk}",
        getattr(people, who),
    )


def test_it_is_there_for_those_for_whom_the_link_is_there_and_for_nobody_else(people):
    for row in SampledPair.objects.all():
        link = Link.objects.filter(left=row.left, right=row.right).first()
        for who in (people.rosa, people.sam, people.lena, people.carl):
            if link is not None:
                there = links.link(viewer=viewer_for(who, NOW), id=link.pk, now=NOW) is not None
                assert (seen(who, row) is not None) == there, (row.left, row.right, who)


def test_what_one_judged_waits_no_more_nor_what_one_gave_a_verdict_on(people):
    def left():
        return sampling.waiting(viewer=viewer_for(people.sam, NOW), now=NOW)

    before = left()
    assert before.waiting > 1
    assert before.next is not None
    first = SampledPair.objects.get(pk=before.next)
    judge_sampled(pair=first, word="same", reason="", by=people.sam, now=NOW)
    after = left()
    assert (after.waiting, after.judged) == (before.waiting - 1, 1)
    assert seen(people.sam, first).said == "same"
    second = SampledPair.objects.get(pk=after.next)
    judge(
        left=second.left,
        right=second.right,
        verdict="same",
        reason="Both schools say so.",
        by=people.sam,
        now=NOW,
    )
    assert left().waiting == after.waiting - 1


def test_nobody_without_a_pair_in_sight_is_offered_one(people):
    there = sampling.waiting(viewer=viewer_for(people.carl, NOW), now=NOW)
    assert (there.waiting, there.next) == (0, None)


def test_every_look_is_written_down_before_anything_leaves(people, monkeypatch):
    def full(**_):
        raise RuntimeError("no room in the ledger")

    viewer, row = viewer_for(people.sam, NOW), pair()
    monkeypatch.setattr(looks.ledger, "append", full)
    for look in (
        lambda: sampling.sampled(viewer=viewer, id=row.pk, now=NOW),
        lambda: sampling.waiting(viewer=viewer, now=NOW),
        lambda: sampling.quality(viewer=viewer, now=NOW),
    ):
        with pytest.raises(RuntimeError):
            look()
