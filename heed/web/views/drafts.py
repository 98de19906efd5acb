"""Pages that were not sent yet: carrying on with one, or throwing it away."""

from enum import Enum, auto
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from heed.casework.actions.drafts import keep_draft, throw_away
from heed.casework.clock import now
from heed.casework.doors import drafts as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.sharing import sharing
from heed.web.forms.concern import TOKEN, ConcernForm, new_token
from heed.web.presenters import drafts as presenter
from heed.web.presenters import wording

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "token", "step", "take", "keep"})
CHOSEN = frozenset({"source", "danger", "when", "wording"})
CHOSEN_OF_A_SHARE = ("_agency", "_basis", "_child", "_parent")
KEPT = "Kept as a draft until {}. It is not sent: nobody has been told, and nobody owes an answer."
NOTHING = "You had written nothing, so nothing is kept."
GONE = "The draft is thrown away."


class Kept(Enum):
    """What became of a page that was to be kept."""

    YES = auto()
    NOTHING_WRITTEN = auto()
    SAVED_ALREADY = auto()


@require_safe
def carry_on(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it was last kept."""
    at = now()
    unsent = door.draft(viewer=viewer_for(request.user, at), token=token, now=at)
    if unsent is None:
        raise Http404
    answers = QueryDict(mutable=True)
    for name, values in unsent.answers.items():
        answers.setlist(name, values)
    answers["token"] = token
    first = ConcernForm(answers, today=wording.day_of(at))
    # Shown again as it stood, without a word on what is still missing.
    given = {name: answers.get(name) for name in first.fields if name in answers}
    form = ConcernForm(initial=given, today=wording.day_of(at))
    kept = wording.instant(unsent.saved_at)
    return render(request, "web/concern.html", {"form": form, "carried_on": kept})


@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a draft away, once its writer has said so twice: its words are nowhere else."""
    by: Any = request.user
    if request.POST.get("sure") != "yes":
        at = now()
        unsent = door.draft(viewer=viewer_for(by, at), token=token, now=at)
        if unsent is None:
            raise Http404
        (shown,) = presenter.drafts([unsent])
        return render(request, "web/draft_forget.html", {"draft": shown})
    throw_away(token=token, by=by)
    messages.success(request, GONE)
    return redirect("today")


def keep(request: HttpRequest, token: str = "") -> Kept:
    """Keep what was sent as a draft, of another page where its mark is given; nothing is kept of a page on which nobody
    has written a word, or that is saved already."""
    sent, by = request.POST, request.user
    token = token or sent.get("token", "")
    answers = {name: values for name, values in sent.lists() if name not in NOT_KEPT}
    if not TOKEN.fullmatch(token) or not any(_written(name, values) for name, values in answers.items()):
        return Kept.NOTHING_WRITTEN
    who: Any = by
    kept = keep_draft(token=token, answers=answers, by=who, now=now())
    return Kept.YES if kept else Kept.SAVED_ALREADY


def keep_as(request: HttpRequest, token: str) -> None:
    """Keep what was sent as a draft of another page, and none of the page it was sent from: that one is saved."""
    by: Any = request.user
    throw_away(token=request.POST.get("token", ""), by=by)
    keep(request, token)


def kept_for_later(request: HttpRequest) -> HttpResponse:
    """Keep it and go: back on Today it is listed. What is written on a page saved already is a page of its own."""
    kept = keep(request)
    if kept is Kept.SAVED_ALREADY:
        kept = keep(request, new_token())
    if kept is Kept.YES:
        until = wording.day(wording.day_of(now() + sharing().drafts_kept))
        messages.success(request, KEPT.format(until))
    else:
        messages.warning(request, NOTHING)
    return redirect("today")


def _written(name: str, values: list[str]) -> bool:
    """Whether somebody wrote this: what is only chosen, or chosen for them, is no word yet."""
    chosen = name in CHOSEN or name.endswith(CHOSEN_OF_A_SHARE)
    return not chosen and any(value.strip() for value in values)


def listed(request: HttpRequest) -> list[presenter.DraftShown]:
    """The drafts of whoever is looking."""
    at = now()
    return presenter.drafts(door.mine(viewer=viewer_for(request.user, at), now=at))
