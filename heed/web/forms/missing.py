"""Forms of a missing episode: report, grade anew, picture for the next shift, return.

Each is one page that works without a script, and each save is one entry. A grade below the known facts asks for a
reason of its own.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from heed.casework.policy import policy
from heed.casework.policy.missing import missing_rules
from heed.core.language.spoken import says_something
from heed.web.forms.concern import TOKEN
from heed.web.forms.there import FORMATS

LONGEST, LINE = 20_000, 200
LONDON = ZoneInfo("Europe/London")
AHEAD = timedelta(minutes=5)
"""How far a clock at a desk may be ahead of ours."""
NEVER = "never_reported"
CATEGORIES = {
    "missing": "Missing: nobody knows where",
    "away_without_authorisation": "Away without authorisation: it is known where, and that is not agreed",
    "absent": "Absent, as our procedure calls it",
    NEVER: "Was away and is back, and nobody reported it then",
}
RISKS = {
    "high": "High: serious harm is very likely",
    "medium": "Medium: harm is likely, but not serious",
    "low": "Low: harm is possible, but minimal",
    "no_apparent_risk": "No apparent risk that anybody knows of",
}
FROM = {
    "childrens_home": "A children’s home",
    "foster_home": "A foster home",
    "home": "The family’s home",
    "school": "School",
    "hospital": "Hospital",
    "other": "Somewhere else",
}


BROUGHT = "One on each line, by name or nickname; not the police, a carer or a professional."


def words(label: str, hint: str = "", required: str = "") -> forms.CharField:
    """A question answered in sentences."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(required), max_length=LONGEST, widget=forms.Textarea,
        error_messages={"required": required},
    )  # fmt: skip


def line(label: str, hint: str = "", required: str = "") -> forms.CharField:
    """A question answered on one line."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(required), max_length=LINE, error_messages={"required": required}
    )  # fmt: skip


def moment(label: str, hint: str, required: str = "") -> forms.DateTimeField:
    """A day and an hour, in London's time."""
    return forms.DateTimeField(
        label=label, help_text=hint, required=bool(required), input_formats=FORMATS,
        error_messages={"required": required, "invalid": "Write it as 14 12 2026 22:30"},
    )  # fmt: skip


def choice(
    label: str, options: Iterable[tuple[str, str]], required: str, hint: str = ""
) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=list(options), widget=forms.RadioSelect,
        error_messages={"required": required},
    )  # fmt: skip


class EntryForm(forms.Form):
    """What every entry of an episode has. `now` is the instant at which it is filled in."""

    token = forms.RegexField(TOKEN, widget=forms.HiddenInput)
    after = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def own_words(self) -> None:
        """A mark that fills the box is not what a child said."""
        given = self.cleaned_data.get("child_words", "").strip()
        if given and not says_something(given):
            self.add_error("child_words", "Those are no words: write what the child said, or leave it empty")

    def not_later(self, name: str, fault: str) -> None:
        """An instant that has not come yet is a slip of the pen."""
        given = self.cleaned_data.get(name)
        if given and given > self.now + AHEAD:
            self.add_error(name, fault)


