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


def going_back(request: HttpRequest) -> bool:
    """Whether somebody leaves the check to change something."""
    return request.POST.get("step") == "edit"


def checking(request: HttpRequest) -> bool:
    """Whether this is to be looked at, not saved."""
    return request.POST.get("step") == "check" or "take" in request.POST or "keep" in request.POST


def check(request: HttpRequest, form: ConcernForm) -> HttpResponse:
    """Everything as it would be saved, with the phrases to look at again. Nothing here is in the way of saving."""
    answered = _answered(request.POST)
    form = ConcernForm(answered, today=form.today)
    text, done = answered.get("text", ""), answered.get("wording", "")
    context = {
        "form": form,
        "rows": presenter.rows(form),
        "prompts": asking.prompts(text, prompts(text, done, word_lists())),
        "kind": "submit",
    }
    return render(request, "web/check.html", context)


@login_not_required
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """The page asks at a pause: the phrases to look at again, as a piece of the page. Signed out: 403, and no words."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    form = ConcernForm(request.POST, today=wording.day_of(now()))
    text, done = request.POST.get("text", ""), request.POST.get("wording", "")
    context = {
        "form": form,
        "prompts": asking.prompts(text, prompts(text, done, word_lists())),
        "kind": "button",
    }
    return render(request, "web/concern/prompts.html", context)


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
    answers["wording"] = f"{sent.get('wording', '')} {note}".strip()
    return answers
