"""Verdict arithmetic over random histories: a function of the rows in their order, and every step can be taken back."""

from itertools import combinations

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.core.identity.clusters import Edge, clusters, grouping, person_ids
from heed.core.identity.verdicts import (
    IN_FORCE,
    Became,
    Said,
    Step,
    Word,
    asked_for,
    in_force,
    standing,
    states,
)
from heed.core.records.sources import person_id

HISTORIES = settings(max_examples=1000)
SOURCES = [f"agency {letter}" for letter in "abcdefg"]
PAIRS = list(combinations(SOURCES, 2))
EDGES = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.integers(1, 30)).map(lambda one: Edge(*one[0], float(one[1]))),
    unique_by=lambda edge: (edge.left, edge.right),
)
NUMBERS = st.dictionaries(
    st.sampled_from(SOURCES), st.sets(st.sampled_from(["nhs:1", "nhs:2", "upn:1"]), max_size=2)
)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(PAIRS), st.sampled_from(Word)),
        st.tuples(st.integers(0, 9), st.sampled_from(Step)),
    ),
    max_size=16,
)


@st.composite
def histories(draw) -> tuple[list[Said], list[Became]]:
    """Verdicts and steps as they were written down one after the other; steps of verdicts never given among them."""
    said, became = [], []
    for number, (where, what) in enumerate(draw(EVENTS)):
        if isinstance(what, Word):
            said.append(Said(number, *where, what))
        elif said:
            became.append(Became(number, said[where % len(said)].order, what))
    return said, became


def together(groups) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def by_dull_stacks(said, became) -> tuple[set[int], set[int]]:
    """The same by hand: one stack of words per pair, each row of the history played once. Gives what stands, and what
    is asked for, by number."""
    stacks: dict[tuple[str, str], list[list]] = {}
    by_number: dict[int, list] = {}
    for row in sorted([*said, *became], key=lambda row: row.order):
        if isinstance(row, Said):
            by_number[row.order] = [row.order, "counts", []]
            stacks.setdefault((row.left, row.right), []).append(by_number[row.order])
            continue
        word = by_number[row.of]
        _, now, steps = word
        if now in ("declined", "withdrawn", "lapsed"):
            continue
        if row.step == "lapsed":
            word[1] = "lapsed"
            continue
        if row.step == "asked" and not steps:
            word[1], word[2] = "waits", ["asked"]
        elif row.step in ("confirmed", "declined") and now == "waits":
            word[1] = "counts" if row.step == "confirmed" else "declined"
            steps.append(row.step)
        elif row.step == "withdrawn":
            word[1] = "withdrawn"
    stands, asked = set(), set()
    for stack in stacks.values():
        alive = [word for word in stack if word[1] in ("counts", "waits")]
        if alive and alive[-1][1] == "waits":
            asked.add(alive[-1][0])
        counting = [word for word in alive if word[1] == "counts"]
        if counting:
            stands.add(counting[-1][0])
    return stands, asked


@HISTORIES
@given(histories())
def test_equals_stacks_played_by_hand(history):
    stands, asked = by_dull_stacks(*history)
    assert {one.order for one in standing(in_force(*history))} == stands
    assert {one.order for one in asked_for(*history)} == asked


@HISTORIES
@given(histories(), EDGES, NUMBERS, st.sampled_from(PAIRS), st.sampled_from(Word), st.booleans())
def test_a_verdict_and_its_withdrawal_are_nothing(history, edges, numbers, pair, word, asks):
    said, became = history
    after = [*said, Said(100, *pair, word)], [*became, Became(102, 100, Step.WITHDRAWN)]
    if asks:
        after[1].append(Became(101, 100, Step.ASKED))
    assert in_force(*after) == in_force(said, became)
    assert asked_for(*after) == asked_for(said, became)
    seen = {source: (number, 0) for number, source in enumerate(SOURCES)}
    before, now = (clusters(SOURCES, edges, in_force(*rows), numbers) for rows in (history, after))
    assert person_ids(now, seen) == person_ids(before, seen)


@HISTORIES
@given(histories(), st.sampled_from(PAIRS), st.sampled_from(Word))
def test_a_withdrawal_lets_the_verdict_before_it_stand_again(history, pair, word):
    said, became = history
    before = {(one.left, one.right): one for one in standing(in_force(said, became))}
    longer = [*said, Said(100, *pair, word)]
    held = {(one.left, one.right): one for one in standing(in_force(longer, became))}
    assert held == before | {pair: longer[-1]}
    back = [*became, Became(101, 100, Step.WITHDRAWN)]
    assert {(one.left, one.right): one for one in standing(in_force(longer, back))} == before


@HISTORIES
@given(histories(), EDGES, st.randoms())
def test_the_order_of_rows_is_the_only_order(history, edges, chance):
    said, became = history
    want = clusters(SOURCES, edges, in_force(said, became))
    stretched = {row.order: 10 * number for number, row in enumerate(said)}
    again = [Said(stretched[one.order], one.left, one.right, one.word) for one in said]
    steps = [Became(1000 + row.order, stretched[row.of], row.step) for row in became]
    for rows in (again, steps, edges):
        chance.shuffle(rows)
    assert together(clusters(chance.sample(SOURCES, 7), edges, in_force(again, steps))) == together(want)


@HISTORIES
@given(histories())
def test_what_waits_counts_for_nothing_and_one_person_never_confirms_by_waiting(history):
    said, became = history
    found = states(said, became)
    counted = {one.order for one in in_force(said, became)}
    confirmed = {row.of for row in became if row.step is Step.CONFIRMED}
    for row in became:
        first = min((step for step in became if step.of == row.of), key=lambda step: step.order)
        if first.step is Step.ASKED and row.of not in confirmed:
            assert row.of not in counted
    assert counted == {order for order, state in found.items() if state in IN_FORCE}


@HISTORIES
@given(histories(), EDGES, NUMBERS)
def test_a_different_is_never_bridged_without_landing_in_the_queue(history, edges, numbers):
    force = in_force(*history)
    found = grouping(SOURCES, edges, force, numbers)
    home = {source: number for number, group in enumerate(found.groups) for source in group}
    refused = {(one.left, one.right) for one in found.refused}
    joins = {(one.left, one.right) for one in standing(force) if one.word is Word.SAME}
    wanted = joins | {(edge.left, edge.right) for edge in edges}
    for one in standing(force):
        if one.word is Word.DIFFERENT:
            assert home[one.left] != home[one.right]
            graph = networkx.Graph([*wanted])
            graph.add_nodes_from(SOURCES)
            if networkx.has_path(graph, one.left, one.right):
                graph.remove_edges_from(refused)
                assert not networkx.has_path(graph, one.left, one.right)
    # What is refused is exactly what would be joined and stands apart: a page can ask the tables for it.
    assert refused == {(left, right) for left, right in wanted if home[left] != home[right]}


@HISTORIES
@given(histories(), EDGES, EDGES)
def test_person_ids_survive_growth(history, edges, more):
    force = [one for one in in_force(*history) if one.word is not Word.DIFFERENT]
    seen = {source: (number, 0) for number, source in enumerate(SOURCES)}
    before = person_ids(clusters(SOURCES, edges, force), seen)
    grown = person_ids(clusters(SOURCES, [*edges, *more], force), seen)
    assert set(grown.values()) <= set(before.values())
    # One more source, the youngest: whoever is there after was there before, or is the newcomer alone.
    alone = person_ids(clusters(SOURCES[:-1], edges, force), seen)
    assert set(before.values()) <= {*alone.values(), person_id(SOURCES[-1])}
