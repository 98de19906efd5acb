"""Notices and letters: few, ranked, without a word of a record, at least once; an address that refuses is a duty."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from django.conf import settings
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client

from heed.casework.actions.duties import acknowledge, answer, hand_over, skip
from heed.casework.actions.duties.abouts import owe_missing_addresses
from heed.casework.actions.presence import reach
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.ledger import check
from heed.casework.models import Address, Duty, Letter, Notice
from heed.casework.notices.carrying import tell, waiting
from heed.casework.notices.letters import gather
from heed.casework.notices.taken import FOLDER, Taken, mark_taken
from heed.casework.tick import tick
from heed.core.duty.notices import ranked
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import PASSWORD, standing
from tests.unit.mail.servers import smtp_server

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EARLY = MONDAY - timedelta(hours=3)
"""Before work begins: no digest yet."""


@pytest.fixture
def office(monkeypatch):
    with smtp_server() as server:
        monkeypatch.setenv("HEED_SMTP", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("HEED_MAIL_FROM", "heed@partnership.example.org")
        yield server


@pytest.fixture
def people():
    found = standing()
    for who in (found.sam, found.lena, found.rosa):
        reach(who=who, email=f"{who.username}@agency.example.org", by=None, now=EARLY)
    return found


def concerns(people, *refs, now=EARLY, **more):
    for ref in refs:
        receive(record=concern(ref, child=ref, **more), by=people.rosa, now=now)


def read(office):
    return [message_from_bytes(raw) for _, raw in office.letters]


def words(letter):
    return letter.get_payload(decode=True).decode()


def test_one_letter_for_many_things_and_nothing_of_what_they_are(people, office):
    concerns(people, "C-1", "C-2", "C-3")
    assert tell(EARLY) == 1
    (letter,) = read(office)
    assert letter["To"] == "sam@agency.example.org"
    assert letter["Subject"] == "Heed: 3 things new for you"
    assert words(letter).count("you owe an answer") == 3
    raw = office.letters[0][1]
    assert raw.count(b"\n") == raw.count(b"\r\n") > 9, "no server need take a bare line feed"
    for secret in ("Ayla", "Marsh", "gate", "school", "http"):
        assert secret not in words(letter) + str(letter["Subject"])
    assert tell(EARLY) == 0
    assert check().faults == []


def test_the_next_letter_waits_a_while_unless_somebody_waits_at_once(people, office):
    concerns(people, "C-1")
    tell(EARLY)
    concerns(people, "C-2", now=EARLY + MINUTE)
    assert tell(EARLY + MINUTE) == 0
    assert tell(EARLY + 21 * MINUTE) == 1
    skip(
        duty=Duty.objects.first(), by=people.rosa, rung=3, words="he is at her door", now=EARLY + 22 * MINUTE
    )
    tell(EARLY + 22 * MINUTE)
    assert "you owe an answer at once" in words(read(office)[-1])


def test_however_many_wait_for_one_person_the_next_is_not_kept_waiting(people, office):
    concerns(people, "C-1")
    tell(EARLY)
    duty = Duty.objects.get()
    Notice.objects.bulk_create(
        Notice(professional=people.sam, duty=duty, step=2 + n, kind="owed", at=EARLY) for n in range(5_000)
    )
    hand_over(duty=duty, by=people.sam, to=people.lena, words="in court", now=EARLY + MINUTE)
    assert tell(EARLY + MINUTE) == 1
    assert read(office)[-1]["To"] == "lena@agency.example.org"
    assert tell(EARLY + 21 * MINUTE) == 1
    assert words(read(office)[-1]).count("you owe an answer") == 1, "a reference is named once"
    assert not Notice.objects.filter(letter=None).exists()


def test_few_lines_the_most_pressing_first(people, office):
    concerns(people, *[f"C-{n}" for n in range(9)])
    concerns(people, "C-99", observations=["danger_now"])
    tell(EARLY)
    told = words(read(office)[0]).splitlines()
    assert told[0].endswith("you owe an answer at once")
    assert told[7] == "and 3 more"
    assert ranked([("D-1", "owed"), ("D-2", "danger"), ("D-1", "offered")]) == [
        ("D-2", "danger"),
        ("D-1", "offered"),
    ]


def test_a_digest_in_the_morning_of_a_working_day_once(people, office):
    concerns(people, "C-1")
    tell(EARLY)
    tell(MONDAY)
    tell(MONDAY + MINUTE)
    subjects = [str(letter["Subject"]) for letter in read(office)]
    assert subjects == ["Heed: 1 thing new for you", "Heed: what you owe today for you"]
    saturday = MONDAY + timedelta(days=5)
    Duty.objects.update(due_at=saturday + timedelta(days=9))
    Letter.objects.all().update(made_at=EARLY)
    assert tell(saturday) == 0


def test_whoever_raised_it_is_told_of_the_answer_and_nobody_of_their_own_doing(people, office):
    concerns(people, "C-1")
    duty = Duty.objects.get()
    acknowledge(duty=duty, by=people.sam, now=EARLY)
    hand_over(duty=duty, by=people.sam, to=people.lena, words="in court", now=EARLY)
    answer(duty=duty, by=people.sam, decision="support", reason="a worker visits weekly", now=EARLY)
    told = {(each.professional.username, each.kind) for each in Notice.objects.select_related("professional")}
    assert told == {("sam", "owed"), ("lena", "offered"), ("rosa", "answered")}


def test_a_server_that_says_later_is_asked_until_it_takes_it(people, office):
    office.refuse = lambda asked: "451 later" if asked < 4 else ""
    concerns(people, "C-1")
    at = EARLY
    while waiting().exists() or at == EARLY:
        tell(at)
        at += MINUTE
    assert len(office.letters) == 1
    assert Letter.objects.get().attempts == 3


def test_one_that_was_sent_and_not_marked_goes_again_under_the_same_id(people, office):
    office.dies_after_taking = iter([True, False]).__next__
    concerns(people, "C-1")
    tell(EARLY)
    tell(EARLY + MINUTE)
    first, second = read(office)
    assert first["Message-ID"] == second["Message-ID"]


class TestTakenAndNotMarked:
    """A worker is killed after the server took a letter and before the database heard of it."""

    @pytest.fixture
    def letter(self, people, office):
        concerns(people, "C-1")
        assert gather(EARLY, "partnership.example.org") == 1
        return Letter.objects.get()

    def test_the_next_worker_marks_it_and_sends_nothing_twice(self, letter, office):
        taken = Taken()
        taken.note(letter)
        taken.close()  # as the system does for whoever is killed: what was not marked is left
        assert tell(EARLY + MINUTE) == 0
        assert (office.letters, Letter.objects.get().sent_at) == ([], EARLY + MINUTE)
        assert list((settings.DATA / FOLDER).iterdir()) == []

    def test_one_that_lives_is_left_alone(self, letter):
        taken = Taken()
        taken.note(letter)
        assert mark_taken(EARLY) == 0
        assert Letter.objects.get().sent_at is None
        taken.marked()
        taken.close()
        assert mark_taken(EARLY) == 0

    def test_a_database_that_fails_at_that_moment_sends_nothing_twice(self, letter, office, monkeypatch):
        def breaks(self):
            raise OperationalError("locked")

        monkeypatch.setattr(Taken, "marked", breaks)
        with pytest.raises(OperationalError):
            tell(EARLY)
        monkeypatch.undo()
        Letter.objects.update(sent_at=None, leased_until=None)
        monkeypatch.setenv("HEED_SMTP", f"smtp://127.0.0.1:{office.port}")
        monkeypatch.setenv("HEED_MAIL_FROM", "heed@partnership.example.org")
        tell(EARLY + 9 * MINUTE)
        assert len(office.letters) == 1

    def test_a_disk_that_takes_nothing_stops_no_letter(self, letter, office, monkeypatch):
        (settings.DATA / FOLDER).rmdir() if (settings.DATA / FOLDER).exists() else None
        (settings.DATA / FOLDER).write_text("in the way")
        try:
            assert tell(EARLY) == 1
        finally:
            (settings.DATA / FOLDER).unlink()
        assert Letter.objects.get().sent_at == EARLY


def test_an_address_that_refuses_is_a_duty_of_the_lead_and_nothing_is_lost(people, office):
    office.refuse_to = lambda to: "550 nobody here" if "sam@" in to else ""
    concerns(people, "C-1")
    for turn in range(4):
        tell(EARLY + turn * 5 * MINUTE)
    duty = Duty.objects.get(about=f"address:{people.sam.pk}")
    assert (duty.owner, Address.objects.get(professional=people.sam).refused_at) != (people.sam, None)
    assert duty.owner == people.lena
    office.refuse_to = lambda to: ""
    reach(who=people.sam, email="sam.oduya@agency.example.org", by=people.lena, now=EARLY + HOUR)
    tell(EARLY + HOUR)
    assert any(letter["To"] == "sam.oduya@agency.example.org" for letter in read(office))
    assert not Notice.objects.filter(professional=people.sam, letter=None).exists()
    assert Duty.objects.get(pk=duty.pk).state == "open", "mending it answers nothing"
    assert check().faults == []


def test_a_second_letter_to_an_address_that_was_just_refused_is_told_again_once_it_is_mended(people, office):
    office.refuse_to = lambda to: "550 nobody here" if "sam@" in to else ""
    concerns(people, "C-1")
    tell(EARLY)
    concerns(people, "C-2", now=EARLY + MINUTE, observations=["danger_now"])
    for turn in range(12):
        tell(EARLY + MINUTE + turn * 31 * MINUTE)
    assert Address.objects.get(professional=people.sam).refused_at
    office.refuse_to = lambda to: ""
    later = EARLY + 8 * HOUR
    reach(who=people.sam, email="sam.oduya@agency.example.org", by=people.lena, now=later)
    for turn in range(3):
        tell(later + turn * 31 * MINUTE)
    assert not Notice.objects.filter(professional=people.sam, letter__sent_at=None).exists()


def test_one_killed_between_giving_up_and_giving_back_gives_up_again(people, office, monkeypatch):
    office.refuse_to = lambda to: "550 nobody here" if "sam@" in to else ""
    concerns(people, "C-1")
    whole = QuerySet.update

    def dies(rows, **values):
        if rows.model is Notice and values.get("letter", 1) is None:
            raise SystemExit
        return whole(rows, **values)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(QuerySet, "update", dies)
        for turn in range(6):
            tell(EARLY + turn * 5 * MINUTE)
    assert not Letter.objects.exclude(given_up_at=None).exists(), "nothing of it stands"
    for turn in range(6):
        tell(EARLY + HOUR + turn * 31 * MINUTE)
    assert Address.objects.get(professional=people.sam).refused_at
    assert not Notice.objects.filter(professional=people.sam, letter__given_up_at__isnull=False).exists()


def test_a_lead_who_cannot_be_reached_is_the_partnerships(people, office):
    office.refuse_to = lambda to: "550 nobody here"
    concerns(people, "C-1")
    tick(EARLY + timedelta(days=9))
    for turn in range(4):
        tell(EARLY + timedelta(days=9) + turn * 5 * MINUTE)
    assert Duty.objects.get(about=f"address:{people.lena.pk}").owing_agency_id == "partnership"


def test_whoever_owes_and_has_told_no_address_is_a_duty_once(people):
    concerns(people, "C-1")
    Address.objects.filter(professional=people.sam).delete()
    assert [duty.owner for duty in owe_missing_addresses(EARLY)] == [people.lena]
    assert owe_missing_addresses(EARLY) == []


@pytest.mark.parametrize("wrong", ["", "sam", "sam@localhost", "a@b.c\nBcc: x@y.z", "x" * 300 + "@a.example"])
def test_what_is_no_address_is_refused(people, wrong):
    with pytest.raises(Explained, match="no address"):
        reach(who=people.sam, email=wrong, by=None, now=EARLY)


def test_the_first_page_says_what_is_new_and_reading_it_clears_nothing(people):
    concerns(people, "C-1", now=now())
    client = Client()
    client.login(username="sam", password=PASSWORD)
    before = list(Duty.objects.values())
    for _ in range(2):
        page = client.get("/").content.decode()
        assert "New for you" in page
        assert "D-" in page
    assert list(Duty.objects.values()) == before
