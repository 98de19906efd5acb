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


def components(many: int, left: Places, right: Places) -> Places:
    """The number of the connected component of each of so many places."""
    there = np.ones(len(left), dtype=np.int8)
    graph = coo_array((there, (left, right)), shape=(many, many))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def split(
    labels: Places, edges: Sequence[tuple[int, int, float]], marks: Mapping[int, Collection[str]]
) -> Places:
    """The labels, with the components of these edges, whose places carry these marks, clustered by the core's rule."""
    found = labels.copy()
    fresh = int(labels.max(initial=0)) + 1
    names = {place: f"{place:09}" for place in marks}
    members: dict[int, list[int]] = {}
    for place, label in zip(marks, labels[list(marks)].tolist(), strict=True):
        members.setdefault(label, []).append(place)
    links: dict[int, list[Edge]] = {}
    for (left, right, weight), label in zip(
        edges, labels[[left for left, _, _ in edges]].tolist(), strict=True
    ):
        links.setdefault(label, []).append(Edge(names[left], names[right], weight))
    for label, within in links.items():
        carried = {names[place]: marks[place] for place in members[label]}
        for group in clusters(carried, within, (), carried):
            found[[int(name) for name in group]] = fresh
            fresh += 1
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
