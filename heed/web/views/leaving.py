"""Taking a child's records, or what a finding rests on, out of Heed as a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _About:
    """What a file is to be about: how the ledger names it, its formats, its page, and the two ways through its door."""

    subject: str
    formats: Mapping[str, str]
    back: str
    sees: Callable[[], bool]
    take: Callable[[Asked], door.Taken | None]


@require_http_methods(["GET", "HEAD", "POST"])
def child(request: HttpRequest, person: str) -> HttpResponse:
    """The form for a child's records, and on its answer the file."""
    at = now()
    who = {"viewer": viewer_for(request.user, at), "person": person, "now": at}
    about = _About(
        person, door.CHILD_FORMATS, reverse("child", args=[person]),
        sees=lambda: door.sees_child(**who), take=lambda asked: door.take_child(**who, asked=asked),
    )  # fmt: skip
    return _answer(request, about)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, finding: str) -> HttpResponse:
    """The same for the records a finding rests on."""
    at = now()
    who = {"viewer": viewer_for(request.user, at), "id": finding, "now": at}
    about = _About(
        f"finding:{finding}", door.FINDING_FORMATS, reverse("finding", args=[finding]),
        sees=lambda: door.sees_finding(**who), take=lambda asked: door.take_finding(**who, asked=asked),
    )  # fmt: skip
    return _answer(request, about)


def _answer(request: HttpRequest, about: _About) -> HttpResponse:
    """One look is written down for each request: by taking it out, or by being shown the form."""
    rules = read_exports()
    form = LeavingForm(
        request.POST if request.method == "POST" else None,
        formats=about.formats, reasons=rules.reasons, least=rules.purpose_characters,
    )  # fmt: skip
    if not form.is_valid():
        if not about.sees():
            raise Http404
        return _page(request, form, about.back)
    said = form.cleaned_data
    asked = Asked(
        said["format"], about.subject, said["reason"], said["purpose"], said["others"], said["addresses"]
    )
    try:
        taken = about.take(asked)
    except Explained as trouble:
        form.add_error(None, str(trouble))
        return _page(request, form, about.back)
    if taken is None:
        raise Http404
    # No name of anybody in the name of the file: it stays in a list of downloads.
    named = f'attachment; filename="heed-export-{taken.number}.{taken.ending}"'
    return HttpResponse(taken.content, content_type=taken.media_type, headers={"Content-Disposition": named})


def _page(request: HttpRequest, form: LeavingForm, back: str) -> HttpResponse:
    faulty = bool(form.errors)
    context = {"form": form, "back": back, "faulty": faulty}
    return render(request, "web/leaving.html", context, status=422 if faulty else 200)
