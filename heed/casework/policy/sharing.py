"""policy/sharing.yaml: the bases in law on which something is passed on, the wishes, and how long a draft is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings

from heed.casework.policy.page import Page, open_page

NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class SharingRules:
    """Bases and wishes by code, in words; which need a reason; how long and how many drafts are kept."""

    bases: Mapping[str, str]
    default_basis: str
    wishes: Mapping[str, str]
    against: frozenset[str]
    consent: str
    agreement: str
    drafts_kept: timedelta
    most_drafts: int

    def overrides(self, basis: str, wishes: tuple[str, ...]) -> bool:
        """Whether this share goes against what somebody said, or rests on an agreement nobody gave."""
        unagreed = basis == self.consent and self.agreement not in wishes
        return unagreed or any(wish in self.against for wish in wishes)


def sharing() -> SharingRules:
    """The rules of this installation."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> SharingRules:
    return read_sharing()


def read_sharing() -> SharingRules:
    """The rules. `not_known` must be among the wishes: what nobody said is never taken for a yes."""
    page = open_page("sharing")
    bases, wishes = _words(page, "bases"), _words(page, "wishes")
    if NOT_KNOWN not in wishes:
        raise page.wrong(("wishes", NOT_KNOWN), "words for a wish that is not known")
    for place, code in enumerate(page.texts("against")):
        if code not in wishes:
            raise page.wrong(("against", place), "one of the wishes above")
    return SharingRules(
        bases=bases,
        default_basis=_one_of(page, bases, "default_basis"),
        wishes=wishes,
        against=frozenset(page.texts("against")),
        consent=_one_of(page, bases, "needs_agreement", "basis"),
        agreement=_one_of(page, wishes, "needs_agreement", "wish"),
        drafts_kept=timedelta(days=page.number("drafts", "keep_days", least=1)),
        most_drafts=page.number("drafts", "most", least=1),
    )


def _words(page: Page, block: str) -> dict[str, str]:
    return {code: page.text(block, code) for code in page.keys(block)}


def _one_of(page: Page, codes: Mapping[str, str], *where: str) -> str:
    code = page.text(*where)
    if code not in codes:
        raise page.wrong(where, f"one of {', '.join(codes)}")
    return code
