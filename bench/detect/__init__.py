"""`heed bench detect`: how early, how surely and at what price networks are noticed, on worlds whose truth is known.

Development and validation families, the same worlds without harm, twins, rules of practice beside it, the information
floor. Method: study of detection, section 4. One run; every figure with its 95% interval over worlds.
"""

from collections.abc import Callable, Iterator

from bench.detect.report import lines
from bench.detect.running import run_all
from heed.warehouse.detect import Policy
from synthetic.worlds.families import areas

FAMILIES = ("development", "validation")


def command(worlds: int) -> int:
    """What `heed bench detect` runs. The figures are said, never a condition."""
    from heed.casework.policy.thresholds import read_thresholds
    from heed.casework.progress import say

    for line in told(worlds, read_thresholds(), say):
        print(line)
    return 0


def told(worlds: int, policy: Policy, say: Callable[[str], None] = lambda words: None) -> Iterator[str]:
    """The report: for each family as many worlds with harm, without, and a quarter as many twins."""
    for family in FAMILIES:
        say(f"{family}: {worlds} worlds with harm")
        harm = run_all(areas(family, worlds, harm=True), policy)
        say(f"{family}: {worlds} worlds without")
        null = run_all(areas(family, worlds, harm=False, skip=worlds), policy)
        twins = run_all(areas(family, max(1, worlds // 4), harm=True, twin=True), policy)
        yield from (f"== {family} ==", "", *lines(harm, null, twins), "")
