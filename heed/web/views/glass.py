"""Emergency access: opening one child's records, an opening with its review, and who looked at a child's records."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions import glass as acting
from heed.casework.clock import now
from heed.casework.doors import glass as door
from heed.casework.doors.looked_at import who_looked
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.glass import glass_rules
from heed.core.records.explained import Explained
from heed.web.forms.glass import OpenGlassForm, ReviewGlassForm

OPENED = "Open. The child’s team and a reviewer of another agency have been told."
REVIEWED = "Your review is kept. Whoever opened it is told."


@require_http_methods(["GET", "HEAD", "POST"])
def open_glass(request: HttpRequest, person: str) -> HttpResponse:
    """Why, and then the child's page with everything that agencies hold."""
    at, rules = now(), glass_rules()
    child = door.asking(viewer=viewer_for(request.user, at), person=person, now=at)
    if child is None:
        raise Http404
    form = OpenGlassForm(
        request.POST if request.method == "POST" else None,
        grounds=rules.grounds,
        least=rules.reason_characters,
    )
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            acting.open_glass(person=person, **form.cleaned_data, by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, OPENED)
            return redirect("child", person=person)
    return _page(request, "web/glass_open.html", form, child=child, rules=rules)


@require_http_methods(["GET", "HEAD", "POST"])
def glass(request: HttpRequest, reference: str) -> HttpResponse:
    """One opening: who, why, what they looked at; and the review for whoever owes it."""
    at = now()
    found = door.opening(viewer=viewer_for(request.user, at), reference=reference, now=at)
    if found is None:
        raise Http404
    form = ReviewGlassForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        justified = form.cleaned_data["justified"] == "yes"
        try:
            acting.review(
                glass=reference, justified=justified, words=form.cleaned_data["words"], by=by, now=at
            )
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, REVIEWED)
            return redirect("glass", reference=reference)
    return _page(request, "web/glass.html", form, opening=found)


@require_safe
def looks(request: HttpRequest, person: str) -> HttpResponse:
    """Who looked at a child's records lately, for her team."""
    at = now()
    found = who_looked(viewer=viewer_for(request.user, at), person=person, now=at)
    if found is None:
        raise Http404
    return render(request, "web/looks.html", {"found": found, "most": len(found.looks)})


def _page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    faulty = bool(form.errors)
    return render(request, template, {"form": form, "faulty": faulty, **more}, status=422 if faulty else 200)
