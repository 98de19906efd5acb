"""Whether something was written at all where a child's own words are asked for."""

LEAST_LETTERS = 2
"""The shortest answer a child gives is "no"; a dot or a dash was typed to get past the question."""


def says_something(words: str) -> bool:
    """Whether there are words in it, in any script, and not only a mark that fills the box."""
    return sum(each.isalpha() for each in words) >= LEAST_LETTERS
