"""As of which day somebody asks who knew what, and of which agency."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from heed.core.records.when import EARLIEST_YEAR


class KnewForm(forms.Form):
    """A day and an agency. Both may stand in an address: neither says who is asked about."""

    on = forms.DateField(
        label="By the end of which day?",
        help_text="For example 14 3 2009, or 2009-03-14.",
        input_formats=["%d %m %Y", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
        error_messages={"required": "Enter a day", "invalid": "Enter a day, for example 14 3 2009"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agency = forms.ChoiceField(label="Whose knowledge?", required=False)

    def __init__(self, *args: Any, agencies: Mapping[str, str], today: date) -> None:
        super().__init__(*args)
        named = sorted(agencies.items(), key=lambda each: each[1])
        self.fields["agency"].choices = [("", "All agencies"), *named]  # type: ignore[attr-defined]
        self.today = today

    def clean_on(self) -> date:
        """A day that has come: nobody knows yet what will be known."""
        on: date = self.cleaned_data["on"]
        if on.year < EARLIEST_YEAR or on > self.today:
            raise forms.ValidationError(f"Enter a day from {EARLIEST_YEAR} up to today")
        return on
