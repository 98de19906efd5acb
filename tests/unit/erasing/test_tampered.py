"""One record that cannot be opened is named, and keeps nothing else from being done."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from heed.casework.actions.exporting import Asked
from heed.casework.actions.receive import Refused, receive
from heed.casework.commands import export, rebuild
from heed.casework.exports import everything, record_lines
from heed.casework.leaving import Scope, take
from heed.casework.ledger import check
from heed.casework.models import Duty, Finding, Mention, Record
from heed.casework.rebuilding import differences
from heed.casework.rebuilding import rebuild as made_again
from heed.casework.sealing import whose
from heed.casework.sealing.rows import owner_of_duty
from heed.core.records.explained import Explained
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
    assert Mention.objects.of([Record.kept.get(ref="C-2").pk]).exists(), "what is known of it stays"


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


@pytest.mark.parametrize("format_", ["csv", "xlsx", "graphml"])
def test_what_is_taken_out_for_people_names_it_holds_the_others_and_fails(kept, tmp_path, format_):
    bent("C-2")
    out = tmp_path / f"school.{format_}"
    asked = [
        "--agency",
        "school",
        "--out",
        str(out),
        "--reason",
        "court",
        "--purpose",
        "Disclosure in case 9.",
    ]
    done = CliRunner().invoke(export.command, [format_, *asked])
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert "record school C-2 r1 is not in the export: it cannot be opened" in " ".join(done.output.split())
    assert out.stat().st_size > 100
    if format_ == "csv":
        words = out.read_text()
        assert "1 record that cannot be opened is not in it." in words
        assert ("C-1" in words, '"C-2"' in words, "C-3" in words) == (True, False, True)


def test_a_finding_that_cannot_be_opened_is_explained(kept):
    finding = Finding.objects.create(
        pk="f_1", detector="shared_place", version="1", statement="v1.x.y", body="v1.x.y",
        first_raised="2026-11-01", as_of="2026-11-02", strength=1.0,
    )  # fmt: skip
    scope = Scope(finding=finding.pk)
    asked = Asked("csv", scope.subject, "court", "Disclosure in case 9.")
    with pytest.raises(Explained, match="finding f_1 cannot be opened"):
        take(scope=scope, asked=asked, rows=everything(), by=None, now=LATER)


def test_what_is_owed_on_it_is_still_answered(kept):
    duty = Duty.objects.get(record__ref="C-2")
    bent("C-2")
    assert owner_of_duty(duty) == whose.agency("school")
