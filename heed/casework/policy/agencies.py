"""policy/agencies.yaml: who belongs to the partnership."""

from collections.abc import Mapping
from dataclasses import dataclass

from heed.casework.policy.page import open_page

PARTNERSHIP = "partnership"


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency as the partnership names it."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a professional rings when Heed cannot take what they have."""

    who: str
    number: str


def read_contact() -> Contact | None:
    """Whom to ring when nothing can be saved; None when the partnership names nobody."""
    page = open_page("agencies")
    if not page.has("ring"):
        return None
    return Contact(page.text("ring", "who"), page.text("ring", "number"))


def read_agencies() -> Mapping[str, KnownAgency]:
    """The agencies by code. The partnership itself must be among them: the last answer is owed there."""
    page = open_page("agencies")
    found = {
        code: KnownAgency(code, page.text("agencies", code, "name"), page.text("agencies", code, "kind"))
        for code in page.keys("agencies")
    }
    if PARTNERSHIP not in found:
        raise page.wrong(("agencies", PARTNERSHIP), "the partnership itself, with its name and kind")
    return found
