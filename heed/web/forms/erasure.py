"""Asking for an erasure, and deciding on one."""

from typing import Any

from django import forms

from heed.casework.policy.erasure import erasure_rules
from heed.web.forms.theirs import TheirsForm


class AskForm(TheirsForm):
    """What, by what right, and why. Nothing is erased by it."""

    asked = "What is to be erased?"
    basis = forms.ChoiceField(
        label="By what right?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the legal basis"},
    )
    reason = forms.CharField(
        label="Which order or decision, and of what day?",
        help_text="It is kept. Name no child.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say which order or decision it is"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["basis"].choices = list(erasure_rules().bases.items())

    def clean_reason(self) -> str:
        """Words that name no order are refused where they stand."""
        words: str = self.cleaned_data["reason"].strip()
        least = erasure_rules().reason_characters
        if len(words) < least:
            raise forms.ValidationError(f"Say it in at least {least} characters, with the day of the order")
        return words


class DecideForm(forms.Form):
    """The second person's words: needed to refuse."""

    reason = forms.CharField(
        label="If you do not agree: why?",
        max_length=2000,
        widget=forms.Textarea,
        required=False,
        error_messages={"required": "Say why you do not agree"},
    )
