"""The small worlds on which detection is measured."""

from bench.detect.worlds import floor
from heed.core.records.reading import parse
from synthetic.worlds.families import DEVELOPMENT, HARMS, VALIDATION, area, areas
from synthetic.worlds.world import Shown, made

SMALL = 0.15


def test_the_same_parameters_are_the_same_world():
    assert made(area(3, "plain", "H1", scale=SMALL)) == made(area(3, "plain", "H1", scale=SMALL))


def test_its_records_are_records():
    world = made(area(4, "false_places", "H2", scale=SMALL))
    assert [
        reading.problems for document in world.documents[::25] if (reading := parse(document)).record is None
    ] == []
    assert {document["kind"] for document in world.documents} >= {"missing", "contact", "referral"}
    assert all(f"{d['agency']} {d['people'][0]['ref']}" in world.linked for d in world.documents)


def test_a_twin_harms_the_same_children_and_shows_nothing_they_share():
    one, twin = (made(area(5, "plain", "H1", scale=SMALL, twin=twin)) for twin in (False, True))
    assert one.harmed == twin.harmed
    assert one.shown
    assert twin.shown == ()
    assert floor(twin.shown) is None


def test_a_silent_agency_is_silent():
    world = made(area(6, "silence", scale=SMALL))
    agency, since, _ = world.area.silent
    happened = [d["happened_from"] for d in world.documents if d["agency"] == agency]
    assert happened
    assert max(happened) < f"20{10 + since // 52 + 1}"


def test_the_floor_is_the_day_a_third_child_hangs_together_with_two_by_anything():
    shown = [
        Shown(day * 86400, child, thing, "police", "r")
        for day, child, thing in (
            (1, "ann", ("flat", 1)), (2, "ben", ("flat", 1)), (3, "cat", ("vehicle", 2)), (5, "ben", ("vehicle", 2)),
        )
    ]  # fmt: skip
    assert floor(tuple(shown)) == 5
    assert floor(tuple(shown[:3])) is None


def test_development_and_validation_share_no_trouble_no_harm_and_no_seed():
    assert not set(DEVELOPMENT[0]) & set(VALIDATION[0])
    assert not set(DEVELOPMENT[1]) & set(VALIDATION[1])
    assert set(DEVELOPMENT[1]) | set(VALIDATION[1]) == set(HARMS)
    seeds = [{each.seed for each in areas(name, 50, harm=True)} for name in ("development", "validation")]
    assert not seeds[0] & seeds[1]
