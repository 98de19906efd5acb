"""The register: its list, one page of it, what can be written on one, and what is registered from a child or a record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions import register as acting
from heed.casework.clock import now
from heed.casework.doors import register as door
from heed.casework.doors.nameable import Nameable, nameable
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.register import register_rules
from heed.core.duty.moves import Level
from heed.core.records.explained import Explained
from heed.web.forms import register as forms
from heed.web.presenters import register as presenter
from heed.web.views.register_acts import Act, graded, offered, watching

CHANGED = (
    "Something was written on it since you opened this page; it may be your own words, sent a moment ago. Look at its "
    "steps before you send this again. Nothing was saved now."
)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Everything that is open and in sight, by what it is; what is late first."""
    at = now()
    found = door.register(viewer=viewer_for(request.user, at), now=at)
    return render(request, "web/register.html", {"groups": presenter.groups(found, at)})


@require_safe
def registered(request: HttpRequest, entry: str) -> HttpResponse:
    """One page."""
    at = now()
    found = door.page(viewer=viewer_for(request.user, at), reference=entry, now=at)
    if found is None:
        raise Http404
    if found.weeded_at is not None:
        return _weeded(request, found)
    context = {"page": presenter.present(found, at), "acts": offered(found)}
    return render(request, "web/registered.html", context)


@require_safe
def pack(request: HttpRequest, entry: str) -> HttpResponse:
    """What a meeting has in front of it: everything on the subject, as far as whoever opens it may see, to be printed."""
    at = now()
    viewer = viewer_for(request.user, at)
    found = door.page(viewer=viewer, reference=entry, now=at)
    if found is None:
        raise Http404
    if found.weeded_at is not None:
        return _weeded(request, found)
    about = found
    if found.about.reference != entry:
        about = door.page(viewer=viewer, reference=found.about.reference, now=at) or found
    items = door.pages_under(viewer=viewer, reference=about.line.reference, now=at)
    context = {
        "page": presenter.present(about, at),
        "meeting": presenter.present(found, at) if about is not found else None,
        "items": [presenter.present(each, at) for each in items],
        "at": at,
    }
    return render(request, "web/register_pack.html", context)


