"""One number with three dates of birth is a conflict for a person: the same live and in batch, and nobody is merged."""

from datetime import UTC, datetime

import pytest

from heed.casework.actions.introductions import introduce
from heed.casework.actions.receive import receive_many
from heed.casework.linking import expected_links, kept_links, link_all, link_sources
from heed.casework.models import Clash, Introduction, Link, Source
from heed.config.demo import mixed_up
from heed.core.identity.conflicts import NUMBER, number_conflicts
from heed.core.identity.profile import Profile
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NHS = {"ids": {"nhs": "9990000018"}}
BORN = {"police c-1": "1995-02-11", "health h-1": "1999-08-30", "school s-1": "2001-12-05"}


def take_in(agency, ref, child, born, given, revision=1, **more):
    told = record(agency, ref, person(child, given, "Marsh", born, **more), revision=revision)
    receive_many(records=[told], by=None, now=NOW)
    link_sources([f"{agency} {child}"], NOW)


def three_files(names=("Ayla", "Nell", "Ivy"), **more):
    for (key, born), given in zip(BORN.items(), names, strict=True):
        agency, _, ref = key.partition(" ")
        take_in(agency, f"R-{ref}", ref, born, given, **NHS, **more)


def clashing() -> set[str]:
    return set(Clash.objects.values_list("source_id", flat=True))


@pytest.mark.django_db
def test_the_third_date_of_birth_makes_it_a_conflict_and_nobody_one_child():
    three_files()
    assert clashing() == set(BORN)
    assert Source.objects.values("person").distinct().count() == 3
    assert kept_links() == expected_links()
    link_all(NOW)
    assert clashing() == set(BORN)


@pytest.mark.parametrize("home", [{}, {"address": "1 Mill Lane", "postcode": "ZZ1 1AA"}])
@pytest.mark.django_db
def test_nor_where_all_three_have_one_name_and_one_home(home):
    """Of two such files the link is beyond doubt: it is the third that puts the number in doubt, live and in batch."""
    three_files(names=("Ayla", "Ayla", "Ayla"), **home)
    assert {link.probability > 0.99 for link in Link.objects.all()} == {True}
    assert clashing() == set(BORN)
    assert Source.objects.values("person").distinct().count() == 3
    take_in("home", "R-o-1", "o-1", "1999-08-30", "Ayla", **NHS, **home)
    together = dict(Source.objects.values_list("key", "person"))
    assert together["home o-1"] == together["health h-1"], "who says the same joins whom it agrees with"
    assert len(set(together.values())) == 3
    link_all(NOW)
    assert dict(Source.objects.values_list("key", "person")) == together


@pytest.mark.django_db
def test_a_date_put_right_ends_it_and_a_number_put_right_does_too():
    three_files()
    take_in("school", "R-s-1", "s-1", "1995-02-11", "Ivy", revision=2, **NHS)
    assert clashing() == set()
    assert kept_links() == expected_links()
    take_in("school", "R-s-1", "s-1", "2001-12-05", "Ivy", revision=3, **NHS)
    assert clashing() == set(BORN)
    take_in("health", "R-h-1", "h-1", "1999-08-30", "Nell", revision=2, ids={"nhs": "9990000026"})
    assert clashing() == set()
    assert kept_links() == expected_links()


@pytest.mark.django_db
def test_agencies_of_which_nobody_sees_two_of_the_files_are_introduced():
    three_files()
    Link.objects.all().delete()  # whatever the model says of the pairs
    assert introduce(now=NOW) == 2
    met = {frozenset(two) for two in Introduction.objects.values_list("left", "right")}
    assert set().union(*met) == set(BORN), "every agency hears of another"
    assert all(len({key.partition(" ")[0] for key in two}) == 2 for two in met)
    assert introduce(now=NOW) == 0


@pytest.mark.django_db
def test_a_key_says_nothing_of_the_number():
    three_files()
    assert not any("9990000018" in key for key in Clash.objects.values_list("key", flat=True))


@pytest.mark.parametrize(("dates", "found"), [
    (["1995-02-11", "1995-02-12", "1995-11-02"], True),
    (["1995-02-11", "1995-02-12"], False),
    (["1995-02-11", "1995", "1996"], False),
    (["1995-02-11", "1995-02-11", "1995-02-11"], False),
    (["1995-02-11", "", "1999-08-30", "2001-12-05"], True),
])  # fmt: skip
def test_three_full_dates_of_birth_under_one_number(dates, found):
    profiles = [
        Profile(source=f"police {n}", born=(date,) if date else (), numbers=(("nhs", "9990000018"),))
        for n, date in enumerate(dates)
    ]
    conflicts = number_conflicts(profiles)
    assert bool(conflicts) is found
    for each in conflicts:
        assert each.kind == NUMBER
        assert len(each.sources) == len(dates)


@pytest.mark.django_db
def test_the_demo_has_one_to_show():
    mixed_up.take_in(NOW)
    link_all(NOW)
    assert clashing() == {f"social_care {child[0]}" for child in mixed_up.CHILDREN}
    assert Source.objects.values("person").distinct().count() == len(mixed_up.CHILDREN)
