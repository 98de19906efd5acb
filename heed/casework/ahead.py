"""Records that were here on a day, and claim to have been written down after it: a look back passes them over."""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F

from heed.casework.models import Record
from heed.casework.policy import policy


def passed_over(day: date) -> int:
    """How many records Heed had received by the end of a day (UTC) that say they were recorded after it."""
    end = datetime.combine(day, time(), UTC) + timedelta(days=1)
    here = (
        Record.objects.system("to count what a look back passes over").counted().filter(received_at__lt=end)
    )
    late = here.filter(recorded_at__gte=end, recorded_at__gt=F("received_at") + policy().intake.clock_skew)
    return late.count()


def in_words(day: date) -> str:
    """A sentence for whoever looks back to that day; empty where nothing is passed over."""
    count = passed_over(day)
    if not count:
        return ""
    records = "1 record is" if count == 1 else f"{count} records are"
    return (
        f"{records} not counted on {day}: received by then, but dated later by the agency's own clock. Ask the agency "
        "to send them again as a new revision with the true time."
    )
