"""The county's people at scale: repeatable, numbers nobody has, households, and errors in the files."""

from collections import Counter
from itertools import islice

from heed.core.records.identifiers import passes
from synthetic.people import people
from synthetic.streets import EVERY_CODE, checked_nhs_numbers, code

FILES = 4000


def test_the_same_seed_gives_the_same_files_and_another_others():
    first = list(people(500, 1))
    assert first == list(people(500, 1))
    assert first != list(people(500, 2))
    assert len(first) == 500


def test_references_are_one_files_own_and_people_have_several_files():
    files = list(people(FILES, 3))
    assert len({(one.agency, one.ref) for one in files}) == FILES
    times = Counter(one.person for one in files)
    assert 2.5 < FILES / len(times) < 4.5


def test_numbers_are_of_ranges_that_are_never_issued_and_one_childs_own():
    owners: dict[str, set[int]] = {}
    for one in people(FILES, 4):
        for scheme, number in one.body.get("ids", {}).items():
            assert number.startswith("999") or number[1:4] == "999"
            if passes(scheme, number):
                owners.setdefault(number, set()).add(one.person)
    assert len(owners) > 500
    shared = [number for number, who in owners.items() if len(who) > 1]
    assert len(shared) <= len(owners) // 100, "a slip may hit another's number, hardly ever"
    numbers = list(islice(checked_nhs_numbers(), 5000))
    assert len(set(numbers)) == 5000
    assert all(passes("nhs", number) for number in numbers)


def test_every_postcode_is_of_an_area_that_does_not_exist():
    codes = {code(number) for number in range(EVERY_CODE)}
    assert len(codes) == EVERY_CODE
    assert all(each.startswith("ZZ") for each in codes)


def test_files_are_wrong_in_the_ways_files_are():
    told: dict[int, list[dict]] = {}
    for one in people(FILES, 5):
        told.setdefault(one.person, []).append(one.body)
    several = [bodies for bodies in told.values() if len(bodies) > 2]
    for field in ("given_names", "family_name", "born", "postcode"):
        values = [{body[field] for body in bodies if field in body} for bodies in several]
        assert sum(len(each) > 1 for each in values) > len(several) // 50, field
    homes = Counter(
        body["address"] + body["postcode"] for bodies in several for body in bodies[:1] if "address" in body
    )
    assert max(homes.values()) > 1, "no brothers and sisters"
