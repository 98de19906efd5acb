"""One record that cannot be opened is named, and keeps nothing else from being done."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from heed.casework.actions.receive import Refused, receive
from heed.casework.commands import export, rebuild
from heed.casework.exports import record_lines
from heed.casework.ledger import check
from heed.casework.models import Record
from heed.casework.rebuilding import differences
from heed.casework.rebuilding import rebuild as made_again
from tests.concerns import concern
from tests.unit.erasing.test_erasing import LATER, erased, is_whole, kept, people

pytestmark = pytest.mark.django_db
__all__ = ["kept", "people"]


def bent(ref):
    """The sealed words of one record, one character changed."""
    row = Record.kept.get(ref=ref)
    place = len(row.document) - 30
    other = "A" if row.document[place] != "A" else "B"
    with connection.cursor() as cursor:
        cursor.execute(
            "update casework_record set document = %s where id = %s",
            [row.document[:place] + other + row.document[place + 1 :], row.pk],
        )


def test_an_export_names_it_writes_the_others_and_fails(kept):
    bent("C-2")
    named = []
    assert [json.loads(told)["ref"] for told in record_lines("school", named.append)] == ["C-1", "C-3"]
    assert named == ["school C-2 r1"]
    done = CliRunner().invoke(export.command, ["records"])
    assert done.exit_code == 1
    assert "school C-2 r1" in done.output
    assert "C-3" in done.output


def test_checking_what_is_computed_names_it_and_goes_on(kept):
    bent("C-2")
    found = list(differences(lambda words: None))
    assert "record school C-2 r1: cannot be opened: nothing computed from it can be compared" in found
    assert not [each for each in found if "column" in each]
    done = CliRunner().invoke(rebuild.command, ["--check"])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    made_again(LATER, lambda words: None)
    assert Record.kept.get(ref="C-2").mentions.exists(), "what is known of it stays"


def test_what_comes_again_with_other_words_is_refused_by_name(kept):
    bent("C-2")
    receive(record=concern("C-2", text="Other words"), by=kept.rosa, now=LATER)
    with pytest.raises(Refused, match="school C-2 cannot be opened"):
        receive(record=concern("C-2", text="Third words"), by=kept.rosa, now=LATER)


@pytest.mark.parametrize(("scope", "ref"), [("record", "C-1"), ("child", "p-7")])
def test_a_neighbour_under_the_same_key_does_not_stand_in_the_way_of_an_erasure(kept, scope, ref):
    bent("C-2")
    done = erased(kept, scope=scope, ref=ref)
    assert done.records == (1 if scope == "record" else 2)
    assert Record.kept.get(ref="C-1").document == ""
    left = {fault.what.split(",")[0] for fault in check().faults}
    assert left == ({"record school C-2 r1"} if scope == "record" else set())


def test_a_record_that_was_tampered_with_can_itself_be_erased(kept):
    bent("C-1")
    assert erased(kept).records == 1
    is_whole()
