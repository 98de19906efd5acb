"""What is begun by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms

from heed.web.forms.duty import reason_field

DIFFERENCE = "difference"


class ByHandForm(forms.Form):
    """A difference with an agency, or a deadline of policy about a duty."""

    what = forms.ChoiceField(
        label="What begins?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what begins"},
    )
    agency = forms.ChoiceField(
        label="With which agency is the difference?",
        help_text="Policy says who owes each deadline.",
        required=False,
    )
    about = forms.CharField(
        label="Which duty is it about?",
        help_text="Its reference, such as D-17. Empty for a difference that is about none.",
        required=False,
        max_length=40,
    )
    words = reason_field(
        "Why?",
        "Whoever owes the answer reads this, with your name. Name no child here: the duty says which.",
        "Say why",
    )

    def __init__(
        self,
        *args: Any,
        agencies: Iterable[tuple[str, str]],
        choices: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]
        self.fields["what"].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A difference is with somebody; a deadline belongs to a duty."""
        given: dict[str, Any] = super().clean() or {}
        given["about"] = given.get("about", "").strip()
        if given.get("what") == DIFFERENCE and not given.get("agency"):
            self.add_error("agency", "Choose the agency")
        if given.get("what") not in (None, "", DIFFERENCE) and not given["about"]:
            self.add_error("about", "Name the duty that the deadline belongs to")
        return given
