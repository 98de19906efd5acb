"""What is sealed beside records, each with the place it is bound to: so that whoever seals and whoever opens agree."""

import json
from collections.abc import Iterable, Sequence

from heed.casework import sealed
from heed.casework.models import (
    Body,
    Duty,
    DutyStep,
    ErasureRequest,
    Finding,
    IntroductionAnswer,
    Record,
    Significance,
    Verdict,
    VerdictStep,
)
from heed.casework.sealing import whose
from heed.casework.sealing.box import VERSION, Bound

FINDINGS = whose.house("findings")


def owner_of_duty(duty: Duty) -> str:
    """The key of the child a duty is about; of findings for a duty about several; of the agency once it is erased, or
    where nobody can say whose it is because it cannot be opened: what is owed is still answered."""
    if duty.record_id is None:
        return FINDINGS
    row = Record.objects.system("a duty's words are sealed with its record's").get(pk=duty.record_id)
    try:
        return whose.document(json.loads(sealed.document_of(row)))
    except (sealed.Gone, sealed.Unreadable):
        return whose.agency(row.agency_id)


def step_at(duty: int, number: int) -> Bound:
    """Where the words of a step are bound to."""
    return ("casework_dutystep", "words", duty, number)


def words_of(steps: Iterable[DutyStep]) -> list[str]:
    """The words of steps; empty for a step that had none, or whose record was erased."""
    return _filled([(step.words, step_at(step.duty_id, step.number)) for step in steps])


def body_at(seq: int) -> Bound:
    """Where the body of an entry is bound to."""
    return ("casework_body", "text", seq)


def text_of(body: Body) -> str | None:
    """What an entry commits to, opened where it is sealed; None where it cannot be."""
    return texts_of([(body.entry_id, body.text)])[0]


def texts_of(bodies: Sequence[tuple[int, str]]) -> list[str | None]:
    """The same for many (seq, text). A body without words about a child was never sealed and stands as it is."""
    found: list[str | None] = [text for _, text in bodies]
    places = [place for place, (_, text) in enumerate(bodies) if text.startswith(f"{VERSION}.")]
    opened = sealed.tried([(bodies[place][1], body_at(bodies[place][0])) for place in places])
    for place, text in zip(places, opened, strict=True):
        found[place] = text
    return found


def verdict_at(left: str, right: str, by: int) -> Bound:
    """Where the reason of a verdict is bound to."""
    return ("casework_verdict", "reason", left, right, by)


def reason_of(said: Verdict) -> str:
    """Why somebody gave a verdict; empty when the child it spoke of was erased."""
    return _filled([(said.reason, verdict_at(said.left, said.right, said.by_id))])[0]


def judged_at(pair: int, by: int) -> Bound:
    """Where the reason of a sampled pair's judgement is bound to."""
    return ("casework_judged", "reason", pair, by)


def verdict_step_at(verdict: int, kind: str) -> Bound:
    """Where the reason of a verdict's step is bound to."""
    return ("casework_verdictstep", "reason", verdict, kind)


def reasons_of_steps(steps: Iterable[VerdictStep]) -> list[str]:
    """Why each was confirmed, declined or withdrawn; empty where it was only asked, or the child was erased."""
    return _filled([(step.reason, verdict_step_at(step.verdict_id, step.kind)) for step in steps])


def introduction_answer_at(introduction: int, agency: str, by: int) -> Bound:
    """Where the reason of an answer to an introduction is bound to."""
    return ("casework_introductionanswer", "reason", introduction, agency, by)


def reasons_of_answers(answers: Iterable[IntroductionAnswer]) -> list[str]:
    """Why each side answered as it did; empty once the child was erased."""
    return _filled(
        [
            (each.reason, introduction_answer_at(each.introduction_id, each.agency_id, each.by_id))
            for each in answers
        ]
    )


def finding_at(column: str, finding: str) -> Bound:
    """Where a finding's sentence or its line is bound to."""
    return ("casework_finding", column, finding)


