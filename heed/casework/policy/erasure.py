"""policy/erasure.yaml: by what right something is erased, and who may ask and agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from heed.casework.policy.page import Page, open_page
from heed.core.duty.posts import Post


@dataclass(frozen=True, slots=True)
class ErasureRules:
    """The rules. `bases` is each legal basis with its sentence, `may_ask` and `may_agree` posts of the ladder."""

    bases: Mapping[str, str]
    may_ask: frozenset[str]
    may_agree: frozenset[str]
    reason_characters: int


def erasure_rules() -> ErasureRules:
    """The rules of this installation, read once."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> ErasureRules:
    page = open_page("erasure")
    return ErasureRules(
        bases={name: page.text("bases", name) for name in page.keys("bases")},
        may_ask=posts(page, "may_ask"),
        may_agree=posts(page, "may_agree"),
        reason_characters=page.number("reason_characters", least=1),
    )


def posts(page: Page, key: str) -> frozenset[str]:
    """The posts that stand under a key of a policy. Raises Explained, with the line, for what is none."""
    found = page.texts(key)
    for place, post in enumerate(found):
        if post not in list(Post):
            raise page.wrong((key, place), f"a post: {', '.join(Post)}")
    return frozenset(found)
