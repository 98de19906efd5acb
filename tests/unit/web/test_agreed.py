"""What Heed read in a text, on the receipt and on the record: one key each, for whoever may see the record."""

from heed.casework.models import Agreement, Record
from tests.unit.web.test_prompts import filled_in

TEXT = "A car, reg ZZ51 ABC, waited. <b>The man</b> is known as Taz."


def test_shown_after_saving_each_with_its_words_and_the_rule(as_):
    rosa = as_("rosa")
    page = rosa.post("/concerns/new", filled_in(text=TEXT), follow=True)
    shown = page.context["read"]
    assert [(each.kind, each.words) for each in shown.lines] == [
        ("Vehicle", "ZZ51 ABC"),
        ("Nickname of an adult", "Taz"),
    ]
    assert shown.left == 2
    text = page.content.decode()
    assert "characters 12 to 19" in text
    assert "just before" in text
    assert "<b>The man" not in text


def test_one_button_agrees_and_leads_to_the_next(as_):
    rosa = as_("rosa")
    saved = rosa.post("/concerns/new", filled_in(text=TEXT)).url
    seq, key = saved.rsplit("/", 1)[1], Record.objects.system("a test").get().pk
    page = rosa.post(f"/records/{key}/named", {"agree": "text@11", "receipt": seq}, follow=True)
    assert page.redirect_chain[0][0] == f"{saved}?answered=1"
    assert [each.said for each in page.context["read"].lines] == ["Agreed by Rosa Bell", ""]
    assert page.content.decode().count("autofocus") == 1
    rosa.post(f"/records/{key}/named", {"decline": f"text@{TEXT.index('Taz')}"})
    assert list(Agreement.objects.values_list("kind", "said").order_by("pk")) == [
        ("vehicle", "agreed"),
        ("nickname", "declined"),
    ]


def test_what_is_not_read_is_answered_in_words(as_):
    rosa = as_("rosa")
    rosa.post("/concerns/new", filled_in(text=TEXT))
    key = Record.objects.system("a test").get().pk
    page = rosa.post(f"/records/{key}/named", {"agree": "text@3"}, follow=True)
    assert "not among what Heed reads" in page.content.decode()
    assert not Agreement.objects.exists()


def test_whoever_may_not_see_the_record_finds_nothing(as_):
    as_("rosa").post("/concerns/new", filled_in(text=TEXT))
    key = Record.objects.system("a test").get().pk
    carl = as_("carl")
    assert carl.get(f"/records/{key}/named").status_code == 404
    assert carl.post(f"/records/{key}/named", {"agree": "text@11"}).status_code == 404
    assert carl.get("/records/999/named").status_code == 404
    assert not Agreement.objects.exists()


def test_a_text_that_names_nothing_says_that_this_means_little(as_):
    rosa = as_("rosa")
    page = rosa.post("/concerns/new", filled_in(text="She was upset."), follow=True)
    assert page.context["read"] is None
    key = Record.objects.system("a test").get().pk
    assert "does not mean that none is there" in rosa.get(f"/records/{key}/named").content.decode()
