"""Numbers nobody can have: reserved, never issued, or with a letter pair no authority uses.

NHS numbers 999 xxx xxxx (never issued) with a right check digit; telephone numbers 07700 900xxx and
01632 960xxx (reserved for drama); registration marks ZZ.. (never issued); postcodes ZZ1 to ZZ9 (no such area);
pupil numbers of local authority 999 (does not exist).
"""

from synthetic.chance import Chance

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def nhs_number(serial: int) -> str:
    """The serial-th synthetic NHS number; modulus 11 is right (numbers whose check would be 10 are skipped)."""
    step = (serial * 7919) % 1_000_000
    while True:
        nine = f"999{step:06d}"
        check = (
            11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        ) % 11
        if check < 10:
            return f"{nine}{check}"
        step = (step + 500_009) % 1_000_000


def upn(school: int, entry_year: int, serial: int) -> str:
    """A pupil number of local authority 999 with its right check letter (weights 2 to 13, modulus 23)."""
    digits = f"999{4000 + school:04d}{entry_year % 100:02d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return UPN_LETTERS[total % 23] + digits


def wrong_letter(number: str, chance: Chance) -> str:
    """A pupil number whose check letter is not right."""
    return chance.choice([letter for letter in UPN_LETTERS if letter != number[0]]) + number[1:]


def wrong_digits(number: str, chance: Chance) -> str:
    """A number with two neighbouring digits changed over, as a tired hand does; the first three stay reserved."""
    place = chance.randrange(3, len(number) - 1)
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def plate(chance: Chance) -> str:
    """A registration mark in the current form that no office issues."""
    year = chance.choice([*range(2, 25), *range(52, 74)])
    return f"ZZ{year:02d} {''.join(chance.choices(PLATE_LETTERS, k=3))}"


def mobile(serial: int) -> str:
    """One of the thousand reserved mobile numbers."""
    return f"+447700900{serial % 1000:03d}"


def landline(serial: int) -> str:
    """One of the thousand reserved numbers of the area code nobody has."""
    return f"+441632960{serial % 1000:03d}"


def postcode(area: int, chance: Chance) -> str:
    """A postcode of an area that does not exist: ZZ1 to ZZ9."""
    return f"ZZ{1 + area % 9} {chance.randrange(1, 10)}{''.join(chance.choices(POSTCODE_LETTERS, k=2))}"
