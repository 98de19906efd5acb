"""Setting a legal hold, and lifting one."""

from typing import Any

from django import forms

from heed.web.forms.theirs import TheirsForm

_REASON: dict[str, Any] = {
    "max_length": 2000,
    "widget": forms.Textarea,
    "error_messages": {"required": "Say why, so that a colleague can check it later"},
}


class HoldForm(TheirsForm):
    """What is to be kept from every erasure, and why."""

    asked = "What is to be held?"
    reason = forms.CharField(
        label="Which inquiry, claim or prosecution needs it?",
        help_text="It is kept. Name no child.",
        **_REASON,
    )


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = forms.CharField(label="Why does it end?", help_text="It is kept. Name no child.", **_REASON)
