"""The pages of a missing child: each save is an entry, nothing is replaced, and a level has its reason."""

import json
from datetime import timedelta

import pytest

from heed.casework import sealed
from heed.casework.actions.missing.sweeping import look_again
from heed.casework.clock import now
from heed.casework.ledger import check
from heed.casework.linking import link_sources
from heed.casework.models import Duty, Entry, Mention, Professional, Record, Relationship, Source
from heed.web.forms.missing import LONDON
from tests import case_story

pytestmark = pytest.mark.django_db
WHY = "Not answering, and the last bus has gone."
REPORT = {"category": "missing", "missing_from": "childrens_home", "text": "Went out after a call.", "risk": "medium",
          "risk_reason": WHY}  # fmt: skip


def at(hours):
    return (now() + timedelta(hours=hours)).astimezone(LONDON).strftime("%d %m %Y %H:%M")


def sent(client, address, **answers):
    """Fill in a page as it was opened, and send it."""
    opened = client.get(address).context["form"]
    hidden = {name: opened[name].value() for name in ("token", "after")}
    return client.post(address, {**hidden, **answers})


def told(kind="missing"):
    rows = Record.objects.system("a test reads").filter(kind=kind, received_by__isnull=False).order_by("pk")
    return [json.loads(sealed.document_of(row)) for row in rows]


@pytest.fixture
def ayla(people):
    case_story.tell(case_story.story(4))
    case_story.works_with(people.sam, "social_care 10233")
    return case_story.person("social_care 10233")


@pytest.fixture
def away(as_, people, ayla):
    """Sam has reported her missing; the page of the episode."""
    answer = sent(as_("sam"), f"/children/{ayla}/missing/report", **REPORT, since=at(-3))
    assert answer.status_code == 302, answer.context["form"].errors
    number = Record.objects.system("a test reads").filter(kind="missing").latest("pk").pk
    return f"/missing/{number}"


def officer(name="pat"):
    """Somebody at the police who holds what is owed there."""
    person = Professional.objects.create(
        username=name,
        name=f"{name.capitalize()} Reed",
        agency_id="police",
        role="sergeant",
        grade="supervisor",
    )
    person.set_password("a password of four words")
    person.save()
    return person


def test_a_report_is_a_record_of_her_and_somebody_holds_it_at_once(as_, ayla, away):
    (document,) = told()
    assert document["ref"].startswith("MIS-")
    assert document["people"][0]["ref"] == "10233"
    assert document["extra"]["episode"]["facts"][0] == "1st in 30 days"
    duty = Duty.objects.get(about="missing:open")
    assert (duty.owing_agency_id, duty.raiser.username) == ("police", "sam")
    page = as_("sam").get(f"/children/{ayla}/missing").content.decode()
    assert "Away now" in page
    assert WHY in page
    assert check().faults == []


def test_whoever_brought_her_is_a_mention_at_once_and_the_words_about_it_are_kept(as_, away):
    sam = as_("sam")
    back = {"back": at(-1), "found_by": "dropped off by a man", "state": "Tired and quiet.", "harmed": "no",
            "adults": "Taz", "brought_by": "Taz\nTheo Marsh"}  # fmt: skip
    assert sent(sam, f"{away}/return", **back).status_code == 302
    document = told()[-1]
    assert [each["part"] for each in document["people"]] == [
        "child",
        "person_of_concern",
        "person_of_concern",
    ]
    assert document["extra"]["episode"]["found_by"] == "dropped off by a man"
    held = {"status": "held", "offered_by": "Sam", "independent": "no", "held": at(0), "child_words": "He drove me.",
            "home_by": "A man who waited outside.", "brought_by": "Smokey"}  # fmt: skip
    assert sent(sam, f"{away}/interview", **held).status_code == 302
    row = Record.objects.system("a test reads").get(kind="return_interview")
    parts = Mention.objects.of([row.pk]).order_by("position").values_list("part", flat=True)
    assert list(parts) == ["child", "person_of_concern"]
    assert told("return_interview")[-1]["extra"]["interview"]["home_by"] == "A man who waited outside."


