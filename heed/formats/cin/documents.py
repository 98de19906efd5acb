"""Parts of a Child as records: codes in words, the codes as sent beside them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from heed.core.records.problems import clip
from heed.core.records.record import Document
from heed.formats.cin.census import CHILD, DAYS, began, day, identifier, raw
from heed.formats.elements import Element
from heed.formats.ssda903.days import CollectionYear

__all__ = ["DATES", "document", "identifier", "notes", "notes_on_child"]

DATES = ("CPPreviewDate", "DateOfInitialCPC")
"""Parts that are a day and nothing else."""
KINDS = {
    CHILD: "care",
    "CINdetails": "referral",
    "Assessments": "decision",
    "CINPlanDates": "care",
    "Section47": "decision",
    "ChildProtectionPlans": "care",
    "CPPreviewDate": "meeting",
    "DateOfInitialCPC": "meeting",
}
YES, NO = ("1", "true"), ("0", "false")
_CODED = {
    "CINdetails": ("ReferralSource", "PrimaryNeedCode", "ReasonForClosure"),
    "ChildProtectionPlans": ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse"),
}


def document(child: Element, part: Element, agency: str, year: CollectionYear, ref: str) -> Document:
    """The record one part of a child becomes. A later year or submission supersedes."""
    whole: Document = {
        "v": 1,
        "agency": agency,
        "ref": ref,
        "revision": year.revision,
        "kind": KINDS[part.tag],
        **_days(part, year),
        "recorded_at": year.recorded_at,
        "people": [_child(child, year)],
    }
    factors = [each for each in _factors(part) if "observation" in each]
    if factors:
        whole["observations"] = list(dict.fromkeys(each["observation"] for each in factors))
    whole["text"] = _text(part, year)
    answer = _answer(part)
    if answer:
        whole["answer"] = {"decision": answer, "reason": "as told in the census"}
    whole["extra"] = {"cin": {"collection_year": year.name, "element": part.tag, "row": _row(part)}}
    return whole


def notes(part: Element, year: CollectionYear) -> Iterator[str]:
    """What the sender should know of a part that goes in all the same."""
    dated = [part.get(name) for name in DAYS.get(part.tag, ()) if name] if part.tag in DAYS else [part.words]
    if part.tag != CHILD and any(text and not day(text) for text in dated):
        yield f"not a date: a day of {part.tag} is not yyyy-mm-dd; it is kept as sent and read as not known"
    for name in _CODED.get(part.tag, ()):
        code = part.get(name)
        if code and meaning(name, code, year) is None:
            yield f"code: {name} {clip(code)} is no code of {year.name}; it is kept as sent"
    for code in _factor_codes(part):
        if meaning("AssessmentFactors", code, year) is None:
            yield f"code: AssessmentFactors {clip(code)} is no code of {year.name}; it is kept as sent"
    for flag in ("ReferralNFA", "ICPCnotRequired"):
        if part.get(flag) and part.get(flag).lower() not in YES + NO:
            yield f"yes or no: {flag} is neither 0, 1, true nor false; it is kept as sent"
    yield from _oddities(part)


def notes_on_child(child: Element, year: CollectionYear) -> Iterator[str]:
    """What is to be said once of a child, on the first record."""
    for identifiers in child.all("ChildIdentifiers"):
        sex = identifiers.get("Sex") or identifiers.get("GenderCurrent")
        if sex and meaning("Sex", sex, year) is None:
            yield f"code: Sex {clip(sex)} is no code of {year.name}; it is not taken in"
        born = identifiers.get("PersonBirthDate")
        if born and not day(born):
            yield "not a date: PersonBirthDate is not yyyy-mm-dd; it is read as not known"
        if identifiers.get("PersonDeathDate"):
            yield "death: the census gives a day of death; it is kept with the child"
    yield from dict.fromkeys(
        note
        for each in [child, *child.inside]
        if each is child or not each.number
        for note in _oddities(each)
    )


def meaning(name: str, code: str, year: CollectionYear) -> str | None:
    """What a code says in the census of a year; None where it is not one."""
    entry: str | Mapping[str, Any] | None = _codes()[name].get(code)
    if isinstance(entry, Mapping):
        holds = entry.get("from", 0) <= year.ending <= entry.get("until", 9999)
        return str(entry["label"]) if holds and "label" in entry else None
    return entry


def _days(part: Element, year: CollectionYear) -> dict[str, str]:
    if part.tag == CHILD:
        return {"happened_from": year.start.isoformat(), "happened_to": year.end.isoformat()}
    start, ends = began(part), DAYS.get(part.tag, ("", None))[1]
    end = day(part.get(ends)) if ends else start
    days = {"happened_from": start, "happened_to": end}
    return {key: value.isoformat() for key, value in days.items() if value}


def _child(child: Element, year: CollectionYear) -> dict[str, Any]:
    """The child: born, sex, pupil number. Ethnicity is not taken in."""
    found: dict[str, Any] = {"ref": identifier(child), "part": "child"}
    more: dict[str, Any] = {}
    for identifiers in child.all("ChildIdentifiers")[:1]:
        born = day(identifiers.get("PersonBirthDate"))
        if born:
            found["born"] = born.isoformat()
        sex = meaning("Sex", identifiers.get("Sex") or identifiers.get("GenderCurrent"), year)
        if sex:
            found["sex"] = sex
        if identifiers.get("UPN"):
            found["ids"] = {"upn": identifiers.get("UPN")}
        names = {
            "FormerUPN": "former_upn",
            "UPNunknown": "upn_unknown",
            "ExpectedPersonBirthDate": "expected",
            "PersonDeathDate": "died",
        }
        more = {key: identifiers.get(tag) for tag, key in names.items() if identifiers.get(tag)}
    disabilities = [d.words for c in child.all("ChildCharacteristics") for d in _deep(c, "Disability")]
    more |= {"disabilities": disabilities} if disabilities else {}
    more |= dict(_beside(child))
    return {**found, "extra": more} if more else found


def _beside(child: Element) -> Iterator[tuple[str, Any]]:
    """What nobody expected about the child: stray text, and elements that no schema knows."""
    groups = [child, *(each for each in child.inside if not each.number)]
    stray = [each.stray for each in groups if each.stray]
    unknown = {
        each.tag: raw(each)
        for group in groups
        for each in group.inside
        if not each.number and each.tag not in _codes()["elements"]
    }
    yield from {"stray_text": stray, "unknown": unknown}.items() if stray or unknown else ()


def _row(part: Element) -> Any:
    """The part as sent. Of a child without any other part, nothing: its ethnicity would come with it."""
    return {} if part.tag == CHILD else raw(part)


def _text(part: Element, year: CollectionYear) -> str:
    """The codes of a part in words, for whoever reads the chronology."""

    def said(name: str) -> str:
        return meaning(name, part.get(name), year) or part.get(name)

    match part.tag:
        case "CINdetails":
            words = [
                ("Referral to children's social care, from", said("ReferralSource")),
                ("Need recorded", said("PrimaryNeedCode")),
                ("No further action", _yes_no(part.get("ReferralNFA"))),
                ("Closed on", part.get("CINclosureDate")),
                ("Closed because", said("ReasonForClosure")),
            ]
        case "Assessments":
            factors = "; ".join(f"{each['words']} ({each['code']})" for each in _factors(part, year))
            words = [("Assessment by children's social care. Concerns named in it", factors)]
            if not factors:
                return "Assessment by children's social care."
        case "CINPlanDates":
            return "Child in need plan."
        case "Section47":
            words = [
                ("Strategy discussion that began a section 47 enquiry. Conference not required",
                 _yes_no(part.get("ICPCnotRequired"))),
                ("Conference due by", part.get("InitialCPCtarget")),
            ]  # fmt: skip
        case "ChildProtectionPlans":
            words = [
                ("Child protection plan. Category at first", said("InitialCategoryOfAbuse")),
                ("Category now", said("LatestCategoryOfAbuse")),
                ("Plans before", part.get("NumberOfPreviousCPP")),
            ]
        case "CPPreviewDate":
            return "Review of the child protection plan."
        case "DateOfInitialCPC":
            return "Initial child protection conference."
        case _:
            return f"In the council's census of children in need for {year.name}, with nothing else in it."
    return " ".join(f"{name}: {value}." for name, value in words if value) or f"{part.tag} without details."


def _answer(part: Element) -> str:
    """What became of a referral, in a word the ladder knows: an answered referral asks nobody for an answer."""
    if part.tag != "CINdetails":
        return ""
    nothing_done = part.get("ReferralNFA").lower()
    if nothing_done in YES:
        return "no_further_action"
    if part.all("Section47"):
        return "section_47_enquiry"
    return "assessment" if part.all("Assessments") else "support" if nothing_done in NO else ""


def _factor_codes(part: Element) -> list[str]:
    return (
        [each.words for each in _deep(part, "AssessmentFactors") if each.words]
        if part.tag == "Assessments"
        else []
    )


def _factors(part: Element, year: CollectionYear | None = None) -> Iterator[dict[str, str]]:
    """The factors of an assessment with their words, and the observation of the vocabulary that says the same."""
    known: Mapping[str, Any] = _codes()["AssessmentFactors"]
    for code in _factor_codes(part):
        entry = known.get(code)
        words = entry if isinstance(entry, str) else (entry or {}).get("label", "not a factor of the census")
        more = (
            {"observation": entry["observation"]}
            if isinstance(entry, dict) and "observation" in entry
            else {}
        )
        yield {"code": code, "words": words, **more}


def _deep(element: Element, tag: str) -> Iterator[Element]:
    for each in element.inside:
        if each.tag == tag:
            yield each
        yield from _deep(each, tag)


def _oddities(element: Element) -> Iterator[str]:
    """Stray text and elements nobody knows: kept, and told."""
    for each in [element, *(e for e in element.inside if not e.number)]:
        if each.stray:
            yield f"stray text: text between the elements of {clip(each.tag)} is kept beside them"
        if each.tag not in _codes()["elements"]:
            yield f"unknown element: {clip(each.tag)} is kept under extra"


def _yes_no(text: str) -> str:
    return "yes" if text.lower() in YES else "no" if text.lower() in NO else text


@cache
def _codes() -> Mapping[str, Any]:
    codes: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8"))
    return codes
