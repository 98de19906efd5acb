"""A quick crowd of made-up profiles with the errors real files have: for tests of linking, not of quality."""

from random import Random

from heed.core.identity.profile import Profile

GIVEN = (
    *("AYLA", "ELIZABETH", "LIZ", "BETH", "MOHAMMED", "MUHAMMAD", "JACK", "JOHN"),
    *("NELL", "ELEANOR", "SAM", "SAMUEL", "ROSE", "TOM", "THOMAS", "ANA"),
)
FAMILY = (
    *("MARSH", "MARCH", "ORME", "COLDFIELD", "COLLDFIELD", "OKORO", "SHAH"),
    *("SMITH", "JONES", "HALE", "BELL", "LOWE", "THOMAS", "ROSE"),
)


def crowd(size: int, seed: int) -> list[Profile]:
    """Profiles in clumps of up to five that are mostly one person, deterministic in the seed."""
    chance = Random(seed)
    profiles = []
    while len(profiles) < size:
        truth = (
            chance.choice(GIVEN),
            chance.choice(FAMILY),
            f"{chance.randint(1990, 1999)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            f"999{chance.randint(0, 9999999):07}",
            f"ZZ{chance.randint(1, 9)}{chance.randint(1, 9)}AB",
        )
        for _ in range(chance.randint(1, 5)):
            profiles.append(_profile(len(profiles), truth, chance))
    return profiles[:size]


def _profile(number: int, truth: tuple[str, str, str, str, str], chance: Random) -> Profile:
    given, family, born, nhs, postcode = truth
    agency = chance.choice(("police", "school", "health"))
    ref = f"R-{number}#1" if chance.random() < 0.1 else f"c-{number}"
    if chance.random() < 0.1:
        given, family = family, given
    if chance.random() < 0.15:
        given = chance.choice((_slip(given, chance), given[0], chance.choice(GIVEN)))
    if chance.random() < 0.15:
        family = chance.choice(
            (_slip(family, chance), f"{family} {chance.choice(FAMILY)}", chance.choice(FAMILY))
        )
    if chance.random() < 0.3:
        year, month, day = born.split("-")
        born = chance.choice(
            (
                year,
                f"{year}-{month}",
                f"{year}-{day if int(day) < 13 else month}-{month}",
                _slip_digit(born, chance),
            )
        )
    upn = f"A{chance.randint(10**11, 10**12 - 1)}{chance.randint(0, 9)}"
    numbers = [("nhs", nhs)] * (chance.random() < 0.4) + [("upn", upn)] * (chance.random() < 0.2)
    if numbers and chance.random() < 0.2:
        numbers[0] = (numbers[0][0], _slip_digit(numbers[0][1], chance))
    home = chance.random() < 0.7
    seen = sorted(
        f"{chance.randint(2003, 2012)}-06-{chance.randint(10, 28)}" for _ in range(chance.randint(0, 3))
    )
    beside = [f"print{chance.randint(1, 40)}" for _ in range(chance.choice((0, 0, 1, 2)))]
    child = chance.random() < 0.9
    things = [] if child else [f"{chance.choice(('vehicle', 'phone', 'place'))}:print{chance.randint(1, 5)}"]
    return Profile(
        source=f"{agency} {ref}",
        child=child,
        given=(given, *chance.sample(GIVEN, chance.randint(0, 1))) if chance.random() < 0.95 else (),
        family=tuple(dict.fromkeys([family, *chance.sample(FAMILY, chance.choice((0, 0, 1)))])),
        aliases=tuple(chance.sample(GIVEN, chance.choice((0, 0, 1)))),
        born=(born,) if chance.random() < 0.9 else (),
        numbers=tuple(numbers),
        places=(f"{postcode}|{chance.randint(1, 3)} ORCHARD ROW",) if home else (),
        postcodes=(postcode,) if home else (),
        seen=tuple(dict.fromkeys((seen[0], seen[-1]))) if seen else (),
        events=tuple(dict.fromkeys(seen)),
        company=tuple(beside),
        things=tuple(things),
        doubted=not child and chance.random() < 0.3,
        shared=tuple(f"record{chance.randint(1, 60)}" for _ in beside[:1]),
    )


def _slip(name: str, chance: Random) -> str:
    place = chance.randrange(len(name))
    return name[:place] + chance.choice("AEIOURST") + name[place + 1 :]


def _slip_digit(text: str, chance: Random) -> str:
    place = chance.choice([n for n, letter in enumerate(text) if letter.isdigit()])
    return text[:place] + str(chance.randint(0, 9)) + text[place + 1 :]
