"""Naming a record, or a child, by the agency that keeps it and that agency's own reference."""

from typing import Any

from django import forms

from heed.casework.doors.sight import agency_names

SCOPES = (("record", "One record"), ("child", "All records of one child"))


class TheirsForm(forms.Form):
    """One record or one child. Nothing is chosen beforehand: a slip here is about somebody else's words."""

    scope = forms.ChoiceField(
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
    asked = ""
    """The question over `scope`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["scope"].label = self.asked
        names = sorted(agency_names().items(), key=lambda each: each[1])
        fields["agency"].choices = [("", "Choose the agency"), *names]
