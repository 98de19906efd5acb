"""The posts of the ladder: at every agency somebody holds each of them, so that no answer is ever owed by nobody."""

from enum import StrEnum

from heed.core.records.kinds import Grade


class Post(StrEnum):
    """A place on the ladder."""

    DUTY_PERSON = "duty_person"
    LINE_MANAGER = "line_manager"
    DESIGNATED_LEAD = "designated_lead"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"


UPWARDS = tuple(Post)
"""From the bottom up: when nobody active holds a post, the next one up owes the answer."""

WORDS = {
    Post.DUTY_PERSON: "duty person",
    Post.LINE_MANAGER: "line manager",
    Post.DESIGNATED_LEAD: "designated lead",
    Post.EXECUTIVE: "executive",
    Post.SCRUTINEER: "independent scrutineer",
}

GRADES = {
    Post.DUTY_PERSON: Grade.FRONTLINE,
    Post.LINE_MANAGER: Grade.MANAGER,
    Post.DESIGNATED_LEAD: Grade.SENIOR,
    Post.EXECUTIVE: Grade.EXECUTIVE,
    Post.SCRUTINEER: Grade.EXECUTIVE,
}


def at_or_above(post: Post) -> tuple[Post, ...]:
    """The post itself and those above it, nearest first."""
    return UPWARDS[UPWARDS.index(post) :]
