"""Clusters: what people judged different never stands together, order never matters, verdicts are reversible."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from heed.core.identity.carried import KEEPS, judged_by_pairs
from heed.core.identity.clusters import AGAIN, LEAD, SURE, WEIGHED, Edge, clusters, person_ids
from heed.core.identity.verdicts import Said, Word, standing

SOURCES = [f"agency {letter}" for letter in "abcdefgh"]
PAIRS = list(combinations(SOURCES, 2))
EDGES = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.integers(1, 30)).map(lambda one: Edge(*one[0], float(one[1]))),
    unique_by=lambda edge: (edge.left, edge.right),
)
VERDICTS = st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(Word)), max_size=8).map(
    lambda rows: [Said(order, *pair, word) for order, (pair, word) in enumerate(rows)]
)
MARKS = st.dictionaries(
    st.sampled_from(SOURCES),
    st.sets(
        st.sampled_from(
            ["nhs:1", "nhs:2", "nhs:3", "upn:1", "upn:2", "born:1", "born:2", "keeps a:1", "keeps a:2"]
        ),
        max_size=2,
    ),
)
NUMBERS = MARKS.map(
    lambda of: {
        source: {mark for mark in found if not mark.startswith(("born", "keeps"))}
        for source, found in of.items()
    }
)


def together(groups) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def clash(one, other) -> set[str]:
    """The schemes of which both sets have marks and none in common."""
    schemes = {mark.partition(":")[0] for mark in one | other}
    found = set()
    for scheme in schemes:
        left = {mark for mark in one if mark.startswith(f"{scheme}:")}
        right = {mark for mark in other if mark.startswith(f"{scheme}:")}
        if left and right and not left & right:
            found.add(scheme)
    return found


def by_dull_loops(edges, verdicts, numbers) -> set[frozenset[str]]:
    """The same rule with sets and loops and no cleverness."""
    newest = {}
    for said in sorted(verdicts, key=lambda said: said.order):
        newest[said.left, said.right] = said
    groups = [{source} for source in SOURCES]
    apart = [pair for pair, said in newest.items() if said.word == "different"]
    same = [said for said in sorted(newest.values(), key=lambda said: -said.order) if said.word == "same"]
    strongest = sorted(edges, key=lambda edge: (-edge.weight, edge.left, edge.right))

    def carried(group) -> set[str]:
        return set().union(*(numbers.get(source, ()) for source in group))

    def home(source) -> set[str]:
        return next(group for group in groups if source in group)

    def fits_another(one, other, least) -> bool:
        for edge in strongest:
            if least <= edge.weight < SURE and len({edge.left, edge.right} & one) == 1:
                third = home(edge.right if edge.left in one else edge.left)
                if third is not other and clash(carried(third), carried(other)):
                    return True
        return False

    for said in [*same, *strongest]:
        one, other = home(said.left), home(said.right)
        if one is other:
            continue
        if isinstance(said, Edge):
            judged = [
                {mark.partition(":")[0] for mark in numbers.get(s, ())} for s in (said.left, said.right)
            ]
            both = {scheme for scheme in judged[0] & judged[1] if judged_by_pairs(scheme)}
            clashing = clash(carried(one), carried(other))
            if said.weight >= AGAIN:
                clashing = {scheme for scheme in clashing if not scheme.startswith(KEEPS)}
            if clashing - (both if said.weight >= WEIGHED else set()):
                continue
            least = said.weight - LEAD
            if said.weight < SURE and (fits_another(one, other, least) or fits_another(other, one, least)):
                continue
        if not any(a in one | other and b in one | other for a, b in apart):
            groups = [group for group in groups if group is not one and group is not other] + [one | other]
    return {frozenset(group) for group in groups}


@given(EDGES, VERDICTS, MARKS)
def test_equals_dull_loops(edges, verdicts, numbers):
    assert together(clusters(SOURCES, edges, verdicts, numbers)) == by_dull_loops(edges, verdicts, numbers)


@given(EDGES, NUMBERS)
def test_links_alone_never_put_two_checked_numbers_of_one_scheme_together_without_one_in_common(
    edges, numbers
):
    for group in clusters(
        SOURCES, edges, [], {source: sorted(found)[:1] for source, found in numbers.items()}
    ):
        carried = {number for source in group for number in sorted(numbers.get(source, ()))[:1]}
        assert len({number.partition(":")[0] for number in carried}) == len(carried)


def test_a_persons_word_overrides_two_numbers():
    said = [Said(1, SOURCES[0], SOURCES[1], Word.SAME)]
    groups = clusters(SOURCES[:2], [], said, {SOURCES[0]: ["nhs:1"], SOURCES[1]: ["nhs:2"]})
    assert together(groups) == {frozenset(SOURCES[:2])}


@given(EDGES, VERDICTS, st.randoms())
def test_order_of_arrival_does_not_matter(edges, verdicts, chance):
    before = clusters(SOURCES, edges, verdicts)
    for rows in (edges, verdicts):
        chance.shuffle(rows)
    assert together(clusters(chance.sample(SOURCES, len(SOURCES)), edges, verdicts)) == together(before)


@given(EDGES, VERDICTS)
def test_two_sources_judged_different_never_stand_together(edges, verdicts):
    groups = clusters(SOURCES, edges, verdicts)
    for said in standing(verdicts):
        if said.word is Word.DIFFERENT:
            assert not any(said.left in group and said.right in group for group in groups)


@given(EDGES, VERDICTS, st.sampled_from(PAIRS), st.sampled_from([Word.SAME, Word.DIFFERENT]))
def test_unsure_takes_a_verdict_back(edges, verdicts, pair, word):
    others = [said for said in verdicts if (said.left, said.right) != pair]
    reversed_later = [*others, Said(100, *pair, word), Said(101, *pair, Word.UNSURE)]
    assert together(clusters(SOURCES, edges, reversed_later)) == together(clusters(SOURCES, edges, others))


@given(EDGES)
def test_without_verdicts_they_are_the_connected_components(edges):
    groups = clusters(SOURCES, edges, [])
    home = {source: number for number, group in enumerate(groups) for source in group}
    assert all(home[edge.left] == home[edge.right] for edge in edges)
    assert len(groups) >= len(SOURCES) - len(edges)


@given(EDGES, EDGES)
def test_a_person_keeps_the_name_of_its_oldest_source_as_it_grows(edges, more):
    seen = {source: (number, 0) for number, source in enumerate(SOURCES)}
    before = person_ids(clusters(SOURCES, edges, []), seen)
    after = person_ids(clusters(SOURCES, [*edges, *more], []), seen)
    assert set(after.values()) <= set(before.values())
