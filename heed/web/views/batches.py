"""What came in together: the list for whoever decides on it, and one batch with what can be decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions import batch_decisions
from heed.casework.clock import now
from heed.casework.doors import batches as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.batches import Move
from heed.core.records.explained import Explained
from heed.web.forms.batch import BatchForm
from heed.web.presenters import batches as presenter

RELEASED = "Released: its records count from now on. They are being linked."
WITHDRAWN = "Withdrawn: its records are kept and can be read, and count for nothing."
DECISIONS = {
    str(Move.RELEASED): (batch_decisions.release, RELEASED),
    str(Move.WITHDRAWN): (batch_decisions.withdraw, WITHDRAWN),
}


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """The newest batches, those that wait for a person first."""
    at = now()
    found = door.batches(viewer=viewer_for(request.user, at), now=at)
    if found is None:
        raise Http404
    return render(request, "web/batches.html", {"batches": [presenter.batch(each) for each in found]})


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """One batch; a POST releases or withdraws it with a reason."""
    at = now()
    found = door.batch(viewer=viewer_for(request.user, at), number=number, now=at)
    if found is None:
        raise Http404
    form = BatchForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        chosen = DECISIONS.get(request.POST.get("decide", ""))
        if chosen is None:
            raise Http404
        decide, told = chosen
        try:
            decide(number=number, reason=form.cleaned_data["reason"], by=by, now=at)
        except Explained as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, told)
            return redirect("batch", number=number)
    faulty = bool(form.errors)
    context = {"batch": presenter.batch(found), "form": form, "faulty": faulty}
    return render(request, "web/batch.html", context, status=422 if faulty else 200)
