"""When somebody is away, and when they are on call."""

from collections.abc import Iterable
from typing import Any

from django import forms

from heed.casework.actions.presence import Why
from heed.core.duty.posts import WORDS

WHYS = {Why.SICK: "Ill", Why.LEAVE: "On leave", Why.OFF_DUTY: "Off duty"}
DAYS = ("%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
FORMATS = [f"{day} %H:%M" for day in DAYS] + list(DAYS)


def _moment(label: str, hint: str, missing: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=hint,
        required=bool(missing),
        input_formats=FORMATS,
        error_messages={"required": missing, "invalid": "Write it as 14 12 2026 09:00, or as 14 12 2026"},
    )


class _OfSomebody(forms.Form):
    """Of whom. One choice only where the viewer speaks for nobody else."""

    who = forms.TypedChoiceField(label="Who?", coerce=int, error_messages={"required": "Choose who"})

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(people)
        self.fields["who"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        self.fields["who"].initial = choices[0][0] if choices else None


class AwayForm(_OfSomebody):
    """An absence: why, from when, until when."""

    why = forms.ChoiceField(
        label="Why?",
        choices=list(WHYS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say why: ill, on leave or off duty"},
    )
    since = _moment("From when?", "For example 14 12 2026 09:00. Empty: from now on.")
    until = _moment("Back from when?", "For example 21 12 2026. Empty: nobody knows yet.")


class TurnForm(_OfSomebody):
    """A turn on call."""

    post = forms.ChoiceField(
        label="In which post?",
        choices=[("", "Choose a post"), *((post, words.capitalize()) for post, words in WORDS.items())],
        error_messages={"required": "Choose the post"},
    )
    since = _moment("From when?", "For example 14 12 2026 17:00.", "Say from when")
    until = _moment("Until when?", "For example 15 12 2026 09:00.", "Say until when")
