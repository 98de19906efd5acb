"""Prompts on words: they suggest and explain, never block, never rewrite; what became of them is counted."""

import json
import re
from uuid import uuid4

from heed.casework.commands.words import command
from heed.casework.models import Entry, Record, WordingChoice
from tests.unit.commands.running import run

TEXT = "She absconded at ten. She is promiscuous. She said “I am naughty”."


def filled_in(**more) -> dict[str, str]:
    return {"token": uuid4().hex, "text": TEXT, "source": "saw", "danger": "no", "when": "today", **more}


def chosen() -> list[tuple[str, str, str, str]]:
    rows = WordingChoice.objects.order_by("pk")
    return list(rows.values_list("agency_id", "pair", "choice", "why"))


def test_a_pause_answers_with_the_phrases_outside_quotation(as_):
    page = as_("rosa").post("/concerns/pause", filled_in()).content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", page) == ["absconded", "promiscuous"]
    assert "Write “went missing”" in page
    assert 'type="button"' in page


def test_a_pause_signed_out_says_nothing_of_the_words(client, db):
    answer = client.post("/concerns/pause", filled_in(), headers={"host": "localhost"})
    assert (answer.status_code, answer.content) == (403, b"")


def test_saving_is_never_in_the_way(as_):
    assert as_("rosa").post("/concerns/new", filled_in()).status_code == 302
    assert chosen() == []


def test_checking_first_saves_nothing_and_keeps_every_answer(as_):
    page = as_("rosa").post("/concerns/new", filled_in(step="check", child_name="Ayla Marsh"))
    assert page.status_code == 200
    assert page.context["form"]["child_name"].value() == "Ayla Marsh"
    assert [each.words for each in page.context["prompts"]] == ["absconded", "promiscuous"]
    assert not Record.objects.system("a test counts").exists()


def test_an_alternative_taken_and_own_words_kept_with_a_reason_are_counted_with_the_record(as_):
    rosa, sent = as_("rosa"), filled_in()
    page = rosa.post("/concerns/new", sent | {"take": "4:absconded"})
    sent |= {name: page.context["form"][name].value() for name in ("text", "wording")}
    assert sent["text"].startswith("She went missing at ten.")
    page = rosa.post("/concerns/new", sent | {"keep": "promiscuous", "why-promiscuous": "quoted"})
    assert page.context["prompts"] == []
    sent["wording"] = page.context["form"]["wording"].value()
    first, second = rosa.post("/concerns/new", sent), rosa.post("/concerns/new", sent)
    assert first.url == second.url
    assert chosen() == [("school", "absconded", "accepted", ""), ("school", "promiscuous", "kept", "quoted")]
    told = Entry.objects.get(kind="wording").body.text
    assert "went missing" not in told
    assert "quoted" in told


def test_an_answer_sent_by_hand_that_policy_does_not_know_counts_nothing(as_):
    odd = "nothing=accepted promiscuous=kept:because absconded=burned <script>=kept " + "x" * 90
    as_("rosa").post("/concerns/new", filled_in(wording=odd))
    assert chosen() == [("school", "promiscuous", "kept", "")]


def test_a_phrase_that_is_not_there_any_more_changes_nothing(as_):
    page = as_("rosa").post("/concerns/new", filled_in(take="7:absconded"))
    assert page.context["form"]["text"].value() == TEXT
    assert page.context["form"]["wording"].value() == ""


def test_going_back_keeps_every_answer(as_):
    page = as_("rosa").post("/concerns/new", filled_in(step="edit", child_name="Ayla Marsh"))
    assert "Raise a concern" in page.content.decode()
    assert page.context["form"]["child_name"].value() == "Ayla Marsh"


def test_the_command_counts_by_agency_and_pair(as_):
    as_("rosa").post("/concerns/new", filled_in(wording="absconded=accepted absconded=kept:exact"))
    as_("sam").post("/concerns/new", filled_in(wording="absconded=accepted"))
    ran = run(command, "--json")
    assert [json.loads(line) for line in ran.out.splitlines()] == [
        {"agency": agency, "language": "en", "pair": "absconded", "choice": choice, "why": why, "count": 1}
        for agency, choice, why in [
            ("school", "accepted", ""),
            ("school", "kept", "exact"),
            ("social_care", "accepted", ""),
        ]
    ]
    assert len(run(command, "--agency", "school").out.splitlines()) == 2
