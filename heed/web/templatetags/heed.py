"""The form kit and the few filters: GOV.UK components as tags, people's words made safe to show.

{% field form.text %} shows a whole question: label, hint, error, control. {% error_summary form %} heads the page.
"""

from datetime import datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.context import RequestContext

from heed.web.forms import sharing
from heed.web.presenters import wording
from heed.web.presenters.shown import shown

register = template.Library()

COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Widget, "input"),
)

register.filter("instant", wording.instant)
register.filter("day", wording.day)


@register.filter
def as_written(text: str | None) -> str:
    """Somebody's words: bidirectional and control characters stripped; the template escapes the rest."""
    return shown(str(text or ""))


@register.filter
def machine(at: datetime) -> str:
    """An instant for a `datetime` attribute."""
    return at.isoformat()


@register.inclusion_tag("web/kit/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One question. Options: `size` of the label (s, m, l), `heading` (the label is the page's h1), `width`."""
    widget = bound.field.widget
    component = next(name for kind, name in COMPONENTS if isinstance(widget, kind))
    described = [f"{bound.auto_id}-hint"] * bool(bound.help_text)
    described += [f"{bound.auto_id}-error"] * bool(bound.errors)
    return {
        "bound": bound,
        "template": f"web/kit/{component}.html",
        "grouped": component in ("radios", "checkboxes"),
        "described": " ".join(described),
        "value": bound.value(),
        "optional": not bound.field.required and options.get("say_optional", True),
        **options,
    }


@register.inclusion_tag("web/kit/dates.html")
def dates(form: forms.Form, prefix: str, **options: Any) -> dict[str, Any]:
    """Day, month and year of fields named PREFIX_day, PREFIX_month, PREFIX_year; `legend` and `hint` as options."""
    parts = [name for name in ("day", "month", "year") if f"{prefix}_{name}" in form.fields]
    bounds = [form[f"{prefix}_{name}"] for name in parts]
    errors = [error for bound in bounds for error in bound.errors]
    return {"parts": bounds, "errors": errors, "prefix": prefix, "id": f"id_{prefix}", **options}


@register.inclusion_tag("web/kit/error_summary.html")
def error_summary(form: forms.Form, **options: Any) -> dict[str, Any]:
    """Every fault of a form at the head of the page, each a link to its question."""
    return {"faults": faults(form), **options}


@register.filter
def faults(form: forms.Form) -> list[tuple[str, str]]:
    """Every fault of a form with the id of its control; an empty id where it belongs to no one question."""
    found = [("", str(error)) for error in form.non_field_errors()]
    for bound in form:
        choices = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        found += [(f"{bound.auto_id}_0" if choices else bound.auto_id, str(error)) for error in bound.errors]
    return found


@register.filter
def says_more(form: forms.Form) -> bool:
    """Whether anything stands in what is folded away on a concern, or is wrong with it."""
    folded = [form["tried"], form["pasted"], *(row[0] for row in sharing.rows(form))]
    return any(bound.value() for bound in folded) or any(name.startswith("share") for name in form.errors)


@register.filter
def share_rows(form: forms.Form) -> list[list[BoundField]]:
    """The rows of a concern that say with whom it is shared."""
    return sharing.rows(form)


@register.inclusion_tag("web/kit/nav_item.html", takes_context=True)
def nav_item(context: RequestContext, words: str, url_name: str, *also: str) -> dict[str, Any]:
    """One place in the service navigation, marked when the page is it, or one of `also` under it."""
    match = None if context.get("nowhere") else getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    return {"words": words, "url_name": url_name, "current": here == url_name, "active": here in also}
