"""A child's missing episodes: her page, one episode, and the forms by which each entry is written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions.missing import writing
from heed.casework.clock import now
from heed.casework.doors import missing as door
from heed.casework.doors.unwritten import WRITING, unwritten
from heed.casework.doors.viewing import viewer_for
from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.core.records.record import Document, Record
from heed.core.review.missing_counts import began
from heed.web.forms import missing_documents as documents
from heed.web.forms.concern import new_token
from heed.web.forms.concern_document import Writer
from heed.web.forms.missing import GradeForm, PictureForm, ReportForm, ReturnForm
from heed.web.presenters import missing_page as presenter
from heed.web.views.unwritten import in_words

REPORTED = "Saved. Whoever holds the episode is told, and the trigger plan runs where there is one."
GRADED = "Saved. What was graded before is kept beside it."
PICTURED = "Saved. It stands at the head of the episode."
HANDED = "Saved, and offered. It stays with you until they take it on."
RETURNED = "Saved. A return interview is owed within 72 hours of the return."
ODD = "Something in it cannot be kept: {}. Change it and save again."
DATABASE = "Heed could not write it down. Your words are still below. Save again in a minute; if it fails twice, ring."
CHANGED = writing.MEANWHILE

type Save = Callable[[Record], object]


@require_safe
def missing(request: HttpRequest, person: str) -> HttpResponse:
    """Every episode of a child, the sheet's age, and the picture of the one that goes on."""
    at = now()
    page = presenter.page(_file(request, person), at)
    return render(request, "web/missing/child.html", {"page": page, "now": at})


@require_safe
def episode(request: HttpRequest, night: int) -> HttpResponse:
    """One episode: how it stands, every entry, what is owed."""
    at = now()
    file, away = _episode(request, night)
    shown = presenter.episode(away, file.agencies, at)
    context = {"page": presenter.page(file, at), "episode": shown, "now": at}
    return render(request, "web/missing/episode.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, whom: str) -> HttpResponse:
    """Reporting a child who has a page here."""
    at = now()
    file = _file(request, whom)
    again = _sent_before(request, file)
    # Sent twice, it counts itself among the facts: it asks for nothing that it was not asked the first time.
    weighty = bool(request.POST.get("despite")) if again else any(each.weighty for each in file.facts_tonight)
    facts = presenter.facts(file.facts_tonight)
    going_on = presenter.away_now(file, at)
    asks = any(each.mine for each in going_on) and not again
    form = ReportForm(*_posted(request), initial=_fresh(), now=at, weighty=weighty, known=True, another=asks)
    context = {"child": file.child, "facts": facts, "going_on": going_on}
    if form.is_bound and form.is_valid():
        told = documents.report(form.cleaned_data, file.mention, facts, writer_of(request), at)
        saved = save(request, form, told, lambda record: _entry(request, record))
        if saved:
            messages.success(request, REPORTED)
            return redirect("missing", person=whom)
    return answer(request, "web/missing/report.html", form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_anybody(request: HttpRequest) -> HttpResponse:
    """Reporting a child whom nobody here has a page of."""
    at = now()
    door.blank(viewer=viewer_for(request.user, at), now=at)
    form = ReportForm(*_posted(request), initial=_fresh(), now=at, weighty=False, known=False)
    if form.is_bound and form.is_valid():
        child = documents.child_named(form.cleaned_data, at)
        told = documents.report(form.cleaned_data, child, (), writer_of(request), at)
        receipt: Any = save(request, form, told, lambda record: _entry(request, record))
        if receipt:
            messages.success(request, REPORTED)
            return redirect("saved", seq=receipt.seq)
    return answer(request, "web/missing/report.html", form, child=None, facts=())


@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, night: int) -> HttpResponse:
    """The risk looked at again: category, level, reason, beside what is known."""
    at = now()
    file, away = _episode(request, night)
    graded = presenter.episode(away, file.agencies, at)
    weighty = any(fact.weighty for fact in file.facts)
    facts = presenter.facts(file.facts)
    form = GradeForm(*_posted(request), initial=_fresh(away), now=at, weighty=weighty)
    if form.is_bound and form.is_valid():
        before = _before(form, file, away, writer_of(request))
        told = documents.graded(form.cleaned_data, before, facts, writer_of(request), at)
        if _saved(request, form, told):
            messages.success(request, GRADED)
            return redirect("episode", night=night)
    return answer(request, "web/missing/grade.html", form, child=file.child, episode=graded, facts=facts)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: HttpRequest, night: int) -> HttpResponse:
    """How things stand for the next shift, and to whom the episode is handed."""
    at = now()
    file, away = _episode(request, night)
    people = [(each.id, f"{each.name}, {each.role}") for each in file.colleagues]
    form = PictureForm(*_posted(request), initial=_fresh(away), now=at, people=people)
    if form.is_bound and form.is_valid():
        to = form.cleaned_data["hand_to"]
        before = _before(form, file, away, writer_of(request))
        handed = dict(people).get(to, "") if to else ""
        told = documents.pictured(form.cleaned_data, before, handed, writer_of(request), at)
        if _saved(request, form, told, hand_to=to):
            messages.success(request, HANDED if to else PICTURED)
            return redirect("episode", night=night)
    shown = presenter.episode(away, file.agencies, at)
    return answer(request, "web/missing/picture.html", form, child=file.child, episode=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: HttpRequest, night: int) -> HttpResponse:
    """The child is back: found where, with whom, by whom, in what state."""
    at = now()
    file, away = _episode(request, night)
    form = ReturnForm(*_posted(request), initial=_fresh(away), now=at, began=began(away.episode))
    if form.is_bound and form.is_valid():
        before = _before(form, file, away, writer_of(request))
        told = documents.returned(form.cleaned_data, before, writer_of(request), at)
        if _saved(request, form, told):
            messages.success(request, RETURNED)
            return redirect("episode", night=night)
    shown = presenter.episode(away, file.agencies, at)
    return answer(request, "web/missing/return.html", form, child=file.child, episode=shown)


