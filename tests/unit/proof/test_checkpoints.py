"""Signing the tree: when it is due, what is refused, and what is said while nobody watches."""

import stat
from datetime import timedelta

import pytest
from django.db import connection

from heed.casework import checkpoints, keys, signing
from heed.casework.actions.checkpoints import make_checkpoint
from heed.casework.checkpoints import REFUSED, SIGNED, WITNESSED, LedgerDiffers, due
from heed.casework.doors.readiness import readiness
from heed.casework.ledger import check
from heed.casework.models import Checkpoint, Cosignature, Entry, Heartbeat, Outbox
from heed.casework.policy.ledger import read_ledger
from heed.casework.policy.page import SHIPPED
from heed.casework.signing import FILE, signer
from heed.casework.tick import CLOCK
from heed.casework.witnessing import AMBER, GREEN, RED, in_words, state, trouble
from heed.core.records.explained import Explained
from tests.concerns import MONDAY
from tests.watched import watched

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def house(tmp_path, settings):
    return watched(tmp_path, settings)


def by_hand(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_checkpoint_is_due_after_an_hour_or_a_thousand_entries_and_only_if_anything_was_added(house):
    assert not due(house.now)
    house.save(1, "contact")
    assert due(house.now)
    made = house.checkpoint()
    assert not due(made.at + 5 * HOUR)
    house.save(1, "contact")
    assert not due(made.at + HOUR - timedelta(seconds=1))
    assert due(made.at + HOUR)
    house.save(500)
    assert due(made.at + timedelta(minutes=6)), "a thousand entries, long before the hour is over"


def test_the_same_size_is_signed_once(house):
    house.save(1, "contact")
    first = house.checkpoint()
    again = house.checkpoint()
    assert (first.pk, first.note) == (again.pk, again.note)


def test_an_empty_ledger_is_not_signed(house):
    assert make_checkpoint(by=None, now=MONDAY) is None


@pytest.mark.parametrize(("sql", "says"), [
    ("update casework_entry set purpose = 'other' where seq = 4", "Entry 4 of the ledger"),
    ("update casework_entry set leaf = replace(leaf, substr(leaf, 1, 1), 'x') where seq = 4", "Entry 4"),
    ("delete from casework_body where entry_id = 4; delete from casework_entry where seq = 4", "is not there"),
    ("update casework_head set frontier = ''", "do not make the tree"),
    ("update casework_head set size = 2, frontier = ''", "an older copy of the"),
    ("update casework_checkpoint set root = ''", "changed by hand"),
    ("update casework_checkpoint set frontier = ''", "changed by hand"),
    ("update casework_checkpoint set note = replace(note, '3', '4')", "not signed by this ledger's key"),
    ("update casework_checkpoint set note = ''", "not signed by this ledger's key"),
    ("delete from casework_checkpoint; update casework_entry set purpose = 'other' where seq = 1", "Entry 1"),
])  # fmt: skip
def test_what_was_bent_is_not_signed_and_the_house_says_so_until_it_is_mended(house, sql, says):
    house.save(3, "contact")
    house.checkpoint()
    house.save(3, "contact")
    for one in sql.split(";"):
        by_hand(one)
    Heartbeat.objects.create(name=CLOCK, at=house.now)
    Outbox.objects.all().delete()
    assert readiness(house.now)["ready"] is True
    with pytest.raises(LedgerDiffers, match=says):
        house.checkpoint()
    told = readiness(house.now)
    assert (told["ready"], told["ledger"]) == (False, "differs")
    assert any("refused" in each for each in trouble(house.now))
    assert not due(house.now + timedelta(minutes=1)), "a broken ledger is not hashed again every second"
    assert due(house.now + 2 * HOUR) or Checkpoint.objects.count() == 1


def test_the_alarm_goes_off_when_a_checkpoint_is_made_again(house):
    house.save(1, "contact")
    Heartbeat.objects.create(name=REFUSED, at=house.now)
    house.checkpoint()
    assert not Heartbeat.objects.filter(name=REFUSED).exists()


def test_rows_of_checkpoints_taken_out_of_the_database_are_missed_and_the_log_goes_on(house):
    house.save(3, "contact")
    house.checkpoint()
    house.save(3, "contact")
    by_hand("delete from casework_checkpoint")
    assert check().faults == [], (
        "nothing of the ledger itself was touched, and what stands beside the key agrees"
    )
    assert house.checkpoint().size == 6


def test_a_past_rewritten_under_a_signed_checkpoint_is_not_signed_over(house, monkeypatch):
    house.save(3, "contact")
    house.checkpoint()
    by_hand("delete from casework_checkpoint")
    outside = keys.folder() / SIGNED
    other = signer().signed(f"{signer().key.name}\n3\n" + "A" * 43 + "=\n")
    outside.write_text(other)
    house.save(1, "contact")
    with pytest.raises(LedgerDiffers, match="are not those that were signed before"):
        house.checkpoint()


def test_a_crash_between_the_file_and_the_row_is_made_good(house, monkeypatch):
    house.save(3, "contact")

    def cut(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(type(Checkpoint.objects), "get_or_create", cut)
        house.checkpoint()
    assert not Checkpoint.objects.exists()
    assert checkpoints.kept_outside(SIGNED).size == 3
    house.save(2, "contact")
    assert house.checkpoint().size == 5
    assert check().faults == []


def test_the_key_is_made_once_for_this_installation_alone_and_never_in_the_database(house, settings):
    key = signer().key
    file = keys.folder() / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    signing._read.cache_clear()
    assert signer().key == key
    assert file.read_text().startswith("PRIVATE+KEY+heed.example/log+")


@pytest.mark.parametrize("content", [b"", b"nothing", b"PRIVATE+KEY+a+00000000+AAAA\n", bytes(90)])
def test_a_file_that_is_no_key_is_explained(house, content):
    (keys.folder() / FILE).write_bytes(content)
    signing._read.cache_clear()
    with pytest.raises(Explained, match="is not the signing key"):
        signer()
    signing._read.cache_clear()


def test_a_folder_of_keys_of_its_own(house, tmp_path, monkeypatch):
    monkeypatch.setenv("HEED_KEYS", str(tmp_path / "elsewhere"))
    signer()
    assert (tmp_path / "elsewhere" / FILE).exists()


def test_how_long_the_agencies_have_been_silent_is_said_in_words(house):
    house.save(1, "contact")
    assert state(house.now).colour == RED
    assert "has not signed yet" in " ".join(in_words(house.now))
    house.witnessed()
    then = house.now
    assert state(then).colour == GREEN
    assert (state(then + 25 * HOUR).colour, state(then + 8 * 24 * HOUR).colour) == (AMBER, RED)
    assert in_words(then + 30 * HOUR)[1:] == [
        "    police: last signed 30 hours ago, over 1 entries",
        "    school: last signed 30 hours ago, over 1 entries",
    ]
    assert state(then + 25 * HOUR).words == "No agency signed in the last 24 hours; 2 should."


def test_a_cosignature_dated_ahead_counts_from_the_day_it_came(house):
    house.save(1, "contact")
    house.witnessed()
    by_hand("update casework_cosignature set at = %s", str(house.now + timedelta(days=300)))
    assert state(house.now + 25 * HOUR).colour == AMBER


def test_a_house_without_witnesses_says_so(settings):
    settings.POLICY = SHIPPED
    assert (state(MONDAY).colour, "No agency watches" in state(MONDAY).words) == (RED, True)


def test_a_house_in_order_has_no_trouble(house):
    house.save(2, "contact")
    house.witnessed()
    assert trouble(house.now) == []


def test_an_older_copy_of_the_database_is_known_by_what_stands_beside_the_key(house):
    house.save(2, "contact")
    house.witnessed()
    assert checkpoints.kept_outside(WITNESSED).size == 2
    for table in ("cosignature", "checkpoint", "body", "entry"):
        by_hand(f"delete from casework_{table}")
    by_hand("update casework_head set size = 0, frontier = ''")
    assert any(
        "The ledger holds 0 entries, but a checkpoint of 2 was signed before" in each
        for each in trouble(house.now)
    )
    assert not Cosignature.objects.exists()


def test_a_clock_behind_the_last_entry_is_trouble(house):
    house.save(1, "contact")
    assert trouble(house.now - timedelta(seconds=30)) == []
    (words,) = trouble(house.now - 2 * HOUR)
    assert words.startswith("The clock is behind the ledger")
    assert str(Entry.objects.latest("seq").seq) in words


MISTAKES = [
    ("every_minutes: 60", "every_minutes: 0", "checkpoint.every_minutes: found 0"),
    ("every_entries: 1000", "every_entries: many", "checkpoint.every_entries: found 'many'"),
    ("origin:\n", "origin: two words\n", "origin: found 'two words'"),
    ("witnesses: {}", "witnesses: {polcie: [x]}", "an agency of agencies.yaml"),
    ("witnesses: {}", "witnesses: {police: [x+1+y]}", "the verifier key that `heed-witness key` prints"),
    ("witnesses: {}", "witnesses: {police: [{key}], school: [{key}]}", "a key that no other witness has"),
    ("red_days: 7", "red_days: never", "silence.red_days: found 'never'"),
]


@pytest.mark.parametrize(("old", "new", "says"), MISTAKES)
def test_a_mistake_in_the_page_is_named(house, tmp_path, settings, old, new, says):
    text = (SHIPPED / "ledger.yaml").read_text()
    assert old in text
    (tmp_path / "ledger.yaml").write_text(
        text.replace(old, new.replace("{key}", str(house.state("police").key()[1])))
    )
    settings.POLICY = tmp_path
    with pytest.raises(Explained, match=says.replace("[", r"\[")):
        read_ledger()
