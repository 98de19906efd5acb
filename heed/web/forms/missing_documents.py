"""From the forms of a missing episode to records of version 1. Each entry is the record before it, changed and newer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from heed.core.records.record import Document, Record
from heed.core.review.missing_sheet import INTERVIEW, PARTS, PLAN, SHEET, version
from heed.core.review.missing_told import EPISODE, Entry, block
from heed.web.forms.concern_document import Writer, adults, lines, named, the_child, things_seen
from heed.web.forms.missing import NEVER
from heed.web.forms.missing_kept import MOST_ACTIONS

type Answers = Mapping[str, Any]
NOBODY_REPORTED = "not_reported"


def report(
    answers: Answers, child: Document, facts: Sequence[str], writer: Writer, now: datetime
) -> Document:
    """The first entry. `child` names her as the viewer's agency does; `facts` stood beside the grade."""
    never = answers["category"] == NEVER
    people = [child, *_companions(answers, "companion"), *adults(answers["adults"])]
    whole = _new(f"MIS-{answers['token']}", "missing", people, writer, now) | {
        "happened_from": _instant(answers["since"]),
        "happened_to": _instant(answers["until"]) if answers["until"] else "",
        "things": things_seen(answers | {"place": "", "postcode": "", "phone": ""}),
        "observations": [NOBODY_REPORTED] * never,
        "text": answers["text"],
        "missing": _graded(answers) | {"missing_from": answers["missing_from"]},
        "extra": {
            EPISODE: _said(answers, "last_seen", "wearing", "done", "placed_by", "living_in", "despite")
            | {"entry": Entry.REPORTED, "facts": list(facts)}
        },
    }
    return _whole(whole)


def child_named(answers: Answers, now: datetime) -> Document:
    """A child nobody has a page of yet, as far as she is known."""
    return {key: value for key, value in the_child(answers, now.date()).items() if value}


def graded(
    answers: Answers, before: Document, facts: Sequence[str], writer: Writer, now: datetime
) -> Document:
    """The risk looked at again: what was graded before stays in the revision before."""
    said = {"entry": Entry.REGRADED, "words": "", "facts": list(facts), **_said(answers, "despite")}
    changed = _next(before, EPISODE, said, writer, now)
    return _whole(changed | {"missing": {**(before.get("missing") or {}), **_graded(answers)}})


def pictured(answers: Answers, before: Document, handed: str, writer: Writer, now: datetime) -> Document:
    """The picture for the next shift, and to whom it is handed."""
    said = {
        "entry": Entry.PICTURE,
        "words": answers["words"],
        "handed_to": handed,
        "despite": "",
        "facts": [],
    }
    return _whole(_next(before, EPISODE, said, writer, now))


def returned(answers: Answers, before: Document, writer: Writer, now: datetime) -> Document:
    """The child is back: found where, with whom, by whom, in what state."""
    said = {
        "entry": Entry.RETURNED, "words": answers["state"], "found_by": answers["found_by"], "despite": "", "facts": [],
        "harmed": answers["harmed"] == "yes",
    }  # fmt: skip
    changed = _next(before, EPISODE, said, writer, now)
    found = things_seen(answers)
    for each in found:
        each["part"] = {"place": "found_at"}.get(each["kind"], each["part"])
    people = _added(before.get("people"), [*_companions(answers, "found_with"), *_with(answers)])
    return _whole(
        changed
        | {
            "happened_to": _instant(answers["back"]),
            "people": people,
            "things": _added(before.get("things"), found),
            "childs_words": answers["child_words"] or before.get("childs_words") or "",
        }
    )


def joined(episode: Record, child: Document, token: str, writer: Writer, now: datetime) -> Document:
    """The first word of another agency on an episode that somebody reported: the same night, in a record of its own."""
    told = episode.document
    said = {key: value for key, value in block(episode, EPISODE).items() if key in ("placed_by", "living_in")}
    away_from = (told.get("missing") or {}).get("missing_from")
    return _new(f"MIS-{token}", "missing", [child], writer, now) | {
        "revision": 0,
        "happened_from": told.get("happened_from") or told["recorded_at"],
        "missing": {"missing_from": away_from} if away_from else {},
        "extra": {EPISODE: said},
    }


def interview(
    answers: Answers,
    before: Document | None,
    child: Document,
    of: tuple[str, str],
    writer: Writer,
    now: datetime,
) -> Document:
    """How the return interview stands. Its people and things are what the child said of them."""
    asked = (
        "status", "offered_by", "reason", "where_held", "push", "pull", "where", "travelled", "harmed", "home_by",
        "wish", "actions", "police_tonight",
    )  # fmt: skip
    said = _said(answers, *asked) | {
        "of_agency": of[0],
        "of_ref": of[1],
        "independent": answers["independent"] == "no",
    }
    people = [child, *_companions(answers, "companion"), *_with(answers)]
    first = _new(f"RHI-{answers['token']}", "return_interview", people, writer, now)
    kept = ("agency", "ref", "revision") if before else ()
    whole = first | {key: before[key] for key in kept if before}
    held = answers["held"] or now
    return _whole(
        whole
        | {
            "revision": int(before["revision"]) + 1 if before else 1,
            "happened_from": _instant(held),
            "things": things_seen(answers),
            "text": _account(answers),
            "childs_words": answers["child_words"],
            "extra": {INTERVIEW: said},
        }
    )


