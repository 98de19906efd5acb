"""What needs a person's word on who is who: the queue, two files side by side, the verdict, and the second person's."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions import second_person
from heed.casework.actions.verdicts import judge
from heed.casework.clock import now
from heed.casework.doors import clashes
from heed.casework.doors import links as door
from heed.casework.doors import queue as waiting
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.second import SecondForm, WithdrawForm
from heed.web.forms.verdict import VerdictForm
from heed.web.presenters import identity, link_queue
from heed.web.presenters.paging import Pages, whole

SAID = "Your verdict is kept, and it stands until somebody gives a newer one on the same pair."
ASKED = (
    "Your verdict is kept and asked for. It lets records be seen across agencies, so it counts only once a second person"
    " has confirmed it. Until then nothing changes."
)
CONFIRMED = "Confirmed. The verdict counts from now on; whoever gave it can still withdraw it."
DECLINED = "Not confirmed. The verdict never counts; it stays readable with your reason."
ASKED_BACK = (
    "Asked for. Taking your verdict back lets records be seen across agencies, so a second person has to confirm it."
    " Until then your verdict counts."
)
WITHDRAWN = "Withdrawn. What was said of this pair before it stands again."


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """The queue, by kind."""
    at = now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in link_queue.KINDS else ""
    viewer = viewer_for(request.user, at)
    found = waiting.queue(viewer=viewer, kind=kind, page=whole(request.GET.get("page")), now=at)
    context = {
        "rows": link_queue.rows(found),
        "kinds": link_queue.choices(found, kind),
        "about": link_queue.ABOUT[kind],
        "pages": Pages(found.page, found.pages),
        "query": f"kind={kind}&" if kind else "",
    }
    return render(request, "web/links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Two sources side by side, why they may be one child, and the verdict."""
    at = now()
    compared = door.link(viewer=viewer_for(request.user, at), id=number, now=at)
    return _pair(request, compared, reverse("link", args=[number]), at)


@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request: HttpRequest, number: int) -> HttpResponse:
    """The pair a verdict is on: for one that no link holds any more, and for whoever comes by the verdict."""
    at = now()
    compared = door.of_verdict(viewer=viewer_for(request.user, at), number=number, now=at)
    return _pair(request, compared, reverse("verdict", args=[number]), at)


def _pair(request: HttpRequest, compared: door.Compared | None, here: str, at: Any) -> HttpResponse:
    if compared is None:
        raise Http404
    pair = compared.pair
    if request.method == "POST" and not pair.may_judge:
        raise Http404
    of = identity.whom(compared.left, compared.right)
    form = VerdictForm(request.POST if request.method == "POST" else None, seen=pair.whole, words=of.verdicts)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        said = judge(left=pair.left, right=pair.right, **form.cleaned_data, by=by, now=at, seen=pair.whole)
        messages.success(request, ASKED if second_person.waits(verdict=said.pk) else SAID)
        return redirect(here)
    faulty = bool(form.errors)
    context = _shown(request, compared) | {"form": form, "faulty": faulty, "reversible": identity.REVERSIBLE}
    return render(request, "web/link.html", context, status=422 if faulty else 200)


def _shown(request: HttpRequest, compared: door.Compared) -> dict[str, Any]:
    names = identity.name_of(compared.left), identity.name_of(compared.right)
    of = identity.whom(compared.left, compared.right)
    return {
        "link": identity.link(compared.pair, *names, request.user.pk or 0, of),
        "of_concern": identity.OF_CONCERN if of is identity.CONCERN else "",
        "rows": identity.rows(compared),
        "left": compared.left,
        "right": compared.right,
        "whole": compared.pair.whole,
        "may_judge": compared.pair.may_judge,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, number: int) -> HttpResponse:
    """The second person's word on a verdict that waits."""
    at = now()
    compared = door.of_verdict(viewer=viewer_for(request.user, at), number=number, now=at)
    if compared is None or not compared.pair.may_second:
        raise Http404
    form = SecondForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        agrees = form.cleaned_data["decide"] == "confirm"
        act = second_person.confirm if agrees else second_person.decline
        try:
            act(verdict=number, reason=form.cleaned_data["reason"], by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, CONFIRMED if agrees else DECLINED)
            return redirect("verdict", number=number)
    faulty = bool(form.errors)
    context = _shown(request, compared) | {"form": form, "faulty": faulty, "number": number}
    return render(request, "web/link_second.html", context, status=422 if faulty else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Taking one's own verdict back."""
    at = now()
    viewer = viewer_for(request.user, at)
    compared = door.of_verdict(viewer=viewer, number=number, now=at)
    said = next((one for one in compared.pair.said if one.number == number), None) if compared else None
    if compared is None or said is None or said.author != viewer.professional or not said.open:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        by: Any = request.user
        try:
            done = second_person.withdraw(verdict=number, reason=form.cleaned_data["reason"], by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, WITHDRAWN if done.verdict_id == number else ASKED_BACK)
            return redirect("verdict", number=number)
    faulty = bool(form.errors)
    shown = _shown(request, compared)
    mine = next(each for each in shown["link"].verdicts if each.number == number)
    context = shown | {"form": form, "faulty": faulty, "number": number, "mine": mine}
    return render(request, "web/link_withdraw.html", context, status=422 if faulty else 200)


@require_safe
def clash(request: HttpRequest, key: str) -> HttpResponse:
    """One number in files with several dates of birth, side by side."""
    at = now()
    found = clashes.clash(viewer=viewer_for(request.user, at), key=key, now=at)
    if found is None:
        raise Http404
    names = {side.key: identity.name_of(side) for side in found.sides}
    context = {
        "number": link_queue.number(found),
        "sides": [identity.column(side) for side in found.sides],
        "files": found.files,
        "left_out": link_queue.left_out(found),
        "pairs": [identity.link(pair, names[pair.left], names[pair.right]) for pair in found.pairs],
    }
    return render(request, "web/link_number.html", context)
