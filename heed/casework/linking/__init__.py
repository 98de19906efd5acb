"""Saying which sources are one person, and why: a whole county at once, or one arriving record.

Both ways use one set of keys, weights and verdicts, and give the same people in any order of arrival.
Links never merge rows: a source keeps its own file, and `Source.person` is computed from links and verdicts.
"""

from heed.casework.linking.anew import owe_linking_anew
from heed.casework.linking.batch import expected_links, kept_links, link_all
from heed.casework.linking.explaining import Explanation, explain
from heed.casework.linking.gathering import sources_of_records
from heed.casework.linking.live import link_sources

__all__ = [
    "Explanation", "expected_links", "explain", "kept_links", "link_all", "link_sources", "owe_linking_anew",
    "sources_of_records",
]  # fmt: skip
