"""Drafts: kept at every step and pause, sealed, for their writer alone; gone when sent, thrown away or too old."""

from datetime import timedelta

from heed.casework.doors.drafts import mine
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Draft, Entry, Record
from tests.unit.web.test_prompts import TEXT, filled_in


def test_a_pause_keeps_the_page_and_says_when(as_):
    rosa = as_("rosa")
    answer = rosa.post("/concerns/pause", filled_in(child_name="Ayla Marsh"))
    assert len(answer["X-Kept"]) == len("12:04")
    (row,) = Draft.objects.all()
    assert b"Ayla" not in bytes(row.content)
    assert b"absconded" not in bytes(row.content)
    assert not Record.objects.system("a test counts").exists()


def test_every_later_pause_keeps_the_same_page_anew(as_):
    rosa, page = as_("rosa"), filled_in()
    for words in ("One.", "One. Two."):
        rosa.post("/concerns/pause", page | {"text": words})
    assert Draft.objects.count() == 1
    assert rosa.get(f"/concerns/drafts/{page['token']}").context["form"]["text"].value() == "One. Two."


def test_an_empty_page_is_not_kept(as_):
    answer = as_("rosa").post("/concerns/pause", filled_in(text=" "))
    assert "X-Kept" not in answer.headers
    assert not Draft.objects.exists()


def test_whatever_was_written_is_kept_not_only_the_story(as_):
    rosa = as_("rosa")
    for name in ("vehicle", "phone", "postcode", "told", "child_age", "when_day", "share0_reason"):
        rosa.post("/concerns/pause", filled_in(text="", **{name: "what I know"}))
    assert Draft.objects.count() == 7


def test_choosing_is_not_writing_and_the_page_says_that_nothing_is_kept(as_):
    page = as_("rosa").post(
        "/concerns/new", filled_in(text="", share0_basis="vital", wording="x=kept", step="later"), follow=True
    )
    assert "nothing is kept" in page.content.decode()
    assert not Draft.objects.exists()


def test_a_page_sent_back_to_be_mended_is_kept_too(as_):
    for step in ("check", ""):
        as_("rosa").post("/concerns/new", filled_in(source="", step=step))
    assert Draft.objects.count() == 2


def test_without_javascript_every_step_keeps_it_and_it_can_be_carried_on_with(as_):
    rosa, page = as_("rosa"), filled_in(child_name="Ayla Marsh", step="check")
    rosa.post("/concerns/new", page)
    rosa.logout()
    rosa.force_login(Draft.objects.get().owner)
    for address in ("/", "/concerns/new"):
        assert "She absconded at ten." in rosa.get(address).content.decode()
    again = rosa.get(f"/concerns/drafts/{page['token']}")
    form = again.context["form"]
    assert (form["text"].value(), form["child_name"].value()) == (TEXT, "Ayla Marsh")
    assert form["token"].value() == page["token"]
    assert "There is a problem" not in again.content.decode()


def test_keeping_it_for_later_says_that_nobody_has_been_told(as_):
    page = as_("rosa").post(
        "/concerns/new", {**filled_in(step="later"), "source": "", "danger": ""}, follow=True
    )
    assert "nobody has been told" in page.content.decode()
    assert Draft.objects.count() == 1
    assert not Record.objects.system("a test counts").exists()


def test_it_is_gone_when_it_is_sent(as_):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/pause", page)
    rosa.post("/concerns/new", page)
    assert not Draft.objects.exists()
    assert Record.objects.system("a test counts").count() == 1


def test_its_writer_may_throw_it_away_and_nobody_else_sees_or_touches_it(as_):
    rosa, carl, page = as_("rosa"), as_("carl"), filled_in()
    rosa.post("/concerns/pause", page)
    address = f"/concerns/drafts/{page['token']}"
    assert carl.get(address).status_code == 404
    assert carl.post(f"{address}/forget").status_code == 404
    carl.post(f"{address}/forget", {"sure": "yes"})
    assert "absconded" not in carl.get("/").content.decode()
    assert Draft.objects.count() == 1
    assert "Throw this draft away?" in rosa.post(f"{address}/forget").content.decode()
    assert Draft.objects.count() == 1
    rosa.post(f"{address}/forget", {"sure": "yes"})
    assert not Draft.objects.exists()
    assert rosa.get(address).status_code == 404


def test_it_runs_out_and_nothing_of_it_is_in_the_ledger(as_, people):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/pause", page)
    row = Draft.objects.get()
    later = row.saved_at + timedelta(days=15)
    assert mine(viewer=viewer_for(people.rosa, later), now=later) == []
    Draft.objects.update(saved_at=row.saved_at - timedelta(days=15))
    rosa.post("/concerns/pause", filled_in())
    assert Draft.objects.count() == 1
    assert not Entry.objects.filter(subject__contains=page["token"]).exists()


def test_a_draft_moved_to_another_page_or_writer_cannot_be_opened(as_, people):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/pause", page)
    Draft.objects.update(owner=people.carl)
    assert as_("carl").get(f"/concerns/drafts/{page['token']}").status_code == 404


def test_a_pause_that_lands_after_the_save_keeps_nothing_and_says_so(as_):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/new", page)
    late = rosa.post("/concerns/pause", page)
    assert "X-Kept" not in late.headers
    assert late["X-Not-Kept"] == "saved"
    assert not Draft.objects.exists()
    assert "X-Kept" in as_("carl").post("/concerns/pause", page | {"token": "c" * 32}).headers


def test_other_words_on_a_saved_page_are_one_draft_under_the_mark_they_will_be_saved_with(as_):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/new", page)
    again = rosa.post("/concerns/new", page | {"text": "And now she is gone."})
    assert again.status_code == 409
    token = again.context["form"]["token"].value()
    assert list(Draft.objects.values_list("token", flat=True)) == [token]
    rosa.post("/concerns/new", page | {"text": "And now she is gone.", "token": token})
    assert not Draft.objects.exists()


def test_keeping_for_later_on_a_saved_page_is_a_page_of_its_own(as_):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/new", page)
    told = rosa.post("/concerns/new", page | {"text": "And now she is gone.", "step": "later"}, follow=True)
    assert "nobody has been told" in told.content.decode()
    assert Draft.objects.get().token != page["token"]


def test_the_same_words_saved_again_from_a_page_opened_anew_leave_no_draft(as_):
    rosa, page = as_("rosa"), filled_in()
    first = rosa.post("/concerns/new", page)
    anew = page | {"token": "d" * 32}
    rosa.post("/concerns/pause", anew)
    assert Draft.objects.count() == 1
    assert rosa.post("/concerns/new", anew).url == first.url
    assert not Draft.objects.exists()
