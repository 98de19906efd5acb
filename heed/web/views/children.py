"""The children somebody works with, and one child's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.clock import now
from heed.casework.doors import children as door
from heed.casework.doors import near as door_near
from heed.casework.doors.sight import agency_names
from heed.casework.doors.viewing import viewer_for
from heed.web.forms.reference import ReferenceForm
from heed.web.presenters import child as presenter
from heed.web.presenters import register as registering
from heed.web.presenters.chronology import Chosen
from heed.web.presenters.paging import paged, whole

NOBODY = "Your agency has sent no record of a child with this reference. Check how your system writes it."


@require_http_methods(["GET", "HEAD", "POST"])
def children(request: HttpRequest) -> HttpResponse:
    """The list, and the look-up by the agency's own reference."""
    at = now()
    viewer = viewer_for(request.user, at)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = door.by_reference(viewer=viewer, ref=form.cleaned_data["reference"], now=at)
        if person is not None:
            return redirect("child", person=person)
        form.add_error("reference", NOBODY)
    names = agency_names()
    cards, pages = paged(
        presenter.cards(door.mine(viewer=viewer, now=at), names), whole(request.GET.get("page")), 50
    )
    context = {
        "form": form,
        "cards": cards,
        "pages": pages,
        "agency": names.get(viewer.agency, viewer.agency),
    }
    faulty = bool(form.errors)
    return render(request, "web/children.html", context | {"faulty": faulty}, status=422 if faulty else 200)


@require_safe
def child(request: HttpRequest, person: str) -> HttpResponse:
    """One child, as far as the viewer may see her; not found otherwise, as for somebody who does not exist."""
    at = now()
    viewer = viewer_for(request.user, at)
    file = door.child(viewer=viewer, person=person, now=at)
    if file is None:
        raise Http404
    asked = request.GET
    chosen = Chosen(
        asked.get("kind", ""), asked.get("agency", ""), whole(asked.get("page")) or 1, whole(asked.get("at"))
    )
    near = registering.around(door_near.around(viewer=viewer, person=person, now=at), at)
    near |= {"nameable": registering.nameable(file)}
    return render(request, "web/child.html", {"page": presenter.present(file, chosen, at), "register": near})
