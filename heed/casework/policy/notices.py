"""policy/notices.yaml: how people are told, how often, and in how few lines."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.page import open_page


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """The rules. Minutes between letters to one person; references in one letter; hosts that may take a push."""

    quiet_minutes: int
    most_named: int
    daily: bool
    push_services: tuple[str, ...]


def notice_rules() -> NoticeRules:
    """The rules of this installation, read once."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> NoticeRules:
    return read_notices()


def read_notices() -> NoticeRules:
    """The rules."""
    page = open_page("notices")
    # A partnership's file that is older than pushes goes by the services that Heed comes with.
    pushed = page if page.has("browsers") else open_page("notices", shipped=True)
    return NoticeRules(
        quiet_minutes=page.number("letters", "quiet_minutes"),
        most_named=page.number("letters", "most_named", least=1),
        daily=page.yes("digest", "daily"),
        push_services=tuple(name.lower() for name in pushed.texts("browsers", "push_services")),
    )