@pytest.mark.parametrize(("changed", "fault"), [
    ({"risk_reason": ""}, "a level without its reason is not saved"),
    ({"risk_reason": "thin"}, "in at least 10 characters"),
    ({"risk": "low"}, "The facts speak for a higher level"),
    ({"risk": "no_apparent_risk"}, "The facts speak for a higher level"),
    ({"category": "never_reported"}, "Say when the child was back"),
    ({"since": "tomorrow"}, "Write it as"),
    ({"since": ""}, "Say since when"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_saved(as_, ayla, changed, fault):
    answer = sent(as_("sam"), f"/children/{ayla}/missing/report", **{**REPORT, "since": at(-3), **changed})
    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert told() == []


def test_low_against_the_facts_is_saved_with_a_reason_of_its_own(as_, ayla):
    low = {**REPORT, "risk": "low", "despite": "She rang from her aunt, who is known to us."}
    assert sent(as_("sam"), f"/children/{ayla}/missing/report", **low, since=at(-3)).status_code == 302
    assert told()[0]["extra"]["episode"]["despite"].startswith("She rang")


def test_what_nobody_reported_counts_and_a_child_without_a_page_is_reported(as_, ayla):
    never = {**REPORT, "category": "never_reported", "since": at(-30), "until": at(-20)}
    assert sent(as_("sam"), f"/children/{ayla}/missing/report", **never).status_code == 302
    assert told()[0]["observations"] == ["not_reported"]
    assert "reported by nobody" in as_("sam").get(f"/children/{ayla}/missing").content.decode()
    answer = sent(
        as_("rosa"), "/missing/report", **REPORT, since=at(-1), child_name="Mira Stone", child_age="about 14"
    )
    assert answer.url.startswith("/concerns/saved/")
    assert as_("rosa").get(answer.url).status_code == 200
    assert Duty.objects.filter(about="missing:open", raising_agency="school").exists()


def test_another_agency_grades_in_a_record_of_its_own_and_both_grades_stay(as_, ayla, away, client):
    pat = officer()
    case_story.works_with(pat, "social_care 10233")
    client.force_login(pat)
    local = {"HTTP_HOST": "localhost"}
    opened = client.get(f"{away}/risk", **local).context["form"]
    risk = {"category": "missing", "risk": "high", "risk_reason": "Seen getting into a car she did not know."}
    hidden = {name: opened[name].value() for name in ("token", "after")}
    assert client.post(f"{away}/risk", {**hidden, **risk}, **local).status_code == 302
    first, second = told()
    assert (second["agency"], second["revision"], second["people"][0]["ref"]) == ("police", 1, "c-104")
    assert second["happened_from"] == first["happened_from"]
    link_sources(list(Source.objects.values_list("key", flat=True)), now())
    page = as_("sam").get(away).content.decode()
    assert "Medium risk, recorded as missing" in page
    assert "High risk, recorded as missing" in page
    duty = Duty.objects.get(about="missing:open", state="open")
    assert (duty.level, duty.owner.agency_id) == ("high", "police")
    assert check().faults == []


def test_nobody_writes_over_another(as_, away):
    sam = as_("sam")
    opened = sam.get(f"{away}/picture").context["form"]
    hidden = {name: opened[name].value() for name in ("token", "after")}
    assert sam.post(f"{away}/picture", {**hidden, "words": "Her phone rang out at ten."}).status_code == 302
    answer = sam.post(f"{away}/picture", {**hidden, "words": "Her sister heard from her."})
    assert answer.status_code == 422
    assert "NOT saved" in answer.content.decode()
    assert "Her sister heard from her." in answer.content.decode()
    assert [each["revision"] for each in told()] == [1, 2]


def test_whoever_holds_it_looks_again_and_hands_it_over(as_, ayla, people, away, client):
    duty = Duty.objects.get(about="missing:open")
    pat, rob = officer(), officer("rob")
    Duty.objects.filter(pk=duty.pk).update(owner=pat)
    case_story.works_with(pat, "social_care 10233")
    client.force_login(pat)
    opened = client.get(f"{away}/picture", HTTP_HOST="localhost").context["form"]
    hidden = {name: opened[name].value() for name in ("token", "after")}
    picture = {**hidden, "words": "Two patrols looked at Mill Street.", "hand_to": rob.pk}
    assert client.post(f"{away}/picture", picture, HTTP_HOST="localhost").status_code == 302
    held = Duty.objects.get(about="missing:open", state__in=("open", "acknowledged"))
    assert (held.owner, held.offered_to) == (pat, rob)
    assert Duty.objects.get(pk=duty.pk).state == "answered"
    sam = as_("sam")
    page = sam.get(away).content.decode()
    assert "Two patrols looked at Mill Street." in page
    answer = sent(sam, f"{away}/picture", words="Nothing new.", hand_to=people.lena.pk)
    assert "You do not hold this episode" in answer.content.decode()
    assert check().faults == []


def test_back_and_interviewed(as_, people, ayla, away):
    sam = as_("sam")
    found = {"vehicle": "ZZ51 ABC", "back": at(-1), "place": "12 Mill Street",
             "postcode": "ZZ1 2CD", "found_by": "a patrol",
             "with_children": "Nell Orme", "adults": "Taz", "state": "Cold, in a coat that is not hers.", "harmed": "no",
             "child_words": "I want to go to bed."}  # fmt: skip
    answer = sent(sam, f"{away}/return", **found)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Duty.objects.get(about="missing:open").state == "answered"
    document = told()[-1]
    assert [each["part"] for each in document["people"]] == ["child", "found_with", "person_of_concern"]
    assert document["things"][0] == {
        "kind": "place",
        "part": "found_at",
        "address": "12 Mill Street",
        "postcode": "ZZ1 2CD",
    }
    page = sam.get(away).content.decode()
    assert "a return interview is offered and carried out" in page.lower()
    held = {"status": "held", "offered_by": "Sam", "independent": "no", "held": at(0), "adults": "Kez",
            "child_words": "Kez said he would come back for me.", "police_tonight": "He has a number."}  # fmt: skip
    early = sent(sam, f"{away}/interview", **{**held, "held": at(-2)})
    assert "That is before the child came back" in early.content.decode()
    answer = sent(sam, f"{away}/interview", **held)
    assert "whoever held it is allocated to the child" in sam.get(answer.url).content.decode()
    assert Duty.objects.get(about="deadline:return_interview").state == "open"
    case_story.works_with(people.carl, "social_care 10233")
    Relationship.objects.filter(professional=people.carl).update(basis="raised")
    answer = sent(as_("carl"), f"{away}/interview", **{**held, "police_tonight": ""})
    assert answer.status_code == 302, answer.context["form"].errors
    link_sources(list(Source.objects.values_list("key", flat=True)), now())
    look_again(by=None, now=now())
    assert Duty.objects.get(about="deadline:return_interview").state == "answered"
    assert Duty.objects.get(about="missing:tonight").owing_agency_id == "police"
    assert (
        Mention.objects.system("a test reads")
        .filter(record__kind="return_interview", part="person_of_concern")
        .exists()
    )
    assert "Kez said he would come back for me." in sam.get(away).content.decode()
    assert "4th in" not in sam.get(f"/children/{ayla}/missing").content.decode()
    assert check().faults == []


def test_no_interview_is_held_before_anybody_wrote_of_a_return(as_, away):
    held = {
        "status": "held",
        "offered_by": "Sam",
        "independent": "no",
        "held": at(0),
        "child_words": "Nothing.",
    }
    answer = sent(as_("sam"), f"{away}/interview", **held)
    assert answer.status_code == 422
    assert "write the return first" in answer.content.decode()


def test_a_declined_interview_says_why_and_one_by_a_carer_ends_nothing(as_, away):
    sam = as_("sam")
    back = {"back": at(-1), "found_by": "came back alone", "state": "Tired and quiet.", "harmed": "no"}
    sent(sam, f"{away}/return", **back)
    declined = {"status": "declined", "offered_by": "Sam, this morning", "independent": "yes"}
    assert "Say why in at least" in sent(sam, f"{away}/interview", **declined).content.decode()
    answer = sent(sam, f"{away}/interview", **declined, reason="She says nobody listened the last time.")
    assert "does not end what is owed" in sam.get(answer.url).content.decode()
    assert Duty.objects.get(about="deadline:return_interview").state == "open"
    assert Duty.objects.get(about="missing:offer").state == "answered"


def test_the_sheet_has_versions_an_age_and_a_print_that_is_a_look_of_its_own(as_, ayla, monkeypatch):
    sam = as_("sam")
    assert sam.get(f"/children/{ayla}/if-missing/print").status_code == 404
    address = f"/children/{ayla}/if-missing/change"
    assert "Fill in at least one part" in sent(sam, address).content.decode()
    assert sent(sam, address, description="Tall, red coat", friends="Nell Orme").status_code == 302
    assert sent(sam, address, description="Tall, blue coat", friends="Nell Orme").status_code == 302
    page = sam.get(f"/children/{ayla}/if-missing").content.decode()
    assert "Version 2" in page
    assert "Version 1," in page
    assert "To be gone through by" in page
    paper = sam.get(f"/children/{ayla}/if-missing/print")
    assert "Tall, blue coat" in paper.content.decode()
    assert "Printed by Sam Oduya" in paper.content.decode()
    assert Entry.objects.latest("pk").purpose == "to print the sheet for when a child goes missing"
    later = now() + timedelta(days=91)
    monkeypatch.setattr("heed.web.views.missing_kept.now", lambda: later)
    assert "Out of date since" in sam.get(f"/children/{ayla}/if-missing").content.decode()


def test_the_plan_runs_with_the_next_report(as_, ayla):
    sam = as_("sam")
    plan = {
        "agency0": "police",
        "what0": "Look at Mill Street first",
        "agency1": "home",
        "agreed_with": "All, on Monday",
    }
    address = f"/children/{ayla}/if-missing/plan"
    assert "Say what the agency of action 2 does" in sent(sam, address, **plan).content.decode()
    assert sent(sam, address, **plan, what1="Ring her sister").status_code == 302
    assert not Duty.objects.filter(about__startswith="missing:plan").exists()
    sent(sam, f"/children/{ayla}/missing/report", **REPORT, since=at(-1))
    plans = Duty.objects.filter(about__startswith="missing:plan").order_by("pk")
    assert [each.owing_agency_id for each in plans] == ["police", "home"]


def test_whoever_may_see_nothing_of_her_meets_nobody(as_, ayla, away):
    carl = as_("carl")
    pages = (
        "missing",
        "missing/report",
        "if-missing",
        "if-missing/print",
        "if-missing/change",
        "if-missing/plan",
    )
    addresses = [f"/children/{ayla}/{page}" for page in pages]
    addresses += [away, *(f"{away}/{page}" for page in ("risk", "picture", "return", "interview"))]
    assert {carl.get(address).status_code for address in addresses} == {404}
    assert {carl.post(address, REPORT).status_code for address in addresses} <= {404, 405}
    refused = Entry.objects.filter(kind="refusal").count()
    assert refused >= len(addresses)


def opened(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in ("token", "after", "version") if name in form.fields}


def test_a_report_sent_twice_is_saved_once_and_says_so_and_another_is_asked_for(as_, ayla):
    sam, address = as_("sam"), f"/children/{ayla}/missing/report"
    page = {**opened(sam, address), **REPORT, "since": at(-3)}
    assert [sam.post(address, page).status_code for _ in range(2)] == [302, 302]
    assert len(told()) == 1
    assert "Away now, since" in sam.get(address).content.decode()
    answer = sent(sam, address, **REPORT, since=at(-2))
    assert answer.status_code == 422
    assert "say that this is another one" in answer.content.decode()
    assert sent(sam, address, **REPORT, since=at(-1), another="on").status_code == 302
    assert len(told()) == 2


@pytest.mark.parametrize(("page", "first", "second", "kind"), [
    ("change", {"medical": "Needs insulin every evening"}, {"description": "Tall, red coat"}, "care"),
    ("plan", {"agency0": "police", "what0": "Look at Mill Street", "agreed_with": "all"},
     {"agency0": "home", "what0": "Ring her sister", "agreed_with": "all"}, "decision"),
])  # fmt: skip
def test_two_who_write_the_first_sheet_or_plan_at_once_do_not_write_over_each_other(
    as_, ayla, page, first, second, kind
):
    sam, address = as_("sam"), f"/children/{ayla}/if-missing/{page}"
    mine, hers = opened(sam, address), opened(sam, address)
    assert [sam.post(address, {**mine, **first}).status_code for _ in range(2)] == [302, 302]
    answer = sam.post(address, {**hers, **second})
    assert answer.status_code == 422
    assert "NOT saved" in answer.content.decode()
    assert list(second.values())[-2 if page == "plan" else 0] in answer.content.decode()
    assert [each["revision"] for each in told(kind)] == [1]


def test_the_sheet_of_another_agency_is_not_written_over_unread(as_, people, ayla):
    address = f"/children/{ayla}/if-missing/change"
    case_story.works_with(people.rosa, "social_care 10233")
    mine = opened(as_("sam"), address)
    assert sent(as_("rosa"), address, medical="Needs insulin").status_code == 302
    link_sources(list(Source.objects.values_list("key", flat=True)), now())
    answer = as_("sam").post(address, {**mine, "description": "Tall"})
    assert answer.status_code == 422
    assert "Another agency has written a newer version" in answer.content.decode()


def test_what_a_return_names_twice_is_named_once(as_, away):
    back = {"back": at(-1), "found_by": "a patrol", "state": "Tired and quiet.", "harmed": "no", "adults": "Taz",
            "place": "12 Mill Street"}  # fmt: skip
    for _ in range(2):
        assert sent(as_("sam"), f"{away}/return", **back).status_code == 302
    document = told()[-1]
    assert [each["part"] for each in document["people"]] == ["child", "person_of_concern"]
    assert len(document["things"]) == 1


@pytest.mark.parametrize(
    ("words", "fault"), [(".", "Those are no words"), ("- -", "Those are no words"), ("", "also if it")]
)
def test_a_mark_is_not_what_the_child_said(as_, away, words, fault):
    sam = as_("sam")
    back = {"back": at(-1), "found_by": "a patrol", "state": "Tired and quiet.", "harmed": "no"}
    assert sent(sam, f"{away}/return", **back, child_words=words).status_code == (422 if words else 302)
    sent(sam, f"{away}/return", **back)
    held = {"status": "held", "offered_by": "Sam", "independent": "no", "held": at(0), "child_words": words}
    assert fault in sent(sam, f"{away}/interview", **held).content.decode()
    assert sent(sam, f"{away}/interview", **{**held, "child_words": "No."}).status_code == 302


def test_a_report_at_low_risk_that_is_sent_twice_is_saved_once_though_it_counts_itself_the_second_time(
    as_, people
):
    case_story.tell(case_story.story(2))
    case_story.works_with(people.sam, "social_care 10233")
    address = f"/children/{case_story.person('social_care 10233')}/missing/report"
    sam = as_("sam")
    before = {**REPORT, "category": "absent", "since": at(-60), "until": at(-55)}
    assert sent(sam, address, **before).status_code == 302
    opened = sam.get(address).context["form"]
    told_low = {**REPORT, "risk": "low", "since": at(-3), "token": opened["token"].value(), "after": 0}
    first = sam.post(address, told_low)
    assert first.status_code == 302, first.context["form"].errors
    assert "despite" in sam.get(address).context["form"].fields, "another one would be asked for its reason"
    again = sam.post(address, told_low)
    assert again.status_code == 302, again.context["form"].errors
    assert len(told()) == 2
