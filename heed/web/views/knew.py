"""Who knew what on a day: about a child, a finding, a person of concern or a place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import knew as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.knew import KnewForm
from heed.web.presenters import knew as presenter
from heed.web.presenters import spread

HEADS = ("Agency", "Records written by then", "First written", "Of them in Heed by then")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about, as addresses name it: the door to it, and the names of its own page, its days and its map."""

    door: Callable[..., door.KnewFile | None]
    named: str
    page: str
    days: str
    map: str
    back: str


SUBJECTS = {
    "child": Subject(door.knew_child, "person", "child", "knew", "knew-map", "Child"),
    "finding": Subject(door.knew_finding, "id", "finding", "knew-finding", "knew-finding-map", "Finding"),
    "register": Subject(
        door.knew_registered, "reference", "registered", "knew-registered", "knew-registered-map", "Register"
    ),
}


@require_safe
def knew(request: HttpRequest, of: str, kind: str = "child") -> HttpResponse:
    """The answer as of the day that is asked for, today if none is; not found as for what does not exist."""
    form, file, today = _asked(request, SUBJECTS[kind], of)
    page = presenter.present(file, today) if form.is_valid() else None
    return _page(request, "web/knew.html", form, page, kind, of)


@require_safe
def knowledge_map(request: HttpRequest, of: str, kind: str = "child") -> HttpResponse:
    """How far knowledge had spread by that day; a day that cannot be asked about leads back to the form."""
    form, file, _ = _asked(request, SUBJECTS[kind], of)
    if not form.is_valid():
        return _page(request, "web/knew.html", form, None, kind, of)
    return _page(request, "web/knew_map.html", form, spread.present(file), kind, of)


def _asked(request: HttpRequest, subject: Subject, of: str) -> tuple[KnewForm, door.KnewFile, date]:
    at = now()
    today = at.date()
    asked = request.GET if "on" in request.GET else {"on": today.isoformat()}
    form = KnewForm(asked, agencies=agency_names(), today=today)
    good = form.is_valid()
    file = subject.door(
        **{subject.named: of}, viewer=viewer_for(request.user, at), now=at,
        on=form.cleaned_data["on"] if good else today,
        agency=form.cleaned_data["agency"] if good else "",
    )  # fmt: skip
    if file is None:
        raise Http404
    return form, file, today


def _page(
    request: HttpRequest, template: str, form: KnewForm, page: object, kind: str, of: str
) -> HttpResponse:
    good, subject = page is not None, SUBJECTS[kind]
    addresses = {"own": reverse(subject.page, args=[of]), "days": reverse(subject.days, args=[of])}
    addresses |= {"map": reverse(subject.map, args=[of]), "back": subject.back}
    told = {"form": form, "page": page, "faulty": not good, "address": addresses}
    context = told | {"heads": HEADS, "rank_heads": spread.RANK_HEADS}
    return render(request, template, context, status=200 if good else 422)
