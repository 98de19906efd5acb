"""Sam judges pairs without knowing what the model says; Lena reads how good the linking is."""

import pytest
from playwright.sync_api import expect

from heed.casework.actions.receive import receive_many
from heed.casework.actions.sampling import count_linking, draw_sample, judge_sampled
from heed.casework.clock import now
from heed.casework.linking import link_all
from heed.casework.models import Judged, SampledPair, Verdict
from tests import case_story
from tests.crowd import crowd
from tests.made_records import record_of
from tests.system.looking import complaints, look_at, read_all


@pytest.fixture
def drawn(people):
    """The records are in and linked, Sam works with Ayla, and pairs are drawn."""
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return draw_sample(seed="7", by=people.lena, now=now())


def test_sam_judges_a_pair_and_nothing_moves(drawn, page_of):
    sam = page_of("sam")
    heard = complaints(sam)
    sam.goto("/identity/quality")
    look_at(sam, "quality-nothing-judged")
    sam.get_by_role("link", name="Judge pairs").click()
    look_at(sam, "sample")
    sam.get_by_role("button", name="Judge the next pair").click()
    look_at(sam, "sampled")
    assert "bits" not in read_all(sam)
    assert "counts them as" not in read_all(sam)
    sam.get_by_role("button", name="Keep my word").click()
    expect(sam.get_by_role("link", name="Say whether they are the same person")).to_be_visible()
    sam.get_by_label("The same person").check()
    sam.get_by_label("Keep this as my verdict").check()
    sam.get_by_role("button", name="Keep my word").click()
    expect(sam.get_by_text("A verdict needs your reason").first).to_be_visible()
    look_at(sam, "sampled-refused")
    sam.get_by_label("Keep this as my verdict").uncheck()
    sam.get_by_role("button", name="Keep my word").click()
    expect(sam.get_by_text("Nothing was moved by it")).to_be_visible()
    assert Judged.objects.get().word == "same"
    assert Verdict.objects.count() == 0
    assert [each for each in heard if "422" not in each] == [], "only the refused answers may be heard of"


def test_lena_reads_the_figures(people, page_of):
    records = [record_of(profile, number) for number, profile in enumerate(crowd(300, 5))]
    receive_many(records=records, by=None, now=now())
    link_all(now())
    count_linking(by=None, now=now())
    kept = draw_sample(seed="7", by=people.lena, now=now())
    for pair in SampledPair.objects.filter(sample=kept):
        alike = pair.band in ("joined_sure", "joined_through") or pair.number % 3 == 0
        judge_sampled(pair=pair, word="same" if alike else "different", reason="", by=people.sam, now=now())
    lena = page_of("lena")
    heard = complaints(lena)
    lena.goto("/identity/quality")
    look_at(lena, "quality")
    expect(lena.get_by_text("95% interval").first).to_be_visible()
    expect(lena.get_by_text("No missing link means that there is no other file")).to_be_visible()
    lena.get_by_text("Every month and comparison").click()
    look_at(lena, "quality-open")
    assert heard == []
