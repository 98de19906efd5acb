"""With whom a concern is shared, on what basis in law, and what the child and the family wish. Optional, row by row.

Posted as share0_agency, share0_basis, share0_child, share0_parent, share0_reason; then share1_…, share2_….
"""

from typing import Any

from django import forms

from heed.casework.policy import policy
from heed.casework.policy.sharing import NOT_KNOWN, sharing

ROWS = 3
PARTS = ("agency", "basis", "child", "parent", "reason")
REASON = "Say why you share it all the same: the reason is kept with the concern"
NO_AGENCY = "Choose the agency, or empty the row"


def add_fields(form: forms.Form) -> None:
    """Put the rows into a form."""
    rules = sharing()
    agencies = [("", "Nobody"), *((code, each.name) for code, each in policy().agencies.items())]
    wishes = list(rules.wishes.items())
    for row in range(ROWS):
        form.fields[f"share{row}_agency"] = forms.ChoiceField(
            label="Agency you told, or tell now", required=False, choices=agencies
        )
        form.fields[f"share{row}_basis"] = forms.ChoiceField(
            label="On what basis",
            required=False,
            choices=list(rules.bases.items()),
            initial=rules.default_basis,
        )
        for who, label in (("child", "What the child wishes"), ("parent", "What a parent or carer wishes")):
            form.fields[f"share{row}_{who}"] = forms.ChoiceField(
                label=label, required=False, choices=wishes, initial=NOT_KNOWN
            )
        form.fields[f"share{row}_reason"] = forms.CharField(
            label="If you share it against a wish: why",
            required=False,
            max_length=2000,
            widget=forms.TextInput,
        )


def rows(form: forms.Form) -> list[list[forms.BoundField]]:
    """The rows as bound fields, for the page."""
    return [[form[f"share{row}_{part}"] for part in PARTS] for row in range(ROWS)]


def check(form: forms.Form, answers: dict[str, Any]) -> None:
    """A reason where a share goes against a wish, or rests on consent that nobody gave."""
    rules = sharing()
    for row in range(ROWS):
        agency, basis, child, parent, reason = _row(answers, row)
        if agency and rules.overrides(basis, (child, parent)) and not reason:
            form.add_error(f"share{row}_reason", REASON)
        if reason and not agency:
            form.add_error(f"share{row}_agency", NO_AGENCY)


def shares(answers: dict[str, Any]) -> list[dict[str, str]]:
    """What is kept with the record: codes, the basis in words as it read that day, and the reason of an override."""
    rules = sharing()
    found = []
    for row in range(ROWS):
        agency, basis, child, parent, reason = _row(answers, row)
        if agency:
            kept = {"agency": agency, "basis": basis, "basis_words": rules.bases[basis]}
            kept |= {"child_wishes": child, "parent_wishes": parent}
            override = {"override_reason": reason} if rules.overrides(basis, (child, parent)) else {}
            found.append(kept | override)
    return found


def _row(answers: dict[str, Any], row: int) -> tuple[str, str, str, str, str]:
    agency, basis, child, parent, reason = (answers.get(f"share{row}_{part}") or "" for part in PARTS)
    return agency, basis or sharing().default_basis, child or NOT_KNOWN, parent or NOT_KNOWN, reason.strip()
