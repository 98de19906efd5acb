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
