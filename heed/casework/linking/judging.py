"""What a new verdict changes: who stands together in the neighbourhood of its two sources."""

from datetime import datetime

from heed.casework.linking.live import regroup
from heed.casework.linking.storing import one_at_a_time
from heed.warehouse.linking.committed import current_model


def relink(left: str, right: str, now: datetime) -> list[str]:
    """Group the people around a judged pair again, inside the caller's transaction; gives what changed."""
    one_at_a_time(now)
    return regroup({left, right}, current_model())
