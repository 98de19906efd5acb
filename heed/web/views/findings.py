"""What the rules noticed: the list, and one finding."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import findings as door
from heed.casework.doors.viewing import viewer_for
from heed.web.presenters import findings as presenter
from heed.web.presenters.paging import paged, whole


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings the viewer may see: those that stand first, strongest first."""
    at = now()
    found = door.standing(viewer=viewer_for(request.user, at), now=at)
    listed, pages = paged([presenter.listed(each) for each in found], whole(request.GET.get("page")), 25)
    context = {
        "findings": listed,
        "pages": pages,
        "count": len(found),
        "standing": sum(each.stands for each in found),
    }
    context |= {"never_safe": presenter.NEVER_SAFE}
    return render(request, "web/findings.html", context)


@require_safe
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """One finding, as far as the viewer may see it."""
    at = now()
    page = door.finding(viewer=viewer_for(request.user, at), id=finding[:120], now=at)
    if page is None:
        raise Http404
    words = {"never_safe": presenter.NEVER_SAFE, "not_a_score": presenter.NOT_A_SCORE}
    return render(request, "web/finding.html", {"page": presenter.present(page)} | words)
