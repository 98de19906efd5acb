"""What the passing of time brings: a night or a day away, after which a lead looks at it at once; and a second look at
what came in another order than it happened."""

from datetime import datetime

from django.db.models import QuerySet

from heed.casework.actions.missing.knowing import Name, lately, newest_rows
from heed.casework.actions.missing.opening import OPEN, owe_missing
from heed.casework.actions.missing.owing import ABOUT
from heed.casework.models import Duty
from heed.core.duty.moves import OWED


def look_again(*, by: None, now: datetime) -> int:
    """Once a day, everything of the last days anew: what came in another order, or was linked since, may ask for more.
    Gives how many steps that took; what is owed already takes none."""
    return owe_missing(records=lately(now), by=by, now=now)


def grow_graver(*, by: None, now: datetime) -> int:
    """Look again at every child who is away and whom no lead was asked about; gives how many steps that took."""
    away = Duty.objects.filter(about=OPEN, state__in=OWED)
    asked = Duty.objects.filter(about=f"{ABOUT}grave", record__ref__in=away.values("record__ref"))
    names = _records_of(away) - _records_of(asked)
    return owe_missing(records=newest_rows(names), by=by, now=now) if names else 0


def _records_of(found: QuerySet[Duty]) -> set[Name]:
    """Two agencies may use one reference: only both together name a record."""
    return set(found.values_list("record__agency", "record__ref"))
