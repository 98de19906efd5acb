"""Heed's linking beside its peers: one run, the same rows, the same measure, each linker in a process of its own.

Whoever gives probabilities is cut at the best of six thresholds, chosen with the truth; dedupe is given eight hundred
labelled pairs of it. Heed sees no truth, and is cut where people chose. `seconds` are by the clock, `worked` of
processor; memory is the most the process ever held. A linker that passes the minutes or the memory is stopped.
"""

from bench.link.running import command

__all__ = ["command"]
