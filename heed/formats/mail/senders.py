"""Which agency an address belongs to, as a partnership says. It proves nothing: anybody can write under any address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from heed.core.records.explained import Explained
from heed.core.records.kinds import Grade
from heed.core.records.reading import AGENCY
from heed.formats.mail.headers import Address


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of an address or a domain. `grade` is that of the people who write from there."""

    agency: str
    grade: str = "frontline"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Senders:
    """Addresses and domains that belong to agencies, and the addresses of Heed's own mailboxes."""

    known: Mapping[str, Sender] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def of(self, address: Address) -> Sender | None:
        """What is known: of the very address first, then of its domain, then of the domains above that."""
        if address.address in self.known:
            return self.known[address.address]
        labels = address.domain.split(".")
        above = (".".join(labels[place:]) for place in range(min(len(labels) - 1, 10)))
        return next((self.known[domain] for domain in above if domain in self.known), None)


def read_senders(path: Path) -> Senders:
    """The senders of a YAML file. Raises Explained when it has none, or one that is no agency or grade."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        raise Explained(
            f"{path} cannot be read as YAML: the option senders expects a file such as policy/mail.yaml."
        ) from None
    return senders_of(data, str(path))


def senders_of(data: Any, where: str) -> Senders:
    """The senders in what a YAML file says; `where` is named when something in it is wrong."""
    if not isinstance(data, dict) or not isinstance(data.get("senders") or {}, dict):
        raise Explained(
            f"{where} has no block `senders` of addresses and domains; see policy/mail.yaml for one."
        )
    known = {str(key).lower(): _sender(key, said, where) for key, said in (data.get("senders") or {}).items()}
    own = data.get("own_addresses") or []
    return Senders(known, frozenset(str(each).lower() for each in own))


def _sender(key: Any, said: Any, where: str) -> Sender:
    said = {"agency": said} if isinstance(said, str) else said
    agency = said.get("agency") if isinstance(said, dict) else None
    if not isinstance(agency, str) or not AGENCY.fullmatch(agency):
        raise Explained(
            f"{where}, senders, {key}: expected the code of an agency, such as {{agency: police}}."
        )
    grade = said.get("grade", "frontline")
    if grade not in set(Grade):
        raise Explained(f"{where}, senders, {key}: grade {grade!r} is none of {', '.join(Grade)}.")
    return Sender(agency, str(grade), str(said.get("role", "")))
