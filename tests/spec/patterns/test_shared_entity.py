"""Children from different homes around one place, vehicle, phone or name."""

import json

from tests.spec.patterns.drawn import children, noticed, over_time, warehouse

MILL = """
record | agency      | kind    | on         | child | thing
m1     | police      | missing | 2006-03-01 | ann   | 12 Mill Street, ZZ1 2CD
m2     | school      | concern | 2006-03-20 | ben   | 12 Mill St, ZZ1 2CD
m3     | police      | missing | 2006-04-02 | cat   | 12 Mill Street, ZZ1 2CD
m4     | health      | health  | 2006-04-10 | dan   | 12 MILL STREET, ZZ12CD
"""


def test_four_children_at_one_address_are_told_in_a_sentence():
    (found,) = noticed(warehouse(MILL), "2006-04-30")
    assert found.detector == "shared_place"
    assert children(found) == ["ann", "ben", "cat", "dan"]
    assert found.statement == (
        "Four children known to three agencies were found at or near 12 Mill Street within 41 days; "
        "no agency holds more than two of these facts."
    )
    assert found.evidence == (("health", "m4"), ("police", "m1"), ("police", "m3"), ("school", "m2"))
    assert found.hubs[0] == {"kind": "place", "key": "ZZ12CD|12 MILL STREET", "label": "12 Mill Street"}
    assert round(sum(value for _, value in found.terms), 1) == round(found.strength, 1)


def test_nothing_recorded_after_the_day_shows():
    late = MILL.replace("kind    | on         |", "kind    | recorded   | on         |").replace(
        "| 2006-0", "| 2006-06-01 | 2006-0"
    )
    assert noticed(warehouse(late), "2006-05-31") == []
    assert len(noticed(warehouse(late), "2006-06-01")) == 1


def test_the_finding_keeps_its_name_as_it_grows():
    house = warehouse(MILL + "m5 | voluntary | contact | 2006-05-20 | eve | 12 Mill Street, ZZ1 2CD\n")
    (before,), (after,) = noticed(house, "2006-04-15"), noticed(house, "2006-06-15")
    assert before.finding == after.finding
    assert before.first_raised == after.first_raised
    assert (len(before.children), len(after.children)) == (4, 5)


def test_it_stands_for_half_a_year_after_the_last_day_it_was_met():
    house = warehouse(MILL)
    assert noticed(house, "2006-10-08")
    assert noticed(house, "2006-10-10") == []


def test_a_day_looked_at_alone_agrees_with_a_replay():
    house = warehouse(MILL)
    (raised,) = over_time(house, "2005-01-01", "2006-12-31")
    (standing,) = noticed(house, raised.as_of.isoformat())
    assert standing == raised


def test_two_children_are_never_told():
    assert noticed(warehouse("\n".join(MILL.strip().splitlines()[:3])), "2006-04-30") == []


def test_children_of_one_home_are_one_household():
    house = warehouse(MILL.replace("| thing", "| home | thing").replace("| 12 M", "| 1 High Road | 12 M"))
    assert noticed(house, "2006-04-30") == []


def test_friends_found_together_once_are_one_visit():
    house = warehouse("""
        record | agency | kind    | on         | child           | thing
        m1     | police | missing | 2006-03-01 | ann ben cat dan | 12 Mill Street, ZZ1 2CD
        """)
    assert noticed(house, "2006-04-30") == []


def test_a_place_that_is_always_busy_is_not_told():
    every_fortnight = "\n".join(
        f"b{n} | police | missing | {2003 + n // 26}-{1 + (n % 26) * 14 // 31:02d}-{1 + (n % 26) * 14 % 28:02d} "
        f"| child{n} | Bus Station, ZZ1 1AA"
        for n in range(78)
    )
    house = warehouse(f"record | agency | kind | on | child | thing\n{every_fortnight}")
    assert over_time(house, "2004-06-01", "2005-12-31") == []


