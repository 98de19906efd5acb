"""Drawing: every pair stands in the band its link says, the same seed draws the same, and a word moves nobody."""

import json
from collections import Counter
from itertools import combinations

import pytest
from django.db import connection

from heed.casework.actions.sampling import count_linking, draw_sample, judge_sampled
from heed.casework.ledger import check
from heed.casework.models import (
    BlockingKey,
    ClericalSample,
    Entry,
    Judged,
    Link,
    Professional,
    SampledPair,
    Source,
    Verdict,
)
from heed.casework.quality.drawing import draw_pairs
from heed.casework.quality.judged import answered, design_of, first_said
from heed.core.identity.crowded import crowded
from heed.core.identity.sampling import BANDS
from heed.core.records.explained import Explained
from heed.warehouse.linking.committed import current_model
from tests.personas import standing
from tests.unit.quality.conftest import NOW

ALL = dict.fromkeys(BANDS, 10**9)


def dull_bands() -> dict[tuple[str, str], str]:
    """Every pair in some band, the slow way, from the tables as they are kept; `below` is not parted."""
    model = current_model()
    person = dict(Source.objects.values_list("key", "person"))
    keys: dict[str, set[str]] = {}
    rows = list(BlockingKey.objects.values_list("key", "source_id"))
    holders = Counter(key for key, _ in rows)
    for key, source in rows:
        if not crowded(holders[key]):
            keys.setdefault(source, set()).add(key)
    link = {
        (left, right): p for left, right, p in Link.objects.values_list("left_id", "right_id", "probability")
    }
    found = {}
    for left, right in combinations(sorted(person), 2):
        p = link.get((left, right), 0.0)
        if person[left] == person[right]:
            sure, near = p >= 0.999, p >= model.link_at
            found[left, right] = "joined_sure" if sure else "joined_near" if near else "joined_through"
        elif p >= model.show_at:
            found[left, right] = "review"
        elif keys.get(left, set()) & keys.get(right, set()):
            found[left, right] = "below"
    return found


def test_every_pair_is_in_the_band_its_link_says(house):
    drawn = draw_pairs("all", ALL)
    here = {(pair.left, pair.right): pair.band for pair in drawn.pairs}
    expected = dull_bands()
    assert {pair: "below" if band.startswith("below") else band for pair, band in here.items()} == expected
    assert {"joined_sure", "below_far"} <= set(here.values())
    assert len(set(here.values())) >= 4, "a crowd in two bands proves little"
    assert dict(drawn.bands) == {band: list(here.values()).count(band) for band in drawn.bands}
    police = [
        pair for pair, band in here.items() if band == "review" and "police" in {k.split()[0] for k in pair}
    ]
    assert drawn.agencies["review"].get("police", 0) == len(police)


def test_the_same_seed_draws_the_same_and_another_does_not(house):
    few = dict.fromkeys(BANDS, 5)
    one, again, other = (draw_pairs(seed, few) for seed in ("a", "a", "b"))
    assert one == again
    assert {(p.left, p.right) for p in one.pairs} != {(p.left, p.right) for p in other.pairs}
    assert max([p.band for p in one.pairs].count(band) for band in BANDS) == 5


