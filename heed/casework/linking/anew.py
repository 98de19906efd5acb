"""A house that another version of the linking model linked is linked anew, without anybody having to know.

Who is one person is computed, so a new model makes every link of the old one stale at once. The version that linked
the whole house is kept as a heartbeat; where it is not the one in force, all records are owed to the worker again. The
size of the house is part of the version: a house that has outgrown it is linked anew too.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from heed.casework.linking.in_force import BY, wanted_now
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import Heartbeat, Outbox, Record
from heed.warehouse.linking.committed import current_model


def owe_linking_anew(now: datetime) -> None:
    """Put all records into the outbox once if this version of the model has not linked this house yet."""
    with transaction.atomic():
        one_at_a_time(now)
        version = wanted_now().version
        if Heartbeat.objects.filter(name=BY + version).exists():
            return
        last = Record.objects.system("linking: all of them, under a new model").aggregate(last=Max("pk"))[
            "last"
        ]
        if last:
            Outbox.objects.create(kind="link", subject=f"records:1-{last}", created_at=now)
        linked_anew(now, version)


def linked_anew(now: datetime, version: str = "") -> None:
    """Keep that everybody was linked by a version, the one in force where none is named, or that it is owed."""
    version = version or current_model().version
    Heartbeat.objects.filter(name__startswith=BY).exclude(name=BY + version).delete()
    Heartbeat.objects.update_or_create(name=BY + version, defaults={"at": now})
