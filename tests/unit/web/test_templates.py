"""Templates say nothing that the content security policy would block or that lets text become markup."""

import re

import pytest

from tests.house.reading import ROOT

TEMPLATES = sorted((ROOT / "heed" / "web" / "templates").rglob("*.html"))
FORBIDDEN = {
    "an inline style": r"\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline handler": r"\son[a-z]+\s*=",
    "a script in an address": r"javascript:",
    "text let through as markup": r"\|\s*safe\b|autoescape off|safeseq",
    "what helps an attacker": r"{%\s*debug",
    "an address of somebody else": r"(src|href)\s*=\s*\"(https?:)?//",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_holds_no(what, path):
    assert re.findall(FORBIDDEN[what], path.read_text(), re.IGNORECASE) == []


def test_nothing_of_a_child_reaches_the_logs(as_, caplog):
    caplog.set_level("DEBUG")
    rosa, carl = as_("rosa"), as_("carl")
    page = {"token": "0" * 32, "text": "Canaryword waited.", "source": "saw", "danger": "no", "when": "today"}
    rosa.post("/concerns/new", page | {"child_name": "Canarygiven Canaryfamily", "source": ""})
    saved = rosa.post("/concerns/new", page | {"child_name": "Canarygiven Canaryfamily"})
    carl.get(saved.url)
    rosa.get(saved.url)
    rosa.get("/")
    assert "canary" not in caplog.text.lower()
