"""Heed's own rules: when each last ran to its end, and which of them has stopped or failed.

A rule that stops is the way in which a watch is dropped in silence. So each leaves a beat; one that is late, or whose
last run failed, is a duty of whoever looks after Heed, and the partnership sees it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.models import RuleBeat

A_LOOK = timedelta(days=2)
LATE = {
    "clock": timedelta(minutes=15),
    "introductions": timedelta(hours=6),
    "notices": timedelta(minutes=30),
    "noticing": A_LOOK,
    "linking counted": timedelta(days=3),
    "reads noted": timedelta(hours=6),
    "register": timedelta(minutes=15),
    "missing": timedelta(hours=1),
    "missing anew": timedelta(days=3),
    "practice": timedelta(days=3),
}
"""How long after its last run a rule counts as stopped; a detector after A_LOOK."""
NOTICING = "noticing"
"""Linking what was saved and running all detectors on it."""
DETECTING = "heed.core.patterns.detectors."


@dataclass(frozen=True, slots=True)
class Trouble:
    """A rule that does not run as it should: since when, and the name of an exception or nothing."""

    rule: str
    since: datetime
    trouble: str


def ran(names: Iterable[str], now: datetime) -> None:
    """These rules ran to their end."""
    for name in names:
        RuleBeat.objects.update_or_create(name=name, defaults={"finished_at": now, "trouble": ""})


def failed(name: str, trouble: str, now: datetime) -> None:
    """A rule did not run to its end. `trouble` is the name of an exception, never its words."""
    RuleBeat.objects.update_or_create(name=name, defaults={"failed_at": now, "trouble": trouble[:100]})


def detectors_ran(now: datetime, broken: Mapping[str, str]) -> None:
    """The detectors looked. `broken` are those that failed, each with the name of an exception."""
    ran([name for name in _detectors() if name not in broken], now)
    for name, trouble in broken.items():
        failed(name, trouble, now)


def blamed(trouble: BaseException) -> str:
    """The detector in whose file an exception was raised; empty where it was in none."""
    found, frame = "", trouble.__traceback__
    while frame is not None:
        module = str(frame.tb_frame.f_globals.get("__name__", ""))
        if module.startswith(DETECTING):
            found = module.removeprefix(DETECTING)
        frame = frame.tb_next
    return found


def troubles(now: datetime) -> list[Trouble]:
    """Every rule that has failed since it last ran to its end, or has not run for too long. A rule that never ran has
    not been started yet: readiness says so of the clock."""
    found = []
    for beat in RuleBeat.objects.order_by("name"):
        if beat.trouble and beat.failed_at:
            found.append(Trouble(beat.name, beat.failed_at, beat.trouble))
        elif beat.finished_at and _is_late(beat.name, now - beat.finished_at):
            found.append(Trouble(beat.name, beat.finished_at, ""))
    return found


def _is_late(name: str, ago: timedelta) -> bool:
    if name in LATE:
        return ago > LATE[name]
    return ago > A_LOOK and name in _detectors()


def _detectors() -> list[str]:
    """Loaded only where they are asked for: their arithmetic is 40 MB that taking a file in has no use for."""
    from heed.core.patterns import DETECTORS

    return [detector.name for detector in DETECTORS]
