"""Who is away and who is on call: each for themselves, leads for their agency."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heed.casework.actions import browsers, presence
from heed.casework.clock import now
from heed.casework.doors import there as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.web.forms.there import AwayForm, TurnForm
from heed.web.presenters import presence as told
from heed.web.views.erasures import sentence


@require_safe
def there(request: HttpRequest) -> HttpResponse:
    """Who is away and who is on call, and the forms to say so."""
    return _page(request)


@require_POST
def away(request: HttpRequest) -> HttpResponse:
    """Somebody is away."""
    form = AwayForm(request.POST, people=_names(request), prefix="away")
    at = now()

    def go(given: dict[str, Any]) -> None:
        since = given["since"] or at
        presence.go_away(
            who=_who(request, given["who"]), why=given["why"], since=since, until=given["until"], by=_me(request),
            now=at,
        )  # fmt: skip

    return _done(
        request, form, "away", go, "Kept. Others are asked meanwhile, and what is owed is passed on."
    )


@require_POST
def on_call(request: HttpRequest) -> HttpResponse:
    """Somebody takes a turn on call."""
    form = TurnForm(request.POST, people=_names(request), prefix="turn")

    def take(given: dict[str, Any]) -> None:
        who = _who(request, given.pop("who"))
        presence.take_turn(who=who, by=_me(request), now=now(), **given)

    return _done(request, form, "turn", take, "Kept. During this turn they are asked first.")


@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Somebody is back."""
    who = _who(request, int(request.POST["who"]) if request.POST.get("who", "").isdecimal() else 0)
    return _ended(
        request,
        lambda: presence.come_back(who=who, by=_me(request), now=now()),
        "Welcome back. What was passed on stays with whoever has it now.",
    )


@require_POST
def absence_off(request: HttpRequest, number: int) -> HttpResponse:
    """An absence does not happen."""
    row = door.absence(viewer=viewer_for(_me(request), now()), number=number)
    if row is None:
        raise Http404
    return _ended(
        request, lambda: presence.call_off(absence=row, by=_me(request), now=now()), "The absence is called off."
    )  # fmt: skip


@require_POST
def turn_off(request: HttpRequest, number: int) -> HttpResponse:
    """A turn on call does not happen, or ends."""
    row = door.turn(viewer=viewer_for(_me(request), now()), number=number)
    if row is None:
        raise Http404
    return _ended(
        request, lambda: presence.give_up_turn(turn=row, by=_me(request), now=now()), "The turn on call is given up."
    )  # fmt: skip


@require_POST
def browser_on(request: HttpRequest) -> HttpResponse:
    """Tell me in this browser: the page's script names where its push service waits."""
    place = request.POST.get("place", "")
    return _ended(
        request, lambda: browsers.tell_in_browser(place=place, by=_me(request), now=now()),
        "You are told in this browser when something urgent waits.",
    )  # fmt: skip


@require_POST
def browser_off(request: HttpRequest, number: int) -> HttpResponse:
    """Tell me in that browser no more."""
    return _ended(
        request, lambda: browsers.tell_no_more(number=number, by=_me(request), now=now()),
        "You are not told in that browser any more.",
    )  # fmt: skip


def _me(request: HttpRequest) -> Any:
    return request.user


def _who(request: HttpRequest, id: int) -> Any:
    found = door.one_of_theirs(viewer=viewer_for(_me(request), now()), id=id)
    if found is None:
        raise Http404
    return found


def _names(request: HttpRequest) -> list[tuple[int, str]]:
    at = now()
    people = door.there(viewer=viewer_for(_me(request), at), now=at)
    return [(each.id, f"{each.name}, {each.role}") for each in people]


def _done(
    request: HttpRequest, form: forms.Form, name: str, act: Callable[[dict[str, Any]], None], words: str
) -> HttpResponse:
    if form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except Explained as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, words)
            return redirect("there")
    return _page(request, **{name: form})


def _ended(request: HttpRequest, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except Explained as refusal:
        messages.warning(request, sentence(refusal))
    else:
        messages.success(request, words)
    return redirect("there")


def _page(request: HttpRequest, **kept: forms.Form) -> HttpResponse:
    at = now()
    people = door.there(viewer=viewer_for(_me(request), at), now=at)
    names = [(each.id, f"{each.name}, {each.role}") for each in people]
    shown = {
        "away": AwayForm(people=names, prefix="away"),
        "turn": TurnForm(people=names, prefix="turn"),
        **kept,
    }
    faulty = bool(kept)
    waking = door.waking(viewer=viewer_for(_me(request), at))
    context = {
        "people": [told.somebody(each, mine=each.id == _me(request).pk) for each in people],
        "push_key": waking.key,
        "browsers": [told.browser(each) for each in waking.browsers],
        "forms": shown,
        "kept": next(iter(kept.values()), None),
        "faulty": faulty,
    }
    return render(request, "web/there.html", context, status=422 if faulty else 200)
