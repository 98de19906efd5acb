"""Eastings and northings as degrees, held against the worked examples of Ordnance Survey."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.core.records.grid import grid_to_airy, grid_to_degrees, metres_between


def degrees(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_guide():
    """Annexe C of the guide: E 651409.903 N 313177.270, on the Airy ellipsoid."""
    latitude, longitude = grid_to_airy(651_409.903, 313_177.270)
    assert abs(latitude - degrees(52, 39, 27.2531)) < 1e-4 / 3600
    assert abs(longitude - degrees(1, 43, 4.5177)) < 1e-4 / 3600


def test_a_point_known_in_both_systems_is_met_within_ten_metres():
    """Caister water tower: 651409.792 E 313177.448 N is 52 39 28.8282 N, 1 42 57.8663 E (the OSTN example)."""
    known = (degrees(52, 39, 28.8282), degrees(1, 42, 57.8663))
    error = metres_between(grid_to_degrees(651_409.792, 313_177.448), known)
    print(f"error at Caister: {error:.1f} m")
    assert error < 10


@given(
    st.integers(100_000, 640_000),
    st.integers(20_000, 1_200_000),
    st.floats(0, math.tau),
    st.integers(100, 5_000),
)
def test_distances_over_the_ground_are_those_of_the_grid(easting, northing, bearing, metres):
    other = (easting + metres * math.sin(bearing), northing + metres * math.cos(bearing))
    apart = metres_between(grid_to_degrees(easting, northing), grid_to_degrees(*other))
    assert apart == pytest.approx(metres, rel=0.006)