def test_a_childs_own_home_is_no_place_children_gather_at():
    house = warehouse(
        MILL.replace("| thing", "| home | thing")
        .replace("| 12 M", "| 12 Mill Street | 12 M")
        .replace("ZZ1 2CD", "ZZ9 9ZZ")
        .replace("ZZ12CD", "ZZ9 9ZZ")
    )
    assert noticed(house, "2006-04-30") == []


def test_a_record_taken_back_takes_the_finding_back():
    table = MILL.replace("| on  ", "| revision | on  ").replace("| 2006-", "| 1 | 2006-")
    gone = "m{n} | {agency} | {kind} | 2 | 2006-05-0{n} | {child} | 99 Elm Road, ZZ7 7ZZ\n"
    table += gone.format(n=3, agency="police", kind="missing", child="cat")
    table += gone.format(n=4, agency="health", kind="health", child="dan")
    house = warehouse(table)
    assert len(noticed(house, "2006-05-02")) == 1
    assert noticed(house, "2006-05-05") == []


def test_a_vehicle_a_phone_and_a_name_are_hubs_too():
    for words, detector in (("ZZ51 ABC", "shared_vehicle"), ("07700 900123", "shared_phone")):
        table = MILL
        for place in ("12 Mill Street, ZZ1 2CD", "12 Mill St, ZZ1 2CD", "12 MILL STREET, ZZ12CD"):
            table = table.replace(place, words)
        (found,) = noticed(warehouse(table), "2006-04-30")
        assert found.detector == detector
    named = "\n".join(
        line.rpartition("|")[0] + ("| alias" if line.startswith("record") else "| Taz")
        for line in MILL.strip().splitlines()
    )
    (found,) = noticed(warehouse(named), "2006-04-30")
    assert found.detector == "shared_alias"
    assert "an adult called Taz" in found.statement


def test_what_speaks_against_it_is_told():
    busier = MILL + "old1 | police | missing | 2005-06-01 | hal | 12 Mill Street, ZZ1 2CD\n"
    busier += "m5 | voluntary | contact | 2006-04-12 | eve | 12 Mill Street, ZZ1 2CD\n"
    busier += "n1 | police | missing | 2006-03-03 | ida | 14 Mill Street, ZZ1 2CD\n"
    (found,) = noticed(warehouse(busier), "2006-04-30", strength=4.0)
    assert "Busy before: one household here in the year before" in found.against
    assert "The same postcode has one other address in the records" in found.against
    assert found.denominator.startswith("5 of 6 children recorded with any place in those 26 weeks")


def test_pieces_of_several_agencies_weigh_more_where_one_agency_writes_most():
    alone = MILL.replace("school", "police").replace("health ", "police ")
    others = "\n".join(
        f"x{n} | police | contact | 2006-02-{n:02d} | jon | {n} Else Road, ZZ5 5AA" for n in range(1, 29)
    )
    (told,) = noticed(warehouse(MILL + others), "2006-04-30")
    (weak,) = noticed(warehouse(alone + others), "2006-04-30", strength=1.0)
    assert dict(weak.terms)["agencies"] <= 0 < dict(told.terms)["agencies"]


def test_the_denominator_counts_all_who_were_there_also_those_not_named():
    """At a busy hub some children are expected anyhow and are not named: they were there all the same."""
    busy = MILL + "".join(
        f"b{n} | police | missing | 2005-0{n}-11 | x{n} | 12 Mill Street, ZZ1 2CD\n" for n in range(1, 4)
    )
    busy += "".join(
        f"s{n} | school | concern | 2006-04-{n}0 | {child} | 12 Mill Street, ZZ1 2CD\n"
        for n, child in enumerate(("eve", "fay", "gus"), 1)
    )
    (found,) = noticed(warehouse(busy), "2006-04-30", strength=1.0)
    assert len(found.children) < 7
    assert found.denominator.startswith("7 of 7 children recorded with any place")


def test_a_line_holds_the_keys_of_the_specification_and_no_other():
    (found,) = noticed(warehouse(MILL), "2006-04-30")
    assert " ".join(json.loads(found.line())) == (
        "finding detector version first_raised as_of rank children hubs evidence against denominator statement"
        " strength chance"
    )
    assert set(json.loads(found.kept())) - set(json.loads(found.line())) == {"terms"}
