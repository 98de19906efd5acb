"""What a pack holds, as sections that every format lays out alike: words, tables, and the entries of a chronology."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, its heads, and its rows of as many cells."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: a heading, what is known of it by name, and the words that were written."""

    title: str
    facts: tuple[tuple[str, str], ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the pack under its own heading."""

    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `about` names what it is, as of when, and from which ledger."""

    title: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def as_json(pack: Pack) -> dict[str, Any]:
    """The pack as JSON; a table as its heads and its rows, an entry with its facts in order."""
    return {
        "title": pack.title,
        "about": [list(each) for each in pack.about],
        "sections": [
            {
                "title": section.title,
                "words": list(section.words),
                "tables": [
                    {"caption": t.caption, "heads": list(t.heads), "rows": [list(row) for row in t.rows]}
                    for t in section.tables
                ],
                "entries": [
                    {"title": e.title, "facts": [list(fact) for fact in e.facts], "text": e.text}
                    for e in section.entries
                ],
            }
            for section in pack.sections
        ],
    }


def strings(pack: Pack) -> Iterator[str]:
    """Every text in it, for whoever looks through it for what must not be there."""
    yield pack.title
    for name, value in pack.about:
        yield from (name, value)
    for section in pack.sections:
        yield from (section.title, *section.words)
        for table in section.tables:
            yield from (table.caption, *table.heads)
            yield from (cell for row in table.rows for cell in row)
        for entry in section.entries:
            yield from (entry.title, entry.text)
            yield from (part for fact in entry.facts for part in fact)
