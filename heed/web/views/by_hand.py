"""What a person begins by hand: a difference between professionals, or a deadline that no record and no answer begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from heed.casework.actions import duties as actions
from heed.casework.clock import now
from heed.casework.doors.duties import BY_HAND, agencies, one_in_sight
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.by_hand import DIFFERENCE, ByHandForm
from heed.web.presenters.by_hand import choices


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest) -> HttpResponse:
    """Which, about what, and why; then somebody owes an answer, by a day, and silence climbs."""
    about = {"about": request.GET.get("about", "")}
    form = ByHandForm(request.POST or None, agencies=agencies(), choices=choices(), initial=about)
    refusal = ""
    if form.is_valid():
        try:
            reference = _begun(request, form.cleaned_data)
        except Explained as why:
            refusal = str(why)
        else:
            messages.success(request, "Begun. You see here who owes an answer and by when, and every step.")
            return redirect("duty", reference=reference)
    faulty = bool(refusal) or (form.is_bound and not form.is_valid())
    shown = {"form": form, "refusal": refusal}
    return render(request, "web/by_hand.html", shown, status=422 if faulty else 200)


def _begun(request: HttpRequest, given: dict[str, Any]) -> str:
    at, me = now(), request.user
    about = None
    if given["about"]:
        about = one_in_sight(viewer=viewer_for(me, at), reference=given["about"], purpose=BY_HAND, now=at)
    common: dict[str, Any] = {"words": given["words"], "by": me, "now": at}
    if given["what"] == DIFFERENCE:
        return actions.raise_difference(agency=given["agency"], about=about, **common).reference
    if about is None:
        raise Explained(
            "Say which duty the deadline belongs to, such as D-17: it says which child it is about."
        )
    return actions.begin(duty=about, name=given["what"], **common).reference
