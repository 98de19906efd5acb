"""What an erasure takes of sampled pairs: reasons and what was computed, and the words stay counted."""

import pytest

from heed.casework.actions import erasing
from heed.casework.actions.sampling import draw_sample, judge_sampled
from heed.casework.ledger import check
from heed.casework.models import Body, Judged, Post, SampledPair
from heed.casework.quality.judged import answered
from heed.casework.sealed import open_text
from heed.casework.sealing.rows import judged_at
from heed.casework.shredding import finish
from tests import case_story, personas
from tests.case_story import NOW

pytestmark = pytest.mark.django_db
WHY = "Canaryreason: her aunt told me."


def zed(agency):
    """A child of whom no erased record says anything."""
    child = {"part": "child", "ref": "z-1", "given_names": "Zed", "family_name": "Pike", "born": "1997-05-06"}
    return case_story.read(case_story.document(agency, "Z-1", "contact", case_story.LATER_ON, child))


def test_erasing_a_child_takes_the_reasons_and_leaves_the_count():
    people = personas.standing()
    Post.objects.create(agency=people.rosa.agency, post="designated_lead", holder=people.rosa, order=0)
    case_story.tell([*case_story.story(), *map(zed, ("police", "health"))])
    kept = draw_sample(seed="1", by=people.lena, now=NOW)
    hers = SampledPair.objects.get(left="police c-104", right="social_care 10233")
    other = SampledPair.objects.get(left="health z-1", right="police z-1")
    for pair in (hers, other):
        judge_sampled(pair=pair, word="same", reason=WHY, by=people.sam, now=NOW)
    assert not Judged.objects.filter(reason__contains="Canary").exists()
    said = Judged.objects.get(pair=hers)
    assert open_text(said.reason, bound=judged_at(hers.pk, people.sam.pk)) == WHY
    request = erasing.ask(
        scope="child", agency="social_care", ref="10233", basis="court_order",
        reason="order of the family court of 9 November", by=people.lena, now=NOW,
    )  # fmt: skip
    erasing.agree(number=request.pk, by=people.rosa, now=NOW)
    finish(NOW)
    said.refresh_from_db()
    assert (said.word, said.reason) == ("same", "")
    assert SampledPair.objects.get(pk=hers.pk).terms == ""
    assert len(answered(kept)) == 2
    untouched = Judged.objects.get(pair=other)
    assert open_text(untouched.reason, bound=judged_at(other.pk, people.sam.pk)) == WHY
    assert not Body.objects.filter(entry__subject=f"judged:{said.pk}").exists()
    assert check().faults == []
