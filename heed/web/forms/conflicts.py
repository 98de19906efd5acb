"""Recording a conflict of interest, and ending one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from heed.casework.actions.conflicts import LONGEST_REASON, REASON_CHARACTERS

_ERRORS = {
    "required": "Say why",
    "min_length": f"Say why in at least {REASON_CHARACTERS} characters",
    "max_length": f"Shorten it to {LONGEST_REASON:,} characters",
}


def _words(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=REASON_CHARACTERS,
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        error_messages=_ERRORS,
    )


class ConflictForm(forms.Form):
    """Whose, and why."""

    who = forms.TypedChoiceField(
        label="Whose conflict of interest is it?",
        coerce=int,
        error_messages={"required": "Choose whose it is"},
    )
    reason = _words(
        "Why?", "How they stand near to this person. A lead of another agency reads it. Name no child."
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = list(people)  # type: ignore[attr-defined]


class EndConflictForm(forms.Form):
    """Why it is none, or none any more."""

    words = _words("Why does it end?", "What you checked, and with whom. It is kept. Name no child.")
