"""How two profiles agree, drawn as tables: left, right, the level expected. `-` is nothing known."""

import pytest

from heed.core.identity.comparisons import (
    AGE,
    BESIDE,
    BORN,
    COMPANY,
    COMPARISONS,
    EVENTS,
    FAMILY,
    FILES,
    GIVEN,
    HOME,
    NUMBER,
)
from heed.core.identity.profile import Profile


def rows(table: str):
    """The rows of a table drawn with |, without its heading."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()[1:]]


def values(cell: str) -> tuple[str, ...]:
    """`A, B` as a tuple; `-` as nothing."""
    return () if cell == "-" else tuple(value.strip() for value in cell.split(","))


GIVEN_NAMES = rows(
    """
    left         | right         | level
    AYLA         | AYLA          | same
    AYLA ROSE    | AYLA          | same
    ELIZABETH    | LIZ           | short_form
    LIZ          | BETH          | short_form
    MOHAMMED     | MUHAMMAD      | short_form
    AYLA, BRYONY | BRYONY        | known_as
    AYLA ROSE    | ROSE          | known_as
    GUR          | GURPREET      | short_form
    KAZIM        | KAZIMIERA     | short_form
    EXANDRA      | ALEXANDRA     | short_form
    LEXANDRA     | ALEXANDRA     | close
    AYLA         | AYLAM         | close
    AYLA         | AYLAN         | different
    PAUL         | PAULA         | different
    JOE          | JOEL          | different
    ANN          | ANNABEL       | different
    ZELD         | ZELDA         | another_letter
    KAZIM        | KAZIMA        | another_letter
    MIA          | MYA           | two_spellings
    MARIE        | MARIA         | two_spellings
    ANNA         | HANNA         | two_spellings
    LILLY        | LILY          | short_form
    KIERA        | KEIRA         | short_form
    STEPHEN      | STEFEN        | close
    MARWA        | MAWRA         | close
    BRIONY       | BRIONNY       | close
    ISLA         | ESLA          | another_letter
    NADIA        | NADJA         | close
    ZELIA        | ZELDA         | another_letter
    ANA          | INA           | different
    RUBY         | RUY           | close
    JAYDEN       | HAYDEN        | different
    HANNAH       | HANAH         | close
    A            | AYLA          | initial
    AYLA         | NELL          | different
    -            | AYLA          | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), GIVEN_NAMES)
def test_given_names(left, right, level):
    a = Profile("police 1", given=values(left), family=("MARSH",))
    b = Profile("health 2", given=values(right), family=("MARSH",))
    assert str(GIVEN.decide(a, b)) == str(GIVEN.decide(b, a)) == level


FAMILY_NAMES = rows(
    """
    left        | right           | level
    MARSH       | MARSH           | same
    MARSH, ORME | ORME            | former
    MARSH ORME  | ORME            | part
    COLDFIELD   | COLLDFIELD      | close
    OSEI        | OSEY            | close
    MARSH       | ORME            | different
    -           | ORME            | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), FAMILY_NAMES)
def test_family_names(left, right, level):
    a = Profile("police 1", given=("AYLA",), family=values(left))
    b = Profile("health 2", given=("AYLA",), family=values(right))
    assert str(FAMILY.decide(a, b)) == str(FAMILY.decide(b, a)) == level


def test_exchanged_names_are_seen_by_both_comparisons():
    a = Profile("police 1", given=("ROSE",), family=("THOMAS",))
    b = Profile("health 2", given=("THOMAS",), family=("ROSE",))
    assert GIVEN.decide(a, b) == FAMILY.decide(a, b) == "swapped"


DATES = rows(
    """
    left                   | right      | level
    1995-02-11             | 1995-02-11 | same
    1995-02-12, 1995-02-11 | 1995-02-11 | also_given
    1995-02-11             | 1995-11-02 | exchanged
    1995-02-11             | 1995-02-17 | keystroke
    1995-02-21             | 1995-02-12 | keystroke
    1995-02-11             | 1995-02    | fits_month
    1995-02                | 1995-02    | fits_month
    1995-02-11             | 1995       | fits_year
    1995                   | 1995       | fits_year
    1995-02-11             | 1995-08-30 | same_year
    1995-02                | 1995-03    | same_year
    1995-02-11             | 1996       | year_guessed
    1995-02-11             | 1996-08-30 | year_out
    1995-02-11             | 1999-07-30 | different
    -                      | 1995-02-11 | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), DATES)
def test_dates_of_birth(left, right, level):
    a, b = Profile("police 1", born=values(left)), Profile("health 2", born=values(right))
    assert str(BORN.decide(a, b)) == str(BORN.decide(b, a)) == level


