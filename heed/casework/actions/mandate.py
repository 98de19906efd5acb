"""Whether somebody may do what only certain posts may: asked inside each action, whatever door they came through."""

from collections.abc import Set

from heed.casework.agencies import PLACEHOLDER_ORDER
from heed.casework.models import Post, Professional
from heed.core.records.explained import Explained


def check_post(by: Professional, posts: Set[str], what: str) -> None:
    """Raises Explained unless they work here and hold one of these posts at their own agency. A placeholder holds its
    post for nobody: it owes what nobody answers, and decides nothing."""
    held = Post.objects.filter(holder=by, agency=by.agency_id, post__in=posts, order__lt=PLACEHOLDER_ORDER)
    if not by.is_active or not held.exists():
        raise Explained(f"only who holds one of these posts may {what}: {', '.join(sorted(posts))}.")
