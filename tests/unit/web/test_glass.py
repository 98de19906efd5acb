"""The pages of emergency access, and of who looked: who is shown them, and what stands in none of them."""

import pytest
from django.urls import reverse

from heed.casework.actions.glass import open_glass
from heed.casework.clock import now
from heed.casework.models import Entry, Glass, GlassReview, Post, Professional
from tests import case_story, personas

pytestmark = pytest.mark.django_db
REASON = "She is at the desk now and will not say where she slept."


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    one = Professional.objects.create(
        username="hana", name="Hana Cross", agency_id="home", role="manager", grade="senior"
    )
    Post.objects.create(agency_id="home", post="designated_lead", holder=one, order=0)
    return people


@pytest.fixture
def opened(people):
    return open_glass(person=ayla(), ground="danger", reason=REASON, by=people.rosa, now=now())


def ayla() -> str:
    return case_story.person("school s-7")


def hana() -> Professional:
    return Professional.objects.get(username="hana")


def test_rosa_opens_it_and_every_page_says_so(client, people):
    client.force_login(people.rosa)
    address = reverse("open-glass", args=[ayla()])
    assert "Open what others hold" in client.get(reverse("child", args=[ayla()])).text
    assert client.get(address).status_code == 200
    done = client.post(address, {"ground": "danger", "reason": REASON})
    assert (done.status_code, done["Location"]) == (302, reverse("child", args=[ayla()]))
    for name in ("today", "children", "findings", "raise", "links"):
        page = client.get(reverse(name)).text
        assert "Emergency access is open" in page
    assert "Police" in client.get(reverse("child", args=[ayla()])).text


def test_nobody_else_has_the_banner(client, people, opened):
    client.force_login(people.sam)
    assert "Emergency access is open" not in client.get(reverse("today")).text


def test_a_short_reason_is_refused_where_it_stands(client, people):
    client.force_login(people.rosa)
    page = client.post(reverse("open-glass", args=[ayla()]), {"ground": "danger", "reason": "Because."})
    assert page.status_code == 422
    assert "at least 20 characters" in page.text
    assert not Glass.objects.exists()


def test_denied_and_absent_are_the_same_bytes_and_both_are_entries(client, people, opened):
    client.force_login(people.carl)
    addresses = {
        "open-glass": (ayla(), "p_nobody"), "looks": (ayla(), "p_nobody"), "glass": (opened.reference, "G-nothing"),
    }  # fmt: skip
    for name, (there, absent) in addresses.items():
        denied, nothing = (client.get(reverse(name, args=[one])) for one in (there, absent))
        assert (denied.status_code, denied.content) == (404, nothing.content)
        assert Entry.objects.latest("seq").kind == "refusal"
    posted = [
        client.post(reverse("open-glass", args=[one]), {"ground": "danger", "reason": REASON}).content
        for one in (ayla(), "p_nobody")
    ]
    assert posted[0] == posted[1]
    assert Glass.objects.count() == 1


def test_the_reviewer_reads_why_and_what_was_looked_at_and_reviews_it(client, people, opened):
    client.force_login(people.rosa)
    client.get(reverse("child", args=[ayla()]))
    assert "Your review" not in client.get(reverse("glass", args=[opened.reference])).text
    duty = reverse("duty", args=[_duty(opened)])
    client.force_login(hana())
    address = reverse("glass", args=[opened.reference])
    assert reverse("duty-answer", args=[_duty(opened)]) not in client.get(duty).text, (
        "its review is its answer"
    )
    page = client.get(address).text
    for words in (REASON, "A child is in danger now", "Rosa Bell, pastoral lead, Schools", "Your review"):
        assert words in page
    assert client.post(address, {"justified": "no", "words": "short"}).status_code == 422
    done = client.post(address, {"justified": "no", "words": "She was at home all the time."})
    assert done.status_code == 302
    assert not GlassReview.objects.get().justified
    assert "Not justified" in client.get(address).text


def test_the_opener_cannot_review_what_they_opened(client, people, opened):
    client.force_login(people.rosa)
    page = client.post(
        reverse("glass", args=[opened.reference]), {"justified": "yes", "words": "It was right to look."}
    )
    assert page.status_code == 422
    assert not GlassReview.objects.exists()


def test_her_team_finds_it_on_today_and_the_duty_leads_to_it(client, people, opened):
    client.force_login(people.sam)
    assert "there is something new on it" in client.get(reverse("today")).text
    duty = client.get(reverse("duty", args=[_duty(opened)])).text
    assert reverse("glass", args=[opened.reference]) in duty
    assert REASON in client.get(reverse("glass", args=[opened.reference])).text


def test_her_team_sees_who_looked_and_nobody_else_does(client, people, opened):
    client.force_login(people.rosa)
    client.get(reverse("child", args=[ayla()]))
    assert client.get(reverse("looks", args=[ayla()])).status_code == 404, "an opening is told to her team"
    client.force_login(people.carl)
    client.get(reverse("child", args=[ayla()]))
    client.force_login(people.sam)
    address = reverse("looks", args=[ayla()])
    assert address in client.get(reverse("child", args=[ayla()])).text
    page = client.get(address).text
    assert "Rosa Bell" in page
    assert "emergency access" in page
    assert "Carl Finch" in page
    assert "Refused" in page
    assert Entry.objects.latest("seq").purpose == "who looked"


def test_no_name_stands_in_an_address_or_a_title(client, people, opened):
    for who, name, one in (
        (people.rosa, "open-glass", ayla()), (people.sam, "looks", ayla()), (hana(), "glass", opened.reference),
    ):  # fmt: skip
        client.force_login(who)
        address = reverse(name, args=[one])
        title = client.get(address).text.partition("<title>")[2].partition("</title>")[0]
        for word in ("Ayla", "Marsh", "Rosa", "s-7"):
            assert word not in address + title


def _duty(opened: Glass) -> str:
    from heed.casework.models import Duty

    return Duty.objects.get(about=f"glass:{opened.reference}").reference