def test_the_order_says_nothing_of_the_band(house):
    """The first third of a draw of everything holds each large band about as often as the rest does."""
    pairs = draw_pairs("order", ALL).pairs
    whole, third = len(pairs), pairs[: len(pairs) // 3]
    for band in {pair.band for pair in pairs}:
        share = sum(pair.band == band for pair in pairs) / whole
        here = sum(pair.band == band for pair in third) / len(third)
        assert abs(share - here) < 0.1, band


def test_a_draw_is_kept_whole_and_in_the_ledger(house):
    kept = draw_sample(seed="42", by=house.by, now=NOW)
    design = design_of(kept)
    pairs = SampledPair.objects.filter(sample=kept)
    assert [pair.number for pair in pairs.order_by("number")] == list(range(1, pairs.count() + 1))
    assert sum(design.drawn.values()) == pairs.count()
    entry = Entry.objects.get(kind="sampling")
    assert (entry.subject, entry.purpose, entry.actor) == (f"sample:{kept.pk}", "drawn", house.by)
    assert not any(key in entry.body.text for key in Source.objects.values_list("key", flat=True))
    assert check().faults == []


def test_a_word_is_counted_and_moves_nobody(house):
    kept = draw_sample(seed="42", by=None, now=NOW)
    before = dict(Source.objects.values_list("key", "person"))
    for pair, word in zip(
        kept.pairs.order_by("number"), ("same", "different", "cannot_tell") * 4, strict=False
    ):
        judge_sampled(pair=pair, word=word, reason="", by=house.by, now=NOW)
    assert dict(Source.objects.values_list("key", "person")) == before
    assert Verdict.objects.count() == 0
    assert [each.word for each in answered(kept)] == ["same", "different", "cannot_tell"] * 4
    assert check().faults == []


def test_it_is_a_verdict_too_only_where_somebody_says_so(house):
    pair = draw_sample(seed="42", by=None, now=NOW).pairs.get(number=1)
    with pytest.raises(Explained, match="reason"):
        judge_sampled(pair=pair, word="same", reason="", by=house.by, now=NOW, also_verdict=True)
    assert Judged.objects.count() == 0, "neither or both"
    said = "Two schools told me so."
    judge_sampled(pair=pair, word="cannot_tell", reason=said, by=house.by, now=NOW, also_verdict=True)
    verdict = Verdict.objects.get()
    assert (verdict.left, verdict.right, verdict.verdict) == (pair.left, pair.right, "unsure")
    assert said not in Judged.objects.get().reason


def test_the_newest_word_of_each_counts_and_two_who_differ_cannot_tell(house):
    other = Professional.objects.exclude(pk=house.by.pk).first()
    kept = draw_sample(seed="42", by=None, now=NOW)
    one, two = kept.pairs.filter(number__in=[1, 2]).order_by("number")
    for word in ("same", "different"):
        judge_sampled(pair=one, word=word, reason="", by=house.by, now=NOW)
    for by, word in ((house.by, "same"), (other, "different")):
        judge_sampled(pair=two, word=word, reason="", by=by, now=NOW)
    assert [(each.left, each.word) for each in answered(kept)] == [
        (one.left, "different"),
        (two.left, "cannot_tell"),
    ]


def test_what_is_said_again_moves_no_table_of_groups(house):
    other = Professional.objects.exclude(pk=house.by.pk).first()
    kept = draw_sample(seed="42", by=None, now=NOW)
    pairs = kept.pairs.order_by("number")[:12]
    for pair in pairs:
        judge_sampled(pair=pair, word="same", reason="", by=house.by, now=NOW)
    before = first_said(kept)
    judge_sampled(pair=pairs[0], word="same", reason="", by=house.by, now=NOW)
    judge_sampled(pair=pairs[1], word="cannot_tell", reason="", by=house.by, now=NOW)
    judge_sampled(pair=pairs[2], word="different", reason="", by=other, now=NOW)
    assert first_said(kept) == before
    assert [each.left for each in before] == [pair.left for pair in pairs]


def test_what_is_changed_behind_the_ledger_is_a_fault(house):
    kept = draw_sample(seed="42", by=None, now=NOW)
    said = judge_sampled(pair=kept.pairs.get(number=1), word="same", reason="", by=house.by, now=NOW)
    count_linking(by=None, now=NOW)
    changes = (
        ("update casework_judged set word = 'different'", f"judged:{said.pk}"),
        ("update casework_sampledpair set band = 'review' where number = 1", f"sample:{kept.pk}"),
        ("update casework_linkingcount set counts = '{}'", "count:"),
        ("delete from casework_judged", f"judged:{said.pk}"),
    )
    for sql, named in changes:
        with connection.cursor() as cursor:
            cursor.execute(sql)
        assert any(named in str(fault) for fault in check().faults), sql


def test_nothing_to_draw_is_said(db):
    standing()
    with pytest.raises(Explained, match="heed link"):
        draw_sample(seed="", by=None, now=NOW)
    assert ClericalSample.objects.count() == 0


def test_counts_add_up_and_name_nobody(house):
    kept = count_linking(by=None, now=NOW)
    counts = json.loads(kept.counts)
    assert counts["files"] == Source.objects.count() == sum(m["files"] for m in counts["months"].values())
    links = Link.objects.filter(probability__gte=current_model().link_at).count()
    assert links == sum(m["bands"]["sure"] + m["bands"]["near"] for m in counts["months"].values())
    assert not any(key in kept.counts for key in Source.objects.values_list("key", flat=True))
