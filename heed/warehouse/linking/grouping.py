"""Who is one person in the end, for millions at once: connected components by arrays, and the core's rule where a
component needs it.

A component needs it where a person's word lies inside it, or where its files carry marks that speak against one
another (`core.identity.carried`). Everywhere else no join can be refused, so that the component is the cluster.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from heed.core.identity.clusters import Edge, clusters
from heed.core.identity.verdicts import Said

type Places = npt.NDArray[np.int64]
APART: Mapping[int, int] = {}


def components(many: int, left: Places, right: Places) -> Places:
    """The number of the connected component of each of so many places."""
    there = np.ones(len(left), dtype=np.int8)
    graph = coo_array((there, (left, right)), shape=(many, many))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def split(
    labels: Places,
    edges: Sequence[tuple[int, int, float]],
    marks: Mapping[int, Collection[str]],
    already: Mapping[int, int] = APART,
) -> Places:
    """The labels, with the components of these edges, whose places carry these marks, clustered by the core's rule.

    `already` gives places the label of others with which links beyond doubt join them and nothing speaks against it; the
    edges between such are left out here, and nothing else is."""
    found = labels.copy()
    names = {place: f"{place:09}" for place in marks}
    linked = [
        Edge(names[left], names[right], weight)
        for left, right, weight in edges
        if left not in already or already[left] != already.get(right)
    ]
    together: dict[int, list[str]] = {}
    for place, label in already.items():
        together.setdefault(label, []).append(names[place])
    carried = {names[place]: held for place, held in marks.items()}
    one_already = {members[0]: members[1:] for members in together.values()}
    # Components do not touch one another: what the rule says of all at once it says of each.
    for fresh, group in enumerate(
        clusters(carried, linked, (), carried, one_already), int(labels.max(initial=0)) + 1
    ):
        found[[int(name) for name in group]] = fresh
    return found


def groups(
    sources: Collection[str],
    edges: Iterable[Edge],
    said: Iterable[Said],
    marks: Mapping[str, Collection[str]],
) -> list[list[str]]:
    """What the core's `clusters` gives, each sorted: by arrays, and by the core where a component needs it."""
    names, links, words = sorted(sources), list(edges), list(said)
    place = {name: number for number, name in enumerate(names)}
    joined = [
        (place[one.left], place[one.right]) for one in links if one.left in place and one.right in place
    ]
    spoken = [
        (place[one.left], place[one.right]) for one in words if one.left in place and one.right in place
    ]
    both = np.array([*joined, *spoken], dtype=np.int64).reshape(-1, 2)
    labels = components(len(names), both[:, 0], both[:, 1])
    open_ones = {int(labels[left]) for left, _ in spoken} | _contradicted(labels, names, marks)
    settled: dict[int, list[str]] = {}
    needing: list[str] = []
    for name, label in zip(names, labels.tolist(), strict=True):
        if label in open_ones:
            needing.append(name)
        else:
            settled.setdefault(label, []).append(name)
    inside = set(needing)
    within = [one for one in links if one.left in inside and one.right in inside]
    return [*settled.values(), *clusters(needing, within, words, marks)]


def _contradicted(labels: Places, names: Sequence[str], marks: Mapping[str, Collection[str]]) -> set[int]:
    """The components in which marks of one scheme have none in common to all that carry the scheme."""
    sizes = np.bincount(labels) if len(labels) else np.zeros(0, dtype=np.int64)
    common: dict[tuple[int, str], frozenset[str]] = {}
    found: set[int] = set()
    for name, label in zip(names, labels.tolist(), strict=True):
        if sizes[label] < 2 or label in found:
            continue
        schemes: dict[str, set[str]] = {}
        for mark in marks.get(name, ()):
            schemes.setdefault(mark.partition(":")[0], set()).add(mark)
        for scheme, values in schemes.items():
            known = common.get((label, scheme))
            left = frozenset(values) if known is None else known & values
            common[label, scheme] = left
            if not left:
                found.add(label)
    return found
