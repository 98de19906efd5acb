"""The figures of the page and of the command, from a draw that somebody judged."""

import json
from datetime import timedelta

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.actions.sampling import count_linking, draw_sample, judge_sampled
from heed.casework.commands.identity import quality as quality_command
from heed.casework.commands.identity import sample as sample_command
from heed.casework.linking import link_all
from heed.casework.models import ClericalSample, LinkingCount, SampledPair
from heed.casework.quality.report import Month, report
from heed.core.identity.sampling import JOINED, Estimate, Unknown
from heed.core.records.reading import parse
from heed.web.presenters.quality import _month_lines, _of, figure, page
from tests.unit.commands.running import run
from tests.unit.quality.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged(house):
    """Every pair judged: one in five of those joined is found wrong, one in five of those apart missed."""
    kept = draw_sample(seed="7", by=house.by, now=NOW)
    for pair in SampledPair.objects.filter(sample=kept).order_by("number"):
        usual, other = ("same", "different") if pair.band in JOINED else ("different", "same")
        word = other if pair.number % 5 == 0 else usual
        judge_sampled(pair=pair, word=word, reason="", by=house.by, now=NOW + timedelta(minutes=pair.number))
    return kept


def test_nothing_drawn_and_nothing_counted_is_said(house):
    told = report()
    assert (told.sample, told.counted) == (None, None)
    assert page(told).judging is None
    assert "nobody knows how good the linking is" in run(quality_command.command).err


def test_the_errors_people_found_are_the_errors_told(judged):
    told = report().sample
    pairs = list(SampledPair.objects.filter(sample=judged))
    wrong = [pair for pair in pairs if pair.band in JOINED and pair.number % 5 == 0]
    missed = [pair for pair in pairs if pair.band not in JOINED and pair.number % 5 == 0]
    assert isinstance(told.precision, Estimate)
    assert isinstance(told.recall, Estimate)
    assert 0.7 < told.precision.value < 0.9
    for agency in told.agencies:
        code = {"Police": "police", "Health": "health", "Schools": "school"}[agency.name]
        here = [
            pair for pair in wrong if f"{code} " in (f"{pair.left.split()[0]} ", f"{pair.right.split()[0]} ")
        ]
        assert agency.wrong == len(here)
    for each in told.comparisons:
        assert (sum(each.wrong), sum(each.missed)) == (len(wrong), len(missed))
        against = [p for p in wrong if any(t[0] and t[2] < 0 for t in named(p, each.title))]
        assert each.wrong[0] == len(against)


def named(pair, title):
    from heed.core.identity.comparisons import COMPARISONS

    names = {one.title: one.name for one in COMPARISONS}
    return [term for term in json.loads(pair.terms) if term[0] == names[title]]


def test_what_nobody_judged_counts_at_worst(house):
    kept = draw_sample(seed="7", by=house.by, now=NOW)
    for pair in SampledPair.objects.filter(sample=kept):
        if pair.number % 2 or pair.band == "joined_through":  # a small band, of which a half would be too few
            word = "same" if pair.band in JOINED else "different"
            judge_sampled(pair=pair, word=word, reason="", by=house.by, now=NOW)
    told = report().sample
    assert told.precision.value == 1
    assert told.worst[0].low < 0.6 < told.precision.low


def test_a_refusal_is_words_on_the_page(house):
    draw_sample(seed="7", by=house.by, now=NOW)
    told = report().sample
    assert isinstance(told.precision, Unknown)
    assert figure(told.precision) == told.precision.why
    assert page(report()).judging.precision.startswith("Too few")


def test_the_commands_draw_count_and_tell(house):
    ran = run(sample_command.command, "--seed", "42", "--by", "sam")
    assert ran.code == 0, ran.explained
    assert "seed 42" in ran.err
    assert (ClericalSample.objects.get().by, LinkingCount.objects.count()) == (house.by, 1)
    told = json.loads(run(quality_command.command, "--json", "--count").out)
    assert LinkingCount.objects.count() == 2
    assert told["sample"]["seed"] == "42"
    assert told["counted"]["files"] == 150
    assert set(told["sample"]["precision"]) == {"why"}


def test_drift_is_told_where_it_is_large_enough_to_be_told(house):
    count_linking(by=None, now=NOW)
    for month in report().counted.months:
        for weight in month.weights:
            assert weight.moved == (weight.links >= 30 and abs(weight.bits - weight.expected) >= 1)
    drift = page(report()).drift
    assert len(drift.months) == len({line.name for line in drift.months}) >= 3


def test_a_month_of_few_files_is_left_out_and_another_with_it():
    months = [
        Month(f"2026-{n:02}", files, files, {"sure": files}, ())
        for n, files in ((1, 30), (2, 1), (3, 20), (4, 50))
    ]
    lines = {line.name: line.cells for line in _month_lines(months)}
    assert lines["January 2026"] == ("30", "100.0%", "30", "under 10", "under 10")
    for month in ("February 2026", "March 2026"):
        assert lines[month] == ("too few to show", "", "", "", "")


@pytest.mark.parametrize("linked", [15, 16, 17, 24])
def test_one_file_more_does_not_tell_whether_it_was_joined(linked):
    assert _of(linked, 41) == _of(20, 40)


def test_links_of_people_of_concern_are_counted_by_what_they_have_in_common(house):
    """Counts in tens, as everywhere on the page; counts made before they were counted so are still shown. A nickname
    alone is shown between two agencies, not within one."""
    count_linking(by=None, now=NOW)
    before = {common: links for common, *links in report().counted.concern}
    car = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC"}
    people = [{"part": "person_of_concern", "also_known_as": ["Moz"]}]
    for n in range(4):
        document = {
            "v": 1, "agency": "police" if n < 2 else "home", "ref": f"M-{n}", "revision": 1, "people": people,
            "kind": "intelligence", "recorded_at": "2009-01-01T09:00:00+00:00", "things": [car] if n < 2 else [],
        }  # fmt: skip
        receive_many(records=[parse(document).record], by=None, now=NOW)
    link_all(NOW)
    count_linking(by=None, now=NOW)
    found = {common: links for common, *links in report().counted.concern}
    added = {common: [new - old for new, old in zip(links, before.get(common, (0, 0)), strict=True)]
             for common, links in found.items()}  # fmt: skip
    assert {common: links for common, links in added.items() if any(links)} == {
        "one nickname, one vehicle": [1, 0], "one nickname, nothing else": [0, 4]
    }  # fmt: skip
    (line,) = (each for each in page(report()).drift.concern if each.name == "One nickname, one vehicle")
    assert line.cells == ("under 10", "under 10")
    row = LinkingCount.objects.latest("pk")
    kept = {name: value for name, value in json.loads(row.counts).items() if name != "concern"}
    LinkingCount.objects.create(at=NOW, model=row.model, counts=json.dumps(kept))
    assert report().counted.concern == ()
