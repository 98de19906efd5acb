"""One duty: its page, and what people do with it. A refusal is a sentence on the page, never a crash."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heed.casework.actions import duties as actions
from heed.casework.clock import now
from heed.casework.doors.duties import DutyFile, agencies, colleague, duty_file, seen_among
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy import policy
from heed.core.duty.moves import NotPossible
from heed.core.records.explained import Explained
from heed.web.forms.duty import (
    AnswerForm,
    DisagreeForm,
    HandOverForm,
    JoinForm,
    LowerForm,
    SecondForm,
    SkipForm,
    ThemeForm,
)
from heed.web.presenters import duties, wording

type Act = Callable[[], object]


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """What is owed, why, every step so far, and the forms for whoever may use them."""
    return _page(request, _file(request, reference))


@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """I have seen it; the answer is still owed."""
    file = _file(request, reference)
    return _done(
        request,
        file,
        "You have said that you have seen it. The answer is still owed.",
        lambda: actions.acknowledge(duty=reference, by=_me(request), now=now()),
    )


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """A decision with its reason."""
    file = _file(request, reference)
    form = AnswerForm(request.POST, decisions=file.decisions, prefix="answer")
    if not form.is_valid():
        return _page(request, file, answer=form)
    told = "Answered. Whoever raised it now sees your decision and your reason."
    if file.owed.grave and form.cleaned_data["decision"] in policy().duties.closing:
        told = "A second person, of another agency, is asked. Until they agree, the answer is still owed."
    given = {name: form.cleaned_data[name] for name in ("decision", "reason")}
    again = _morning(form.cleaned_data["recheck_on"])
    return _done(
        request,
        file,
        told,
        lambda: actions.answer(duty=reference, by=_me(request), now=now(), recheck_at=again, **given),
        answer=form,
    )


@require_POST
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer it to a colleague."""
    file = _file(request, reference)
    form = HandOverForm(request.POST, colleagues=_colleagues(file), prefix="hand_over")
    if not form.is_valid():
        return _page(request, file, hand_over=form)
    to = colleague(viewer=viewer_for(request.user, now()), id=form.cleaned_data["to"])
    if to is None:
        return _page(request, file, refusal="There is no such colleague at your agency.", hand_over=form)
    told = "Offered. Until it is taken on, you still owe the answer."
    return _done(
        request,
        file,
        told,
        lambda: actions.hand_over(
            duty=reference, by=_me(request), to=to, words=form.cleaned_data["words"], now=now()
        ),
        hand_over=form,
    )


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """I take it on."""
    file = _file(request, reference)
    return _done(
        request,
        file,
        "You have taken it on. You now owe the answer.",
        lambda: actions.accept(duty=reference, by=_me(request), now=now()),
    )


@require_POST
def disagree(request: HttpRequest, reference: str) -> HttpResponse:
    """I do not accept how it stands."""
    file = _file(request, reference)
    form = DisagreeForm(request.POST, prefix="disagree")
    if not form.is_valid():
        return _page(request, file, disagree=form)
    told = "It is open again, one rung higher, with a new deadline."
    return _done(
        request,
        file,
        told,
        lambda: actions.disagree(duty=reference, by=_me(request), now=now(), **form.cleaned_data),
        disagree=form,
    )


