"""Who knew what about a child on a day."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import knew as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.knew import KnewForm
from heed.web.presenters import knew as presenter
from heed.web.presenters import spread

HEADS = ("Agency", "Records written by then", "First written", "Of them in Heed by then")


@require_safe
def knew(request: HttpRequest, person: str) -> HttpResponse:
    """The answer as of the day that is asked for, today if none is; not found as for somebody who does not exist."""
    form, file, today = _asked(request, person)
    page = presenter.present(file, today) if form.is_valid() else None
    return _page(request, "web/knew.html", form, page, person=person, heads=HEADS)


@require_safe
def knowledge_map(request: HttpRequest, person: str) -> HttpResponse:
    """How far knowledge had spread by that day; a day that cannot be asked about leads back to the form."""
    form, file, _ = _asked(request, person)
    if not form.is_valid():
        return _page(request, "web/knew.html", form, None, person=person, heads=HEADS)
    page = spread.present(file)
    return _page(request, "web/knew_map.html", form, page, rank_heads=spread.RANK_HEADS)


def _asked(request: HttpRequest, person: str) -> tuple[KnewForm, door.KnewFile, date]:
    at = now()
    today = at.date()
    asked = request.GET if "on" in request.GET else {"on": today.isoformat()}
    form = KnewForm(asked, agencies=agency_names(), today=today)
    good = form.is_valid()
    file = door.knew_child(
        viewer=viewer_for(request.user, at), person=person, now=at,
        on=form.cleaned_data["on"] if good else today,
        agency=form.cleaned_data["agency"] if good else "",
    )  # fmt: skip
    if file is None:
        raise Http404
    return form, file, today


def _page(request: HttpRequest, template: str, form: KnewForm, page: object, **more: object) -> HttpResponse:
    good = page is not None
    context = {"form": form, "page": page, "faulty": not good, **more}
    return render(request, template, context, status=200 if good else 422)
