"""From an empty house to somebody who signs in, holds a post and releases a batch: with commands and one page."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from heed.casework.actions import people
from heed.casework.clock import now
from heed.casework.commands import batch, person
from heed.casework.ledger import verify
from heed.casework.models import Agency, Body, Duty, Entry, Post, Professional
from heed.casework.tick import tick
from heed.core.duty.posts import Post as Rank
from heed.core.records.explained import Explained
from tests.unit.batches.conftest import _a_low_floor, flood, key  # noqa: F401 - fixtures
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
WORD = "kestrel linden amber brook"
MO = ("--name", "Mo Price", "--agency", "school", "--role", "attendance manager", "--grade", "manager")


def added(username="mo", *more: str) -> str:
    """Somebody, and the path of their invitation."""
    ran = run(person.command, "add", username, *(more or MO))
    assert ran.code == 0, ran
    assert len(ran.out.splitlines()) == 1, "the invitation alone is data"
    return ran.out.strip().removeprefix("http://127.0.0.1:8000")


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def chosen(path: str, word: str = WORD, again: str | None = None):
    """The answer to opening the invitation and choosing a word."""
    client = browser()
    opened = client.get(path)
    if opened.status_code != 302:
        return opened
    assert path.rpartition("/")[2] not in opened.url, "its secret leaves the address"
    return client.post(opened.url, {"new_password1": word, "new_password2": again or word})


def entries() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(kind="professional").order_by("seq").values_list("purpose", "subject"))


def test_a_stranger_with_an_empty_house_comes_to_release_a_batch(key):  # noqa: F811 - the fixture
    invited = added()
    assert run(person.command, "post", "mo", "line_manager").code == 0
    assert chosen(invited).url == "/sign-in"
    client = browser()
    assert client.post("/sign-in", {"username": "mo", "password": WORD}).status_code == 302
    assert client.get("/").status_code == 200
    flood(key)
    [held] = [json.loads(line) for line in run(batch.command, "list", "--held", "--json").out.splitlines()]
    ran = run(
        batch.command, "release", held["batch"], "--by", "mo", "--reason", "The outage is over; it is ours."
    )
    assert (ran.code, "is released" in ran.err) == (0, True)
    mo = Professional.objects.get(username="mo")
    assert entries() == [
        (purpose, f"professional:{mo.pk}")
        for purpose in ("added", "was invited", "took a post", "chose a password")
    ]
    assert Entry.objects.get(purpose="chose a password").actor == mo
    assert verify() == []


def test_an_invitation_opens_once_and_for_three_days(settings):
    invited = added()
    assert chosen(invited).status_code == 302
    for answer in (chosen(invited, "another word entirely"), browser().get("/welcome/MQ/set-password")):
        assert answer.status_code == 404
        assert "This invitation does not open anything" in answer.content.decode()
    assert Professional.objects.get(username="mo").check_password(WORD)
    second = run(person.command, "invite", "mo", "--address", "https://heed.example/").out.strip()
    assert second.startswith("https://heed.example/welcome/")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert chosen(second.removeprefix("https://heed.example")).status_code == 404


def test_an_invitation_that_is_used_in_two_windows_is_used_in_one():
    invited = added()
    one, other = browser(), browser()
    pages = [each.get(invited).url for each in (one, other)]
    answers = [
        each.post(page, {"new_password1": word, "new_password2": word})
        for each, page, word in zip((one, other), pages, (WORD, "another word entirely"), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [302, 404]
    assert Professional.objects.get(username="mo").check_password(WORD)
    mo = Professional.objects.get(username="mo")
    assert not people.choose_password(by=mo, token="c-none", password="a third word", now=now())


@pytest.mark.parametrize(
    ("word", "again", "said"),
    [
        ("short", "short", "at least 8 characters"),
        (WORD, "kestrel", "are not the same"),
        (WORD, " ", "are not the same"),
    ],
)
def test_a_password_that_will_not_do_is_asked_for_again(word, again, said):
    answer = chosen(added(), word, again)
    assert said in answer.content.decode()
    assert WORD not in answer.content.decode()
    assert not Professional.objects.get(username="mo").has_usable_password()


def test_nobody_signs_in_before_they_chose_or_after_they_left():
    invited = added()
    assert browser().post("/sign-in", {"username": "mo", "password": ""}).status_code == 200
    chosen(invited)
    client = browser()
    client.post("/sign-in", {"username": "mo", "password": WORD})
    unused = people.invite(username="mo", by=None, now=now())
    assert run(person.command, "end", "mo").code == 0
    assert client.get("/").status_code == 302, "also where they were signed in"
    assert browser().post("/sign-in", {"username": "mo", "password": WORD}).status_code == 200
    assert chosen(unused).status_code == 404
    assert "has left" in run(person.command, "invite", "mo").explained


def test_who_leaves_holds_no_post_and_what_they_owed_is_passed_on():
    from heed.casework.actions.receive import receive
    from tests.concerns import concern

    added(
        "sam",
        "--name",
        "Sam Oduya",
        "--agency",
        "social_care",
        "--role",
        "duty social worker",
        "--grade",
        "frontline",
    )
    run(person.command, "post", "sam", "duty_person")
    receive(record=concern(), by=None, now=now())
    assert Duty.objects.get().owner.username == "sam"
    run(person.command, "end", "sam")
    tick(now() + timedelta(minutes=1))
    assert Duty.objects.get().owner.username != "sam"
    assert not Post.objects.filter(holder__username="sam").exists()
    assert verify() == []


def test_the_list_names_people_posts_and_states_and_no_placeholder():
    added()
    added(
        "lena",
        "--name",
        "Lena Holt",
        "--agency",
        "social_care",
        "--role",
        "lead",
        "--grade",
        "senior",
        "--manager",
        "mo",
    )
    run(person.command, "post", "lena", "designated_lead")
    told = {
        line["signs_in_as"]: line
        for line in map(json.loads, run(person.command, "list", "--json").out.splitlines())
    }
    assert set(told) == {"mo", "lena"}
    assert (told["lena"]["posts"], told["lena"]["state"]) == (
        ["designated_lead"],
        "has not chosen a password",
    )
    assert run(person.command, "list", "--agency", "school").out.startswith(
        "mo  Mo Price, attendance manager  school"
    )
    run(person.command, "post", "lena", "designated_lead", "--end")
    run(person.command, "end", "mo")
    told = {
        line["signs_in_as"]: line
        for line in map(json.loads, run(person.command, "list", "--json").out.splitlines())
    }
    assert (told["lena"]["posts"], told["mo"]["state"]) == ([], "left")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Mo Price", *MO), "no name to sign in with"),
        (("add", "mo", *MO[:-1], "family"), "is no grade"),
        (("add", "mo", *MO, "--manager", "nobody"), "nobody signs in as 'nobody'"),
        (("add", "mo", "--name", " ", *MO[2:]), "the name has 1 to 120 characters"),
        (("post", "nobody", "executive"), "nobody signs in as"),
        (("post", "school.executive", "executive"), "nobody signs in as"),
        (("post", "nobody", "director"), "there is no post"),
        (("end", "nobody"), "nobody signs in as"),
    ],
)
def test_what_cannot_be_is_explained_and_changes_nothing(arguments, said):
    before = Entry.objects.count()
    assert said in run(person.command, *arguments).explained
    assert Entry.objects.count() == before


LUX = ("--name", "Lux Ray", "--role", "head", "--grade", "manager", "--agency")


def test_a_slip_in_a_code_makes_no_agency():
    before = (Entry.objects.count(), Agency.objects.count(), Professional.objects.count())
    told = run(person.command, "add", "lux", *LUX, "scool").explained
    assert "there is no agency 'scool' here" in told
    assert "home, partnership, police, school, social_care, voluntary" in " ".join(told.split())
    for name in ("", " ", "two\nlines", "x" * 121):
        told = run(person.command, "add", "lux", *LUX, "scool", "--new-agency", name).explained
        assert "the name of an agency has 1 to 120 characters" in told
    told = run(person.command, "add", "lux", *LUX, "school", "--new-agency", "Schools").explained
    assert "is known already: leave --new-agency out" in told
    assert before == (Entry.objects.count(), Agency.objects.count(), Professional.objects.count())


def test_an_agency_is_made_for_whom_it_is_named_and_is_known_from_then_on():
    added("lux", *LUX, "academy", "--new-agency", "The Academy")
    made = Agency.objects.get(pk="academy")
    assert (made.name, made.posts.count()) == ("The Academy", len(Rank))
    body = json.loads(Body.objects.get(entry__purpose="added").text)
    assert body["new_agency"] == "The Academy"
    added("mo", *MO[:2], "--agency", "academy", *MO[4:])
    assert Professional.objects.get(username="mo").agency == made
    assert verify() == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)//", "JavaScript://heed.example/%0aalert(1)//", "data:text/html,x", "file:///etc", "",
        "heed.example", "//heed.example", "https://", "https:///welcome", "https://heed.example:x",
        "https://heed.example?to=", "https://heed.example/#", "https://heed.example/#x", "https://heed@evil.example",
        "https://heed.example\n", "https://heed.example/a b", "https://[heed.example",
    ],
)  # fmt: skip
def test_an_invitation_leads_to_a_page_of_this_heed_and_nowhere_else(address):
    added()
    before = Entry.objects.count()
    for arguments in (("invite", "mo"), ("add", "lena", *MO)):
        assert (
            "is not where people reach this Heed"
            in run(person.command, *arguments, "--address", address).explained
        )
    assert Entry.objects.count() == before
    assert not Professional.objects.filter(username="lena").exists()


@pytest.mark.parametrize(
    "address",
    ["https://heed.example", "http://127.0.0.1:8000/", "https://[::1]:8000", "https://gov.example/heed"],
)
def test_an_address_of_a_page_is_kept_as_it_was_given(address):
    added()
    told = run(person.command, "invite", "mo", "--address", address).out.strip()
    assert told.startswith(f"{address.rstrip('/')}/welcome/")


def test_nobody_twice_and_no_post_twice():
    added()
    assert "signs in as 'mo' already" in run(person.command, "add", "mo", *MO).explained
    run(person.command, "post", "mo", "executive")
    with pytest.raises(Explained, match="already"):
        people.take_post(username="mo", post="executive", by=None, now=now())
    assert "does not hold" in run(person.command, "post", "mo", "scrutineer", "--end").explained
