"""What is kept for the next time: the sheet and its print, the trigger plan; and the return interview."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.missing import writing
from heed.casework.clock import now
from heed.casework.doors import missing as door
from heed.casework.doors.viewing import viewer_for
from heed.core.records.record import Record
from heed.core.review.missing_sheet import INTERVIEW, PARTS, PLAN, SHEET, actions, version
from heed.core.review.missing_told import block, said
from heed.web.forms import missing_documents as documents
from heed.web.forms.concern import new_token
from heed.web.forms.missing_kept import MOST_ACTIONS, InterviewForm, PlanForm, SheetForm
from heed.web.presenters import missing_page as presenter
from heed.web.views.missing import answer, save, writer_of

FILLED_IN_NOW = (
    "Last seen: when, where, by whom",
    "Wearing and carrying",
    "Who was told, and when",
    "Reference of the report",
)
SHEET_SAVED = "Saved as a new version. The earlier ones are kept."
ELSEWHERE = (
    "Another agency has written a newer version since you opened this page, so yours is NOT saved. Copy your words, look "
    "at the newest version, and write yours after it."
)
PLAN_SAVED = "Saved. It runs when the child is next reported missing."
INTERVIEWED = "Saved. What it names counts from now on."
NOT_COUNTED = (
    "Saved, but it does not end what is owed: {}. Somebody independent still has to offer an interview."
)


@require_safe
def sheet(request: HttpRequest, whom: str) -> HttpResponse:
    """The sheet and the plan, with their age."""
    at = now()
    page = presenter.page(_file(request, whom, "the sheet for when a child goes missing"), at)
    return render(request, "web/missing/sheet.html", {"page": page})


@require_safe
def print_sheet(request: HttpRequest, whom: str) -> HttpResponse:
    """The sheet on paper, stamped with who printed it and when. Printing is a look of its own in the ledger."""
    at = now()
    page = presenter.page(_file(request, whom, "to print the sheet for when a child goes missing"), at)
    if page.sheet is None:
        raise Http404
    return render(request, "web/missing/print.html", {"page": page, "now": at, "now_parts": FILLED_IN_NOW})


@require_http_methods(["GET", "HEAD", "POST"])
def change_sheet(request: HttpRequest, whom: str) -> HttpResponse:
    """A new version, begun from the one that holds."""
    at = now()
    file = _file(request, whom, "to change the sheet for when a child goes missing")
    filled = {code: said(file.sheet, code, SHEET) for code in PARTS} if file.sheet else {}
    initial = {**filled, **_fresh(file.my_sheet), "version": version(file.sheet)}
    form = SheetForm(*_posted(request), initial=initial, now=at)
    if form.is_bound and form.is_valid():
        before = _same(form, file.my_sheet, "SHEET")
        told = documents.sheet(form.cleaned_data, before, file.mention, file.sheet, writer_of(request), at)
        if _changed_elsewhere(form, file):
            form.add_error(None, ELSEWHERE)
        elif save(request, form, told, lambda record: _keep(request, record)):
            messages.success(request, SHEET_SAVED)
            return redirect("if-missing", whom=whom)
    return answer(request, "web/missing/change_sheet.html", form, child=file.child)


@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request: HttpRequest, whom: str) -> HttpResponse:
    """The trigger plan: who does what at the next report."""
    at = now()
    file = _file(request, whom, "to change the trigger plan")
    agencies = sorted(file.agencies.items(), key=lambda each: each[1])
    form = PlanForm(
        *_posted(request), initial={**_planned(file), **_fresh(file.my_plan)}, now=at, agencies=agencies
    )
    if form.is_bound and form.is_valid():
        told = documents.plan(
            form.cleaned_data, _same(form, file.my_plan, "PLAN"), file.mention, writer_of(request), at
        )
        if save(request, form, told, lambda record: _keep(request, record)):
            messages.success(request, PLAN_SAVED)
            return redirect("if-missing", whom=whom)
    return answer(request, "web/missing/change_plan.html", form, child=file.child)


@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, night: int) -> HttpResponse:
    """How the return interview of an episode stands, and what the child said."""
    at = now()
    found = door.episode(viewer=viewer_for(request.user, at), number=night, now=at)
    if found is None:
        raise Http404
    file, away = found
    before = away.my_interview
    initial = {**_asked(before), **_fresh(before)}
    form = InterviewForm(*_posted(request), initial=initial, now=at, back=away.episode.back)
    if form.is_bound and form.is_valid():
        first = away.episode.records[0]
        told = documents.interview(
            form.cleaned_data,
            _same(form, before, "RHI"),
            file.mention,
            (first.agency, first.ref),
            writer_of(request),
            at,
        )
        if save(request, form, told, lambda record: _interviewed(request, record)):
            _say(request, night)
            return redirect("episode", night=night)
    shown = presenter.episode(away, file.agencies, at)
    return answer(request, "web/missing/interview.html", form, child=file.child, episode=shown)


def _interviewed(request: HttpRequest, record: Record) -> object:
    by: Any = request.user
    return writing.save_interview(record=record, by=by, now=now())


def _say(request: HttpRequest, number: int) -> None:
    """Whether it counts, in the words of the rule."""
    at = now()
    found = door.episode(viewer=viewer_for(request.user, at), number=number, now=at)
    mine = found[1].my_interview if found else None
    why = next((why for each, why in found[1].interviews if each is mine), "") if found else ""
    if why:
        messages.warning(request, NOT_COUNTED.format(why))
    else:
        messages.success(request, INTERVIEWED)


def _keep(request: HttpRequest, record: Record) -> object:
    by: Any = request.user
    return writing.save_kept(record=record, by=by, now=now())


def _file(request: HttpRequest, person: str, purpose: str) -> door.MissingFile:
    at = now()
    file = door.missing_file(viewer=viewer_for(request.user, at), person=person, now=at, purpose=purpose)
    if file is None:
        raise Http404
    return file


def _same(form: Any, mine: Record | None, prefix: str) -> Any:
    """The own record that is revised: with the revision the page was opened with, so that nobody is written over. None
    where the page is the first of it, also where it is sent for the second time."""
    opened = form.cleaned_data.get("after") or 0
    if mine is None or (not opened and mine.ref == f"{prefix}-{form.cleaned_data['token']}"):
        return None
    return {**mine.document, "revision": opened}


def _changed_elsewhere(form: Any, file: door.MissingFile) -> bool:
    """Whether another agency has written a version since the page was opened: it would be written over unread."""
    opened, newest = form.cleaned_data.get("version"), file.sheet
    mine = file.my_sheet.agency if file.my_sheet else ""
    return opened is not None and newest is not None and newest.agency != mine and version(newest) > opened


def _asked(before: Record | None) -> dict[str, object]:
    """What was written of the interview before, to go on from."""
    if before is None:
        return {}
    told = {key: value for key, value in block(before, INTERVIEW).items() if isinstance(value, str)}
    independent = block(before, INTERVIEW).get("independent")
    return {
        **told,
        "independent": "no" if independent is True else "yes" if independent is False else None,
        "child_words": before.childs_words or "",
        **documents.named_in(before),
    }


def _planned(file: door.MissingFile) -> dict[str, object]:
    """The plan of one's own agency, to go on from: another's runs beside it."""
    if file.my_plan is None:
        return {}
    found: dict[str, object] = {}
    for place, each in enumerate(actions(file.my_plan)[:MOST_ACTIONS]):
        found |= {f"agency{place}": each.agency, f"what{place}": each.what}
    return found | {
        "agreed_with": said(file.my_plan, "agreed_with", PLAN),
        "until": said(file.my_plan, "until", PLAN),
    }


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _fresh(mine: Record | None) -> dict[str, object]:
    return {"token": new_token(), "after": mine.revision if mine else 0}
