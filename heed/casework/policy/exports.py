"""policy/exports.yaml: for what records may be taken out."""

from collections.abc import Mapping
from dataclasses import dataclass

from heed.casework.policy.erasure import posts
from heed.casework.policy.page import open_page
from heed.core.records.explained import Explained


@dataclass(frozen=True, slots=True)
class ExportRules:
    """The reasons by code, how long words that explain one are at least, and the posts whose holders may read a pack
    before it leaves."""

    reasons: Mapping[str, str]
    purpose_characters: int
    pack_agreed_by: frozenset[str] = frozenset()

    def check(self, reason: str, purpose: str, *confirmed: str) -> None:
        """Raises Explained for a reason that is none, and for a purpose, or a reason to leave something in (`confirmed`,
        empty where nothing is), in too few words."""
        if reason not in self.reasons:
            raise Explained(f"{reason!r} is no reason for an export; there are: {', '.join(self.reasons)}.")
        for words in (purpose, *filter(None, confirmed)):
            if len(words.strip()) < self.purpose_characters:
                raise Explained(f"Say for what, in at least {self.purpose_characters} characters.")


def read_exports() -> ExportRules:
    """The reasons as policy names them."""
    page = open_page("exports")
    reasons = {code: page.text("reasons", code) for code in page.keys("reasons")}
    return ExportRules(reasons, page.number("purpose_characters", least=1), posts(page, "pack_agreed_by"))
