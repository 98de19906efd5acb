"""What a record is about to say, before the habits of whoever writes it touch it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from synthetic.staff import Staff
from synthetic.world import Touch

type Document = dict[str, Any]
"""Part of a record of version 1, as JSON values."""


@dataclass(slots=True)
class Mention:
    """A person in a record about to be written, and who it truly is."""

    body: Document
    child: int | None = None
    adult: str | None = None


@dataclass(slots=True)
class Entry:
    """Everything one record says. `prompt`: written within hours, whatever the agency's habit.

    `touches` are the contacts with a network it shows in its fields, `spoken` those only in its words.
    """

    prefix: str
    kind: str
    at: datetime
    people: list[Mention]
    by: Staff
    text: str
    until: datetime | None = None
    precise: bool = True
    things: list[Document] = field(default_factory=list)
    touches: Sequence[Touch] = ()
    spoken: Sequence[Touch] = ()
    observations: Sequence[str] = ()
    childs_words: str | None = None
    missing: Document | None = None
    told: Sequence[Document] = ()
    answer: Document | None = None
    grading: Document | None = None
    prompt: bool = False
    author: Document | None = None

    def document(self, agency: str, ref: str, happened: tuple[str, str | None], recorded_at: str) -> Document:
        """The record as JSON, keys in the order of the specification, empty ones left out."""
        body: Document = {
            "v": 1,
            "agency": agency,
            "ref": ref,
            "revision": 1,
            "kind": self.kind,
            "happened_from": happened[0],
            "happened_to": happened[1],
            "recorded_at": recorded_at,
            "author": self.author or self.by.as_author(),
            "people": [mention.body for mention in self.people],
            "things": self.things,
            "observations": list(self.observations),
            "text": self.text,
            "childs_words": self.childs_words,
            "missing": self.missing,
            "told": list(self.told),
            "answer": self.answer,
            "grading": self.grading,
        }
        return {key: value for key, value in body.items() if value not in (None, [], ())}
