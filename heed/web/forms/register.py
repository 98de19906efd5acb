"""What is written on the register: a watch, a visit, a review, and everything planned. Choices come from policy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from heed.core.duty.moves import Level
from heed.core.register.grading import HANDLING, INFORMATION, SOURCE
from heed.core.register.seeing import ALONE_OR_NOT

LONGEST = 4000
DAYS = ["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
LEVELS = [
    (str(Level.HIGH), "High: serious harm is feared"),
    (str(Level.USUAL), "Usual: harm is feared"),
]
type Choices = Iterable[tuple[Any, str]]


def _words(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    """Some lines of words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": f"{label.rstrip('?')}: this cannot be left empty"},
    )


def _line(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    """One line of words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=200,
        error_messages={"required": f"{label.rstrip('?')}: this cannot be left empty"},
    )


def _day(label: str, hint: str = "For example 14 12 2026.", *, required: bool = True) -> forms.DateField:
    """A day, written in one box."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        input_formats=DAYS,
        error_messages={
            "required": f"{label.rstrip('?')}: enter a day such as 14 12 2026",
            "invalid": "Write the day as 14 12 2026",
        },
    )


def _chosen(label: str, choices: Choices, *, required: bool = True, hint: str = "") -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": f"{label.rstrip('?')}: choose one"},
    )


class RegisterForm(forms.Form):
    """A form whose choices are given with it: `people` who can be named, `measures` and `how` by code."""

    def __init__(
        self,
        *args: Any,
        people: Choices = (),
        measures: Mapping[str, str] | None = None,
        how: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[Any, str]]] = {
            "owner": [("", "Choose a person"), *people],
            "measure": list((measures or {}).items()),
            "used": list((measures or {}).items()),
            "how": list((how or {}).items()),
        }
        for name, choices in offered.items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]


def _owner(label: str) -> forms.TypedChoiceField:
    """A named person."""
    return forms.TypedChoiceField(
        label=label, coerce=int, error_messages={"required": f"{label.rstrip('?')}: choose a person"}
    )


class WatchForm(RegisterForm):
    """What a watch is for. A watch without these is a word."""

    why = _words("Why is the child watched?", "What is feared, and what it rests on.")
    look_for = _words("What is to be looked for?", "What whoever sees the child asks and notices.")
    stop_when = _words(
        "When can it stop?",
        "What has to be so. Watching less, or no more, takes a second person of another agency.",
    )
    level = _chosen("How much harm is feared?", LEVELS)
    every_days = forms.IntegerField(
        label="At the latest every how many days is the child seen?",
        min_value=1,
        error_messages={
            "required": "Enter a number of days",
            "invalid": "Enter a number of days",
            "min_value": "At least 1",
        },
    )
    owner = _owner("Who watches?")
    role = _line("In which role?", "For example social worker, school nurse.")


class ChangeForm(WatchForm):
    """The same for a watch that is there: closer, by somebody else, for something else."""

    words = _words("What has changed?")


class SeenForm(RegisterForm):
    """A visit. Nothing here is required by the browser: what is missing is said all at once, and not saved."""

    who = _line("Who saw the child?", required=False)
    on = _day("On which day?", required=False)
    how = _chosen(
        "How?", [], required=False, hint="A telephone call, or somebody else's word, is not seeing."
    )
    alone = _chosen("Was the child seen alone?", ALONE_OR_NOT.items(), required=False)
    who_else = _line("If not alone: who was there, and why?", required=False)
    words = _words(
        "The child's own words",
        "As they were said. If the child did not speak, what the child showed.",
        required=False,
    )
    noted = _words("What else was seen or heard? (optional)", required=False)


