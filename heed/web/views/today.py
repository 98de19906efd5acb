"""Today: the first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import today as door
from heed.casework.doors.news import news
from heed.casework.doors.readiness import stopped_since
from heed.casework.doors.register import due_from
from heed.casework.doors.rules import own_watch
from heed.casework.doors.viewing import viewer_for
from heed.casework.doors.watching import watching
from heed.web.presenters import register as registering
from heed.web.presenters import today as presenter
from heed.web.presenters.watching import watch
from heed.web.views.drafts import listed


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What I owe, by when, on which rung; what I was offered; what I raised and where each stands."""
    at = now()
    viewer = viewer_for(request.user, at)
    shown = {
        "page": presenter.page(door.today(viewer=viewer, now=at), at),
        "due": [registering.line(each, at) for each in due_from(viewer=viewer, now=at)],
        "drafts": listed(request),
        "stopped": stopped_since(at),
        "news": news(viewer=viewer, now=at),
        "own_watch": own_watch(viewer=viewer, now=at),
        "watch": watch(watching(viewer=viewer, now=at), at),
    }
    return render(request, "web/today.html", shown)
