"""Legal holds: which stand, setting one, lifting one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions import holds as acting
from heed.casework.clock import now
from heed.casework.doors import holds as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.hold import HoldForm, LiftForm
from heed.web.views.erasures import NOT_THERE, sentence

SET = "Held. Nothing of it is erased until the hold is lifted."
LIFTED = "The hold is lifted."


@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: HttpRequest) -> HttpResponse:
    """The holds that stand, and the form to set one."""
    at = now()
    found = door.holds(viewer=viewer_for(request.user, at), now=at)
    if found is None or (request.method == "POST" and not found.may):
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            made = acting.set_hold(by=by, now=at, **form.cleaned_data)
        except acting.NotThere:
            form.add_error("ref", NOT_THERE)
        except Explained as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, f"{SET} {acting.still_held(made)}".strip())
            return redirect("holds")
    return _page(request, "web/holds.html", form, holds=found)


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """One hold; somebody of the agency that set it says why it ends."""
    at = now()
    found = door.hold(viewer=viewer_for(request.user, at), number=number, now=at)
    if found is None:
        raise Http404
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            lifted = acting.lift_hold(number=number, reason=form.cleaned_data["reason"], by=by, now=at)
        except Explained as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, f"{LIFTED} {acting.still_held(lifted.hold)}".strip())
            return redirect("holds")
    return _page(request, "web/hold.html", form, hold=found)


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    faulty = bool(form.errors)
    return render(request, template, {"form": form, "faulty": faulty, **more}, status=422 if faulty else 200)
