"""Files that came with a record: for saving, never opened by the page; and small pictures of pictures."""

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.attach import attach_to_saved
from heed.casework.clock import now
from heed.casework.doors import files as door
from heed.casework.doors.receipts import receipt_of
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy import policy
from heed.core.records.explained import Explained
from heed.formats.contract import Attached
from heed.web.presenters import files as presenter
from heed.web.uploads import PASSED_OVER

NONE = "Choose at least one file that is not empty"
TOO_MUCH = "{} of the files were too many or too large and are not saved; {} are. Send the others one by one, or smaller"
NOT_WRITTEN = (
    "Heed could not write the files down. What you wrote before is safe. Choose them again in a minute"
)

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Should a browser open it all the same: no script, no form, nothing fetched, an origin of its own."""
UNKNOWN = "application/octet-stream"


@require_safe
def download(request: HttpRequest, file: str) -> HttpResponse:
    """The bytes as they came, offered for saving under a harmless name. What the sender says it is stays unsaid."""
    at = now()
    found = door.opened(viewer=viewer_for(request.user, at), key=file, now=at)
    if found is None:
        raise Http404
    offered, content = found
    response = HttpResponse(content, content_type=UNKNOWN)
    response["Content-Disposition"] = content_disposition_header(True, offered.name)
    return _apart(response)


@require_safe
def picture(request: HttpRequest, file: str) -> HttpResponse:
    """The small picture, made anew from points."""
    at = now()
    made = door.picture(viewer=viewer_for(request.user, at), key=file, now=at)
    if made is None:
        raise Http404
    return _apart(HttpResponse(made, content_type="image/png"))


def _apart(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def of_saved(request: HttpRequest, seq: int) -> HttpResponse:
    """The files of what somebody saved, and more of them: after the words are safe, so that no upload is in their way."""
    at = now()
    if receipt_of(viewer=viewer_for(request.user, at), seq=seq, now=at) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, seq)
    sent = request.FILES.getlist("files")
    passed_over = request.META.get(PASSED_OVER, 0)
    files = [Attached(file.name or "", file.content_type or "", file.read()) for file in sent if file.size]
    if files:
        try:
            attach_to_saved(seq=seq, files=files, by=request.user, now=at)
        except Explained as trouble:
            return _page(request, seq, str(trouble), status=507)
        except DatabaseError:
            return _page(request, seq, NOT_WRITTEN, status=503)
    if passed_over:
        return _page(request, seq, TOO_MUCH.format(passed_over, len(files)), status=413)
    if not files:
        return _page(request, seq, NONE, status=422)
    return redirect("saved-files", seq=seq)


def _page(request: HttpRequest, seq: int, not_saved: str = "", status: int = 200) -> HttpResponse:
    rows = presenter.rows(door.of_saved(viewer=viewer_for(request.user, now()), seq=seq))
    context = {
        "seq": seq,
        "files": rows,
        "rules": policy().attachments,
        "not_saved": not_saved,
        "faulty": bool(not_saved),
    }
    return render(request, "web/saved_files.html", context, status=status)