def opened_findings(rows: Iterable[Finding]) -> list[Finding]:
    """The same rows, with sentence and line as they can be read."""
    found = list(rows)
    told = [(row.statement, finding_at("statement", row.pk)) for row in found]
    lines = [(row.body, finding_at("body", row.pk)) for row in found]
    for row, statement, line in zip(found, sealed.open_texts(told), sealed.open_texts(lines), strict=True):
        row.statement, row.body = statement, line
    return found


def tried_findings(rows: Iterable[Finding]) -> list[Finding]:
    """The same for whoever compares: an empty text in place of one that cannot be opened."""
    found = list(rows)
    told = sealed.tried([(row.statement, finding_at("statement", row.pk)) for row in found])
    lines = sealed.tried([(row.body, finding_at("body", row.pk)) for row in found])
    for row, statement, line in zip(found, told, lines, strict=True):
        row.statement, row.body = statement or "", line or ""
    return found


def seal_findings(rows: Iterable[Finding]) -> None:
    """Seal sentence and line of findings about to be saved."""
    for row in rows:
        told = (row.statement, FINDINGS, finding_at("statement", row.pk))
        row.statement, row.body = sealed.seal_texts([told, (row.body, FINDINGS, finding_at("body", row.pk))])


def reason_at(agency: str, ref: str, by: int) -> Bound:
    """Where the reason of a request to erase is bound to."""
    return ("casework_erasurerequest", "reason", agency, ref, by)


def sources_at(agency: str, ref: str, by: int) -> Bound:
    """Where the child's references of such a request are bound to."""
    return ("casework_erasurerequest", "sources", agency, ref, by)


def sources_of(request: ErasureRequest) -> list[str]:
    """The child's sources as they were linked when it was asked. Raises Gone or Unreadable."""
    bound = sources_at(request.agency_id, request.ref, request.by_id)
    found: list[str] = json.loads(sealed.open_text(request.sources, bound=bound))
    return found


def profile_at(source: str) -> Bound:
    """Where the profile of a source is bound to."""
    return ("casework_source", "profile", source)


def sealed_profiles(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Profiles as their column keeps them, given as (text, source)."""
    return sealed.seal_texts([(text, whose.source(key), profile_at(key)) for text, key in texts])


def opened_profiles(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Profiles as text, given as (source, column); empty for a source nothing is known of yet."""
    return _filled([(held, profile_at(key)) for key, held in rows])


def tried_profiles(rows: Sequence[tuple[str, str]]) -> list[str]:
    """The same for whoever writes or compares all of them: an empty text for one that cannot be opened."""
    return [text or "" for text in sealed.tried([(held, profile_at(key)) for key, held in rows])]


def _filled(texts: Sequence[tuple[str, Bound]]) -> list[str]:
    """Opened where there is something; an empty text stays empty."""
    opened = iter(sealed.open_texts([each for each in texts if each[0]]))
    return [next(opened) if text else "" for text, _ in texts]


def glass_reason_at(reference: str) -> Bound:
    """Where the reason of an emergency access is bound to."""
    return ("casework_glass", "reason", reference)


def glass_review_at(glass: int) -> Bound:
    """Where the words of its review are bound to."""
    return ("casework_glassreview", "words", glass)


def significance_at(record: int, number: int) -> Bound:
    """Where the words of a reader who called an event significant are bound to."""
    return ("casework_significance", "words", record, number)


def words_of_significances(rows: Iterable[Significance]) -> list[str]:
    """What each said, as JSON; empty once the record was erased."""
    return _filled([(row.words, significance_at(row.record_id, row.number)) for row in rows])


def conflict_reason_at(reference: str) -> Bound:
    """Where the reason of a conflict of interest is bound to."""
    return ("casework_conflict", "reason", reference)


def conflict_end_at(conflict: int) -> Bound:
    """Where the words of whoever ended it are bound to."""
    return ("casework_conflictend", "words", conflict)
