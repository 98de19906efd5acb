"""A concern as it would be saved, question by question, before it is."""

from django import forms


def rows(form: forms.Form) -> list[tuple[str, str]]:
    """Every answered question with its answer in words; what was left empty is not shown."""
    found = []
    for bound in form:
        value = bound.value()
        if bound.is_hidden or not value:
            continue
        choices = dict(getattr(bound.field, "choices", ()))
        found.append((str(bound.label), str(choices.get(value, value))))
    return found
