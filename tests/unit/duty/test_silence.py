"""A small town's years under the clock: whatever nobody answered lies before the partnership's executive in the end."""

import pytest

from bench.replay import run
from heed.casework.ledger import check
from heed.casework.models import Duty
from heed.casework.policy.thresholds import read_thresholds
from synthetic.town import TOWNS
from synthetic.write import generate
from tests import silence


@pytest.mark.django_db
def test_silence_brings_every_network_before_the_partnerships_executive(tmp_path):
    generate(TOWNS["small"], 7, TOWNS["small"].until, tmp_path)
    reached = silence.run(tmp_path, run(tmp_path, read_thresholds()))
    print("\n".join([*silence.networks_table(reached), *silence.concerns_table()]))
    assert {duty.rung for duty in Duty.objects.all()} == {silence.EXECUTIVES}
    assert {duty.owner.username for duty in Duty.objects.select_related("owner")} == {"edda"}
    for each in reached:
        if each.in_records:
            assert each.named < each.leads < each.executive
    assert check().faults == []
