"""What is shown when a page could not be answered: NOT saved, whom to ring, and the words that were typed."""

import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import requires_csrf_token

from heed.casework.doors.unwritten import Unwritten, ring, unwritten
from heed.core.records.explained import Explained

NOT_OURS = ("csrfmiddlewaretoken", "password")
WORDS = "text"
AGAIN = "Your words are still below. Save again in a minute."


@requires_csrf_token
def went_wrong(request: HttpRequest) -> HttpResponse:
    """The answer to whatever no page has answered: 507 or 503 where nothing could be written, else 500."""
    why = unwritten(sys.exception())
    if why is None:
        return render(request, "500.html", status=500)
    return not_saved(request, why)


def not_saved(request: HttpRequest, why: Unwritten) -> HttpResponse:
    """Said plainly, without asking the database for anything."""
    page = {
        "why": why.why,
        "ring": whom(),
        "posted": request.method == "POST",
        "again": request.path == reverse("raise") and bool(getattr(request, "csrf_processing_done", False)),
        "words": request.POST.get(WORDS, "") if request.method == "POST" else "",
        "answers": list(_answers(request)),
    }
    return render(request, "web/unwritten.html", page, status=why.status)


def in_words(why: Unwritten) -> str:
    """The same for a page that keeps what was typed by itself."""
    return f"{why.why} {AGAIN} Do not wait if a child is in danger. {whom()}"


def as_json(why: Unwritten) -> JsonResponse:
    """The same for an agency's system."""
    words = f"NOT saved: {why.why} Send the same message again in a minute, under the same Idempotency-Key. {whom()}"
    return JsonResponse({"saved": False, "error": words}, status=why.status, headers={"Retry-After": "60"})


def whom() -> str:
    """Whom to ring; the page is never held back by a mistake in the policy."""
    try:
        return ring()
    except (Explained, OSError):
        return "Ring your agency's designated lead for safeguarding."


def _answers(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What else was filled in, to be sent once more as it is."""
    for name, values in request.POST.lists():
        if name not in (*NOT_OURS, WORDS):
            for value in values:
                yield name, str(value)
