"""How good the linking is, and judging the pairs drawn to find out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.sampling import judge_sampled
from heed.casework.clock import now
from heed.casework.doors import sampling as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.sampled import SampledForm
from heed.web.presenters import identity
from heed.web.presenters import quality as presenter

COUNTED = "Your word is counted. Nothing was moved by it."
COUNTED_AND_JUDGED = "Your word is counted, and kept as your verdict on the link."


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """The figures."""
    at = now()
    told = door.quality(viewer=viewer_for(request.user, at), now=at)
    context = {
        "quality": presenter.page(told),
        "heads": presenter.HEADS,
        "trust": presenter.TRUST,
        "blind_spots": presenter.BLIND_SPOTS,
    }
    return render(request, "web/quality.html", context)


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """What is left to judge for whoever looks."""
    at = now()
    waiting = door.waiting(viewer=viewer_for(request.user, at), now=at)
    return render(request, "web/sample.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def sampled(request: HttpRequest, number: int) -> HttpResponse:
    """One pair, its two files side by side and nothing else; a POST keeps the word."""
    at = now()
    blind = door.sampled(viewer=viewer_for(request.user, at), id=number, now=at)
    if blind is None:
        raise Http404
    form = SampledForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        told = form.cleaned_data
        try:
            judge_sampled(
                pair=blind.row, word=told["word"], reason=told["reason"], by=by, now=at, also_verdict=told["verdict"]
            )  # fmt: skip
        except Explained as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, COUNTED_AND_JUDGED if told["verdict"] else COUNTED)
            return redirect("sample")
    faulty = bool(form.errors)
    context = {
        "rows": identity.rows(blind),
        "left": identity.name_of(blind.left),
        "right": identity.name_of(blind.right),
        "said": presenter.SAID.get(blind.said, ""),
        "form": form,
        "faulty": faulty,
    }
    return render(request, "web/sampled.html", context, status=422 if faulty else 200)
