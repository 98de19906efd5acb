"""What the rules notice: each detector in its own file, with its words, its evidence and its limits.

The list is written out, not discovered: it is what a lead signs. To add a detector: its file under
`detectors/`, one line here, `tests/spec/patterns/test_<name>.py`, a block in policy/thresholds.yaml.
"""

from heed.core.patterns.detector import Detector
from heed.core.patterns.detectors.linked_things import LINKED_THINGS
from heed.core.patterns.detectors.missing_together import MISSING_TOGETHER
from heed.core.patterns.detectors.own_rate import OWN_RATE
from heed.core.patterns.detectors.shared_entity import (
    SHARED_ALIAS,
    SHARED_PHONE,
    SHARED_PLACE,
    SHARED_VEHICLE,
)

DETECTORS: tuple[Detector, ...] = (
    SHARED_PLACE,
    SHARED_VEHICLE,
    SHARED_PHONE,
    SHARED_ALIAS,
    LINKED_THINGS,
    MISSING_TOGETHER,
    OWN_RATE,
)
