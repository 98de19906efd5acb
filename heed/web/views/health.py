"""Whether Heed is alive and ready, for whatever watches it. No personal data, no sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse

from heed.casework.clock import now
from heed.casework.doors.readiness import readiness


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, the sweeper has run lately, saved records are not waiting long."""
    state = readiness(now())
    return JsonResponse(state, status=200 if state["ready"] else 503)
