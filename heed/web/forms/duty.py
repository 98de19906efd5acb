"""What people do with a duty: answer it, hand it over, disagree. Decisions and lengths come from policy."""

from collections.abc import Iterable
from typing import Any

from django import forms

LONGEST = 20_000


def reason_field(label: str, hint: str, missing: str) -> forms.CharField:
    """A field for why, which is never empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": missing},
    )


def _day(required: bool) -> forms.DateField:
    return forms.DateField(
        label="On which day is this looked at again?",
        help_text="For example 14 12 2026. On that day it is owed anew.",
        required=required,
        input_formats=["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y"],
        error_messages={
            "required": "Say on which day this is looked at again",
            "invalid": "Write the day as 14 12 2026",
        },
    )


class AnswerForm(forms.Form):
    """A decision and its reason. `no further action` is a decision like any other: it has an author and a reason."""

    decision = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you have decided"},
    )
    reason = reason_field(
        "Why?",
        "Whoever raised this will read it, with your name.",
        "Say why: whoever raised this will read it",
    )

    recheck_on = _day(required=False)

    def __init__(self, *args: Any, decisions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = list(decisions)  # type: ignore[attr-defined]  # it is a ChoiceField


class HandOverForm(forms.Form):
    """To whom, and what they should know. Until they take it on, it stays with whoever offers it."""

    to = forms.TypedChoiceField(
        label="To whom?", coerce=int, error_messages={"required": "Choose to whom you offer it"}
    )
    words = forms.CharField(
        label="What should they know?", required=False, max_length=LONGEST, widget=forms.Textarea
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Choose a colleague"), *colleagues]  # type: ignore[attr-defined]


class DisagreeForm(forms.Form):
    """Why the answer is not enough."""

    words = reason_field(
        "Why do you not accept how it stands?",
        "It opens again one rung higher, with a new deadline. Your words and your name are kept.",
        "Say why you do not accept how it stands",
    )


class LowerForm(forms.Form):
    """What has changed for the child, and when somebody looks again."""

    words = reason_field(
        "What has changed for the child?",
        "A second person, of another agency, reads this and agrees or does not. Until then the level stays.",
        "Say what has changed for the child",
    )
    recheck_on = _day(required=True)


class SecondForm(forms.Form):
    """The second person's word."""

    decide = forms.ChoiceField(
        label="Do you agree?",
        choices=[("confirm", "Yes, I agree"), ("decline", "No, I do not agree")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree"},
    )
    words = reason_field("Why?", "What you know yourself. Your name stands beside it.", "Say why")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    """The newest step on the page that they read."""


class JoinForm(forms.Form):
    """What somebody else knows."""

    words = reason_field(
        "What do you know about this?",
        "Your voice is added, and the designated lead of your agency sees this from now on.",
        "Say what you know about this",
    )


class SkipForm(forms.Form):
    """Straight to a higher rung, because a child is in danger now."""

    rung = forms.TypedChoiceField(
        label="To which rung?", coerce=int, error_messages={"required": "Choose a rung"}
    )
    words = reason_field(
        "What is the danger?",
        "An answer is owed within hours, day or night. Call 999 first if you have not.",
        "Say what the danger is",
    )

    def __init__(self, *args: Any, rungs: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = [("", "Choose a rung"), *rungs]  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    """A difference with one agency about several cases."""

    agency = forms.ChoiceField(label="With which agency?", error_messages={"required": "Choose the agency"})
    words = reason_field(
        "What is the same in all of them?",
        "Its line managers owe you an answer for all of them together. Name no child here.",
        "Say what is the same in all of them",
    )
    references = forms.CharField(
        label="Which duties show it?",
        help_text="Two or more references, such as D-17 D-23.",
        max_length=1000,
        error_messages={"required": "Name two or more duties"},
    )

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]
