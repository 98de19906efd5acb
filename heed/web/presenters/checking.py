"""A concern as it would be saved, question by question, before it is."""

from django import forms

from heed.web.forms import sharing


def rows(form: forms.Form) -> list[tuple[str, str]]:
    """Every answered question with its answer in words; what was left empty is not shown."""
    found = []
    shared = {bound.name for row in sharing.rows(form) for bound in row if not row[0].value()}
    for bound in form:
        value = bound.value()
        if not bound.is_hidden and value and bound.name not in shared:
            choices = dict(getattr(bound.field, "choices", ()))
            found.append((str(bound.label), str(choices.get(value, value))))
    return found