NUMBERS = rows(
    """
    left           | right          | level
    nhs 9990000123 | nhs 9990000123 | same_checked
    nhs 9990000124 | nhs 9990000124 | same
    la 77          | la 77          | same
    nhs 9990000123 | nhs 9990000124 | slip
    nhs 9990000123 | nhs 9990000132 | slip
    nhs 9990000123 | nhs 9990000301 | different_checked
    nhs 9990000123 | nhs 9994444444 | different
    nhs 9990000123 | la 77          | None
    -              | la 77          | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), NUMBERS)
def test_numbers_are_weighed_by_their_check_digit(left, right, level):
    a, b = (
        Profile(source, numbers=tuple(tuple(value.split()) for value in values(cell)))
        for source, cell in (("police 1", left), ("health 2", right))
    )
    assert str(NUMBER.decide(a, b)) == str(NUMBER.decide(b, a)) == level


HOMES = rows(
    """
    left                             | right             | level
    ZZ12AB/4 ORCHARD ROW             | ZZ12AB/4 ORCHARD ROW | same_address
    ZZ99XX/HILL, ZZ12AB/4 ORCHARD ROW | ZZ12AB/4 ORCHARD ROW | same_address
    ZZ12AB/4 ORCHARD ROW             | ZZ12AB/FLAT 4     | same_postcode
    ZZ12AB/4 ORCHARD ROW             | ZZ99XX/HILL       | different
    -                                | ZZ99XX/HILL       | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), HOMES)
def test_homes_any_address_ever_given_counts(left, right, level):
    a, b = (
        Profile(
            source,
            places=tuple(value.replace("/", "|") for value in values(cell)),
            postcodes=tuple(value.partition("/")[0] for value in values(cell)),
        )
        for source, cell in (("police 1", left), ("health 2", right))
    )
    assert str(HOME.decide(a, b)) == str(HOME.decide(b, a)) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("police 1", "health 1", "two_agencies"),
        ("police 1", "police 2", "one_agency"),
        ("police 1", "police MIS-7#2", None),
    ],
)
def test_one_agency_seldom_keeps_two_files(left, right, level):
    assert FILES.decide(Profile(left), Profile(right)) == level


def test_every_level_has_a_sentence_and_every_comparison_a_title():
    for comparison in COMPARISONS:
        assert comparison.title
        for level in comparison.levels:
            assert level.sentence.format(left="a", right="b").endswith(".")


AGES = rows(
    """
    left       | in records            | right      | in records            | level
    1995-02-11 | -                     | -          | 2009-03-14            | None
    1995-02-11 | 2009-01-01            | 1996       | 2009-03-14            | None
    1995-02-11 | 2009-01-01            | -          | 2009-03-14            | a_child
    2000-12-01 | 2012-01-01            | -          | 1996-05-01            | unborn
    1979       | 1995-01-01            | -          | 2004-05-01            | grown
    -          | 1996-01-01            | -          | 2004-05-01            | one_childhood
    -          | 1996-01-01            | -          | 2010-05-01            | far_apart
    -          | 1996-01-01            | -          | 2019-05-01            | grown
    """
)


@pytest.mark.parametrize(("born_l", "seen_l", "born_r", "seen_r", "level"), AGES)
def test_where_a_birth_date_is_missing_the_years_of_records_speak(born_l, seen_l, born_r, seen_r, level):
    a = Profile("police 1", True, born=values(born_l), seen=values(seen_l))
    b = Profile("health 2", True, born=values(born_r), seen=values(seen_r))
    assert str(AGE.decide(a, b)) == str(AGE.decide(b, a)) == level


DAYS = rows(
    """
    left                   | right                  | level
    2009-03-14             | 2009-03-16             | met_rarely
    2009-03-14             | 2009-03-17             | apart
    2009-03-14, 2009-05-01, 2009-06-01, 2009-07-01 | 2009-03-15, 2008-01-01, 2008-02-01 | met
    -                      | 2009-03-14             | None
    """
)


@pytest.mark.parametrize(("left", "right", "level"), DAYS)
def test_days_of_events(left, right, level):
    a, b = Profile("police 1", True, events=values(left)), Profile("health 2", True, events=values(right))
    assert str(EVENTS.decide(a, b)) == str(EVENTS.decide(b, a)) == level


def test_company_and_side_by_side():
    ayla = Profile("police 1", True, company=("x", "y"), shared=("r1",))
    assert COMPANY.decide(ayla, Profile("health 2", True, company=("y",))) == "shared"
    assert COMPANY.decide(ayla, Profile("health 2", True, company=("z",))) == "apart"
    assert COMPANY.decide(ayla, Profile("health 2", True)) is None
    assert BESIDE.decide(ayla, Profile("police 2", shared=("r1", "r2"))) == "each_other"
    assert BESIDE.decide(ayla, Profile("police 2", shared=("r2",))) is None


def test_nothing_about_a_person_but_what_is_listed_here_is_compared():
    assert {one.name for one in COMPARISONS} == {
        *("given", "family", "born", "age", "number", "home", "company", "beside", "events", "files"),
        *("alias", "thing", "doubted"),
    }
