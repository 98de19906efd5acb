"""`heed rebuild --check` after files came in and no worker ran beside it."""

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.models import Mention, Outbox
from heed.casework.rebuilding import differences
from heed.casework.worker import catch_up
from tests.concerns import MONDAY, concern

pytestmark = pytest.mark.django_db(transaction=True)


def silent(words):
    return None


def test_what_waits_for_the_worker_is_done_first_and_is_no_difference():
    receive_many(records=[concern("C-1"), concern("C-2", agency="police")], by=None, now=MONDAY)
    assert list(differences(silent)) != []
    catch_up(MONDAY, silent)
    assert not Outbox.objects.filter(done_at=None).exists()
    assert list(differences(silent)) == []


def test_a_computed_row_changed_by_hand_is_named():
    receive_many(records=[concern("C-1")], by=None, now=MONDAY)
    catch_up(MONDAY, silent)
    Mention.objects.system("a test").update(part="witness")
    assert any(difference.startswith("mention") for difference in differences(silent))
