"""Setting a legal hold, and lifting one."""

from typing import Any

from django import forms

from heed.casework.doors.sight import agency_names
from heed.web.forms.erasure import SCOPES

_REASON: dict[str, Any] = {
    "max_length": 2000,
    "widget": forms.Textarea,
    "error_messages": {"required": "Say why, so that a colleague can check it later"},
}


class HoldForm(forms.Form):
    """What is to be kept from every erasure, and why."""

    scope = forms.ChoiceField(
        label="What is to be held?",
        choices=SCOPES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is one record or a child"},
    )
    agency = forms.ChoiceField(
        label="In which agency’s files?", error_messages={"required": "Choose the agency"}
    )
    ref = forms.CharField(
        label="That agency’s own reference of it",
        help_text="Exactly as it stands in its files.",
        max_length=200,
        error_messages={"required": "Enter the reference"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="Which inquiry, claim or prosecution needs it?",
        help_text="It is kept. Name no child.",
        **_REASON,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        names = sorted(agency_names().items(), key=lambda each: each[1])
        fields["agency"].choices = [("", "Choose the agency"), *names]


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = forms.CharField(label="Why does it end?", help_text="It is kept. Name no child.", **_REASON)