class LessForm(RegisterForm):
    """What a second person of another agency is asked."""

    leaves = _chosen(
        "What do you ask for?", [("less", "To watch the child less"), ("stop", "To stop watching the child")]
    )
    level = _chosen("If less: at which level?", LEVELS, required=False)
    every_days = forms.IntegerField(
        label="If less: every how many days?",
        required=False,
        min_value=1,
        error_messages={"invalid": "Enter a number of days", "min_value": "At least 1"},
    )
    changed = _words("What has changed for the child?", "A second person, of another agency, reads this.")
    recheck_on = _day(
        "On which day is this looked at again?", "For example 14 12 2026. On that day it is owed anew."
    )

    def clean(self) -> dict[str, Any]:
        """To watch less says how much less."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("leaves") == "less" and not (data.get("level") and data.get("every_days")):
            raise forms.ValidationError("To watch the child less, say at which level and every how many days")
        return data


class GradedForm(RegisterForm):
    """Source, information and handling, each by itself."""

    source = _chosen("How good is the source?", SOURCE.items())
    information = _chosen("How does the source know it?", INFORMATION.items())
    handling = _chosen("How may it be handled?", HANDLING.items())


class SubjectForm(GradedForm):
    """Why a person of concern or a place gets a page."""

    why = _words("Why is it registered?", "What is feared, and for whom. Unproven: say what it rests on.")
    field_order = ("why", "source", "information", "handling")


class ReviewForm(GradedForm):
    """Kept for a reason, or weeded."""

    keep = _chosen(
        "What have you decided?",
        [("keep", "Keep it on the register"), ("weed", "Weed it: there is no reason to keep it")],
    )
    words = _words("Why?")
    field_order = ("keep", "words", "source", "information", "handling")


class ConsiderForm(RegisterForm):
    """Disruption considered: which, why not."""

    used = forms.MultipleChoiceField(
        label="Which measures are to be used?",
        help_text="Choose none where none is to be used, and say why below.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why_not = _words("Why these, and why not the others?")


class ActionForm(RegisterForm):
    """What somebody is to do by a day."""

    what = _words("What is to be done?")
    owner = _owner("Who does it?")
    due_on = _day("By which day?")


class DoneForm(RegisterForm):
    """What was done."""

    words = _words("What was done?", "And where that can be seen.")


class MeetingForm(RegisterForm):
    """A meeting."""

    what = _words("What is the meeting for?")
    invited = _words("Who is invited?", "Also whoever brought it: they present the child.")
    on = _day("On which day?")
    owner = _owner("Who writes the minutes?")


class PutOffForm(RegisterForm):
    """Another day."""

    on = _day("On which day instead?")
    words = _words("Why?")
    not_held = forms.BooleanField(
        label="Its day has passed, and the meeting was not held",
        help_text="If it was held, write its minutes instead.",
        required=False,
    )


class MinutesForm(RegisterForm):
    """What was said and decided."""

    on = _day("On which day was it held?")
    present = _words("Who was there?")
    minutes = _words("What was said and decided?", "Also who did not agree, and why.")


class MeasureForm(RegisterForm):
    """A notice, an order, a licence."""

    measure = _chosen("Which measure?", [])
    words = _words("Against whom or what, and by whose authority?")
    expires_on = _day("Until when is it in force?")
    owner = _owner("Who sees to it?")


class RenewForm(RegisterForm):
    """In force longer."""

    expires_on = _day("Until when is it in force?")
    words = _words("By whose authority?")


class WhyForm(RegisterForm):
    """Words alone."""

    words = _words("What happened, and who knows?", "Say it as exactly as you can.")


class AskForm(RegisterForm):
    """What a second person of another agency can hold it against, and when it is looked at again."""

    words = _words(
        "What is there to show?", "A second person, of another agency, reads this and agrees or does not."
    )
    recheck_on = _day(
        "On which day is this looked at again?", "For example 14 12 2026. On that day it is owed anew."
    )


class RecommendForm(RegisterForm):
    """A recommendation of a review."""

    what = _words("What is recommended?")
    source = _line("By which review?")
    owner = _owner("Who carries it out?")
    due_on = _day("By which day?")
