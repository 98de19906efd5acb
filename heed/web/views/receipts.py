"""A receipt as a file: plain text, signed, to be kept by whoever raised a concern."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors.receipts import receipt_text
from heed.casework.doors.viewing import viewer_for


@require_safe
def as_file(request: HttpRequest, seq: int) -> HttpResponse:
    """The signed receipt of what the viewer saved. Its bytes are what is signed: nothing is added around them."""
    at = now()
    text = receipt_text(viewer=viewer_for(request.user, at), seq=seq, now=at)
    if text is None:
        raise Http404
    answer = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="heed-receipt-{seq}.txt"'
    return answer
