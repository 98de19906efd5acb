"""Who sees which record: Heed against a dull second way over random worlds, and broken rules that it must catch."""

import inspect
import textwrap
import time
from collections.abc import Callable
from typing import Any

import pytest

from heed.casework.doors import viewing
from heed.casework.models import Record, records
from heed.casework.models.records import RecordManager
from heed.core.access.viewer import Viewer
from tests.figures import figure
from tests.sight_house import disagreements

pytestmark = pytest.mark.django_db

WORLDS, IN_THE_DRILL, SEED = 400, 10_000, 7

RELATED, OPENED = "since__lte=now, until__gt=now", "at__lte=now, until__gt=now"
ELSEWHERE = (
    "_of_the_same_people(hung) if",
    "frozenset(hung) | frozenset(Source.objects.filter(ref__in=[key.partition(' ')[2] for key in hung])"
    ".values_list('key', flat=True)) if",
)
LOOKING = {
    "a relationship never ends": (RELATED, "since__lte=now"),
    "it still holds on the instant of its end": (RELATED, "since__lte=now, until__gte=now"),
    "it holds before it begins": (RELATED, "until__gt=now"),
    "it does not hold yet on the instant it begins": ("since__lte", "since__lt"),
    "anybody's relationship is everybody's": ("Relationship.objects.filter(professional=professional, ",
                                              "Relationship.objects.filter("),
    "links are not followed": ("_of_the_same_people(hung)", "frozenset(hung)"),
    "a reference counts at whichever agency": ELSEWHERE,
    "whoever left still sees their agency's": ("sees_own_agency=here", "sees_own_agency=True"),
    "whoever left still sees their children": ("(hung) if here else frozenset()", "(hung)"),
    "emergency access never ends": (OPENED, "at__lte=now"),
    "it is open on the instant of its end": (OPENED, "at__lte=now, until__gte=now"),
    "anybody's emergency access is everybody's": ("Glass.objects.filter(professional=professional, ",
                                                  "Glass.objects.filter("),
    "it opens one agency's file of her alone": ("_of_the_same_people(opened.values())",
                                                "frozenset(opened.values())"),
    "it outlasts whoever left": ("if here and opened", "if opened"),
    "a conflict of interest bars nobody": ("barred=barred", "barred=frozenset()"),
}  # fmt: skip
BARRING = {
    "a conflict of interest lasts for ever": (", end=None", ""),
    "anybody's conflict of interest is everybody's": ("professional=professional, ", ""),
    "it bars from one agency's file alone": ("_of_the_same_people", "frozenset"),
}
SHOWING = {
    "the own agency's are shown in spite of a conflict of interest": (
        "there.exclude(models.Exists(named))", "there.exclude(models.Exists(named) & ~mine)"
    ),
    "it bars from the child alone": ("source__in=viewer.barred", 'part="child", source__in=viewer.barred'),
    "it bars from the revision that names alone": ("**whole", 'record=models.OuterRef("pk")'),
    "an agency whose code begins alike is the own one": (
        "agency_id=viewer.agency", "agency__code__startswith=viewer.agency"
    ),
    "erased records are shown": ('.exclude(document="")', ""),
    "the own agency's are shown only of children one works with": ("mine | models", "mine & models"),
    "anybody named is enough": (", source__in=viewer.reaches", ""),
    "emergency access opens nothing": ("viewer.reaches", "viewer.sources"),
    "only the child, not who was with her": (
        "source__in=viewer.reaches", 'part="child", source__in=viewer.reaches'
    ),
}  # fmt: skip


def broken(
    function: Callable[..., Any], change: tuple[str, str], names: dict[str, Any]
) -> Callable[..., Any]:
    """A function of Heed with one change. What is changed must stand in it exactly once."""
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(change[0]) == 1, change
    made: dict[str, Any] = dict(names)
    exec(source.replace(*change), made)
    return made[function.__name__]


def caught(**instead: Any) -> str:
    return next(disagreements(SEED, WORLDS, **instead), "")


def test_heed_and_the_dull_way_show_the_same():
    assert list(disagreements(SEED, WORLDS)) == []


@pytest.mark.parametrize("change", LOOKING.values(), ids=LOOKING)
def test_a_broken_reading_of_who_looks_is_caught(change):
    assert caught(looking=broken(viewing.viewer_for, change, vars(viewing)))


@pytest.mark.parametrize("change", BARRING.values(), ids=BARRING)
def test_a_broken_reading_of_conflicts_is_caught(change, monkeypatch):
    monkeypatch.setattr(viewing, "barred_from", broken(viewing.barred_from, change, vars(viewing)))
    assert caught(), change


@pytest.mark.parametrize("change", SHOWING.values(), ids=SHOWING)
def test_a_broken_queryset_is_caught(change):
    visible_to = broken(RecordManager.visible_to, change, vars(records))

    def seen(viewer: Viewer) -> set[int]:
        return set(visible_to(Record.objects, viewer).values_list("pk", flat=True))

    assert caught(seen=seen)


@pytest.mark.drill
def test_ten_thousand_worlds():
    began = time.monotonic()
    found = list(disagreements(SEED + 1, IN_THE_DRILL))
    assert found == []
    figure(
        "who sees which record: random worlds in which a dull second way agrees",
        f"{IN_THE_DRILL:,} of {IN_THE_DRILL:,} ({time.monotonic() - began:.0f} s); "
        f"{len(LOOKING) + len(BARRING) + len(SHOWING)} broken rules, all caught",
        "10,000; at least 6 caught",
    )