def writer_of(request: HttpRequest) -> Writer:
    """Who writes."""
    user: Any = request.user
    return Writer(user.username, user.name, user.role, user.grade, user.agency_id)


def save(request: HttpRequest, form: forms.Form, told: Document, how: Save) -> object:
    """What was saved; None with the reason on the form, and every word still on the page."""
    reading = parse(told)
    if reading.record is None:
        found = "; ".join(f"{problem.key}: {problem.expected}" for problem in reading.problems)
        form.add_error(None, ODD.format(found))
        return None
    try:
        return how(reading.record)
    except Explained as trouble:
        form.add_error(None, str(trouble))
    except WRITING as trouble:
        why = unwritten(trouble)
        form.add_error(None, in_words(why) if why else DATABASE)
    return None


def answer(request: HttpRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    """A page with a form; 422 where something on it has to be mended."""
    faulty = bool(form.errors)
    return render(
        request, template, {"form": form, "faulty": faulty, **context}, status=422 if faulty else 200
    )


def _saved(request: HttpRequest, form: forms.Form, told: Document, hand_to: int | None = None) -> object:
    return save(request, form, told, lambda record: _entry(request, record, hand_to))


def _entry(request: HttpRequest, record: Record, hand_to: int | None = None) -> object:
    by: Any = request.user
    return writing.save_entry(record=record, by=by, now=now(), hand_to=hand_to)


def _file(request: HttpRequest, person: str) -> door.MissingFile:
    at = now()
    file = door.missing_file(viewer=viewer_for(request.user, at), person=person, now=at)
    if file is None:
        raise Http404
    return file


def _episode(request: HttpRequest, night: int) -> tuple[door.MissingFile, door.Away]:
    at = now()
    found = door.episode(viewer=viewer_for(request.user, at), number=night, now=at)
    if found is None:
        raise Http404
    return found


def _before(form: forms.Form, file: door.MissingFile, away: door.Away, writer: Writer) -> Document:
    """The revision that the entry follows: the one the page was opened with, so that nobody writes over another's."""
    token, opened = form.cleaned_data["token"], form.cleaned_data.get("after") or 0
    if away.mine is None or (
        not opened and away.mine.ref == f"MIS-{token}"
    ):  # or the first of it, sent twice
        return documents.joined(away.episode.records[0], file.mention, token, writer, form.now)
    told = next((each for each in away.tellings if each[-1] is away.mine), (away.mine,))
    found = next((each.document for each in told if each.revision == opened), None)
    return found or {**away.mine.document, "revision": opened}


def _sent_before(request: HttpRequest, file: door.MissingFile) -> bool:
    """Whether this very page was saved already: the same report sent twice is not another episode."""
    ref = f"MIS-{request.POST.get('token', '')}"
    return any(each.mine is not None and each.mine.ref == ref for each in file.episodes)


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _fresh(away: door.Away | None = None) -> dict[str, object]:
    return {"token": new_token(), "after": away.mine.revision if away and away.mine else 0}
