"""A person's word on a pair: same, different or unsure, with a reason."""

from collections.abc import Mapping
from typing import Any

from django import forms

from heed.web.presenters.identity import VERDICTS

LEAST = 10


class VerdictForm(forms.Form):
    """Reversible: a later verdict on the same pair stands instead, and this one is kept."""

    verdict = forms.ChoiceField(
        label="Are they the same?",
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether they are the same, different, or that you are unsure",
            "invalid_choice": "Choose one of the answers on this page",
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

    def __init__(
        self, *args: Any, seen: bool = True, words: Mapping[str, str] = VERDICTS, **kwargs: Any
    ) -> None:
        """`seen`: whoever judges sees both files. Without that nobody parts them. `words`: of whom the pair speaks."""
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [one for one in words.items() if seen or one[0] != "different"]
