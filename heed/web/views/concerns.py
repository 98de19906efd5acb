"""Raising a concern, and the receipt that proves it was saved."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.concerns import SavedBefore
from heed.casework.actions.drafts import throw_away
from heed.casework.actions.writing import save_written
from heed.casework.clock import now
from heed.casework.doors.receipts import receipt_of
from heed.casework.doors.unwritten import WRITING, unwritten
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.wording import wording as word_lists
from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.web.forms.concern import ConcernForm, new_token
from heed.web.forms.concern_document import Writer, document
from heed.web.forms.wording import choices
from heed.web.presenters import receipts, wording
from heed.web.views import concern_steps, saved_once
from heed.web.views.agreed import named
from heed.web.views.drafts import keep, keep_as, kept_for_later, listed
from heed.web.views.unwritten import in_words

SIGNED_OUT = (
    "You are signed out. Your words are still below. Sign in in a new window, then come back and save again."
)
OPEN_TOO_LONG = "This page had been open too long. Your words are still below. Save again."
DATABASE = "Heed could not write it down. Your words are still below. Save again in a minute; if it fails twice, ring."
ODD = "Something in it cannot be kept: {}. Change it and save again."
CHANGED = (
    "You saved an earlier version of this page already (receipt {}). It is kept as it was. "
    "Save again to send these words as a new concern."
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; saved means a receipt. Whatever goes wrong, the words stay on the page."""
    today = wording.day_of(now())
    if request.method != "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _page(
            request, ConcernForm(initial={"token": new_token()}, today=today), unsent=listed(request)
        )
    form = ConcernForm(request.POST, today=today)
    if not request.user.is_authenticated:
        return _page(request, form, SIGNED_OUT, status=403)
    if concern_steps.keeping(request):
        return kept_for_later(request)
    if concern_steps.going_back(request):
        return _page(request, form)
    if not form.is_valid():
        keep(request)
        return _page(request, form, "It is not saved yet. Mend what is marked and save again.", status=422)
    if concern_steps.checking(request):
        return concern_steps.check(request, form)
    return _save(request, form)


def kept(request: HttpRequest) -> HttpResponse:
    """The words of a page that was open too long, ready to be sent once more."""
    form = ConcernForm(request.POST, today=wording.day_of(now()))
    return _page(request, form, OPEN_TOO_LONG if request.user.is_authenticated else SIGNED_OUT, status=403)


@require_safe
def saved(request: HttpRequest, seq: int) -> HttpResponse:
    """The receipt: who now owes an answer, by when, and what happens on silence."""
    at = now()
    receipt = receipt_of(viewer=viewer_for(request.user, at), seq=seq, now=at)
    if receipt is None:
        raise Http404
    context = {"page": receipts.page(receipt, at), "read": named(request, seq, at), "receipt": seq}
    return render(request, "web/saved.html", context | {"answered": "answered" in request.GET})


def _save(request: HttpRequest, form: ConcernForm) -> HttpResponse:
    at = now()
    before = saved_once.receipt_of_the_same_words(request, form.today)
    user: Any = request.user
    if before is not None:
        throw_away(token=form.cleaned_data["token"], by=user)
        return redirect("saved", seq=before)
    writer = Writer(user.username, user.name, user.role, user.grade, user.agency_id)
    reading = parse(document(form.cleaned_data, form.happened, writer, at, form.today))
    if reading.record is None:
        found = "; ".join(f"{problem.key}: {problem.expected}" for problem in reading.problems)
        return _page(request, form, ODD.format(found), status=422)
    try:
        done = choices(form.cleaned_data["wording"], word_lists())
        receipt = save_written(record=reading.record, choices=done, by=user, now=at)
    except SavedBefore as earlier:
        anew = _as_new(request, form)
        keep_as(request, anew.data["token"])
        return _page(request, anew, CHANGED.format(earlier.receipt), status=409)
    except Explained as trouble:
        return _page(request, form, str(trouble), status=500)
    except WRITING as trouble:
        why = unwritten(trouble)
        if why is None:
            return _page(request, form, DATABASE, status=503)
        return _page(request, form, in_words(why), status=why.status)
    answer = redirect("saved", seq=receipt.seq)
    saved_once.remember(request, answer, receipt.seq, form.today)
    return answer


def _as_new(request: HttpRequest, form: ConcernForm) -> ConcernForm:
    answers = request.POST.copy()
    answers["token"] = new_token()
    return ConcernForm(answers, today=form.today)


def _page(
    request: HttpRequest,
    form: ConcernForm,
    not_saved: str = "",
    status: int = 200,
    unsent: Sequence[Any] = (),
) -> HttpResponse:
    context = {"form": form, "not_saved": not_saved, "faulty": bool(not_saved), "drafts": unsent}
    return render(request, "web/concern.html", context, status=status)
