"""What the rules noticed: the list, and one finding."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import findings as door
from heed.casework.doors.rules import own_watch
from heed.casework.doors.viewing import viewer_for
from heed.web.presenters import findings as presenter
from heed.web.presenters.paging import paged, whole

PER_PAGE = 25


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings the viewer may see: those that stand first, strongest first."""
    at, page = now(), whole(request.GET.get("page")) or 1
    listed, found = door.listed(viewer=viewer_for(request.user, at), page=page, each=PER_PAGE, now=at)
    _, pages = paged(found, page, PER_PAGE)
    context = {
        "findings": [presenter.listed(each) for each in listed],
        "pages": pages,
        "count": len(found),
        "standing": sum(each.stands for each in found),
        "never_safe": presenter.NEVER_SAFE,
        "own_watch": own_watch(viewer=viewer_for(request.user, at), now=at),
    }
    return render(request, "web/findings.html", context)


@require_safe
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """One finding, as far as the viewer may see it."""
    at = now()
    page = door.finding(viewer=viewer_for(request.user, at), id=finding, now=at)
    if page is None:
        raise Http404
    words = {"never_safe": presenter.NEVER_SAFE, "not_a_score": presenter.NOT_A_SCORE}
    return render(request, "web/finding.html", {"page": presenter.present(page, at)} | words)
