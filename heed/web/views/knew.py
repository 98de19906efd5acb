"""Who knew what about a child on a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heed.casework.clock import now
from heed.casework.doors import knew as door
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.knew import KnewForm
from heed.web.presenters import knew as presenter

HEADS = ("Agency", "Records written by then", "First written", "Of them in Heed by then")


@require_safe
def knew(request: HttpRequest, person: str) -> HttpResponse:
    """The answer as of the day that is asked for, today if none is; not found as for somebody who does not exist."""
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
    page = presenter.present(file, today) if good else None
    context = {"form": form, "page": page, "person": person, "heads": HEADS, "faulty": not good}
    return render(request, "web/knew.html", context, status=200 if good else 422)
