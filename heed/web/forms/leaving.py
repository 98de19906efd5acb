"""Taking records out: in which format, for what, and whether anything that is left out otherwise stays in."""

from collections.abc import Mapping
from typing import Any

from django import forms

LONGEST = 1000


class LeavingForm(forms.Form):
    """Every answer stays in the ledger."""

    format = forms.ChoiceField(
        label="Format", widget=forms.RadioSelect, error_messages={"required": "Choose a format"}
    )
    reason = forms.ChoiceField(
        label="What is it for?", widget=forms.RadioSelect, error_messages={"required": "Say what it is for"}
    )
    purpose = forms.CharField(
        label="In your own words",
        help_text="For whom, and what they will do with it. It is stamped on the file: name no child.",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": "Say what it is for in your own words"},
    )
    others = forms.CharField(
        label="Why other people must be named",
        help_text="Leave this empty and everybody but the child is told by initials or as another child. Names in free "
        "text that no list gives cannot be found by a rule: read it before you pass it on.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
    )
    addresses = forms.CharField(
        label="Why it must say where people live",
        help_text="Leave this empty and home addresses are left out.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self, *args: Any, formats: Mapping[str, str], reasons: Mapping[str, str], least: int
    ) -> None:
        super().__init__(*args)
        self.fields["format"].choices = list(formats.items())  # type: ignore[attr-defined]
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]
        self.least = least

    def clean(self) -> dict[str, Any]:
        """Words that explain nothing are refused where they stand."""
        said = super().clean() or {}
        for name in ("purpose", "others", "addresses"):
            words = str(said.get(name) or "").strip()
            if words and len(words) < self.least:
                self.add_error(name, f"Say it in at least {self.least} characters")
        return said
