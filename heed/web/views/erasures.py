"""Erasing by order: asking for it, and the second person's decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions import erasing
from heed.casework.actions.holds import NotThere
from heed.casework.clock import now
from heed.casework.doors import erasures as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.erasure import AskForm, DecideForm

ASKED = "Asked. Nothing is erased until a person at another agency agrees."
NOT_THERE = (
    "Nothing is kept under this reference. Check the agency, and how the reference stands in its files"
)
NONE_ERASED = "Not agreed. Nothing was erased."


@require_http_methods(["GET", "HEAD", "POST"])
def erasures(request: HttpRequest) -> HttpResponse:
    """The requests, and the form to ask with."""
    at = now()
    found = door.requests(viewer=viewer_for(request.user, at), now=at)
    if found is None:
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            erasing.ask(by=by, now=at, **form.cleaned_data)
        except NotThere:
            form.add_error("ref", NOT_THERE)
        except Explained as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, ASKED)
            return redirect("erasures")
    faulty = bool(form.errors)
    context = {"requests": found, "form": form, "faulty": faulty}
    return render(request, "web/erasures.html", context, status=422 if faulty else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request: HttpRequest, number: int) -> HttpResponse:
    """One request; the second person refuses, or agrees and is asked once more before anything is erased."""
    at = now()
    found = door.request(viewer=viewer_for(request.user, at), number=number, now=at)
    if found is None:
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and request.POST.get("decide") == "refuse":
        form.fields["reason"].required = True
    if form.is_bound and form.is_valid():
        try:
            if request.POST.get("decide") == "agree":
                return _asked_once_more(request, found)
            messages.success(request, _decided(request, number, form.cleaned_data["reason"], at))
            return redirect("erasure", number=number)
        except Explained as refusal:
            form.add_error(None, sentence(refusal))
    faulty = bool(form.errors)
    context = {"asked": found, "form": form, "faulty": faulty}
    return render(request, "web/erasure.html", context, status=422 if faulty else 200)


def _asked_once_more(request: HttpRequest, asked: door.Asked) -> HttpResponse:
    """One press erases nothing. Who may not decide is told before they are asked."""
    by: Any = request.user
    erasing.check_may_decide(number=asked.number, by=by)
    return render(request, "web/erasure_sure.html", {"asked": asked})


def _decided(request: HttpRequest, number: int, reason: str, at: Any) -> str:
    """Do what the pressed button says. The keys go after the commit, by the worker."""
    by: Any = request.user
    match request.POST.get("decide"):
        case "erase":
            done = erasing.agree(number=number, by=by, now=at)
            told = f"Erased: {done.records} records. Entry {done.seq} of the ledger says so."
            if done.elsewhere:
                listed = ", ".join(f"{agency} {ref}" for agency, ref in done.elsewhere)
                told += (
                    f" Records of other children still mention this one; decide on each by itself: {listed}."
                )
            return told
        case "refuse":
            erasing.refuse(number=number, reason=reason, by=by, now=at)
            return NONE_ERASED
    raise Http404


def sentence(refusal: Explained) -> str:
    """A refusal as a page says it: a command puts its own name before these words."""
    words = str(refusal)
    return words[:1].upper() + words[1:]
