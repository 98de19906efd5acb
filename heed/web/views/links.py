"""Pairs of sources that need a person's word, and the verdict on one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.verdicts import judge
from heed.casework.clock import now
from heed.casework.doors import links as door
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.verdict import VerdictForm
from heed.web.presenters import identity
from heed.web.presenters.paging import paged, whole

SAID = "Your verdict is kept, and it stands until somebody gives a newer one on the same pair."


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The pairs to judge."""
    at = now()
    found = door.to_judge(viewer=viewer_for(request.user, at), now=at)
    here, pages = paged(found, whole(request.GET.get("page")), 25)
    return render(request, "web/links.html", {"pairs": [_listed(each) for each in here], "pages": pages})


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Two sources side by side, why they may be one child, and the verdict."""
    at = now()
    compared = door.link(viewer=viewer_for(request.user, at), id=number, now=at)
    if compared is None:
        raise Http404
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        pair = compared.pair
        judge(left=pair.left, right=pair.right, **form.cleaned_data, by=by, now=at)
        messages.success(request, SAID)
        return redirect("link", number=number)
    faulty = bool(form.errors)
    context = {
        "link": identity.link(
            compared.pair, identity.name_of(compared.left), identity.name_of(compared.right)
        ),
        "rows": identity.rows(compared),
        "left": compared.left,
        "right": compared.right,
        "form": form,
        "faulty": faulty,
        "reversible": identity.REVERSIBLE,
    }
    return render(request, "web/link.html", context, status=422 if faulty else 200)


def _listed(compared: door.Compared) -> dict[str, Any]:
    left, right = compared.left, compared.right
    return {
        "link": identity.link(compared.pair, identity.name_of(left), identity.name_of(right)),
        "left": left.names[0] if left.names else "no name",
        "right": right.names[0] if right.names else "no name",
    }
