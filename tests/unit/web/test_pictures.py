"""The geometry of the two pictures: the same input gives the same picture, and nothing falls outside it."""

from datetime import date

from heed.web.pictures import calendar, network


def test_a_calendar_has_a_strip_for_every_year_also_the_quiet_ones():
    drawn = calendar.draw([stay("2006-03-01"), stay("2009-07-01")])
    assert [(year.label, year.began) for year in drawn.years] == [
        ("2006", 1),
        ("2007", 0),
        ("2008", 0),
        ("2009", 1),
    ]
    for mark in drawn.marks:
        assert 0 <= mark.x <= mark.x + mark.width <= drawn.width
        assert drawn.top <= mark.y <= mark.y + mark.height <= drawn.top + drawn.height


def test_one_night_is_wide_enough_to_be_seen():
    [mark] = calendar.draw([stay("2009-07-01")]).marks
    assert mark.width >= 3


def test_an_episode_over_new_year_is_drawn_in_both_years():
    drawn = calendar.draw([calendar.Stay(date(2008, 12, 30), date(2009, 1, 2), "missing", "")])
    assert [mark.y for mark in drawn.marks] == sorted({mark.y for mark in drawn.marks})
    assert len(drawn.marks) == 2


def test_shape_tells_what_colour_tells():
    full, half = calendar.draw([stay("2009-07-01"), stay("2009-09-01", "absent")]).marks
    assert half.height == full.height / 2


def test_no_episodes_no_calendar():
    assert calendar.draw([]) is None


def test_a_network_is_the_same_every_time_and_stays_inside_its_frame():
    children = [network.Child(f"c{n}", f"Child {n}", "police") for n in range(4)]
    hubs = [network.Hub("h", "12 Mill Street", "place")]
    ties = [network.Tie(child.key, "h", 2) for child in children]
    drawn = network.draw(children, hubs, ties)
    assert drawn == network.draw(children, hubs, ties)
    assert len(drawn.nodes) == 5
    assert len(drawn.lines) == 4
    assert all(0 < node.x < drawn.width and 0 < node.y < drawn.height for node in drawn.nodes)


def test_children_joined_by_time_alone_are_joined_by_arcs():
    children = [network.Child("a", "A", ""), network.Child("b", "B", "")]
    drawn = network.draw(children, [], [network.Tie("a", "b", 5)])
    assert len(drawn.lines) == 1


def test_one_child_and_nothing_shared_is_no_network():
    assert network.draw([network.Child("a", "A", "")], [], []) is None


def test_a_long_name_is_cut_in_the_picture_only():
    drawn = network.draw([network.Child("a", "A" * 60, "")], [network.Hub("h", "B" * 60, "")], [])
    assert [node.label[-1] for node in drawn.nodes] == ["…", "…"]


def stay(first, shape="missing"):
    on = date.fromisoformat(first)
    return calendar.Stay(on, on, shape, "")
