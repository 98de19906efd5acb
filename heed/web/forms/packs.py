"""Asking for a pack for a review, and reading one before it leaves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from heed.core.records.when import EARLIEST_YEAR

LONGEST = 1000
FORMS = (
    ("pdf", "PDF, under pseudonyms, to read"),
    ("docx", "Document, under pseudonyms, to edit"),
    ("xlsx", "Workbook, under pseudonyms"),
    ("json", "JSON, under pseudonyms, for another system"),
    ("own", "Her or his own copy: PDF in plain words, only other people’s particulars left out"),
)


class AskPackForm(forms.Form):
    """As of which day, in which form, and what for. Nothing leaves by it."""

    on = forms.DateField(
        label="What was known by the end of which day?",
        help_text="A day that is over, for example 14 3 2009.",
        input_formats=["%d %m %Y", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
        error_messages={"required": "Enter a day", "invalid": "Enter a day, for example 14 3 2009"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form = forms.ChoiceField(
        label="Which form?",
        choices=FORMS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a form"},
    )
    reason = forms.ChoiceField(
        label="What is it for?", widget=forms.RadioSelect, error_messages={"required": "Say what it is for"}
    )
    purpose = forms.CharField(
        label="In your own words",
        help_text="For whom, and what they will do with it. It stands on the first page: name no child.",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": "Say what it is for in your own words"},
    )

    def __init__(self, *args: Any, reasons: Mapping[str, str], least: int, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]
        self.least, self.today = least, today

    def clean_on(self) -> date:
        """A day that is over: what the second person reads stays what it was."""
        on: date = self.cleaned_data["on"]
        if on.year < EARLIEST_YEAR or on >= self.today:
            raise forms.ValidationError(f"Enter a day from {EARLIEST_YEAR} up to yesterday")
        return on

    def clean_purpose(self) -> str:
        """Words that explain nothing are refused where they stand."""
        words = str(self.cleaned_data["purpose"]).strip()
        if len(words) < self.least:
            raise forms.ValidationError(f"Say it in at least {self.least} characters")
        return words


class ReadPackForm(forms.Form):
    """What the second person says: which doubtful words are no names, which names are still in it."""

    keep = forms.MultipleChoiceField(
        label="Words that look like names. Tick those that are none, and they stay in",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    also = forms.CharField(
        label="Names that are still in it",
        help_text="One on each line. They are taken out everywhere.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
    )
    why = forms.CharField(
        label="If you do not agree: why?",
        max_length=2 * LONGEST,
        required=False,
        widget=forms.Textarea,
        error_messages={"required": "Say why you do not agree"},
    )

    def __init__(self, *args: Any, words: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["keep"].choices = words  # type: ignore[attr-defined]

    def clean_also(self) -> list[str]:
        """The names, one of each."""
        lines = str(self.cleaned_data["also"]).splitlines()
        return list(dict.fromkeys(filter(None, (each.strip() for each in lines))))
