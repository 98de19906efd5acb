"""What Heed read in a record's texts: agreeing or declining, one key each."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heed.casework.actions.agreeing import say
from heed.casework.clock import now
from heed.casework.doors.agreed import key_of_receipt, read_in
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.presenters import agreed as presenter
from heed.web.presenters.paging import whole


@require_http_methods(["GET", "HEAD", "POST"])
def agreed(request: HttpRequest, key: int) -> HttpResponse:
    """The lines of one record; a button on each. After an answer the next line's button has the focus."""
    at = now()
    read = read_in(viewer=viewer_for(request.user, at), key=key, now=at)
    if read is None:
        raise Http404
    if request.method != "POST":
        context = {"page": presenter.page(read), "answered": "answered" in request.GET}
        return render(request, "web/agreed.html", context)
    said = "agreed" if "agree" in request.POST else "declined"
    place, _, start = request.POST.get("agree", request.POST.get("decline", "")).partition("@")
    by: Any = request.user
    try:
        say(
            record=read.row, document=read.document, place=place, start=whole(start), said=said, by=by, now=at
        )
    except Explained as trouble:
        messages.warning(request, str(trouble))
    # No mark of a place behind it: a browser that is sent to one does not put the focus on the next button.
    return redirect(f"{_back(request, key)}?answered=1")


def named(request: HttpRequest, seq: int, at: datetime) -> presenter.ReadPage | None:
    """What was read in the record of a receipt, for the page that shows it; None where nothing was."""
    viewer = viewer_for(request.user, at)
    key = key_of_receipt(viewer=viewer, seq=seq)
    read = read_in(viewer=viewer, key=key, now=at) if key else None
    return presenter.page(read) if read and read.found else None


def _back(request: HttpRequest, key: int) -> str:
    """The receipt from which it was answered, or the record's own page."""
    receipt = whole(request.POST.get("receipt"))
    return reverse("saved", args=[receipt]) if receipt else reverse("agreed", args=[key])
