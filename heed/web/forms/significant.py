"""Calling an event of a chronology significant, or not so any more."""

from django import forms

LONGEST = 2000


class SignificantForm(forms.Form):
    """Whether it was, why, and what was expected at the time."""

    significant = forms.ChoiceField(
        label="Is this a significant event?",
        choices=[("yes", "Yes, it belongs in the chronology of significant events"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is significant"},
    )
    comment = forms.CharField(
        label="Your comment",
        help_text="What a later reader has to know. It stands under your name and the day you wrote it.",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": "Write a comment"},
    )
    practice = forms.CharField(
        label="What practice was expected at the time, beyond what policy says?",
        help_text="Procedure or guidance of that day, with its date. Not what we know now.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
    )
