"""Calling one event of a child's chronology significant."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions.signifying import signify
from heed.casework.clock import now
from heed.casework.doors import significant as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.significant import SignificantForm
from heed.web.presenters import labels, wording

KEPT = "Kept, under your name and today's date."


@require_http_methods(["GET", "HEAD", "POST"])
def significant(request: HttpRequest, key: int) -> HttpResponse:
    """The record, the policy of its day, what was said before, and the form."""
    at = now()
    found = door.event(viewer=viewer_for(request.user, at), record=key, now=at)
    if found is None:
        raise Http404
    form = SignificantForm(request.POST if request.method == "POST" else None, initial=_before(found.said))
    if form.is_bound and form.is_valid():
        by: Any = request.user
        told = form.cleaned_data | {"significant": form.cleaned_data["significant"] == "yes"}
        try:
            signify(record=key, **told, by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, KEPT)
            return redirect("knew", found.person)
    page = {"kind": labels.kind(found.kind), "happened": wording.day(wording.day_of(found.happened))}
    context = {"form": form, "event": found, "page": page, "faulty": bool(form.errors)}
    return render(request, "web/significant.html", context, status=422 if form.errors else 200)


def _before(said: door.Said | None) -> dict[str, str]:
    if said is None:
        return {}
    return {
        "significant": "yes" if said.significant else "no",
        "comment": said.comment,
        "practice": said.practice,
    }
