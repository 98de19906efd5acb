"""Opening a child's records in an emergency, and reviewing that somebody did."""

from collections.abc import Mapping
from typing import Any

from django import forms

from heed.web.forms.verdict import LEAST

LONGEST = 2000
_TOO_LONG = f"Shorten it to {LONGEST:,} characters"


class OpenGlassForm(forms.Form):
    """Why. Everybody who works with the child is told, and somebody of another agency reads it."""

    ground = forms.ChoiceField(
        label="What is happening?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what is happening"},
    )
    reason = forms.CharField(
        label="Why do you need to see more, now?",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": "Say why you need to see more", "max_length": _TOO_LONG},
    )

    def __init__(self, *args: Any, grounds: Mapping[str, str], least: int) -> None:
        super().__init__(*args)
        fields: Any = self.fields
        fields["ground"].choices = list(grounds.items())
        fields[
            "reason"
        ].help_text = (
            f"At least {least} characters. It is kept, and read by whoever reviews it. Name no child."
        )
        self.least = least

    def clean_reason(self) -> str:
        """Words that explain nothing are refused where they stand."""
        words = str(self.cleaned_data["reason"]).strip()
        if len(words) < self.least:
            raise forms.ValidationError(f"Say why in at least {self.least} characters")
        return words


class ReviewGlassForm(forms.Form):
    """What whoever reviews it found."""

    justified = forms.ChoiceField(
        label="Was it justified?",
        choices=[
            ("yes", "Yes: it was an emergency, and what was opened was needed"),
            ("no", "No, or not all of it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was justified"},
    )
    words = forms.CharField(
        label="How do you know?",
        help_text="What you checked, and with whom. Whoever opened it reads this. Name no child.",
        min_length=LEAST,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": "Say how you know",
            "min_length": f"Say how you know in at least {LEAST} characters",
            "max_length": _TOO_LONG,
        },
    )
