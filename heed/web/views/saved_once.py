"""Going back after a save: a browser shows the old words in a page opened anew, with another mark of the page.

Saved a second time, they would be a second concern with a second person who owes an answer. So the answer to a save
leaves a signed cookie that knows these words again (a keyed hash, never the words) and the receipt they have.
"""

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE, SALT = "heed-saved", "heed.web.saved-once"
KNOWN_AGAIN = timedelta(hours=1)
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "token", "step", "wording"})


def remember(request: HttpRequest, answer: HttpResponse, seq: int, today: date) -> None:
    """Let the browser bring back which words have this receipt."""
    answer.set_signed_cookie(
        COOKIE,
        f"{_mark(request, today)}.{seq}",
        salt=SALT,
        max_age=int(KNOWN_AGAIN.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def receipt_of_the_same_words(request: HttpRequest, today: date) -> int | None:
    """The receipt the same person's same words got from this browser a while ago; None for words it has not seen."""
    known = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KNOWN_AGAIN)
    mark, _, seq = (known or "").partition(".")
    return int(seq) if seq.isdigit() and constant_time_compare(mark, _mark(request, today)) else None


def _mark(request: HttpRequest, today: date) -> str:
    by: Any = request.user
    said = sorted((name, values) for name, values in request.POST.lists() if name not in OF_THE_PAGE)
    said_by = json.dumps([by.pk, today.isoformat(), said])
    return salted_hmac(SALT, said_by, algorithm="sha256").hexdigest()
