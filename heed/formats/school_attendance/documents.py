"""Rows and runs as records: absence in words with its codes, the pupil with every number and name that is known."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from heed.core.records.record import Document
from heed.formats.school_attendance.gathered import Entry, Gathered, Run, Term
from heed.formats.school_attendance.tables import EXCLUSIONS, PUPILS, attendance, codes, day, whole

_PUPIL = ("pupil", "upn", "uln", "former_upn", "family_name", "given_names", "middle_names", "preferred", "former",
          "born", "sex", "postcode")  # fmt: skip
"""Columns that are in the person of a record."""


def of_pupil(entry: Entry, gathered: Gathered, agency: str, term: Term) -> Document:
    """A pupil who left the roll: when, and what of the term was missed."""
    left, entered = day(entry.get("left")), day(entry.get("entered"))
    missed = {name: whole(entry.get(name)) for name in ("authorised", "unauthorised")}
    words = [f"No longer on the roll of {_school(entry)}."]
    if entered:
        words.append(f"On it since {entered.isoformat()}.")
    possible = whole(entry.get("possible"))
    if possible is not None:
        words.append(
            f"Of {possible} sessions of the term, {missed['authorised'] or 0} were missed with leave and "
            f"{missed['unauthorised'] or 0} without."
        )
    seen = ["school_absence"] if missed["unauthorised"] else []
    days = {"happened_from": left, "happened_to": left}
    return _whole(entry, gathered, agency, term.revision, term.last_day, seen, " ".join(words), _iso(days))


def of_totals(entry: Entry, gathered: Gathered, agency: str, term: Term) -> Document:
    """The sessions of a term by code, all rows of one pupil together."""
    rows = gathered.totals[entry.key]
    counts: dict[str, int] = {}
    for row in rows:
        code = row.get("code").upper()
        counts[code] = counts.get(code, 0) + (whole(row.get("sessions")) or 0)
    first, last = term.months
    text = f"Sessions at {_school(entry)} in {term.name} {term.year}: {_by_code(counts)}."
    document = _whole(
        entry, gathered, agency, term.revision, term.last_day, _observations(counts), text,
        {"happened_from": first, "happened_to": last},
    )  # fmt: skip
    sent = sorted((row.get("code"), row.get("sessions")) for row in rows)
    document["extra"]["school_attendance"]["row"] = [
        {"code": code, "sessions": number} for code, number in sent
    ]
    return document


def of_exclusion(entry: Entry, gathered: Gathered, agency: str, term: Term) -> Document:
    """A suspension or exclusion."""
    category = codes()["category"].get(entry.get("category").upper(), entry.get("category") or "excluded")
    reasons = [entry.get(f"reason{number}") for number in (1, 2, 3)]
    told = [codes()["reason"].get(code.upper(), code) for code in reasons if code]
    words = [f"{category[:1].upper()}{category[1:]} from {_school(entry)}."]
    if whole(entry.get("sessions")) is not None:
        words.append(f"Sessions: {whole(entry.get('sessions'))}.")
    if told:
        words.append(f"Reasons recorded by the school: {'; '.join(told)}.")
    start = _iso({"happened_from": day(entry.get("start"))})
    return _whole(entry, gathered, agency, term.revision, term.last_day, ["excluded"], " ".join(words), start)


def of_run(entry: Entry, run: Run, gathered: Gathered, agency: str) -> Document:
    """Sessions missed one after another."""
    latest = gathered.latest_session or run.last[0]
    (first, part), (last, _) = run.first, run.last
    many = run.codes.total()
    text = (
        f"Away from {_school(entry)} for {many} session{'s' * (many != 1)} in a row: {_by_code(run.codes)}."
    )
    days = _iso({"happened_from": first, "happened_to": last})
    revision = latest.year * 10_000 + latest.month * 100 + latest.day
    document = _whole(entry, gathered, agency, revision, latest, _observations(run.codes), text, days)
    document["extra"]["school_attendance"]["row"] = {
        "from": f"{first} {part}".strip(),
        "codes": dict(sorted(run.codes.items())),
    }
    return document


def stem(entry: Entry, gathered: Gathered) -> str:
    """What a record's reference begins with: the table, the school and the pupil's number."""
    school = entry.get("school")
    return "/".join(["school", entry.table, *([school] if school else []), _ref(entry, gathered)])


def notes(entry: Entry, gathered: Gathered) -> Iterator[str]:
    """What the sender should know about a row that goes in all the same."""
    dated = [
        key for key in ("born", "left", "entered", "start") if entry.get(key) and not day(entry.get(key))
    ]
    for key in dated:
        yield f"not a date: column {key} of {entry.table}: kept as sent and read as not known"
    if entry.table == EXCLUSIONS:
        for key, names in (
            ("category", "category"),
            ("reason1", "reason"),
            ("reason2", "reason"),
            ("reason3", "reason"),
        ):
            if entry.get(key) and entry.get(key).upper() not in codes()[names]:
                yield f"code: {key} is none of the school census; it is kept as sent"
    yield from gathered.doubts(entry)
    if entry.table != PUPILS and entry.table != "register" and not gathered.pupil(entry):
        yield "no pupil: the table of pupils has nobody of this number; the child is known by it alone"


def code_notes(seen: Mapping[str, int]) -> Iterator[str]:
    """Codes that are none, and codes that ended."""
    for code in sorted(seen):
        about = attendance(code)
        if about is None:
            yield "code: an attendance code that there is not; it is kept as sent"
        elif about.get("ended"):
            yield f"code: {code} is no attendance code since 19 August 2024; it is kept as sent"


def _whole(
    entry: Entry,
    gathered: Gathered,
    agency: str,
    revision: int,
    told: date,
    seen: list[str],
    text: str,
    days: Mapping[str, str],
) -> Document:
    row = {key: value for key, value in entry.cells.items() if key not in _PUPIL}
    kept: dict[str, Any] = {"table": entry.table, "row": row}
    if entry.others:
        kept["other_columns"] = dict(entry.others)
    return {
        "v": 1,
        "agency": agency,
        "ref": "",
        "revision": revision,
        "kind": "school",
        **days,
        "recorded_at": f"{told.isoformat()}T23:59:59+00:00",
        "people": [_child(entry, gathered)],
        **({"observations": seen} if seen else {}),
        "text": text,
        "extra": {"school_attendance": kept},
    }


def _child(entry: Entry, gathered: Gathered) -> dict[str, Any]:
    """The pupil: names, birth, pupil number, first address. Language and ethnicity are not taken in."""
    about = gathered.pupil(entry) or entry
    ids = {"upn": about.get("upn"), "uln": about.get("uln"), "former_upn": about.get("former_upn")}
    names = [
        about.get(key)
        for key in ("preferred", "former")
        if about.get(key) not in ("", about.get("family_name"))
    ]
    born = day(about.get("born"))
    postcodes = [each for each in gathered.addresses.get(entry.key, []) if each]
    child: dict[str, Any] = {
        "ref": _ref(entry, gathered),
        "part": "child",
        "given_names": " ".join(n for n in (about.get("given_names"), about.get("middle_names")) if n),
        "family_name": about.get("family_name"),
        "also_known_as": list(dict.fromkeys(names)),
        "born": born.isoformat() if born else about.get("born"),
        "sex": {"M": "M", "F": "F", "MALE": "M", "FEMALE": "F"}.get(about.get("sex").upper(), ""),
        "ids": {scheme: value for scheme, value in ids.items() if value},
        "postcode": postcodes[0] if postcodes else "",
    }
    if len(postcodes) > 1:
        child["extra"] = {"other_postcodes": postcodes[1:]}
    return {key: value for key, value in child.items() if value}


def _ref(entry: Entry, gathered: Gathered) -> str:
    """The pupil number; without one, the number the tables of this export have."""
    about = gathered.pupil(entry) or entry
    return about.get("upn") or entry.get("pupil")


def _school(entry: Entry) -> str:
    return f"school {entry.get('school')}" if entry.get("school") else "school"


def _by_code(counts: Mapping[str, int]) -> str:
    """`4 reason not yet known (N); 2 illness (I)`, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return "; ".join(
        f"{number} {(attendance(code) or {}).get('label', 'of a code that there is not')} ({code})"
        for code, number in ordered
    )


def _observations(counts: Mapping[str, int]) -> list[str]:
    found = [attendance(code) or {} for code, number in counts.items() if number]
    away = (
        ["school_absence"] if any(each.get("is") in ("authorised", "unauthorised") for each in found) else []
    )
    return [*away, *dict.fromkeys(each["observation"] for each in found if "observation" in each)]


def _iso(days: Mapping[str, date | None]) -> dict[str, str]:
    return {key: value.isoformat() for key, value in days.items() if value}
