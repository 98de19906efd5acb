"""A partnership may change its ladder while answers are owed: what stood higher stands on the top rung, still owed."""

from datetime import timedelta

import pytest

from heed.casework.actions.duties import answer, escalate_due
from heed.casework.actions.receive import receive
from heed.casework.models import Duty
from heed.casework.owed import owed
from heed.casework.policy.page import SHIPPED
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db


def test_a_ladder_cut_short_loses_no_duty(tmp_path, settings):
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)
    late = MONDAY + timedelta(days=60)
    escalate_due(now=late)
    text = (SHIPPED / "ladder.yaml").read_text()
    (tmp_path / "ladder.yaml").write_text(text[: text.index("  - name: designated leads")])
    settings.POLICY = tmp_path
    assert escalate_due(now=late + timedelta(days=60)) == []
    (listed,) = owed(now=late)
    assert (listed.rung, listed.rung_name, listed.overdue) == (5, "line managers", True)
    duty = Duty.objects.get()
    answer(duty=duty, by=duty.owner, decision="assessment", reason="she was seen at home today", now=late)
