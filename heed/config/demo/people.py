"""The fictional professionals of the county: who signs in, who holds a post, who works with which child."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.agencies import ensure
from heed.casework.models import Post, Professional, Registered, Relationship

ALLOCATED_FOR = timedelta(days=365)
WORDS = (
    "amber",
    "brook",
    "cedar",
    "delta",
    "ember",
    "fern",
    "grove",
    "heath",
    "iris",
    "juniper",
    "kestrel",
    "linden",
)


def password() -> str:
    """Four words: made anew for each house, so that no demo can be signed in to by whoever read this file."""
    return "-".join(secrets.choice(WORDS) for _ in range(4))


def employ(people: Sequence[Mapping[str, Any]], *, password: str, now: datetime) -> int:
    """Write the professionals, their posts and the children they are allocated to. Returns how many there are."""
    with transaction.atomic():
        known = {person["username"]: _professional(person, password) for person in people}
        for person in people:
            _manage(known, person)
            _post(known[person["username"]], person.get("posts", ()))
            _allocate(known[person["username"]], person.get("children", ()), now)
        if people:
            _write_down(len(people), now)
    return len(known)


def _professional(person: Mapping[str, Any], password: str) -> Professional:
    agency = ensure(person["agency"])
    found, made = Professional.objects.get_or_create(
        username=person["username"],
        defaults={"name": person["name"], "agency": agency, "role": person["role"], "grade": person["grade"]},
    )
    if made:
        found.set_password(password)
        found.save(update_fields=["password"])
    return found


def _manage(known: Mapping[str, Professional], person: Mapping[str, Any]) -> None:
    manager = known.get(person.get("line_manager") or "")
    if manager is not None:
        Professional.objects.filter(pk=known[person["username"]].pk).update(line_manager=manager)


def _post(holder: Professional, posts: Sequence[str]) -> None:
    for post in posts:
        if not Post.objects.filter(agency=holder.agency, post=post, holder=holder).exists():
            order = Post.objects.filter(agency=holder.agency, post=post, order__lt=1000).count()
            Post.objects.create(agency=holder.agency, post=post, holder=holder, order=order)


def _allocate(professional: Professional, sources: Sequence[Sequence[str]], now: datetime) -> None:
    for agency, ref in sources:
        Relationship.objects.get_or_create(
            professional=professional,
            source_agency=agency,
            source_ref=ref,
            basis="allocated",
            defaults={"since": now, "until": now + ALLOCATED_FOR},
        )


def _write_down(people: int, now: datetime) -> None:
    ledger.append(
        kind="combination", subject="professionals", purpose="the people of the demonstration were written down",
        body={"people": people}, by=None, agency=None, now=now,
    )  # fmt: skip


def who_to_be() -> list[tuple[str, str, str, str]]:
    """One person of every agency and rank: the name to sign in with, who they are, their agency, why look."""
    found: dict[tuple[str, str], Professional] = {}
    people = Professional.objects.filter(is_active=True).select_related("agency")
    for person in people.order_by("agency_id", "pk"):
        best = found.get((person.agency_id, person.grade))
        if not person.has_usable_password():
            continue
        if best is None or _weight(person) > _weight(best):
            found[(person.agency_id, person.grade)] = person
    return [(p.username, f"{p.name}, {p.role}", p.agency.name, _why(p)) for p in found.values()]


def _weight(person: Professional) -> tuple[int, int, int]:
    """Whoever has something on the register first: its pages are empty for everybody else."""
    return (_registered(person), person.duties.count() + person.raised.count(), person.relationships.count())


def _registered(person: Professional) -> int:
    return Registered.objects.filter(owner=person).exclude(state="ended").count()


def _why(person: Professional) -> str:
    owed = person.duties.exclude(state="answered").count()
    parts = [
        f"owes {owed} answer{'s' if owed != 1 else ''}" if owed else "",
        f"raised {person.raised.count()}" if person.raised.exists() else "",
        f"works with {person.relationships.values('source_agency', 'source_ref').distinct().count()} children"
        if person.relationships.exists() else "",
        "has a child who is away, and the register to look at" if _registered(person) > 1 else "",
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)
