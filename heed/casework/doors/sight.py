"""What several doors ask: which children somebody may see, under what name, and whom to ask about the rest."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.models import Agency, Post, Record
from heed.core.access.viewer import Viewer
from heed.core.duty import posts
from heed.core.records.reading import parse
from heed.core.records.record import Document
from heed.core.records.record import Record as Told

CHILD_PARTS = ("child", "companion", "found_with")
"""The parts in a record that make somebody a child with a page of their own."""

LOOKED_THROUGH = 3
"""How many of a child's newest records are read in search of a name."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at an agency: the holder of its duty post."""

    agency: str
    agency_name: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child as the records one viewer may see know them."""

    person: str
    name: str
    born: str
    agencies: tuple[str, ...]
    records: int
    last_recorded: datetime
    missing: int


@dataclass(frozen=True, slots=True)
class _Row:
    record: int
    position: int
    agency: str
    ref: str
    kind: str
    recorded_at: datetime


def known_children(viewer: Viewer, persons: Collection[str]) -> dict[str, KnownChild]:
    """Those of these persons who are a child in at least one record the viewer may see. Two queries."""
    rows: dict[str, list[_Row]] = {}
    columns = (
        "mentions__source__person", "pk", "mentions__position", "agency_id", "ref", "kind", "recorded_at",
    )  # fmt: skip
    found = Record.objects.visible_to(viewer).filter(
        mentions__source__person__in=list(persons), mentions__part__in=CHILD_PARTS
    )
    for person, *row in found.order_by("-recorded_at", "-pk").values_list(*columns):
        rows.setdefault(person, []).append(_Row(*row))
    documents = _documents(viewer, {row.record for seen in rows.values() for row in seen[:LOOKED_THROUGH]})
    return {person: _known(person, seen, documents) for person, seen in rows.items()}


def _documents(viewer: Viewer, ids: Collection[int]) -> dict[int, Document]:
    found = Record.objects.visible_to(viewer).filter(pk__in=list(ids))
    return {pk: json.loads(document) for pk, document in sealed.documents(found, "pk")}


def _known(person: str, seen: list[_Row], documents: dict[int, Document]) -> KnownChild:
    mentions = [documents[row.record]["people"][row.position] for row in seen[:LOOKED_THROUGH]]
    names = (full_name(mention) for mention in mentions)
    unnamed = f"Child {seen[0].ref}" if len(seen[0].ref) < 40 else "Child without a name"
    return KnownChild(
        person=person,
        name=next((name for name in names if name), unnamed),
        born=next((born for mention in mentions if (born := mention.get("born"))), ""),
        agencies=tuple(dict.fromkeys(row.agency for row in seen)),
        records=len({(row.agency, row.ref) for row in seen}),
        last_recorded=seen[0].recorded_at,
        missing=len({(row.agency, row.ref) for row in seen if row.kind == "missing"}),
    )


def full_name(mention: Document) -> str:
    """A mention's name as sent: given and family name, else the first alias, else nothing."""
    parts = [mention.get("given_names"), mention.get("family_name")]
    whole = " ".join(part for part in parts if part)
    aliases = mention.get("also_known_as") or [""]
    return whole or str(aliases[0])


def agency_names() -> dict[str, str]:
    """Every agency's name by its code."""
    return dict(Agency.objects.values_list("code", "name"))


def contacts(codes: Iterable[str]) -> dict[str, Contact]:
    """Whom to ask at each agency; an agency without a duty person is answered for by nobody and left out."""
    found: dict[str, Contact] = {}
    holders = Post.objects.filter(agency__in=set(codes), post=posts.Post.DUTY_PERSON).order_by("order")
    for post in holders.select_related("agency", "holder"):
        code = post.agency_id
        found.setdefault(code, Contact(code, post.agency.name, post.holder.name, post.holder.role))
    return found


def read(document: str) -> Told:
    """A kept document as a record. What is kept was read once: that it cannot be read now is our fault."""
    told = parse(json.loads(document)).record
    if told is None:
        raise RuntimeError("a record that was accepted once cannot be read now")
    return told
