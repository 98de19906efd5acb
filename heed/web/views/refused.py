"""What is shown when a page cannot be: the same bytes for what does not exist and what is not for the viewer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from heed.web.views import concerns


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not found, and not allowed: nobody learns from the answer which it was."""
    return render(request, "web/refused.html", {"nowhere": True}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "", **rest: Any) -> HttpResponse:
    """A form that was open too long, or came from somewhere else: nothing was done, and the page says so."""
    if request.method == "POST" and request.path == reverse("raise") and sent_from_our_own_page(request):
        return concerns.kept(request)
    return render(request, "web/not_saved.html", status=403)


def sent_from_our_own_page(request: HttpRequest) -> bool:
    """What browsers say of where a form came from; words from anywhere else are never shown as if typed here."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
