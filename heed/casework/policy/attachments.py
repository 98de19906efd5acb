"""policy/attachments.yaml: how much may come with a record, and who looks at it."""

import os
import shlex
from dataclasses import dataclass

from heed.casework.policy.page import Page, open_page

SCANNER = "HEED_SCANNER"


@dataclass(frozen=True, slots=True)
class AttachmentRules:
    """The rules. `scanner` is a program with its words, empty when nobody scans; the numbers are its exit codes."""

    form_files: int
    form_megabytes: int
    agency_gigabytes: int
    picture_points: int
    scanner: tuple[str, ...]
    clean: frozenset[int]
    flagged: frozenset[int]
    scanner_seconds: int


def read_attachments() -> AttachmentRules:
    """The rules. An exit code cannot mean both clean and flagged."""
    page = open_page("attachments")
    clean, flagged = _codes(page, "clean"), _codes(page, "flagged")
    if clean & flagged:
        raise page.wrong(("scanner", "flagged"), "other exit codes than those of clean")
    given = shlex.split(os.environ.get(SCANNER, ""))
    return AttachmentRules(
        form_files=page.number("form", "most_files", least=1),
        form_megabytes=page.number("form", "megabytes", least=1),
        agency_gigabytes=page.number("agency_gigabytes", least=1),
        picture_points=page.number("picture_points", least=16),
        scanner=tuple(given) or page.texts("scanner", "command"),
        clean=clean,
        flagged=flagged,
        scanner_seconds=page.number("scanner", "seconds", least=1),
    )


def _codes(page: Page, meaning: str) -> frozenset[int]:
    places = range(page.count("scanner", meaning))
    return frozenset(page.number("scanner", meaning, place) for place in places)
