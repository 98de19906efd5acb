"""Numbers and lists as a sentence says them."""

from collections.abc import Sequence

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def number(count: int) -> str:
    """'four' up to twelve, digits with thousands above: '1,204'."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """'three agencies', 'one child'."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def sentence(words: str) -> str:
    """With its first letter upper case."""
    return words[:1].upper() + words[1:]


def rough(value: float) -> str:
    """A count that was expected, with as many digits as it deserves: '0.1', '3.4', '21'."""
    if value < 0.05:
        return "fewer than 0.1"
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
