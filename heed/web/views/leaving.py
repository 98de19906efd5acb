"""Taking a child's records, or what a finding rests on, out of Heed as a file."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heed.casework.actions.exporting import Asked
from heed.casework.clock import now
from heed.casework.doors import leaving as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.exports import read_exports
from heed.core.records.explained import Explained
from heed.web.forms.leaving import LeavingForm


@require_http_methods(["GET", "HEAD", "POST"])
def child(request: HttpRequest, person: str) -> HttpResponse:
    """The form, and on its answer the file."""
    at = now()
    viewer = viewer_for(request.user, at)
    if request.method != "POST" and not door.sees_child(viewer=viewer, person=person, now=at):
        raise Http404
    back = reverse("child", args=[person])
    return _answer(
        request,
        door.CHILD_FORMATS,
        person,
        back,
        lambda asked: door.take_child(viewer=viewer, person=person, asked=asked, now=at),
        lambda: door.sees_child(viewer=viewer, person=person, now=at),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """The same for the records a finding rests on."""
    at = now()
    viewer = viewer_for(request.user, at)
    if request.method != "POST" and not door.sees_finding(viewer=viewer, id=finding, now=at):
        raise Http404
    back = reverse("finding", args=[finding])
    return _answer(
        request,
        door.FINDING_FORMATS,
        f"finding:{finding}",
        back,
        lambda asked: door.take_finding(viewer=viewer, id=finding, asked=asked, now=at),
        lambda: door.sees_finding(viewer=viewer, id=finding, now=at),
    )


def _answer(
    request: HttpRequest,
    formats: Mapping[str, str],
    subject: str,
    back: str,
    take: Callable[[Asked], door.Taken | None],
    sees: Callable[[], bool],
) -> HttpResponse:
    rules = read_exports()
    form = LeavingForm(
        request.POST if request.method == "POST" else None,
        formats=formats, reasons=rules.reasons, least=rules.purpose_characters,
    )  # fmt: skip
    if not form.is_bound:
        return _page(request, form, back)
    if not form.is_valid():
        if not sees():
            raise Http404
        return _page(request, form, back)
    said = form.cleaned_data
    asked = Asked(said["format"], subject, said["reason"], said["purpose"], said["others"], said["addresses"])
    try:
        taken = take(asked)
    except Explained as trouble:
        form.add_error(None, str(trouble))
        return _page(request, form, back)
    if taken is None:
        raise Http404
    # No name of anybody in the name of the file: it stays in a list of downloads.
    named = f'attachment; filename="heed-export-{taken.number}.{taken.ending}"'
    return HttpResponse(taken.content, content_type=taken.media_type, headers={"Content-Disposition": named})


def _page(request: HttpRequest, form: LeavingForm, back: str) -> HttpResponse:
    faulty = bool(form.errors)
    context = {"form": form, "back": back, "faulty": faulty}
    return render(request, "web/leaving.html", context, status=422 if faulty else 200)
