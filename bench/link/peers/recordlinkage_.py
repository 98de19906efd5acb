"""recordlinkage with its unsupervised classifier (ECM), on the same rows and keys. Runs among the peers' packages."""

import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
sys.path.insert(0, str(Path(__file__).parent))

import pandas as pd
import recordlinkage
from telling import THRESHOLDS, Told, asked, grouped, rows

BLOCKS = (
    ["nhs"],
    ["upn"],
    ["other"],
    ["given", "family"],
    ["family_3", "given_3", "year"],
    ["born", "family"],
    ["born", "given"],
    ["born", "postcode"],
    ["postcode", "given"],
)
EXACT, SPELT = ("nhs", "upn", "other", "born", "postcode"), ("given", "family", "address")


def main() -> None:
    """Index, compare, classify, group."""
    place, into = asked()
    told = Told()
    people = told.timed("prepare", lambda: prepared(rows(place).to_pandas()))
    has = set(people.columns)
    pairs = told.timed("link", lambda: indexed(people, has))
    features = told.timed("link", lambda: compared(people, pairs, has))
    classifier = recordlinkage.ECMClassifier(binarize=0.8)
    told.timed("train", lambda: classifier.fit(features))
    sure = told.timed("link", lambda: classifier.prob(features))
    for number, threshold in enumerate(THRESHOLDS):
        begun = "link" if number == 0 else "other thresholds"
        joined = told.timed(begun, lambda at=threshold: list(sure[sure >= at].index))
        told.found[str(threshold)] = told.timed(begun, lambda p=joined: grouped(len(people), p))
    told.notes["pairs"] = len(pairs)
    told.write(into)


def prepared(people: pd.DataFrame) -> pd.DataFrame:
    """The beginnings that one key needs."""
    people = people.set_index("unique_id")
    people["family_3"], people["given_3"] = people["family"].str[:3], people["given"].str[:3]
    people["year"] = people["born"].str[:4]
    return people


def indexed(people: pd.DataFrame, has: set[str]) -> pd.MultiIndex:
    """Pairs that share a key, those without a value left out."""
    found = None
    for block in BLOCKS:
        if set(block) <= has:
            there = people.dropna(subset=block)
            pairs = recordlinkage.index.Block(block).index(there)
            found = pairs if found is None else found.union(pairs)
    return found


def compared(people: pd.DataFrame, pairs: pd.MultiIndex, has: set[str]) -> pd.DataFrame:
    """Equality and Jaro-Winkler, as its documentation has it."""
    compare = recordlinkage.Compare(n_jobs=1)
    for name in EXACT:
        if name in has:
            compare.exact(name, name, label=name)
    for name in SPELT:
        compare.string(name, name, method="jarowinkler", label=name)
    return compare.compute(pairs, people)


if __name__ == "__main__":
    main()
