"""Everything that can be done on a page of the register: one question page each, and what it carries out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heed.casework.actions import register as acting
from heed.casework.doors.register import RegisterPage, named
from heed.core.duty.moves import Level
from heed.core.register.moves import Kind, State
from heed.core.register.seeing import Seen
from heed.web.forms import register as forms

type Run = Callable[[str, Mapping[str, Any], Any, datetime], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the words on its link and page, its form, what it does, and what is said when it is done."""

    title: str
    button: str
    done: str
    form: type[forms.RegisterForm]
    run: Run
    lead: str = ""


def _seen(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    noted = data["noted"]
    seen = Seen(**{name: data[name] for name in ("who", "on", "how", "alone", "words", "who_else")})
    return acting.see(watch=ref, seen=seen, noted=noted, by=by, now=now)


def watching(data: Mapping[str, Any]) -> acting.Watching:
    """What a form says of a watch."""
    return acting.Watching(
        why=data["why"],
        look_for=data["look_for"],
        stop_when=data["stop_when"],
        level=Level(data["level"]),
        every_days=data["every_days"],
        watcher=named(id=data["owner"]),
        role=data["role"],
    )


def _change(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    return acting.change(watch=ref, watching=watching(data), words=data["words"], by=by, now=now)


def _less(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    less = acting.Less(
        leaves=data["leaves"] == "stop",
        level=Level(data["level"] or Level.USUAL),
        every_days=data["every_days"] or 1,
        changed=data["changed"],
        recheck_on=data["recheck_on"],
    )
    return acting.ask_less(watch=ref, less=less, by=by, now=now)


def graded(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """The three grades of a form."""
    return data["source"], data["information"], data["handling"]


def _review(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    keep = data["keep"] == "keep"
    return acting.review(subject=ref, keep=keep, words=data["words"], grading=graded(data), by=by, now=now)


def _under(action: Callable[..., Any], *names: str) -> Run:
    """An act on a subject; `owner` of the form is a person."""
    return lambda ref, data, by, now: action(under=ref, **_taken(data, names), by=by, now=now)


def _item(action: Callable[..., Any], *names: str, **other: str) -> Run:
    """An act on what stands under one; `other` names fields of the form by what the action calls them."""
    return lambda ref, data, by, now: action(
        item=ref,
        **_taken(data, names),
        **{name: data[field] for name, field in other.items()},
        by=by,
        now=now,
    )


def _taken(data: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: named(id=data[name]) if name == "owner" else data[name] for name in names}


def _consider(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    return acting.consider(subject=ref, used=data["used"], why_not=data["why_not"], by=by, now=now)


def _panel(ref: str, data: Mapping[str, Any], by: Any, now: datetime) -> Any:
    return acting.put_on_panel(under=ref, why=data["words"], by=by, now=now)


TWO = (
    "Nobody does this alone. A second person, of another agency, is asked; until they agree nothing changes."
)
ACTS: Mapping[str, Act] = {
    "seen": Act(
        "Write down that the child was seen", "Save the visit", "Saved, in the child’s chronology.", forms.SeenForm,
        _seen, "A visit is kept as a record of your agency, with the child’s own words. It is never edited.",
    ),
    "change": Act("Change the watch", "Change the watch", "The watch is changed.", forms.ChangeForm, _change,
                  "To watch a child more closely takes one person, to watch less takes two."),
    "less": Act("Ask to watch less, or to stop", "Ask a second person", "A second person is asked.", forms.LessForm,
                _less, TWO),
    "review": Act("Review it", "Keep the review", "The review is kept.", forms.ReviewForm, _review),
    "consider": Act("Consider disruption", "Keep what was considered", "It is kept.", forms.ConsiderForm, _consider,
                    "What can be done about whoever causes the harm, or where it happens: which, and why not."),
    "action": Act("Add an action", "Add the action", "The action is owed.", forms.ActionForm,
                  _under(acting.add_action, "what", "owner", "due_on")),
    "meeting": Act("Call a meeting", "Call the meeting", "The meeting is called.", forms.MeetingForm,
                   _under(acting.call_meeting, "what", "invited", "on", "owner")),
    "measure": Act("Add a notice, an order or a licence", "Add the measure", "The measure is kept.", forms.MeasureForm,
                   _under(acting.add_measure, "measure", "words", "expires_on", "owner")),
    "panel": Act("Put it on the panel’s list", "Put it on the list", "It is on the panel’s list.", forms.WhyForm, _panel),
    "done": Act("Say that it is done", "It is done", "Done.", forms.DoneForm, _item(acting.finish_action, "words")),
    "minutes": Act("Write the minutes", "Keep the minutes", "The minutes are kept.", forms.MinutesForm,
                   _item(acting.keep_minutes, "on", "present", "minutes"),
                   "Of a meeting about a child the minutes are a record of the child, like any other."),
    "put-off": Act("Put the meeting off", "Put it off", "The meeting is put off.", forms.PutOffForm,
                   _item(acting.put_off_meeting, "on", "words", "not_held")),
    "renew": Act("It is renewed", "Keep it", "It is kept.", forms.RenewForm,
                 _item(acting.renew_measure, "expires_on", "words")),
    "breach": Act("It was breached", "Keep it", "It is owed an answer now.", forms.WhyForm,
                  _item(acting.breach_measure, "words")),
    "acted": Act("Say what was done about it", "Keep it", "It is kept.", forms.DoneForm,
                 _item(acting.act_on_measure, "words")),
    "end": Act("It is in force no more", "Keep it", "It has ended.", forms.WhyForm, _item(acting.end_measure, "words")),
    "looked-at": Act("The panel looked at it", "Keep it", "It stays on the list.", forms.WhyForm,
                     _item(acting.review_on_panel, "words")),
    "off": Act("Ask to take it off the panel’s list", "Ask a second person", "A second person is asked.", forms.AskForm,
               _item(acting.ask_off_panel, "recheck_on", changed="words"), TWO),
    "sign-off": Act("Show that it is carried out", "Ask a second person", "A second person is asked.", forms.AskForm,
                    _item(acting.ask_sign_off, "recheck_on", evidence="words"), TWO),
}  # fmt: skip
_PLANNING = ("consider", "action", "meeting", "measure", "panel")
_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHILD: ("seen", "change", "less", *_PLANNING),
    Kind.PERSON: ("review", *_PLANNING),
    Kind.PLACE: ("review", *_PLANNING),
    Kind.ACTION: ("done",),
    Kind.MEETING: ("minutes", "put-off"),
    Kind.MEASURE: ("breach", "acted", "renew", "end"),
    Kind.PANEL: ("looked-at", "consider", "off"),
    Kind.RECOMMENDATION: ("sign-off",),
}
_ASKING = frozenset({"less", "off", "sign-off"})
_WHILE_ASKED = frozenset({"seen", "change", "consider", "action", "meeting", "measure", "panel"})


def offered(page: RegisterPage) -> tuple[tuple[str, Act], ...]:
    """What a page offers. Whether an act is allowed is decided again by the action."""
    line = page.line
    if not page.may_write or line.state == State.ENDED:
        return ()
    names = [
        name
        for name in _OF[line.kind]
        if line.state == State.OPEN
        or (name in _WHILE_ASKED and line.kind == Kind.CHILD)
        or (name in _ASKING and not page.second)
    ]
    if any(item.kind == Kind.PANEL and item.state != State.ENDED for item in page.items):
        names = [name for name in names if name != "panel"]
    return tuple((name, ACTS[name]) for name in names)
