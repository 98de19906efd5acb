"""Records over HTTPS, from an agency's system: in with a key, an account of every line and receipts back.

There is no session and no cookie, so nothing a browser could be tricked into sending; and nothing can be read.
"""

from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from heed.casework.actions.messages import OtherContent, receive_message
from heed.casework.clock import now
from heed.casework.doors.senders import sender_of
from heed.casework.doors.unwritten import WRITING, unwritten
from heed.core.records.explained import Explained
from heed.web.forms.message import Faulty, idempotency_of, lines_of, message_of
from heed.web.presenters import messages
from heed.web.views.unwritten import as_json

BEARER = "bearer"


@csrf_exempt
@login_not_required
@require_POST
def records(request: HttpRequest) -> HttpResponse:
    """Take a message in. Whatever goes wrong is said in JSON, and says that nothing was saved."""
    try:
        return _taken(request)
    except Faulty as fault:
        return JsonResponse(messages.faulty(fault), status=fault.status)
    except OtherContent:
        return JsonResponse(messages.OTHER_CONTENT, status=409)
    except WRITING as trouble:
        why = unwritten(trouble)
        if why is not None:
            return as_json(why)
        return JsonResponse(messages.NOT_WRITTEN, status=503, headers={"Retry-After": "5"})
    except Explained as trouble:
        return JsonResponse(messages.explained(trouble), status=500)


def _taken(request: HttpRequest) -> HttpResponse:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    key = sender_of(token)
    if key is None or scheme.lower() != BEARER:
        return JsonResponse(messages.UNKNOWN, status=401, headers={"WWW-Authenticate": "Bearer"})
    name, message = idempotency_of(request), message_of(request)
    rows = lines_of(message, key.agency_id)
    answered = receive_message(
        key=key, rows=rows, digest=sha256(message).hexdigest(), idempotency=name, by=None, now=now()
    )
    return JsonResponse(messages.answer(rows, answered), status=messages.status(rows, answered))
