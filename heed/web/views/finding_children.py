"""Search before create: is the child known already to whoever asks? The words go in the body, never in an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heed.casework.clock import now
from heed.casework.doors import possible as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.concern import FindForm, new_token
from heed.web.forms.concern_document import the_child
from heed.web.presenters import possible as presenter
from heed.web.presenters import wording


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Name, date of birth or reference in; children it may be out, each with its reasons."""
    form = FindForm(request.POST if request.method == "POST" else None)
    asked = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "asked": asked,
        "matches": _matches(request, form.cleaned_data) if asked else [],
        "token": new_token(),
        "faulty": bool(form.errors),
    }
    return render(request, "web/find.html", context, status=422 if form.errors else 200)


def possible(request: HttpRequest, form: Any) -> list[presenter.PossibleShown]:
    """The same for a concern that is being checked; nothing to compare gives nothing."""
    names = ("child_name", "child_age", "child_ref")
    answers = {name: form[name].value() or "" for name in names}
    return _matches(request, answers) if any(answers.values()) else []


def _matches(request: HttpRequest, answers: dict[str, Any]) -> list[presenter.PossibleShown]:
    at = now()
    person = the_child(answers, wording.day_of(at))
    found = door.possible(
        viewer=viewer_for(request.user, at), person=person, ref=answers["child_ref"].strip(), now=at
    )
    return presenter.matches(found, agency_names())
