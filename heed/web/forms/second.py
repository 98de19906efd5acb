"""The second person's word, taking a verdict back, and what came of speaking with another agency."""

from typing import Any, cast

from django import forms

from heed.web.forms.verdict import LEAST


def _reason(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=LEAST,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={
            "required": "Give your reason",
            "min_length": f"Give your reason in at least {LEAST} characters",
            "max_length": "Shorten the reason to 2,000 characters",
        },
    )


class SecondForm(forms.Form):
    """Confirm or do not confirm what somebody else asked for."""

    decide = forms.ChoiceField(
        label="Do you confirm it?",
        choices=[("confirm", "Yes, I confirm it"), ("decline", "No, I do not confirm it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you confirm it"},
    )
    reason = _reason("How do you know?", "What you checked yourself. Do not repeat what you were told.")


class WithdrawForm(forms.Form):
    """Why somebody takes their own verdict back."""

    reason = _reason(
        "Why do you withdraw it?", "It is kept beside the verdict. The one before it stands again."
    )


class SpokeForm(forms.Form):
    """What the two sides found when they spoke, of a child or of a person of concern."""

    answer = forms.ChoiceField(
        label="What did you find?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you found"},
    )
    reason = _reason(
        "With whom did you speak, and how do you know?",
        "The post and the day are enough. It is shown to those who may see both files, once there are any.",
    )

    def __init__(self, *given: Any, of_concern: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        one, several = ("person", "people") if of_concern else ("child", "children")
        answer = cast(forms.ChoiceField, self.fields["answer"])
        answer.choices = [
            ("same", f"We spoke: it is the same {one}"),
            ("different", f"We spoke: they are different {several}"),
            ("not_ours", f"We spoke: the record we hold is not of this {one}, or is not ours"),
        ]
