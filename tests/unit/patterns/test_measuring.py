"""The harness by which detection is measured, on one small world."""

from bench.detect.measures import Seen, bootstrapped, found, ratio_at, weeks_at
from bench.detect.report import lines
from bench.detect.running import run_all
from heed.casework.policy.thresholds import read_thresholds
from synthetic.worlds.families import area

ROWS = [
    Seen(str(n), floor, when, 1.0, 0.5, "", 1, 0, 1)
    for n, (floor, when) in enumerate([(4, 6), (8, 10), (9, None)])
]


def test_a_network_never_found_counts_as_never():
    assert found(ROWS) == 2 / 3
    assert weeks_at(0.5)(ROWS) == 10
    assert weeks_at(0.9)(ROWS) == 1000
    assert ratio_at(0.5)(ROWS) == 10 / 8


def test_the_interval_holds_the_figure_and_repeats():
    one, again = (bootstrapped(ROWS, found) for _ in range(2))
    assert one == again
    assert one.low <= one.value <= one.high


def test_one_small_world_is_measured_and_told():
    policy = read_thresholds()
    harm, null = (run_all([area(11, "plain", harm, scale=0.12)], policy, 1) for harm in ("H8", ""))
    told = "\n".join(lines(harm, null, []))
    assert "3 episodes in 90 days" in told
    assert "3 children at a place in 90 days" in told
    assert "median time, times the floor's" in told or "(0 of them to be found" in told
