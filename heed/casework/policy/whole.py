"""All pages of policy at once: which of them can be read, and what those that move duties say, key by key."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings

from heed.casework.policy.agencies import read_agencies, read_contact
from heed.casework.policy.attachments import read_attachments
from heed.casework.policy.deadlines import read_deadlines
from heed.casework.policy.duties import read_duties
from heed.casework.policy.erasure import erasure_rules
from heed.casework.policy.exports import read_exports
from heed.casework.policy.glass import read_glass
from heed.casework.policy.intake import read_intake
from heed.casework.policy.ladder import read_holidays, read_ladder
from heed.casework.policy.ledger import read_ledger
from heed.casework.policy.linking import linking_rules
from heed.casework.policy.mail import read_mail
from heed.casework.policy.missing import read_missing
from heed.casework.policy.notices import read_notices
from heed.casework.policy.page import Page, open_page
from heed.casework.policy.practice import read_practice
from heed.casework.policy.quality import quality_rules
from heed.casework.policy.register import read_register
from heed.casework.policy.sharing import read_sharing
from heed.casework.policy.thresholds import read_thresholds
from heed.casework.policy.without_names import read_without_names
from heed.casework.policy.wording import read_wording
from heed.core.records.explained import Explained

READERS: Mapping[str, tuple[Callable[[], object], ...]] = {
    "agencies": (read_agencies, read_contact),
    "holidays": (read_holidays,),
    "ladder": (read_ladder,),
    "duties": (read_duties, read_missing),
    "deadlines": (read_deadlines,),
    "thresholds": (read_thresholds,),
    "mail": (read_mail,),
    "notices": (read_notices,),
    "intake": (read_intake,),
    "ledger": (read_ledger,),
    "attachments": (read_attachments,),
    "exports": (read_exports,),
    "erasure": (erasure_rules,),
    "glass": (read_glass,),
    "linking": (linking_rules,),
    "practice": (read_practice,),
    "quality": (quality_rules,),
    "register": (read_register,),
    "sharing": (read_sharing,),
    "wording": (read_wording,),
    "without_names": (read_without_names,),
}
MOVING = ("ladder", "duties", "deadlines", "holidays")
"""The pages by which a duty moves."""
KEEPERS = frozenset({"source", "owner", "effective_from", "review_date"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One page: where it stands, its fault as a paragraph or nothing, and whether it should have been reviewed."""

    name: str
    file: str
    fault: str
    overdue: date | None


def check(today: date) -> Iterator[Checked]:
    """Every page in turn: the first fault of each."""
    for name, readers in READERS.items():
        file, fault, overdue = "", "", None
        try:
            page = open_page(name)
            file = str(page.file)
            overdue = page.day("review_date") if page.day("review_date") < today else None
            for read in readers:
                read()
        except Explained as trouble:
            fault = str(trouble)
        yield Checked(name, file, fault, overdue)


def in_words() -> Mapping[str, str]:
    """What the pages by which duties move say, by key: `ladder.rungs.0.answer` to `1 working day`. Read once."""
    return _in_words(str(settings.POLICY))


@cache
def _in_words(folder: str) -> Mapping[str, str]:
    return {key: value for name in MOVING for key, value in _flat(name, open_page(name))}


def _flat(name: str, page: Page) -> Iterator[tuple[str, str]]:
    def walk(where: str, value: object) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(f"{where}.{key}", inner)
        elif isinstance(value, list):
            for place, inner in enumerate(value):
                yield from walk(f"{where}.{place}", inner)
        else:
            yield where, "" if value is None else str(value)

    for key, value in page.data.items():
        if key not in KEEPERS:
            yield from walk(f"{name}.{key}", value)
