"""The steps around the one page: looking at it before it is saved, and what happens at every pause."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from heed.casework.clock import now
from heed.casework.policy.wording import wording as word_lists
from heed.web.forms.concern import ConcernForm
from heed.web.forms.wording import prompts, taken
from heed.web.presenters import checking as presenter
from heed.web.presenters import prompts as asking
from heed.web.presenters import wording
from heed.web.views import drafts
from heed.web.views.finding_children import possible


def going_back(request: HttpRequest) -> bool:
    """Whether somebody leaves the check to change something."""
    return request.POST.get("step") == "edit"


def keeping(request: HttpRequest) -> bool:
    """Whether it is to be kept for later, unsent."""
    return request.POST.get("step") == "later"


def checking(request: HttpRequest) -> bool:
    """Whether this is to be looked at, not saved."""
    return request.POST.get("step") == "check" or any(
        name in request.POST for name in ("take", "keep", "same")
    )


def check(request: HttpRequest, form: ConcernForm) -> HttpResponse:
    """Everything as it would be saved, with the phrases to look at again. Nothing here is in the way of saving."""
    drafts.keep(request)
    answered = _answered(request.POST)
    form = ConcernForm(answered, today=form.today)
    text, done = answered.get("text", ""), answered.get("wording", "")
    context = {
        "form": form,
        "rows": presenter.rows(form),
        "prompts": asking.prompts(text, prompts(text, done, word_lists())),
        "kind": "submit",
        "matches": possible(request, form),
    }
    return render(request, "web/check.html", context)


@login_not_required
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """The page asks at a pause: it is kept as a draft, and the phrases to look at again come back as a piece of a page.
    Signed out: 403, and no words."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    text, done = request.POST.get("text", ""), request.POST.get("wording", "")
    context = {"prompts": asking.prompts(text, prompts(text, done, word_lists())), "kind": "button"}
    answer = render(request, "web/concern/prompts.html", context)
    kept = drafts.keep(request)
    if kept is drafts.Kept.SAVED_ALREADY:
        answer["X-Not-Kept"] = "saved"
    if kept is drafts.Kept.YES:
        answer["X-Kept"] = f"{now().astimezone(wording.LONDON):%H:%M}"
    return answer


def _answered(sent: QueryDict) -> QueryDict:
    """The page with what was answered to a prompt put into it."""
    answers = sent.copy()
    note = ""
    if "take" in sent:
        answers["text"], note = taken(sent.get("text", ""), sent["take"], word_lists())
    elif "keep" in sent:
        pair = sent["keep"]
        why = sent.get(f"why-{pair}", "")
        note = f"{pair}=kept:{why}" if why else f"{pair}=kept"
    if sent.get("same"):
        answers["child_ref"] = sent["same"]
    answers["wording"] = f"{sent.get('wording', '')} {note}".strip()
    return answers
