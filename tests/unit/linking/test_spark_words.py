"""What Spark is told, without Spark: conditions in its words, and plain words where it cannot be used."""

import sys

import pytest

from heed.casework.linking import link_all
from heed.core.identity.comparisons import COMPARISONS, OTHERWISE
from heed.core.records.explained import Explained
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.spark import find_pairs_on_spark, in_sparks_words, keys, pairs, weights
from tests.crowd import crowd
from tests.unit.linking.test_crowded import NOW


def test_pieces_of_texts_and_lists_are_said_as_spark_says_them():
    assert (
        in_sparks_words("born_l[6:7] = born_r[9:10]") == "SUBSTRING(born_l, 6, 2) = SUBSTRING(born_r, 9, 2)"
    )
    assert in_sparks_words("given_l[1] = 'A'") == "SUBSTRING(given_l, 1, 1) = 'A'"
    assert in_sparks_words("list_has_any(days_l, days_r)") == "ARRAYS_OVERLAP(days_l, days_r)"
    assert (
        in_sparks_words("len(places_l) = 0 or length(born_l) = 4")
        == "SIZE(places_l) = 0 OR LENGTH(born_l) = 4"
    )


def test_nothing_is_asked_of_spark_that_it_decides_otherwise():
    """Jaro-Winkler differs between the engines, and hashes do."""
    said = [in_sparks_words(c) for one in COMPARISONS for c in _conditions(one)]
    text = "\n".join([*said, keys(), pairs(), weights(current_model())]).lower()
    for word in ("jaro", "hash(", "&&", "unnest(", "list_", "::", "[", "damerau"):
        assert word not in text, word


def _conditions(one):
    return [one.unknown, *(level.sql for level in one.levels if level.sql != OTHERWISE)]


def test_without_pyspark_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert find_pairs_on_spark(crowd(1, 1), current_model()) == []
    with pytest.raises(Explained, match="Java 17"):
        find_pairs_on_spark(crowd(5, 1), current_model())


@pytest.mark.django_db
def test_an_engine_nobody_knows_is_refused(settings):
    settings.LINKING_ENGINE = "abacus"
    with pytest.raises(Explained, match="HEED_ENGINE"):
        link_all(NOW)
