"""Whether Heed is alive and ready, for whatever watches it. No personal data, no sign-in."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse

from heed.casework.clock import now
from heed.casework.doors.readiness import readiness
from heed.casework.doors.viewing import viewer_for
from heed.casework.doors.watching import leads
from heed.web.views.sign_in import address_of

PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via")
"""What a proxy writes on a request that is not its own."""


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, the sweeper has run lately, saved records are not waiting long. How long, how many, and
    who watches the ledger is for this machine and for whoever leads: it tells a stranger when nobody looks."""
    state = readiness(now())
    told = state if _may_know(request, state) else {"ready": state["ready"]}
    return JsonResponse(told, status=200 if state["ready"] else 503)


def _may_know(request: HttpRequest, state: dict[str, Any]) -> bool:
    if _from_this_machine(request):
        return True
    # Without a database nobody can be known.
    return bool(
        state["database"] and request.user.is_authenticated and leads(viewer_for(request.user, now()))
    )


def _from_this_machine(request: HttpRequest) -> bool:
    """Whether nobody passed it on. Behind our own proxy every request is from this machine: there its header says where
    from. What a proxy nobody told us of passes on is a stranger's."""
    if any(name in request.headers for name in PASSED_ON) and not (
        settings.HTTPS and "X-Forwarded-For" in request.headers
    ):
        return False
    try:
        return ip_address(address_of(request)).is_loopback
    except ValueError:
        return False
