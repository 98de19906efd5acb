"""The concern form: one page, most of it optional, saved in under a minute.

Field names as they are posted (POST /concerns/new; the answer to a save is 302 to /concerns/saved/<receipt>):

  token            hidden; 32 hexadecimal letters, made when the page is opened. The record's reference is CON-<token>:
                   the same page sent twice is saved once
  text             what was seen, heard or told (required)
  source           saw | child | other | rumour (required)
  danger           yes | no: is a child in danger now (required)
  child_name       the name as known           child_age    "14", "about 14", or a date of birth
  child_ref        our reference               child_words  the child's own words
  other_children   one a line                  adults       adults or nicknames, one a line
  vehicle          registration or description phone        a phone number
  place            an address or description   postcode
  when             today | yesterday | earlier; earlier takes when_day, when_month, when_year (day and month optional)
  told             who else has been told        tried        what was tried already
  pasted           an e-mail, note or message as it is, with pasted_from and pasted_when
  share0_agency …  with whom it is shared and on what basis (heed.web.forms.sharing)
  wording          hidden; what became of the prompts on words (heed.web.forms.wording)
  step             which button: none to save, check to look at it first, edit to go back;
                   later to keep a draft; take=<start>:<pair> and keep=<pair> answer a prompt;
                   same=<reference> says which child of one's own agency it is
"""

import re
import uuid
from datetime import date
from typing import Any

from django import forms

from heed.web.forms import sharing
from heed.web.forms.rough_dates import rough_date

SOURCES = {
    "saw": "I saw or heard it myself",
    "child": "The child told me",
    "other": "Someone else told me",
    "rumour": "It is a rumour, I cannot say where it began",
}
WHEN = {"today": "Today", "yesterday": "Yesterday", "earlier": "Earlier, or roughly"}
DANGER = {"yes": "Yes", "no": "No, or not that I know of"}
LONGEST = 200
TOKEN = re.compile(r"^[0-9a-f]{32}$")


def new_token() -> str:
    """The mark of one opened page."""
    return uuid.uuid4().hex


def _lines(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=5000, widget=forms.Textarea
    )


def _words(label: str, hint: str = "", **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST, widget=forms.TextInput(attrs=attrs)
    )


class FindForm(forms.Form):
    """Whether a child is known already, before anything is written."""

    child_name = _words("The child’s name, as you know it")
    child_age = _words("Date of birth", "11 2 2012, or only the month or the year.")
    child_ref = _words("Your agency’s reference", "If you have one.")

    def clean(self) -> dict[str, Any]:
        """At least one of the three."""
        answers: dict[str, Any] = super().clean() or {}
        if not any(answers.values()):
            self.add_error("child_name", "Enter a name, a date of birth or a reference")
        return answers


class ConcernForm(forms.Form):
    """What somebody saw, heard or was told. `today` is the day on which it is filled in, in London."""

    token = forms.RegexField(TOKEN, widget=forms.HiddenInput)
    text = forms.CharField(
        label="What did you see, hear or were you told?",
        help_text="Say what happened, in plain words. You do not need to be sure, and you do not need to prove it.",
        max_length=1_000_000,
        widget=forms.Textarea,
        error_messages={"required": "Say what you saw, heard or were told"},
    )
    source = forms.ChoiceField(
        label="How do you know?",
        choices=SOURCES.items(),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say how you know: you saw it, the child told you, someone else did, or a rumour"
        },
    )
    danger = forms.ChoiceField(
        label="Is a child in danger now?",
        help_text="If yes, call 999 first. Then write it here.",
        choices=DANGER.items(),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether a child is in danger now"},
    )
    child_name = _words("The child’s name, as you know it", "Leave it empty if you do not know it.")
    child_age = _words("Age or date of birth", "14, or 11 2 2012.")
    child_ref = _words("I know them as", "Your agency’s reference for this child.")
    child_words = _lines("The child’s own words", "Exactly as they said them. Nobody will change them.")
    other_children = _lines("Other children there or named", "One on each line.")
    adults = _lines("Adults there or named", "One on each line, nicknames too.")
    vehicle = _words("Vehicle", "Registration, or what it looked like.")
    phone = _words("Phone number", "Seen in use, or given to the child.")
    place = _words("Where did it happen?", "An address, or a description.")
    postcode = _words("Postcode", "If you know it.")
    when = forms.ChoiceField(
        label="When did it happen?", choices=WHEN.items(), initial="today", widget=forms.RadioSelect
    )
    when_day = _words("Day")
    when_month = _words("Month")
    when_year = _words("Year")
    told = _words("Who else have you told?", "For example, the duty sergeant, or a head teacher.")
    tried = _lines("What has been tried already?", "By whom, and what came of it.")
    pasted = forms.CharField(
        label="Paste an e-mail, note or message as it is",
        help_text="It is kept word for word, apart from your own words, and nobody will change it.",
        required=False,
        strip=False,
        max_length=500_000,
        widget=forms.Textarea,
    )
    pasted_from = _words("Who wrote it?", "As it says, or as you know.")
    pasted_when = _words("When was it written?", "As it says, or roughly.")
    wording = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.happened = ""
        sharing.add_fields(self)

    def clean(self) -> dict[str, Any]:
        """Hold the date's three parts and the choice of when against each other."""
        answers: dict[str, Any] = super().clean() or {}
        sharing.check(self, answers)
        parts = [answers.get(f"when_{part}", "").strip() for part in ("day", "month", "year")]
        if answers.get("when") != "earlier":
            if any(parts):
                self.add_error(
                    "when_day",
                    "You gave a date but also said today or yesterday. Choose “Earlier, or roughly”, or empty the date",
                )
            return answers
        try:
            self.happened = rough_date(*parts, latest=self.today)
        except ValueError as fault:
            self.add_error("when_day", str(fault))
        return answers

    def clean_child_ref(self) -> str:
        """One line, as references are."""
        return re.sub(r"\s+", " ", self.cleaned_data["child_ref"]).strip()
