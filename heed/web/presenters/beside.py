"""What a concern says beside its own words: what was tried, with whom it is shared and why, what was pasted.

Any agency may send anything under `extra`: what has another shape is left to the record's own document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from heed.casework.policy.sharing import sharing
from heed.core.records.record import Document


@dataclass(frozen=True, slots=True)
class Pasted:
    """A message kept word for word, and what is said of who wrote it and when."""

    text: str
    said_to_be: str


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it; empty parts are not shown."""

    tried: str
    shares: tuple[str, ...]
    pasted: tuple[Pasted, ...]


def beside(document: Document, names: Mapping[str, str]) -> Beside:
    """What stands under `extra` of a concern, in words."""
    extra = document.get("extra")
    extra = extra if isinstance(extra, dict) else {}
    tried = extra.get("tried")
    return Beside(
        tried=tried if isinstance(tried, str) else "",
        shares=tuple(_share(each, names) for each in _objects(extra, "sharing")),
        pasted=tuple(_pasted(each) for each in _objects(extra, "pasted") if _word(each, "text")),
    )


def _objects(extra: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = extra.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _share(share: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who, on what basis, and both wishes: one that nobody stated reads "not known", never as a yes."""
    agency = _word(share, "agency")
    wishes = sharing().wishes
    child, parent = (
        wishes.get(_word(share, key), wishes["not_known"]) for key in ("child_wishes", "parent_wishes")
    )
    basis = _word(share, "basis_words") or _word(share, "basis") or "basis not stated"
    reason = _word(share, "override_reason")
    override = f" Shared all the same, because: {reason}" if reason else ""
    return f"{names.get(agency, agency)}: {basis}. Child: {child}. Parent or carer: {parent}.{override}"


def _pasted(pasted: Mapping[str, Any]) -> Pasted:
    parts = [_word(pasted, "from"), _word(pasted, "when")]
    return Pasted(_word(pasted, "text"), ", ".join(part for part in parts if part) or "not said by whom")


def _word(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
