"""The pages on which what is grave is closed by two, more voices are added, rungs skipped and a theme raised."""

import re
from datetime import timedelta

import pytest

from heed.casework.actions.duties import join
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.models import Duty, Entry
from tests.concerns import concern

WHY = "She was seen at home today and there is a plan."


def day(days):
    return f"{now() + timedelta(days=days):%d %m %Y}"


@pytest.fixture
def grave(people):
    receive(record=concern(observations=["danger_now"]), by=people.rosa, now=now())
    return f"/duties/{Duty.objects.get().reference}"


def close(as_, grave, **more):
    given = {"answer-decision": "no_further_action", "answer-reason": WHY, "answer-recheck_on": day(20)}
    return as_("sam").post(f"{grave}/answer", given | more, follow=True)


def test_closing_asks_a_second_person_and_says_so(as_, grave):
    page = as_("sam").get(grave).content.decode()
    assert "Closed or lowered by two people of two agencies only" in page
    assert "A second person, of another agency, is asked" in close(as_, grave).content.decode()
    assert Duty.objects.get().state == "asked"


def test_without_a_day_the_page_says_what_is_missing_and_keeps_the_words(as_, grave):
    answer = close(as_, grave, **{"answer-recheck_on": ""})
    assert answer.status_code == 422
    assert "Say which day" in answer.content.decode()
    assert WHY in answer.content.decode()


def test_the_second_person_is_shown_what_is_asked_and_agrees(as_, grave):
    close(as_, grave)
    page = as_("rosa").get(grave).content.decode()
    assert "Sam Oduya (duty social worker, Children&#x27;s social care) asks: No further action" in page
    assert "second" not in as_("sam").get(grave).context["file"].acts
    assert as_("rosa").post(f"{grave}/second", {"second-words": WHY}).status_code == 422
    given = {"second-decide": "confirm", "second-words": WHY, "second-seen": "2"}
    done = as_("rosa").post(f"{grave}/second", given, follow=True)
    assert "Closed: the second person agrees" in done.content.decode()
    assert Duty.objects.get().state == "answered"


def test_nobody_agrees_to_something_else_than_they_read(as_, grave):
    close(as_, grave)
    page = as_("rosa").get(grave).content.decode()
    assert '<input type="hidden" name="second-seen" value="2">' in page
    close(as_, grave, **{"answer-reason": "she has moved away from here"})
    given = {"second-decide": "confirm", "second-words": WHY, "second-seen": "2"}
    refused = as_("rosa").post(f"{grave}/second", given)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "has changed since you opened this page: it stood at step 2, and stands at step 3 now" in page
    assert WHY in page, "what was typed is not lost"
    assert Duty.objects.get().state == "asked"
    assert as_("rosa").post(f"{grave}/second", {**given, "second-seen": ""}).status_code == 422
    as_("rosa").post(f"{grave}/second", {**given, "second-seen": "3"})
    assert Duty.objects.get().state == "answered"


def test_whoever_asked_cannot_agree_by_any_address(as_, grave):
    close(as_, grave)
    given = {"second-decide": "confirm", "second-words": WHY, "second-seen": "2"}
    for who in ("sam", "lena"):
        assert as_(who).post(f"{grave}/second", given).status_code == 422
    assert as_("carl").post(f"{grave}/second", given).status_code == 404
    assert Duty.objects.get().state == "asked"


def test_a_level_is_lowered_by_two(as_, grave):
    given = {"lower-words": WHY, "lower-recheck_on": day(20)}
    assert "the level stays" in as_("sam").post(f"{grave}/lower", given, follow=True).content.decode()
    assert Duty.objects.get().level == "high"
    as_("rosa").post(f"{grave}/second", {"second-decide": "confirm", "second-words": WHY, "second-seen": "2"})
    assert Duty.objects.get().level == "usual"


def test_danger_skips_rungs(as_, people):
    receive(record=concern(), by=people.rosa, now=now())
    address = f"/duties/{Duty.objects.get().reference}"
    assert as_("rosa").post(f"{address}/skip", {"skip-rung": "0", "skip-words": WHY}).status_code == 422
    done = as_("rosa").post(f"{address}/skip", {"skip-rung": "3", "skip-words": WHY}, follow=True)
    assert "Rung 3 of 5" in done.content.decode()


def test_whoever_added_their_voice_sees_the_duty_from_then_on(as_, people, grave):
    assert as_("carl").get(grave).status_code == 404
    join(duty=Duty.objects.get(), by=people.carl, words="she told us the same", now=now())
    page = as_("carl").get(grave)
    assert page.status_code == 200
    assert "join" not in page.context["file"].acts
    assert "Carl Finch (project worker, Voluntary project)" in as_("sam").get(grave).content.decode()


def test_a_voice_is_added_on_the_page(as_, people):
    receive(record=concern(), by=None, now=now())
    address = f"/duties/{Duty.objects.get().reference}"
    done = as_("rosa").post(f"{address}/join", {"join-words": "I saw the car too"}, follow=True)
    assert "Your voice is added" in done.content.decode()


def test_a_theme_names_its_cases_and_an_agency(as_, people):
    for ref in ("C-1", "C-2"):
        receive(record=concern(ref, child=ref), by=people.rosa, now=now())
    rosa = as_("rosa")
    assert rosa.get("/duties/several").status_code == 200
    given = {"agency": "social_care", "words": "each was closed without a visit", "references": "D-1"}
    assert rosa.post("/duties/several", given).status_code == 422
    named = " ".join(Duty.objects.values_list("reference", flat=True))
    done = rosa.post("/duties/several", given | {"references": named}, follow=True)
    assert "Raised. The line managers of that agency" in done.content.decode()


def test_a_duty_that_is_hidden_is_answered_like_one_that_is_not_there(as_, grave):
    given = {"agency": "social_care", "words": "each was closed without a visit"}
    hidden = Duty.objects.get().reference
    told = []
    for named in (hidden, f"{hidden}0"):
        answer = as_("carl").post("/duties/several", given | {"references": f"{named} D-888888"})
        told.append(re.sub(rf"{named}\b", "it", answer.context["refusal"]))
    assert told[0] == told[1]
    assert "You see no duty" in told[0]
    assert Entry.objects.filter(kind="refusal", subject="duty:unknown").count() == 2
    assert not Entry.objects.filter(subject="duties:named").exists()


def test_reading_and_saving_change_no_duty(as_, grave):
    before = Duty.objects.values().get()
    for who in ("sam", "lena", "rosa"):
        as_(who).get(grave)
        as_(who).get("/")
        as_(who).post(f"{grave}/answer", {"answer-reason": WHY})
    assert Duty.objects.values().get() == before
