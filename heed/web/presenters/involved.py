"""Who is involved with a child, and which people and things come up again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.children import ChildFile, Entry
from heed.core.records.keys import thing_key
from heed.web.presenters import labels, wording
from heed.web.presenters.facts import called, thing_words


@dataclass(frozen=True, slots=True)
class Involved:
    """One agency's part: how much it wrote, from when to when, who wrote last, whom to ask."""

    agency: str
    records: str
    first: str
    last: str
    authors: str
    ask: str


@dataclass(frozen=True, slots=True)
class Again:
    """Something that stands in two records or more. `person` is set when there is a page to open."""

    kind: str
    words: str
    records: int
    agencies: str
    span: str
    person: str = ""


def agencies(file: ChildFile) -> list[Involved]:
    """Every agency that wrote something the viewer may see, the latest to write first."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(file.entries, key=lambda each: each.told.recorded_at, reverse=True):
        groups.setdefault(entry.told.agency, []).append(entry)
    return [_agency(code, entries, file) for code, entries in groups.items()]


def _agency(code: str, entries: Sequence[Entry], file: ChildFile) -> Involved:
    authors = dict.fromkeys(
        f"{each.told.author.name}{', ' + each.told.author.role if each.told.author.role else ''}"
        for each in entries
        if each.told.author and each.told.author.name
    )
    contact = file.contacts.get(code)
    return Involved(
        agency=file.agencies.get(code, code),
        records=f"{len(entries):,}",
        first=_day(entries[-1]),
        last=_day(entries[0]),
        authors="; ".join(list(authors)[:3]) + (f"; and {len(authors) - 3} more" if len(authors) > 3 else ""),
        ask=f"{contact.name}, {contact.role}" if contact else "",
    )


def _day(entry: Entry) -> str:
    return wording.day(wording.day_of(entry.told.recorded_at))


def again(file: ChildFile) -> list[Again]:
    """People, places, vehicles, phones and accounts in two of the records or more, the most frequent first."""
    seen: dict[tuple[str, str], dict[int, tuple[Entry, str, str]]] = {}
    for entry in file.counted:
        mentions = {mention.position: mention for mention in entry.told.people}
        for thing in entry.told.things:
            if key := thing_key(thing):
                words = (entry, labels.THINGS.get(thing.kind, thing.kind), thing_words(thing))
                seen.setdefault((thing.kind, key), {})[entry.key] = words
        for one in entry.people:
            mention = mentions.get(one.position)
            if not one.own and one.part != "professional" and mention:
                role = (
                    "Child"
                    if one.person in file.others
                    else labels.plain(labels.PARTS.get(one.part, one.part))
                )
                seen.setdefault(("person", one.person), {})[entry.key] = (entry, role, called(mention))
    found = [_again(key, list(rows.values()), file) for key, rows in seen.items() if len(rows) > 1]
    return sorted(found, key=lambda each: (-each.records, each.kind, each.words))


def _again(key: tuple[str, str], rows: list[tuple[Entry, str, str]], file: ChildFile) -> Again:
    rows = sorted(rows, key=lambda row: row[0].told.recorded_at)
    counts: dict[str, int] = {}
    for _, _, words in rows:
        counts[words] = counts.get(words, 0) + 1
    codes = sorted({file.agencies.get(entry.told.agency, entry.told.agency) for entry, _, _ in rows})
    return Again(
        kind=rows[-1][1],
        words=max(counts, key=lambda words: (counts[words], words)),
        records=len(rows),
        agencies=wording.listed(codes),
        span=_span(rows[0][0].told.recorded_at, rows[-1][0].told.recorded_at),
        person=key[1] if key[0] == "person" and key[1] in file.others else "",
    )


def _span(first: datetime, last: datetime) -> str:
    one, other = f"{wording.day_of(first):%B %Y}", f"{wording.day_of(last):%B %Y}"
    return one if one == other else f"{one} to {other}"


def working_with(file: ChildFile) -> list[Mapping[str, str]]:
    """The professionals who work with the child now."""
    return [
        {
            "name": each.name,
            "role": each.role,
            "agency": each.agency,
            "basis": labels.BASES.get(each.basis, labels.plain(each.basis).lower()),
            "since": wording.day(wording.day_of(each.since)),
            "until": wording.day(wording.day_of(each.until)),
        }
        for each in file.allocated
    ]