def named_in(before: Record) -> dict[str, str]:
    """The people and things an interview names, as its form takes them: what is not changed is said again."""
    found: dict[str, list[str]] = {}
    parts = {"companion": "with_children", "person_of_concern": "adults"}
    for each in before.people:
        name = " ".join(filter(None, (each.given_names, each.family_name))) or ", ".join(each.also_known_as)
        if each.part in parts and name:
            found.setdefault(parts[each.part], []).append(name)
    for thing in before.things:
        words = {"place": thing.address or thing.name, "vehicle": thing.vrm or thing.description,
                 "phone": thing.number or thing.description}.get(thing.kind)  # fmt: skip
        if words:
            found.setdefault(str(thing.kind), [words])
        if thing.postcode:
            found.setdefault("postcode", [thing.postcode])
    return {name: "\n".join(words) for name, words in found.items()}


def sheet(
    answers: Answers,
    before: Document | None,
    child: Document,
    last: Record | None,
    writer: Writer,
    now: datetime,
) -> Document:
    """A version of the sheet: the agency's own record of it, numbered after the newest version of any agency."""
    said = _said(answers, *PARTS) | {"version": version(last) + 1 if last else 1}
    return _kept(f"SHEET-{answers['token']}", "care", SHEET, said, before, child, writer, now)


def plan(
    answers: Answers, before: Document | None, child: Document, writer: Writer, now: datetime
) -> Document:
    """A version of the trigger plan."""
    rows = [(answers[f"agency{n}"], answers[f"what{n}"].strip()) for n in range(MOST_ACTIONS)]
    said = {
        "actions": [{"agency": agency, "what": what} for agency, what in rows if agency and what],
        "agreed_with": answers["agreed_with"],
        "until": answers["until"].isoformat() if answers["until"] else "",
    }
    return _kept(f"PLAN-{answers['token']}", "decision", PLAN, said, before, child, writer, now)


def _kept(
    ref: str, kind: str, name: str, said: Document, before: Document | None, child: Document, writer: Writer,
    now: datetime,
) -> Document:  # fmt: skip
    whole = _new(ref, kind, [child], writer, now) | {
        "happened_from": _instant(now),
        "extra": {name: said},
    }
    if before:
        whole |= {"ref": before["ref"], "revision": int(before["revision"]) + 1}
    return _whole(whole)


def _account(answers: Answers) -> str:
    """What was said, as one text to be read in a chronology."""
    told = (
        ("Away from", "push"), ("Drawn by", "pull"), ("Where", "where"), ("Travelled", "travelled"),
        ("Hurt, threatened, afraid", "harmed"), ("Brought home by", "home_by"), ("Wishes", "wish"),
        ("Not held because", "reason"), ("What happens now", "actions"),
    )  # fmt: skip
    return "\n".join(f"{label}: {answers[name].strip()}" for label, name in told if answers[name].strip())


def _new(ref: str, kind: str, people: Sequence[Document], writer: Writer, now: datetime) -> dict[str, Any]:
    return {
        "v": 1,
        "agency": writer.agency,
        "ref": ref,
        "revision": 1,
        "kind": kind,
        "recorded_at": now.isoformat(timespec="seconds"),
        "author": _author(writer),
        "people": list(people),
    }


def _next(before: Document, name: str, said: Document, writer: Writer, now: datetime) -> Document:
    extra = before.get("extra") or {}
    told = {key: value for key, value in {**(extra.get(name) or {}), **said}.items() if value not in ("", [])}
    return {
        **before,
        "revision": int(before.get("revision", 1)) + 1,
        "recorded_at": now.isoformat(timespec="seconds"),
        "author": _author(writer),
        "extra": {**extra, name: told},
    }


def _author(writer: Writer) -> Document:
    return {"ref": writer.ref, "name": writer.name, "role": writer.role, "grade": writer.grade}


def _graded(answers: Answers) -> Document:
    category = "missing" if answers["category"] == NEVER else answers["category"]
    return {"category": category, "risk": answers["risk"], "risk_reason": answers["risk_reason"].strip()}


def _companions(answers: Answers, part: str) -> list[Document]:
    return [{"part": part, **named(each)} for each in lines(answers["with_children"])]


def _with(answers: Answers) -> list[Document]:
    """The adults who were with her, and those who brought her: whoever brought her by name is somebody whom patterns
    can meet again, as the words beside it are not. The same name in both is one."""
    return _added(adults(answers["adults"]), adults(answers["brought_by"]))


def _added(before: Sequence[Document] | None, more: Sequence[Document]) -> list[Document]:
    """What an entry names beside what was named before: the same named again is there already."""
    found = list(before or ())
    for each in more:
        if each not in found:
            found.append(each)
    return found


def _said(answers: Answers, *names: str) -> Document:
    return {name: answers[name].strip() for name in names if answers.get(name, "").strip()}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _whole(document: Document) -> Document:
    return {key: value for key, value in document.items() if value not in ("", [], {})}