def _weeded(request: HttpRequest, found: door.RegisterPage) -> HttpResponse:
    """That it was weeded, when, and under which rule: nothing else."""
    rules = register_rules()
    context = {
        "kind": presenter.NAMES[found.line.kind],
        "at": found.weeded_at,
        "clause": rules.duties[found.line.kind].clause,
        "days": rules.review_days[found.line.kind],
    }
    return render(request, "web/register_weeded.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, entry: str, act: str) -> HttpResponse:
    """One act on one page: its question, and what it carries out."""
    at = now()
    viewer = viewer_for(request.user, at)
    found = door.page(viewer=viewer, reference=entry, now=at)
    chosen = dict(offered(found)).get(act) if found is not None else None
    if found is None or chosen is None:
        raise Http404
    form = _form(request, chosen.form, door.owners(viewer=viewer), _initial(act, found, request.user))
    stamp = f"{len(found.steps)}.{len(found.items)}"
    if request.POST.get("stands", stamp) != stamp:
        form.add_error(None, CHANGED)
    if form.is_bound and form.is_valid():
        try:
            chosen.run(entry, form.cleaned_data, request.user, at)
        except acting.NotSeen as refusal:
            for name, said in refusal.missing.items():
                form.add_error(name, said)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, chosen.done)
            return redirect("registered", entry=entry)
    page = presenter.present(found, at)
    return _page(request, form, chosen, caption=page.title, back=entry, stands=stamp)


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, person: str) -> HttpResponse:
    """Begin to watch a child."""
    at = now()
    viewer = viewer_for(request.user, at)
    called = door.watchable(viewer=viewer, person=person, now=at)
    if called is None:
        raise Http404
    by: Any = request.user
    initial = {"owner": by.pk, "role": by.role, "every_days": register_rules().every_days[Level.HIGH]}
    form = _form(request, forms.WatchForm, door.colleagues(viewer=viewer), initial)
    if form.is_bound and form.is_valid():
        try:
            row = acting.watch(person=person, watching=watching(form.cleaned_data), by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The child is watched from now on.")
            return redirect("registered", entry=row.reference)
    return _page(request, form, WATCH, caption=called, child=person)


@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, naming: int, position: int, kind: str) -> HttpResponse:
    """A person of concern or a place whom a record names gets a page of its own."""
    at = now()
    found = nameable(viewer=viewer_for(request.user, at), record=naming, position=position, kind=kind, now=at)
    if found is None:
        raise Http404
    form = _form(request, forms.SubjectForm, (), _grades(found))
    if form.is_bound and form.is_valid():
        by: Any = request.user
        make = acting.register_person if kind == "person" else acting.register_place
        data = form.cleaned_data
        try:
            row = make(record=naming, position=position, why=data["why"], grading=graded(data), by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It has a page of its own now.")
            return redirect("registered", entry=row.reference)
    return _page(request, form, SUBJECTS[kind], caption=found.called)


@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: HttpRequest) -> HttpResponse:
    """A recommendation is followed from now on, until there is proof."""
    at = now()
    viewer = viewer_for(request.user, at)
    form = _form(request, forms.RecommendForm, door.owners(viewer=viewer), {})
    if form.is_bound and form.is_valid():
        by: Any = request.user
        data = form.cleaned_data | {"owner": door.named(id=form.cleaned_data["owner"])}
        try:
            row = acting.recommend(**data, by=by, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is followed from now on, until there is proof.")
            return redirect("registered", entry=row.reference)
    return _page(request, form, RECOMMEND, caption="")


WATCH = Act(
    "Watch this child", "Begin to watch", "", forms.WatchForm, lambda *_: None,
    "A child who is watched is seen by a named person, by a day. A day that passes in silence raises itself.",
)  # fmt: skip
SUBJECTS = {
    "person": Act(
        "Register a person of concern", "Register", "", forms.SubjectForm, lambda *_: None,
        "A person of concern is unproven. The page says how it is known, is reviewed by a day, and not shown to schools.",
    ),
    "place": Act(
        "Register a place", "Register", "", forms.SubjectForm, lambda *_: None,
        "The page says how it is known, is reviewed by a day, and is not shown to schools.",
    ),
}  # fmt: skip
RECOMMEND = Act(
    "Follow a recommendation", "Follow it", "", forms.RecommendForm, lambda *_: None,
    "It ends with proof that a second person, of another agency, signs; never with a promise. Name no child.",
)  # fmt: skip


def _form(
    request: HttpRequest, form: type[forms.RegisterForm], people: Any, initial: Any
) -> forms.RegisterForm:
    rules = register_rules()
    data = request.POST if request.method == "POST" else None
    return form(data, people=people, measures=rules.measures, how=rules.how, initial=initial)


def _initial(act: str, found: door.RegisterPage, user: Any) -> dict[str, Any]:
    """What is known already stands there; nothing of a visit but who is writing."""
    if act == "seen":
        return {"who": user.name}
    if act == "change":
        return {**found.terms, "owner": found.terms.get("watcher"), "level": found.line.level}
    if act == "review":
        return dict(zip(("source", "information", "handling"), found.terms.get("grading", ()), strict=False))
    return {}


def _grades(found: Nameable) -> dict[str, str]:
    return dict(zip(("source", "information", "handling"), found.grading, strict=True))


def _page(request: HttpRequest, form: forms.RegisterForm, act: Act, **more: Any) -> HttpResponse:
    faulty = bool(form.errors)
    context = {"form": form, "faulty": faulty, "act": act, **more}
    return render(request, "web/register_act.html", context, status=422 if faulty else 200)
