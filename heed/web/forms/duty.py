"""What people do with a duty: answer it, hand it over, disagree. Decisions and lengths come from policy."""

from collections.abc import Iterable
from typing import Any

from django import forms

LONGEST = 20_000


def _reason(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": missing},
    )


class AnswerForm(forms.Form):
    """A decision and its reason. `no further action` is a decision like any other: it has an author and a reason."""

    decision = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you have decided"},
    )
    reason = _reason(
        "Why?",
        "Whoever raised this will read it, with your name.",
        "Say why: whoever raised this will read it",
    )

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

    words = _reason(
        "Why do you not accept how it stands?",
        "It opens again one rung higher, with a new deadline. Your words and your name are kept.",
        "Say why you do not accept how it stands",
    )
