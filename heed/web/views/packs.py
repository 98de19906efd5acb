"""A pack of a child for a review: asked for, read by a second person of another agency, and taken out once."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from heed.casework.actions import packing
from heed.casework.clock import now
from heed.casework.doors import packs as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.policy.exports import read_exports
from heed.core.records.explained import Explained
from heed.web.forms.packs import FORMS, AskPackForm, ReadPackForm

ASKED = "Asked. Nothing leaves until somebody at another agency has read it and agrees."
AGREED = "You agreed. Whoever asked can take it out, once."
REFUSED = "You did not agree. Nothing leaves."
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
WORDS = dict(FORMS)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, person: str) -> HttpResponse:
    """The form for a pack of a child, and on its answer the request."""
    at, rules = now(), read_exports()
    viewer, posted = viewer_for(request.user, at), request.method == "POST"
    form = AskPackForm(
        request.POST if posted else None, reasons=rules.reasons, least=rules.purpose_characters, today=at.date(),
        initial={"on": request.GET.get("on", ""), "reason": "review"},
    )  # fmt: skip
    if form.is_valid():
        try:
            number = door.ask(viewer=viewer, person=person, **form.cleaned_data, now=at)
        except Explained as refusal:
            form.add_error(None, str(refusal))
        else:
            if number is None:
                raise Http404
            messages.success(request, ASKED)
            return redirect("pack", number=number)
    elif not door.sees(viewer=viewer, person=person, now=at):
        raise Http404
    faulty = bool(form.errors)
    context = {"form": form, "person": person, "faulty": faulty}
    return render(request, "web/pack_ask.html", context, status=422 if faulty else 200)


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """The packs the viewer asked for, and those that wait to be read by them."""
    at = now()
    lines = door.requests(viewer=viewer_for(request.user, at), now=at)
    return render(request, "web/packs.html", {"lines": lines, "forms": WORDS})


@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """One request: the second person reads and decides, whoever asked takes it out."""
    at, done = now(), request.POST.get("do", "")
    if done == "take":
        return _taken(request, number, at)
    said = ReadPackForm(request.POST, words=[(each, each) for each in request.POST.getlist("keep")])
    words = {"keep": said.cleaned_data["keep"], "also": said.cleaned_data["also"]} if said.is_valid() else {}
    trouble = ""
    if done in ("agree", "refuse"):
        try:
            if (answer := _decided(request, number, done, words, at)) is not None:
                return answer
        except Explained as refusal:
            trouble = str(refusal)
    return _page(request, number, at, words, trouble)


def _decided(
    request: HttpRequest, number: int, done: str, words: dict[str, list[str]], at: datetime
) -> HttpResponse | None:
    """Do what the second person says; None where the page is to say what is missing."""
    viewer = viewer_for(request.user, at)
    if door.request(viewer=viewer, number=number, now=at) is None:
        raise Http404
    if done == "refuse":
        packing.refuse(number=number, why=request.POST.get("why", ""), by=request.user, now=at)  # type: ignore[arg-type]
        messages.success(request, REFUSED)
    else:
        said = {"keep": words.get("keep", []), "also": words.get("also", [])}
        door.agree(viewer=viewer, number=number, seen=request.POST.get("seen", ""), **said, now=at)
        messages.success(request, AGREED)
    return redirect("pack", number=number)


def _page(
    request: HttpRequest, number: int, at: datetime, words: dict[str, list[str]], trouble: str
) -> HttpResponse:
    found = door.request(viewer=viewer_for(request.user, at), number=number, now=at, **words)
    if found is None:
        raise Http404
    kept = words.get("keep", [])
    doubts = [(each, each) for each in kept]
    doubts += [
        (each.word, f"{each.word}: … {each.around} …") for each in found.doubts if each.word not in kept
    ]
    posted = request.method == "POST"
    form = ReadPackForm(request.POST if posted else None, words=doubts)
    form.is_valid()
    if trouble := trouble or found.trouble:
        form.add_error(None, trouble)
    faulty = bool(form.errors)
    context = {"found": found, "line": found.line, "form": form, "doubts": doubts, "faulty": faulty,
               "said": WORDS[found.line.form]}  # fmt: skip
    return render(request, "web/pack.html", context, status=422 if faulty else 200)


def _taken(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    try:
        made = door.take(viewer=viewer_for(request.user, at), number=number, now=at)
    except Explained as refusal:
        return _page(request, number, at, {}, str(refusal))
    if made is None:
        raise Http404
    ((ending, content),) = made.files.items()
    # No name of anybody in the name of the file: it stays in a list of downloads.
    named = f'attachment; filename="heed-pack-{made.number}.{ending}"'
    return HttpResponse(content, content_type=KINDS[ending], headers={"Content-Disposition": named})
