"""Where places lie, as far as that is known on this machine, and how far they are apart. Said plainly, without a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from heed.casework.doors.children import ChildFile
from heed.casework.doors.findings import Hub
from heed.core.records.grid import Degrees, metres_between
from heed.core.records.keys import thing_key
from heed.core.records.kinds import ThingKind
from heed.core.records.record import Thing
from heed.formats.postcodes import is_available, locate
from heed.web.presenters.facts import thing_words

PLACES = (ThingKind.PLACE, ThingKind.PREMISES)
MOST_PAIRS = 5
FAR = 50_000
"""Metres beyond which nobody asks how far two places are apart."""
AS_TOLD = "mapped, as the record gives it"
BY_POSTCODE = "mapped to the middle of its postcode"
NO_POSTCODE = "not mapped: it has no postcode"
UNKNOWN = "not mapped: its postcode is not in the list"
NOT_HERE = (
    "Places are not mapped on this installation: the postcode data (the extra “postcodes”) is not installed."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A place, and whether it is mapped, in words."""

    words: str
    where: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a child's records. `missing` says that nothing can be mapped here; `apart` names near pairs."""

    rows: tuple[Row, ...] = ()
    missing: str = ""
    apart: tuple[str, ...] = ()


def places(file: ChildFile) -> Places:
    """Every place in the records that count, once each, and the nearest pairs."""
    things = [thing for entry in file.counted for thing in entry.told.things if thing.kind in PLACES]
    unique = {key: thing for thing in things if (key := thing_key(thing))}
    found = [(thing_words(thing), thing, _degrees(thing)) for _, thing in sorted(unique.items())]
    rows = tuple(Row(words, _where(thing, at)) for words, thing, at in found)
    missing = "" if is_available() or not rows else NOT_HERE
    return Places(rows, missing, _apart([(words, at) for words, _, at in found if at]))


def of_hubs(hubs: Iterable[Hub]) -> tuple[str, ...]:
    """How the places a finding is about lie: each mapped or not, then the nearest pairs."""
    shared = [hub for hub in hubs if hub.kind in PLACES]
    found = [(hub.label, locate(_postcode(hub))) for hub in shared]
    if found and not is_available():
        return (NOT_HERE,)
    said = [f"{hub.label}: {_known(_postcode(hub), at)}." for hub, (_, at) in zip(shared, found, strict=True)]
    return (*said, *_apart([(label, at) for label, at in found if at]))


def _postcode(hub: Hub) -> str:
    code, bar, _ = hub.key.partition("|")
    return code if bar else ""


def _degrees(thing: Thing) -> Degrees | None:
    if thing.lat is not None and thing.lon is not None:
        return thing.lat, thing.lon
    return locate(thing.postcode)


def _where(thing: Thing, at: Degrees | None) -> str:
    told = thing.lat is not None and thing.lon is not None
    return AS_TOLD if told else _known(thing.postcode or "", at)


def _known(postcode: str, at: Degrees | None) -> str:
    if at:
        return BY_POSTCODE
    return UNKNOWN if postcode else NO_POSTCODE


def _apart(mapped: Sequence[tuple[str, Degrees]]) -> tuple[str, ...]:
    pairs = sorted(
        (metres_between(one[1], other[1]), one[0], other[0]) for one, other in combinations(mapped, 2)
    )
    near = [(metres, one, other) for metres, one, other in pairs if metres <= FAR][:MOST_PAIRS]
    return tuple(f"{one} and {other} lie {_far(metres)} of each other." for metres, one, other in near)


def _far(metres: float) -> str:
    """Rounded up, for a postcode's middle is itself some 100 m from the door."""
    if metres <= 1000:
        return f"within {max(100, -(-int(metres) // 100) * 100)} m"
    return f"within {-(-int(metres) // 1000)} km"
