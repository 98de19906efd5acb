"""Words from others on a page: text stays text, and reads in the order in which it stands."""

import pytest
from django.template import Context, Template

from heed.web.presenters.shown import BIDI_CONTROLS, shown

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "' onfocus='alert(1)' autofocus='",
    "[click](javascript:alert(1))",
    "{{ 7|add:7 }}{% debug %}",
    "</textarea><script>alert(1)</script>",
]


@pytest.mark.parametrize("control", sorted(BIDI_CONTROLS))
def test_nothing_turns_the_direction_of_reading(control):
    assert shown(f"Ayla{control}hsraM") == "AylahsraM"


def test_lines_stay_lines_and_other_controls_go():
    assert shown("one\r\ntwo\rthree\x00\x1b[31m\x9b") == "one\ntwo\nthree[31m"


def test_letters_of_every_script_stay():
    assert shown("Siân Llŷr, Ольга, שירה, 李") == "Siân Llŷr, Ольга, שירה, 李"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_shown_as_the_characters_it_is(payload):
    page = Template("{% load heed %}<p>{{ words|as_written }}</p>").render(Context({"words": payload}))
    inside = page.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in inside
    assert '"' not in inside
    assert "'" not in inside


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_stays_text_on_every_page_that_shows_it(as_, payload):
    rosa, sam = as_("rosa"), as_("sam")
    page = {
        "token": "0" * 32,
        "text": payload,
        "source": "saw",
        "danger": "no",
        "when": "today",
        "vehicle": payload,
    }
    kept = rosa.post("/concerns/new", page | {"source": "", "child_name": payload})
    saved = rosa.post("/concerns/new", page | {"child_name": payload, "child_words": payload})
    receipt = rosa.get(saved.url)
    duty = f"/duties/{receipt.context['page'].duties[0].reference}"
    reason = {"answer-decision": "child_seen", "answer-reason": f"{payload} so we went"}
    sam.post(f"{duty}/answer", reason)
    for response in (kept, receipt, rosa.get("/"), sam.get("/"), sam.get(duty), rosa.get(duty)):
        text = response.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg/" not in text
        assert "onfocus='alert" not in text
