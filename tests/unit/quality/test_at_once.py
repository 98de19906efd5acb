"""A sampled pair judged as a verdict too, while somebody gives a verdict on it: neither is told to try again."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from heed.casework.actions.receive import receive_many
from heed.casework.actions.sampling import judge_sampled
from heed.casework.actions.verdicts import judge
from heed.casework.ledger import check
from heed.casework.linking import link_all
from heed.casework.models import ClericalSample, Judged, SampledPair, Verdict
from tests.made_records import person, record
from tests.personas import standing
from tests.unit.quality.conftest import NOW

TURNS = 6
LEFT, RIGHT, WHY = "police c-1", "police c-2", "Two schools told me so."


@pytest.mark.django_db(transaction=True)
def test_sampling_and_judging_wait_for_each_other_in_one_order():
    people = [person("c-1", "Ayla", "Marsh", "1995-02-11"), person("c-2", "Nell", "Orme", "1999-08-30")]
    told = [record("police", f"P-{n}", each) for n, each in enumerate(people)]
    receive_many(records=told, by=None, now=NOW)
    link_all(NOW)
    by, sample = standing().rosa, ClericalSample.objects.create(seed="x", model="m", design="{}", at=NOW)
    pair = SampledPair.objects.create(sample=sample, number=1, band="review", left=LEFT, right=RIGHT)
    gate = threading.Barrier(2)

    def sampled():
        judge_sampled(pair=pair, word="same", reason=WHY, by=by, now=NOW, also_verdict=True)

    def judged():
        judge(left=LEFT, right=RIGHT, verdict="different", reason=WHY, by=by, now=NOW)

    def again(act):
        try:
            for _ in range(TURNS):
                gate.wait(60)
                act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(again, (sampled, judged)))
    assert Judged.objects.count() == TURNS
    assert set(Verdict.objects.values_list("verdict", flat=True)) == {"same", "different"}
    assert [fault.what for fault in check().faults] == [f"sample:{sample.pk}"], "made here without an entry"
