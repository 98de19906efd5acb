"""What somebody says of a sampled pair, without knowing what the model says."""

from typing import Any

from django import forms

from heed.web.forms.verdict import LEAST


class SampledForm(forms.Form):
    """The word; a reason where they like, or where it is to be a verdict as well."""

    word = forms.ChoiceField(
        label="Are they the same person?",
        choices=[
            ("same", "The same person"),
            ("different", "Different people"),
            ("cannot_tell", "I cannot tell"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether they are the same person, different people, or that you cannot tell"
        },
    )
    reason = forms.CharField(
        label="How do you know?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "Shorten the reason to 2,000 characters"},
    )
    verdict = forms.BooleanField(
        label="Keep this as my verdict on the link as well",
        required=False,
        help_text="Without this nothing moves: your word is counted, and the files stay as they are linked.",
    )

    def clean(self) -> dict[str, Any]:
        """A verdict needs its reason."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("verdict") and len((told.get("reason") or "").strip()) < LEAST:
            self.add_error("reason", f"A verdict needs your reason, in at least {LEAST} characters")
        return told
