"""What stands at the head of every page: that emergency access is open, until when, and that it is reviewed."""

from django.db import DatabaseError
from django.http import HttpRequest

from heed.casework.clock import now
from heed.casework.doors.glass import OpenNow, open_now


def emergencies(request: HttpRequest) -> dict[str, tuple[OpenNow, ...]]:
    """The emergency access that is open to whoever is signed in."""
    try:
        user = getattr(request, "user", None)
        there = user is not None and user.is_authenticated
        return {"emergencies": open_now(professional=user.pk, now=now()) if there else ()}
    except DatabaseError:  # the page that says that nothing could be saved is shown all the same
        return {"emergencies": ()}
