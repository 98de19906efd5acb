"""A person's word on a pair: same, different or unsure, with a reason."""

from django import forms

from heed.web.presenters.identity import VERDICTS

LEAST = 10


class VerdictForm(forms.Form):
    """Reversible: a later verdict on the same pair stands instead, and this one is kept."""

    verdict = forms.ChoiceField(
        label="Are they the same child?",
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether they are the same child, different children, or that you are unsure"
        },
    )
    reason = forms.CharField(
        label="How do you know?",
        help_text="What you checked, and with whom. Whoever reads this later was not there.",
        min_length=LEAST,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={
            "required": "Give your reason",
            "min_length": f"Give your reason in at least {LEAST} characters",
            "max_length": "Shorten the reason to 2,000 characters",
        },
    )
