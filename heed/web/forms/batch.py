"""Releasing or withdrawing a batch: one button each, and why."""

from django import forms


class BatchForm(forms.Form):
    """The reason stays, with the name of whoever decided."""

    reason = forms.CharField(
        label="Why?",
        help_text="What you checked, and with whom. Name no child.",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Give your reason"},
    )