class GradedForm(EntryForm):
    """An entry that grades the risk. `weighty` facts that speak against a low level ask for a reason of their own."""

    category = choice("How is it recorded?", CATEGORIES.items(), "Say how it is recorded")
    risk = choice(
        "How great is the risk?", RISKS.items(), "Say how great the risk is",
        "Look at what is known, beside this question, before you answer.",
    )  # fmt: skip
    risk_reason = words(
        "Why this level?", "What you know, who told you and when. Whoever comes on next reads this.",
        "Say why: a level without its reason is not saved",
    )  # fmt: skip
    despite = words(
        "Why is the level low although these facts are known?", "Only where you choose low or no apparent risk.",
    )  # fmt: skip

    def __init__(self, *args: Any, weighty: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weighty = weighty
        if not weighty:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """A level with its reason; one below the facts with a second."""
        answers: dict[str, Any] = super().clean() or {}
        least = policy().duties.reason_characters
        if answers.get("risk_reason") and len(answers["risk_reason"]) < least:
            self.add_error("risk_reason", f"Say why in at least {least} characters")
        low = answers.get("risk") in missing_rules().low_risks
        if self.weighty and low and len(answers.get("despite", "")) < least:
            self.add_error("despite", "The facts speak for a higher level: say why it is low all the same")
        return answers


class ReportForm(GradedForm):
    """A report. Without a page of the child, the form also asks who it is."""

    child_name = line(
        "The child’s name", "As you know it.", "Enter the child’s name, or what the child is called"
    )
    child_ref = line("Your agency’s reference", "If you have one.")
    child_age = line("Date of birth, or age", "11 2 2012, or about 14.")
    since = moment(
        "Since when is the child away?",
        "Last seen, or not there when expected. For example 14 12 2026 22:30.",
        "Say since when",
    )
    until = moment("When was the child back?", "Only where the child was away and is back.")
    missing_from = choice("Away from where?", FROM.items(), "Say from where the child is away")
    last_seen = words("Who saw the child last, where and doing what?")
    wearing = words("What is the child wearing, and carrying?")
    text = words(
        "Why are you worried?", "Is it out of character? What might have happened?", "Say why you are worried"
    )
    done = words("What has been done so far?", "Whom you rang, where you looked, and when.")
    with_children = words("Other children who may be with the child", "One on each line.")
    adults = words("Adults the child may be with", "One on each line, nicknames too.")
    vehicle = line("Vehicle", "Registration, or what it looked like.")
    placed_by = line("Placed here by another area? Which?", "Both areas are responsible, and both are told.")
    living_in = line("Lives in another area now? Which?")

    another = forms.BooleanField(
        label="This is another episode, and not the one that goes on",
        error_messages={"required": "Write in the episode that goes on, or say that this is another one"},
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool, another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not another:
            del self.fields["another"]
        if known:
            for name in ("child_name", "child_ref", "child_age"):
                del self.fields[name]

    def clean_child_ref(self) -> str:
        """One line, as references are."""
        return re.sub(r"\s+", " ", self.cleaned_data["child_ref"]).strip()

    def clean(self) -> dict[str, Any]:
        """Times in their order; what nobody reported then has a return."""
        answers = super().clean()
        self.not_later("since", "That is still to come: say since when the child has been away")
        self.not_later("until", "That is still to come: leave it empty while the child is away")
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "The child cannot be back before going: look at both times")
        if answers.get("category") == NEVER and not until and "until" not in self.errors:
            self.add_error(
                "until", "Say when the child was back: an episode that goes on is reported as missing now"
            )
        return answers


class GradeForm(GradedForm):
    """The risk looked at again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options: Any = self.fields["category"]
        options.choices = [(code, said) for code, said in CATEGORIES.items() if code != NEVER]


class PictureForm(EntryForm):
    """How things stand for whoever comes on next, and to whom the episode is handed."""

    words = words(
        "The picture now", "What is known, what has been tried, what is next. It stands at the head of the episode.",
        "Write how things stand",
    )  # fmt: skip
    hand_to = forms.TypedChoiceField(
        label="Hand it over to", coerce=int, required=False, empty_value=None,
        help_text="Only if you hold the episode. It stays with you until they take it on.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options: Any = self.fields["hand_to"]
        options.choices = [("", "Nobody: I keep it"), *people]


class ReturnForm(EntryForm):
    """The child is back: when, where found, with whom, by whom, in what state."""

    back = moment("When was the child back?", "For example 15 12 2026 06:30.", "Say when the child was back")
    place = line("Found where?", "An address, or a description.")
    postcode = line("Postcode", "If you know it.")
    found_by = line(
        "Found by whom?",
        "For example a patrol, a carer; or came back alone.",
        "Say by whom, or that the child came back alone",
    )
    brought_by = words("Adults who found or brought the child", BROUGHT)
    with_children = words("With which other children?", "One on each line.")
    adults = words("With which adults?", "One on each line, nicknames too.")
    vehicle = line("Vehicle", "Registration, or what it looked like.")
    phone = line("Phone number", "Seen in use, or given to the child.")
    state = words(
        "How was the child?",
        "What you saw: clothes, health, mood, things that were not there before.",
        "Say how the child was: “safe and well” says nothing",
    )
    harmed = choice(
        "Is there a sign of harm, or did the child tell of any?",
        (("yes", "Yes"), ("no", "No, or not yet known")),
        "Say whether there is a sign of harm",
    )
    child_words = words("The child’s own words", "Exactly as said. Nobody will change them.")

    def __init__(self, *args: Any, began: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began = began

    def clean(self) -> dict[str, Any]:
        """Back after going, and not in the future."""
        answers: dict[str, Any] = super().clean() or {}
        self.own_words()
        self.not_later("back", "That is still to come: write the return once the child is back")
        if answers.get("back") and answers["back"] < self.began:
            self.add_error("back", "That is before the episode began: look at the time")
        return answers
