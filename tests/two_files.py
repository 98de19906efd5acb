"""Two agencies' files of made-up people with known truth and errors as in FEBRL 4: every person once in each file, the
second with up to three slips."""

from dataclasses import replace
from random import Random

from heed.core.identity.profile import Profile
from synthetic.names import backgrounds

LETTERS = "ABCDEFGHIJKLMNOPRSTUVWY"


def two_files(
    size: int, seed: int, shared: float = 1.0
) -> tuple[list[Profile], list[Profile], dict[str, str]]:
    """Left, right and the truth (left source to right source). `shared` of the people stand in both files."""
    chance, names = Random(seed), _names()
    left, right, truth = [], [], {}
    for number in range(size):
        person = _person(f"left c-{number}", names, chance)
        left.append(person)
        if chance.random() < shared:
            copied = _slipped(replace(person, source=f"right h-{number}"), chance)
            truth[person.source] = copied.source
        else:
            copied = _person(f"right h-{number}", names, chance)
        right.append(copied)
    chance.shuffle(right)
    return left, right, truth


def _names() -> tuple[list[str], list[str]]:
    given = sorted({name.upper() for each in backgrounds() for name in (*each.girls, *each.boys)})
    family = sorted({name.upper() for each in backgrounds() for name in each.families})
    return given, family


def _person(source: str, names: tuple[list[str], list[str]], chance: Random) -> Profile:
    given, family = names
    # Common names are common: the square puts a quarter of all people under a sixteenth of the names.
    first, last = (pool[int(chance.random() ** 2 * len(pool))] for pool in (given, family))
    born = f"{chance.randint(2006, 2020)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return Profile(source, child=True, given=(first,), family=(last,), born=(born,))


def _slipped(person: Profile, chance: Random) -> Profile:
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3))):
        what = chance.random()
        given, family, born = person.given[0], person.family[0], person.born[0]
        if what < 0.35:
            person = replace(person, given=(_slip(given, chance),))
        elif what < 0.7:
            person = replace(person, family=(_slip(family, chance),))
        elif what < 0.8:
            person = replace(person, given=(family,), family=(given,))
        else:
            person = replace(person, born=(_slipped_day(born, chance),))
    return person


def _slip(name: str, chance: Random) -> str:
    """A letter more, less, another, or two that changed places."""
    place, letter = chance.randrange(len(name)), chance.choice(LETTERS)
    before, after = name[:place], name[place + 1 :]
    swapped = before + name[place : place + 2][::-1] + name[place + 2 :]
    shapes = (before + letter + name[place:], before + after, before + letter + after, swapped)
    return chance.choice([shape for shape in shapes if shape])


def _slipped_day(born: str, chance: Random) -> str:
    year, month, day = born.split("-")
    if chance.random() < 0.3:
        return f"{year}-{min(int(day), 12):02}-{int(month):02}"
    if chance.random() < 0.5:
        return f"{year}-{month}-{chance.randint(1, 28):02}"
    return f"{int(year) + chance.choice((-1, 1))}-{month}-{day}"