@require_POST
def lower(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask that the level be lowered."""
    file = _file(request, reference)
    form = LowerForm(request.POST, prefix="lower")
    if not form.is_valid():
        return _page(request, file, lower=form)
    told = "A second person, of another agency, is asked. Until they agree, the level stays."
    again, words = _morning(form.cleaned_data["recheck_on"]), form.cleaned_data["words"]
    return _done(
        request,
        file,
        told,
        lambda: actions.lower(duty=reference, by=_me(request), words=words, recheck_at=again, now=now()),
        lower=form,
    )


@require_POST
def second(request: HttpRequest, reference: str) -> HttpResponse:
    """The second person agrees, or does not."""
    file = _file(request, reference)
    form = SecondForm(request.POST, prefix="second")
    if not form.is_valid():
        return _page(request, file, second=form)
    act = actions.confirm if form.cleaned_data["decide"] == "confirm" else actions.decline
    return _done(
        request,
        file,
        "Your word is kept, with your name.",
        lambda: act(
            duty=reference,
            by=_me(request),
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            now=now(),
        ),
        second=form,
    )


@require_POST
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """I also know about this."""
    file = _file(request, reference)
    form = JoinForm(request.POST, prefix="join")
    if not form.is_valid():
        return _page(request, file, join=form)
    return _done(
        request,
        file,
        "Your voice is added. The designated lead of your agency sees this now too.",
        lambda: actions.join(duty=reference, by=_me(request), now=now(), **form.cleaned_data),
        join=form,
    )


@require_POST
def skip(request: HttpRequest, reference: str) -> HttpResponse:
    """A child is in danger now: straight to a higher rung."""
    file = _file(request, reference)
    form = SkipForm(request.POST, rungs=_rungs(file), prefix="skip")
    if not form.is_valid():
        return _page(request, file, skip=form)
    return _done(
        request,
        file,
        "It went up at once. An answer is owed within hours, day or night.",
        lambda: actions.skip(duty=reference, by=_me(request), now=now(), **form.cleaned_data),
        skip=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponse:
    """A difference with one agency about several cases."""
    form = ThemeForm(request.POST or None, agencies=agencies())
    refusal = ""
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("agency", "words")}
        named = form.cleaned_data["references"].replace(",", " ").split()
        at = now()
        seen = seen_among(viewer=viewer_for(_me(request), at), references=named, now=at)
        try:
            made = actions.raise_theme(references=named, seen=seen, by=_me(request), now=at, **told)
        except Explained as why:
            refusal = str(why)
        else:
            messages.success(
                request, "Raised. The line managers of that agency owe you an answer for all of them."
            )
            return redirect("duty", reference=made.reference)
    faulty = bool(refusal) or (form.is_bound and not form.is_valid())
    shown = {"form": form, "refusal": refusal}
    return render(request, "web/theme.html", shown, status=422 if faulty else 200)


def _morning(day: date | None) -> datetime | None:
    """A day as the instant at which work begins on it."""
    calendar = policy().ladder.calendar
    return None if day is None else datetime.combine(day, calendar.opens, calendar.zone)


def _rungs(file: DutyFile) -> list[tuple[int, str]]:
    """The rungs above where a duty stands."""
    rungs = list(enumerate(policy().ladder.rungs))
    return [(number, rung.name.capitalize()) for number, rung in rungs if number > file.owed.rung]


def _me(request: HttpRequest) -> Any:
    return request.user


def _file(request: HttpRequest, reference: str) -> DutyFile:
    at = now()
    file = duty_file(viewer=viewer_for(_me(request), at), reference=reference, now=at)
    if file is None:
        raise Http404
    return file


def _done(request: HttpRequest, file: DutyFile, told: str, act: Act, **kept: forms.Form) -> HttpResponse:
    """Do it and say so, or show the page again with the sentence that says why not and the words that were typed."""
    try:
        act()
    except NotPossible:
        why = "It has moved on since you opened this page. Read the newest step before you act."
        return _page(request, file, refusal=why, **kept)
    except Explained as refusal:
        return _page(request, file, refusal=str(refusal), **kept)
    messages.success(request, told)
    return redirect("duty", reference=file.owed.reference)


def _page(request: HttpRequest, file: DutyFile, refusal: str = "", **kept: forms.Form) -> HttpResponse:
    shown = {
        "answer": AnswerForm(decisions=file.decisions, prefix="answer"),
        "hand_over": HandOverForm(colleagues=_colleagues(file), prefix="hand_over"),
        "disagree": DisagreeForm(prefix="disagree"),
        "lower": LowerForm(prefix="lower"),
        "second": SecondForm(prefix="second"),
        "join": JoinForm(prefix="join"),
        "skip": SkipForm(rungs=_rungs(file), prefix="skip"),
    } | kept
    faulty = bool(refusal) or any(form.errors for form in kept.values())
    context = {
        "page": duties.duty(file.owed, now()),
        "file": file,
        "written": wording.instant(file.statement.recorded_at) if file.statement else "",
        "forms": shown,
        "kept": next(iter(kept.values()), None),
        "opened": next(iter(kept), ""),
        "refusal": refusal,
        "faulty": faulty,
    }
    return render(request, "web/duty.html", context, status=422 if faulty else 200)


def _colleagues(file: DutyFile) -> list[tuple[int, str]]:
    return [(one.id, f"{one.name}, {one.role}") for one in file.colleagues]
