"""Another agency may hold a record of the same child or person of concern: whom to ask, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions import introductions
from heed.casework.clock import now
from heed.casework.doors import introduced as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.second import SpokeForm
from heed.web.presenters import identity

KEPT = "Your answer is kept."
ANSWERED = {
    "same": "it is the same {one}. Where the other side has not said so yet, it waits for them",
    "different": "they are different {several}",
    "not_ours": "the record is not of this {one}, or not ours",
}
CHILDREN, PEOPLE = {"one": "child", "several": "children"}, {"one": "person", "several": "people"}


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, number: int) -> HttpResponse:
    """One introduction, as one side sees it, and the answer."""
    at = now()
    found = door.meeting(viewer=viewer_for(request.user, at), number=number, now=at)
    if found is None:
        raise Http404
    met = found.introduced
    form = SpokeForm(request.POST if request.method == "POST" else None, of_concern=met.of_concern)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            introductions.answer(introduction=number, **form.cleaned_data, by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, KEPT)
            return redirect("introduction", number=number)
    faulty = bool(form.errors)
    context = {
        "met": met,
        "side": found.side,
        "name": identity.name_of(found.side),
        "answered": ANSWERED.get(met.ours, "").format(**(PEOPLE if met.of_concern else CHILDREN)),
        "form": form,
        "faulty": faulty,
    }
    return render(request, "web/introduction.html", context, status=422 if faulty else 200)
