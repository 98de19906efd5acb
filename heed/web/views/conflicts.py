"""Conflicts of interest: recording one of a person in the records, and one for whoever looks whether it stands."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions import conflicts as acting
from heed.casework.clock import now
from heed.casework.doors import conflicts as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.conflicts import ConflictForm, EndConflictForm

RECORDED = "Recorded. From now on nothing that names this person is there for them."
ENDED = "Ended. Your words are kept with it."


@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: HttpRequest, person: str) -> HttpResponse:
    """What is recorded of a person, and the form to record one."""
    at = now()
    found = door.of_person(viewer=viewer_for(request.user, at), person=person, now=at)
    if found is None:
        raise Http404
    form = ConflictForm(request.POST if request.method == "POST" else None, people=found.colleagues)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            acting.record_conflict(person=person, **form.cleaned_data, by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, RECORDED)
            return (
                redirect("today")
                if form.cleaned_data["who"] == by.pk
                else redirect("conflicts", person=person)
            )
    return _page(request, "web/conflicts.html", form, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, reference: str) -> HttpResponse:
    """One conflict: whose, recorded by whom and why; and the form for whoever may end it."""
    at = now()
    found = door.conflict(viewer=viewer_for(request.user, at), reference=reference, now=at)
    if found is None:
        raise Http404
    form = EndConflictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            acting.end_conflict(conflict=reference, words=form.cleaned_data["words"], by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, ENDED)
            return redirect("conflict", reference=reference)
    return _page(request, "web/conflict.html", form, conflict=found)


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    faulty = bool(form.errors)
    return render(request, template, {"form": form, "faulty": faulty, **more}, status=422 if faulty else 200)
