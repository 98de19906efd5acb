"""Three real partnerships' ladders: each can be read, and says what its published procedure says."""

from datetime import timedelta

import pytest
from django.db import transaction

from heed.casework.actions.duties import escalate_due
from heed.casework.actions.receive import receive
from heed.casework.agencies import ensure
from heed.casework.models import Duty, Professional
from heed.casework.models import Post as Held
from heed.casework.policy.ladder import read_ladder
from heed.casework.policy.page import SHIPPED
from heed.core.duty.posts import Post
from tests.concerns import MONDAY, concern
from tests.personas import standing
from tests.tables import rows

EXAMPLES = SHIPPED / "examples"
PUBLISHED = rows("""
partnership  | rung | post            | of          | acknowledge    | answer         | partnership is told
lincolnshire | 0    | duty_person     | agency      | 1 clock hour   | 2 working days | no
lincolnshire | 1    | line_manager    | agency      | 1 working day  | 3 working days | no
lincolnshire | 2    | designated_lead | agency      | 1 clock hour   | 2 working days | yes
lincolnshire | 3    | executive       | partnership | 1 working day  | 5 working days | yes
sefton       | 0    | duty_person     | agency      | 4 clock hours  | 2 working days | no
sefton       | 1    | duty_person     | agency      | 1 working day  | 3 working days | no
sefton       | 2    | line_manager    | agency      | 1 working day  | 4 working days | yes
sefton       | 3    | designated_lead | agency      | 1 working day  | 5 working days | yes
sefton       | 4    | executive       | agency      | 1 working day  | 5 working days | yes
sefton       | 5    | executive       | partnership | 1 working day  | 5 working days | yes
london       | 0    | duty_person     | agency      | 1 working day  | 5 working days | no
london       | 1    | line_manager    | agency      | 1 working day  | 5 working days | no
london       | 2    | designated_lead | agency      | 1 working day  | 5 working days | yes
london       | 3    | executive       | agency      | 1 working day  | 5 working days | yes
london       | 4    | executive       | partnership | 1 working day  | 5 working days | yes
""")
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir())


def test_every_example_is_in_the_table():
    assert sorted({row["partnership"] for row in PUBLISHED}) == NAMES


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row['partnership']} {row['rung']}")
def test_a_rung_says_what_the_procedure_says(row, settings):
    settings.POLICY = EXAMPLES / row["partnership"]
    rung = read_ladder().rungs[int(row["rung"])]
    told = "yes" if rung.seen_by_partnership else "no"
    of = "partnership" if rung.at_partnership else "agency"
    found = (rung.post, of, str(rung.acknowledge), str(rung.answer), told)
    assert found == (
        Post(row["post"]),
        row["of"],
        row["acknowledge"],
        row["answer"],
        row["partnership is told"],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*NAMES, ""])
def test_silence_reaches_the_top_of_every_ladder_within_its_bound(name, settings):
    """From every rung somebody is owed to, and nobody waits longer than the rungs together say."""
    settings.POLICY = EXAMPLES / name if name else SHIPPED
    people = standing()
    edda = Professional.objects.create(
        username="edda", name="Edda", agency=ensure("partnership"), grade="executive"
    )
    Held.objects.create(agency_id="partnership", post="executive", holder=edda, order=0)
    with transaction.atomic():
        receive(record=concern(), by=people.rosa, now=MONDAY)
    ladder, due = read_ladder(), MONDAY
    for rung in range(ladder.top):
        due = ladder.due(rung, due)
    climbs = escalate_due(now=due)
    assert [climb.rung for climb in climbs] == list(range(1, ladder.top + 1))
    assert climbs[-1].at == due
    assert due - MONDAY < timedelta(days=40)
    duty = Duty.objects.get()
    assert all(step.owner.is_active for step in duty.steps.all())
    assert duty.owner == edda, "whatever nobody answered ends before the partnership's executive, by name"
