"""The Ashmere review, told as a story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import story as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.presenters import story as presenter


@require_safe
def ashmere(request: HttpRequest) -> HttpResponse:
    """The story; not found in a house that is no demonstration."""
    at = now()
    told = door.ashmere(viewer=viewer_for(request.user, at), now=at)
    if told is None:
        raise Http404
    context = {"story": presenter.present(told, agency_names()), "heads": presenter.HEADS}
    return render(request, "web/story.html", context)
