"""The engine: its keys are the core's, its weights are Splink's and the core's, its people are the core's clusters."""

import duckdb
import pyarrow as pa
import pytest

from heed.core.identity.blocking import keys_of
from heed.core.identity.carried import carried
from heed.core.identity.clusters import clusters
from heed.core.identity.comparisons import COMPARISONS, OTHERWISE
from heed.core.identity.crowded import MOST_HOLDERS, RULES, crowded, pairs_of
from heed.core.identity.verdicts import Said, Word
from heed.warehouse.linking import conditions, keys, scoring
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.everybody import people_of_all
from heed.warehouse.linking.filling import filled
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.grouping import groups
from heed.warehouse.linking.reference import splink_pairs
from heed.warehouse.linking.weighing_all import block, weigh
from tests.crowd import crowd


def together(found) -> set[frozenset[str]]:
    return {frozenset(group) for group in found}


def test_the_keys_in_sql_are_the_keys_of_the_core():
    profiles = crowd(600, 21)
    connection = filled(profiles)
    rows = connection.execute(keys.keys_sql("concat_ws('|', {parts})")).fetchall()
    found = {(key.replace(":", "|"), place) for _, key, place in rows}
    assert found == {(key, place) for place, one in enumerate(profiles) for key in keys_of(one)}
    assert {key.partition("|")[0] for key, _ in found} >= {"number", "full", "name", "begin", "day", "home"}
    assert set(keys.RULES) == set(RULES)


def test_the_engine_and_splink_find_the_same_pairs_and_weigh_them_alike():
    profiles, model = crowd(700, 22), current_model()
    ours = {(edge.left, edge.right): edge.weight for edge in find_pairs(profiles, model)}
    theirs = {(edge.left, edge.right): edge.weight for edge in splink_pairs(profiles, model)}
    assert ours.keys() == theirs.keys()
    assert len(ours) > 1000
    assert max(abs(ours[pair] - theirs[pair]) for pair in ours) < 1e-9


def test_both_statements_are_used_and_say_the_same():
    profiles, model = crowd(300, 23), current_model()
    connection = filled(profiles)
    block(connection)
    weigh(connection, model)
    ((by_number, by_list),) = connection.execute(
        "select count(weight), count(*) - count(weight) from weighed"
    ).fetchall()
    assert min(by_number, by_list) > 100
    slow = connection.execute(
        f"select l, r, weight from ({scoring.weighed(model, 'pairs', f'({_wide(connection)})')}) order by l, r"
    ).fetchall()
    assert [(left, right) for left, right, _ in slow] == connection.execute(
        "select l, r from all_weighed order by l, r"
    ).fetchall()
    quick = connection.execute("select weight from all_weighed order by l, r").fetchall()
    assert [weight for _, _, weight in slow] == pytest.approx([weight for (weight,) in quick], abs=1e-9)


def _wide(connection) -> str:
    columns = connection.execute("select * from wide limit 0").description
    names = [name for name, *_ in columns if name.startswith("often_")]
    joined = ", ".join(f"slim.{name}" for name in names)
    return f"select people.*, {joined} from people join slim using (unique_id)"


def test_a_question_left_open_is_never_turned_into_an_answer():
    assert conditions.with_numbers("coalesce(list_has_any(days_l, days_r), false)") == conditions.OPEN
    assert conditions.with_numbers("len(list_intersect(days_l, days_r)) > 1") == conditions.OPEN
    assert conditions.with_numbers("levenshtein(nhs_l, nhs_r) = 1") == conditions.OPEN
    assert conditions.with_numbers("len(places_l) = 0") == "is_none(places_l)"


def test_every_level_has_its_words_in_both_statements():
    for one in COMPARISONS:
        for condition in (one.unknown, *(level.sql for level in one.levels if level.sql != OTHERWISE)):
            assert conditions.with_lists(condition)
            rare = any(f"{name}_l" in condition for name in conditions.RARELY)
            assert (conditions.with_numbers(condition) == conditions.OPEN) == rare, condition


def test_looking_misses_nothing_that_counting_finds():
    words = [
        "",
        "A",
        "AB",
        "BA",
        "ABC",
        "ACB",
        "ABCD",
        "ABDC",
        "ABCDE",
        "BCDE",
        "ABXDE",
        "2001-02-03",
        "2001-03-03",
    ]
    words += [word[:n] + "Z" + word[n:] for word in words[5:] for n in range(len(word) + 1)]
    connection = duckdb.connect()
    connection.execute(conditions.NEARLY)
    connection.register("word", pa.table({"w": words}))
    missed = connection.execute(
        "select a.w, b.w from word a, word b where levenshtein(a.w, b.w) = 1 and not nearly(a.w, b.w)"
    ).fetchall()
    assert missed == []


@pytest.mark.parametrize("seed", [24, 25, 26])
def test_the_people_of_all_are_the_clusters_of_the_core(seed):
    profiles, model, least = sorted(crowd(700, seed), key=lambda one: one.source), current_model(), -1.0
    connection = filled(profiles)
    block(connection)
    found = weigh(connection, model)
    labels = people_of_all(connection, len(profiles), found, least).tolist()
    ours: dict[int, list[str]] = {}
    for one, label in zip(profiles, labels, strict=True):
        ours.setdefault(label, []).append(one.source)
    edges = [edge for edge in find_pairs(profiles, model) if edge.weight >= least]
    sources, marks = [one.source for one in profiles], {one.source: carried(one) for one in profiles}
    core = clusters(sources, edges, (), marks)
    assert together(ours.values()) == together(core)
    # Marks that speak against one another have changed something, or this would prove little.
    assert together(core) != together(clusters(sources, edges, ()))
    assert together(groups(sources, edges, (), marks)) == together(core)


def test_words_of_people_count_where_clusters_are_made_by_arrays():
    profiles, model = crowd(200, 27), current_model()
    edges = [edge for edge in find_pairs(profiles, model) if edge.weight >= 3]
    sources, marks = [one.source for one in profiles], {one.source: carried(one) for one in profiles}
    said = [Said(n, edge.left, edge.right, Word.DIFFERENT) for n, edge in enumerate(edges[:20])]
    said.append(Said(99, sources[0], sources[-1], Word.SAME))
    said.append(Said(100, "nobody x-1", sources[0], Word.SAME))
    core = clusters(sources, edges, said, marks)
    assert together(groups(sources, edges, said, marks)) == together(core)
    assert together(core) != together(clusters(sources, edges, (), marks))
    assert groups([], [], [], {}) == []


def test_a_key_that_too_many_hold_asks_for_no_comparison():
    assert (crowded(MOST_HOLDERS), crowded(MOST_HOLDERS + 1)) == (False, True)
    assert (pairs_of(1), pairs_of(3), pairs_of(MOST_HOLDERS + 1)) == (0, 3, 0)
