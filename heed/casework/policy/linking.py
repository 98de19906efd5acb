"""policy/linking.yaml: who may confirm a link between agencies, and when two agencies are introduced to each other."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.conf import settings

from heed.casework.policy.page import Page, open_page
from heed.core.duty.posts import Post


@dataclass(frozen=True, slots=True)
class LinkingRules:
    """The rules. `from_probability` is 0 to 1; `ask` is the post each side is told to ask."""

    second_person: frozenset[str]
    from_probability: float
    ask: Post
    per_week: int
    shown_for: timedelta


def linking_rules() -> LinkingRules:
    """The rules of this installation, read once."""
    return _read(str(settings.POLICY))


@cache
def _read(folder: str) -> LinkingRules:
    page = open_page("linking")
    rarest = page.amount("introductions", "from_probability")
    if not 0 < rarest <= 1:
        raise page.wrong(("introductions", "from_probability"), "a probability above 0 and up to 1")
    posts = page.texts("second_person")
    return LinkingRules(
        second_person=frozenset(
            _post(page, post, "second_person", place) for place, post in enumerate(posts)
        ),
        from_probability=rarest,
        ask=_post(page, page.text("introductions", "ask"), "introductions", "ask"),
        per_week=page.number("introductions", "per_week"),
        shown_for=timedelta(days=page.number("introductions", "days", least=1)),
    )


def _post(page: Page, post: str, *where: str | int) -> Post:
    if post not in list(Post):
        raise page.wrong(where, f"a post: {', '.join(Post)}")
    return Post(post)
