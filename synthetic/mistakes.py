"""The mistakes a tired, hurried or misinformed hand makes. Each takes the truth and returns what is written."""

from datetime import date

from synthetic.chance import Chance

HEARD_AS = (
    ("ph", "f"),
    ("ie", "y"),
    ("ck", "k"),
    ("ee", "ea"),
    ("th", "t"),
    ("s", "z"),
    ("i", "y"),
    ("c", "k"),
    ("ou", "u"),
)


def misspelt(word: str, chance: Chance) -> str:
    """One slip: letters changed over, doubled, lost, or written as heard."""
    if len(word) < 4:
        return word + word[-1]
    place = chance.randrange(1, len(word) - 1)
    slip = chance.randrange(4)
    if slip == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if slip == 1:
        return word[:place] + word[place] + word[place:]
    if slip == 2:
        return word[:place] + word[place + 1 :]
    sounds = [(sound, other) for sound, other in HEARD_AS if sound in word[1:].lower()]
    if not sounds:
        return word[:place] + word[place + 1 :]
    sound, other = chance.choice(sounds)
    return word[0] + word[1:].replace(sound, other, 1)


def born_swapped(born: date) -> str:
    """Day and month changed over where that is a date; otherwise one day out."""
    if born.day <= 12:
        return date(born.year, born.day, born.month).isoformat()
    return born.replace(day=born.day - 1).isoformat()


def born_partly(born: date, chance: Chance) -> str:
    """Only the month, or only the year; a worker asked for an age is sometimes a year out."""
    if chance.happens(0.5):
        return born.isoformat()[:7]
    return str(born.year + (chance.choice((-1, 1)) if chance.happens(0.2) else 0))


def plate_misread(vrm: str, chance: Chance) -> str:
    """One letter taken for another that looks like it, or a digit wrong."""
    place = chance.choice((2, 3, 5, 6, 7))
    if vrm[place].isdigit():
        return vrm[:place] + str((int(vrm[place]) + 1) % 10) + vrm[place + 1 :]
    return (
        vrm[:place]
        + {"B": "R", "D": "P", "M": "N", "U": "V", "E": "F"}.get(vrm[place], "H")
        + vrm[place + 1 :]
    )
