"""Names for fictional people: drawn apart from short lists of many backgrounds and joined by chance."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from synthetic.chance import Chance

MIXED = 0.12
"""Share of children whose first name comes from another list than their family name."""


@dataclass(frozen=True)
class Background:
    """First names and family names that are often heard together."""

    weight: float
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = files("synthetic").joinpath("lists", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def backgrounds() -> tuple[Background, ...]:
    """The lists of lists/names.txt."""
    lines, found = _lines("names.txt"), []
    for start in range(0, len(lines), 4):
        head, girls, boys, families = lines[start : start + 4]
        words = [tuple(line.split(": ", 1)[1].split()) for line in (girls, boys, families)]
        found.append(Background(float(head.strip("[]").split()[1]), words[0], words[1], words[2]))
    return tuple(found)


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """What a worker or a friend may write instead of a first name."""
    return {
        name: tuple(others.split()) for name, others in (line.split(": ") for line in _lines("nicknames.txt"))
    }


@cache
def aliases() -> tuple[tuple[str, ...], ...]:
    """Names heard for adults nobody knows: the usual spelling first, then others."""
    rows = (line.split(": ") for line in _lines("aliases.txt"))
    return tuple((usual, *(word.replace("-", " ") for word in others.split())) for usual, others in rows)


@cache
def place_words() -> dict[str, tuple[str, ...]]:
    """The words of lists/places.txt by heading."""
    lines = _lines("places.txt")
    return {
        head.strip("[]"): tuple(
            word.strip() if " | " in body else word.replace("-", " ")
            for word in (body.split(" | ") if " | " in body else body.split())
        )
        for head, body in zip(lines[::2], lines[1::2], strict=True)
    }


def family_name(chance: Chance) -> tuple[Background, str]:
    """A family name and the list it came from. Names earlier in a list are commoner (as 1 / rank ** 0.35)."""
    background = chance.choices(backgrounds(), [each.weight for each in backgrounds()])[0]
    return background, chance.choices(background.families, _falling(len(background.families)))[0]


def given_name(background: Background, sex: str, chance: Chance) -> str:
    """A first name, mostly from the same list as the family name."""
    if chance.happens(MIXED):
        background = chance.choices(backgrounds(), [each.weight for each in backgrounds()])[0]
    return chance.choice(background.girls if sex == "F" else background.boys)


@cache
def _falling(length: int) -> tuple[float, ...]:
    return tuple(1.0 / (rank + 1) ** 0.35 for rank in range(length))
