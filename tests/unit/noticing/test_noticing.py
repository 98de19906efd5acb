"""Noticing on casework: findings kept, first days never lost, duties opened once, everything computed provable."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from heed.casework import noticing
from heed.casework.actions.duties.abouts import owe_rules
from heed.casework.actions.receive import receive_many
from heed.casework.beats import LOOK
from heed.casework.doors.readiness import readiness
from heed.casework.linking import link_all
from heed.casework.models import Duty, Finding, FindingChild, Heartbeat, Mention, ThingSeen
from heed.casework.noticing import SOON, keep, notice, notice_history
from heed.casework.rebuilding import differences, rebuild
from heed.casework.sealing.rows import opened_findings, words_of
from heed.casework.supply import file, warehouse
from heed.casework.worker import work_once
from heed.core.patterns.detectors import own_rate, shared_entity
from heed.core.records.reading import parse
from heed.warehouse import detect
from tests.spec.patterns.drawn import document, rows
from tests.spec.patterns.test_shared_entity import MILL

pytestmark = pytest.mark.django_db
NOW = datetime(2006, 4, 30, 12, tzinfo=UTC)
LATER = datetime(2006, 6, 15, 12, tzinfo=UTC)
OLD = "o1 | police | contact | 2003-01-01 | zoe |\n"


@pytest.fixture
def house(settings, tmp_path):
    """An installation with its own folder, and the records around 12 Mill Street taken in."""
    settings.DATA = tmp_path
    take_in(MILL + OLD)
    link_all(NOW)


def take_in(table: str) -> None:
    """Receive the records of a drawn table."""
    found = [parse(document(row)).record for row in rows(table)]
    receive_many(records=[record for record in found if record is not None], by=None, now=NOW)


def silent(words: str) -> None:
    """Nobody watches."""


@pytest.mark.usefixtures("house")
def test_a_new_finding_is_kept_and_owed_an_answer_once():
    (name,) = notice(NOW)
    assert opened_findings(Finding.objects.all())[0].statement.startswith(
        "Four children known to three agencies"
    )
    assert FindingChild.objects.filter(finding=name).count() == 4
    assert [duty.finding for duty in Duty.objects.exclude(finding="")] == [name]
    assert notice(NOW) == [name]
    assert Duty.objects.exclude(finding="").count() == 1


@pytest.mark.usefixtures("house")
def test_a_record_that_arrives_later_is_seen_without_building_again_and_the_first_day_stays():
    (name,) = notice(NOW)
    built = file().stat().st_mtime_ns
    take_in(
        "record | agency | kind | on | child | thing\n"
        "m5 | voluntary | contact | 2006-05-20 | eve | 12 Mill Street, ZZ1 2CD"
    )
    link_all(LATER)
    assert notice(LATER) == [name]
    assert file().stat().st_mtime_ns == built
    row = Finding.objects.get()
    assert (row.first_raised.isoformat(), row.as_of.isoformat()) == ("2006-04-10", "2006-06-15")
    assert FindingChild.objects.count() == 5


@pytest.mark.usefixtures("house")
def test_what_no_longer_stands_stays_as_it_last_stood():
    notice(NOW)
    assert notice(datetime(2007, 1, 1, tzinfo=UTC)) == []
    assert Finding.objects.get().as_of.isoformat() == "2006-04-30"


@pytest.mark.usefixtures("house")
def test_history_is_kept_without_opening_duties():
    names = notice_history(datetime(2009, 1, 1, tzinfo=UTC))
    assert names == [row.pk for row in Finding.objects.all()]
    assert not Duty.objects.exclude(finding="").exists()


@pytest.mark.usefixtures("house")
def test_what_the_history_found_and_still_stands_is_owed_an_answer_after_the_next_look():
    names = notice_history(NOW)
    assert notice(NOW) == names
    assert [duty.finding for duty in Duty.objects.exclude(finding="")] == names


@pytest.mark.usefixtures("house")
def test_a_look_leaves_its_heartbeat_only_once_it_is_finished(monkeypatch):
    def dies(finding, now):
        raise RuntimeError

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(noticing, "open_duty", dies)
        notice(NOW)
    assert not Heartbeat.objects.filter(name=LOOK).exists()
    notice(NOW)
    assert Heartbeat.objects.get(name=LOOK).at == NOW
    assert Duty.objects.exclude(finding="").count() == 1


@pytest.mark.usefixtures("house")
def test_one_broken_question_keeps_no_other_from_looking_and_is_owed_shown_and_asked_again(monkeypatch):
    """The real question of a real detector, asked of the real engine, which knows no such column."""
    monkeypatch.setattr(own_rate, "COUNTS", own_rate.COUNTS.replace("at_s", "nobodys_column"))
    while work_once(NOW):
        pass
    assert Finding.objects.get().detector == "shared_place", "the others have looked"
    assert readiness(NOW)["rules_failing"] == ["own_rate"]
    (duty,) = owe_rules(NOW)
    assert (duty.about, duty.owing_agency_id) == ("rule:own_rate", "partnership")
    assert "the rule own_rate failed" in words_of(duty.steps.all())[0]
    assert "nobodys_column" not in words_of(duty.steps.all())[0], "the name of an exception, never its words"
    monkeypatch.undo()
    assert not work_once(NOW), "not at once"
    assert work_once(NOW + SOON), "and soon without anybody's doing"
    assert readiness(NOW + SOON)["rules_failing"] == []


@pytest.mark.usefixtures("house")
def test_what_a_broken_detector_found_stays_as_it_last_stood_and_none_that_can_look_is_a_failed_look(
    monkeypatch,
):
    notice(NOW)
    monkeypatch.setattr(shared_entity, "COUNTS", "select nobodys_column from mention")
    assert notice(NOW) == []
    assert Finding.objects.get().as_of == NOW.date()

    def breaks(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(detect, "DETECTORS", [replace(each, find=breaks) for each in detect.DETECTORS])
    with pytest.raises(RuntimeError):
        notice(NOW)


@pytest.mark.usefixtures("house")
def test_nothing_differs_after_noticing_and_each_change_by_hand_is_named():
    notice(NOW)
    assert list(differences(silent)) == []
    ThingSeen.objects.system("a test").filter(position=0, record__ref="m1").update(key="ELSEWHERE")
    Mention.objects.system("a test").filter(record__ref="m2").delete()
    Finding.objects.update(body="{}")
    named = list(differences(silent))
    assert {words.split()[0] for words in named} >= {"thing", "mention", "finding"}
    rebuild(NOW, silent)
    assert list(differences(silent)) == []


@pytest.mark.usefixtures("house")
def test_a_warehouse_that_lies_is_named():
    notice(NOW)
    import duckdb

    with duckdb.connect(str(file())) as connection:
        connection.execute("update record set kind = 'visit' where ref = 'm1'")
    assert any(words.startswith("warehouse record") for words in differences(silent))


def test_an_empty_house_notices_nothing(settings, tmp_path):
    settings.DATA = tmp_path
    assert notice(NOW) == []
    assert notice_history(NOW) == []
    assert list(differences(silent)) == []
    warehouse().close()
    keep([])
    assert not Finding.objects.exists()


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("change", [{"statement": "Nothing."}, {"strength": 0.0}, {"detector": "own_rate"}])
def test_a_column_of_a_finding_changed_by_hand_is_named(change):
    notice(NOW)
    notice(datetime(2007, 1, 1, tzinfo=UTC))
    assert list(differences(silent)) == []
    Finding.objects.update(**change)
    assert [words.split(":")[0] for words in differences(silent)] == ["finding shared_place"]


@pytest.mark.usefixtures("house")
def test_a_child_of_a_finding_changed_by_hand_is_named():
    notice(NOW)
    FindingChild.objects.filter(pk=FindingChild.objects.first().pk).update(person="p_somebody")
    assert any("its children" in words for words in differences(silent))
