"""What a text names counts once a person has agreed, and not before; either word can be taken back."""

import pytest
from django.db import connection

from heed.casework import supply
from heed.casework.actions.agreeing import say
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Agreement, Entry, Outbox, Record
from heed.casework.rebuilding import differences, rebuild
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern

pytestmark = pytest.mark.django_db
TEXT = "Seen by a car, reg ZZ51 ABC, with a man known as Taz, at 12 Mill Street."
CAR, ADULT, PLACE = (TEXT.index(words) for words in ("ZZ51", "Taz", "12 Mill"))


@pytest.fixture
def people(db):
    from tests import personas

    return personas.standing()


@pytest.fixture
def kept(people):
    record = concern(text=TEXT)
    receive(record=record, by=people.rosa, now=MONDAY)
    return Record.objects.system("a test").get(), record.document


def things() -> list[tuple[str, str]]:
    house = supply.warehouse()
    try:
        return sorted(house.rows("select kind, key from thing"))
    finally:
        house.close()


def test_nothing_counts_before_and_agreed_things_count_after_also_in_a_file_built_before(kept, people):
    row, document = kept
    assert things() == []
    for start in (CAR, ADULT):
        say(
            record=row,
            document=document,
            place="text",
            start=start,
            said="agreed",
            by=people.rosa,
            now=MONDAY,
        )
    assert things() == [("alias", "TAZ"), ("vehicle", "ZZ51ABC")]
    say(record=row, document=document, place="text", start=CAR, said="declined", by=people.sam, now=MONDAY)
    assert things() == [("alias", "TAZ")]


def test_what_is_rebuilt_is_the_same(kept, people):
    row, document = kept
    say(record=row, document=document, place="text", start=PLACE, said="agreed", by=people.rosa, now=MONDAY)
    rebuild(MONDAY, lambda words: None)
    assert things() == [("place", "|12 MILL STREET")]
    assert list(differences(lambda words: None)) == []
    say(record=row, document=document, place="text", start=CAR, said="agreed", by=people.rosa, now=MONDAY)
    assert list(differences(lambda words: None)) == []


def test_agreeing_is_kept_in_the_ledger_without_the_words_and_owes_a_new_look(kept, people):
    row, document = kept
    before = Outbox.objects.count()
    for _ in range(2):
        say(record=row, document=document, place="text", start=CAR, said="agreed", by=people.rosa, now=MONDAY)
    assert Agreement.objects.count() == 1
    assert Outbox.objects.count() == before + 1
    told = Entry.objects.get(kind="mention").body.text
    assert "ZZ51" not in told
    assert f'"from":{CAR}' in told


def test_declining_what_nobody_agreed_to_changes_nothing_that_counts(kept, people):
    row, document = kept
    before = Outbox.objects.count()
    say(record=row, document=document, place="text", start=CAR, said="declined", by=people.rosa, now=MONDAY)
    assert (things(), Outbox.objects.count()) == ([], before)


@pytest.mark.parametrize(
    ("place", "start", "said"),
    [("text", 3, "agreed"), ("pasted:0", CAR, "agreed"), ("text", CAR, "perhaps")],
)
def test_only_what_is_read_can_be_agreed_to(kept, people, place, start, said):
    row, document = kept
    with pytest.raises(Explained):
        say(record=row, document=document, place=place, start=start, said=said, by=people.rosa, now=MONDAY)
    assert not Agreement.objects.exists()


def test_things_are_read_in_what_was_pasted_too(people):
    record = concern(extra={"pasted": [{"text": "He rang from 07700 900123."}]})
    receive(record=record, by=people.rosa, now=MONDAY)
    row = Record.objects.system("a test").get()
    say(
        record=row, document=record.document, place="pasted:0", start=13, said="agreed",
        by=people.rosa, now=MONDAY,
    )  # fmt: skip
    assert things() == [("phone", "+447700900123")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update casework_agreement set said = 'declined'", "is not what entry"),
        ('update casework_agreement set "start" = 3', "is not what entry"),
        ("delete from casework_agreement", "the agreement it tells of is not there"),
    ],
)
def test_a_word_changed_by_hand_is_found_by_the_ledger(kept, people, change, said):
    row, document = kept
    say(record=row, document=document, place="text", start=CAR, said="agreed", by=people.rosa, now=MONDAY)
    assert check().faults == []
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert any(said in str(fault) for fault in check().faults)
