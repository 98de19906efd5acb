"""What agencies write of a world: late, twice, copied, misspelt, with places left out. Only records leave this layer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from synthetic.chance import Chance, stream
from synthetic.worlds.families import AGENCIES
from synthetic.worlds.lives import Event, Lives, Thing
from synthetic.worlds.people import DAY, START, WEEK
from synthetic.worlds.things import document_of, settled

HEARS = {"police": 3.0, "voluntary": 2.0, "social_care": 1.5, "school": 1.5, "home": 1.5, "health": 1.0}
QUICK = {"police": 0.4, "home": 0.2, "school": 0.6, "social_care": 1.0, "voluntary": 1.6, "health": 1.4}
"""How long each agency takes to write, against the area's mean."""
KINDS = {"police": "contact", "social_care": "contact", "school": "concern", "health": "health", "home": "care",
         "voluntary": "contact"}  # fmt: skip


class Clerks:
    """The pens of a world. `written`: (record, the things of the network it truly shows, the child's number)."""

    def __init__(self, lives: Lives, network: frozenset[Thing]) -> None:
        self.lives, self.area, self.network = lives, lives.area, network
        self.chance = stream(lives.area.seed, "recording")
        self.written: list[tuple[dict[str, Any], frozenset[Thing], int]] = []
        self._numbers = dict.fromkeys(AGENCIES, 0)

    def write(self, event: Event) -> None:
        """All records of one event."""
        if event.hours:
            self._absence(event)
        elif event.by:
            self._record(event.by, KINDS[event.by], event, event.things)
        else:
            agency = self.chance.choices(list(HEARS), list(HEARS.values()))[0]
            things = event.things + event.sure
            if things or self.chance.happens(0.5):
                self._record(agency, KINDS[agency], event, list(dict.fromkeys(things)))

    def _absence(self, event: Event) -> None:
        area, chance = self.area, self.chance
        often = 0.55 if area.trouble == "culture_change" and event.at < START + 90 * WEEK else 0.9
        if not chance.happens(often) and not event.sure:
            return
        places = event.things if chance.happens(area.place_known) else []
        if area.trouble == "false_places" and chance.happens(0.1):
            places = [("false", chance.choice((0, 0, 1)) if event.at < START + 100 * WEEK else 2)]
        if area.trouble == "noisy_source" and chance.happens(0.15):
            places = [("noise", event.at // (13 * WEEK))]
        here = [thing for thing in event.sure if thing[0] in ("flat", "public", "own")]
        beside = [thing for thing in event.sure if thing not in here]
        ref = self._record("police", "missing", event, list(dict.fromkeys(here[:1] or places)) + beside[:1])
        if event.child.in_care(event.at) and chance.happens(0.6):
            self._record("home", "missing", event, places if chance.happens(0.4) else [])
        for thing in beside[1:] + here[1:]:
            agency = chance.choices(list(HEARS), list(HEARS.values()))[0]
            self._record(agency, KINDS[agency], event, [thing])
        if ref and chance.happens(area.echoes * 0.5):
            self._record("social_care", "referral", event, here[:1] + beside[:1], echo=True)

    def _record(
        self, agency: str, kind: str, event: Event, things: list[Thing], *, echo: bool = False
    ) -> dict[str, Any] | None:
        area, chance = self.area, self.chance
        silent, since, until = area.silent
        if agency == silent and since <= (event.at - START) // WEEK < until:
            return None
        waited = chance.days(area.lag_days * QUICK[agency]) + (3 if echo else 0)
        end = event.at + int(event.hours * 3600)
        recorded = end + int(waited * DAY) + 1800
        if area.trouble == "bulk_upload" and agency != "police":
            recorded += (28 * DAY - recorded % (28 * DAY)) % (28 * DAY)
        self._numbers[agency] += 1
        document: dict[str, Any] = {
            "v": 1, "agency": agency, "ref": f"{agency}-{self._numbers[agency]}", "revision": 1, "kind": kind,
            "happened_from": stamp(event.at), "recorded_at": stamp(recorded),
            "people": [{
                "ref": f"c-{event.child.number}", "part": "child", "address": settled(event.child.home(event.at)),
                "postcode": "ZZ9 9ZZ",
            }],
            "things": [],
        }  # fmt: skip
        if event.hours:
            document["happened_to"] = stamp(end)
        for thing in things:
            document_of(thing, document, area.seed, chance.happens(area.misspelt), chance)
        true = frozenset(things) & self.network if event.network else frozenset()
        self.written.append((document, true, event.child.number))
        if chance.happens(area.duplicates):
            self._numbers[agency] += 1
            later = stamp(recorded + int(chance.days(2) * DAY))
            again = {**document, "ref": f"{agency}-{self._numbers[agency]}", "recorded_at": later}
            self.written.append((again, true, event.child.number))
        return document


def people_of(lives: Lives, agencies: set[tuple[str, int]]) -> Iterator[tuple[str, str, str]]:
    """(source, who linking says it is, who it is) for each child of each agency: some files stay apart, some
    children are taken for one."""
    chance, area = stream(lives.area.seed, "linking"), lives.area
    taken_for: dict[int, int] = {}
    for child in lives.children:
        if chance.happens(area.merged):
            taken_for[child.number] = chance.randrange(len(lives.children))
    for agency, number in sorted(agencies):
        person = taken_for.get(number, number)
        apart = agency != "police" and chance.happens(area.parted)
        yield f"{agency} c-{number}", f"p_{person}" + (f"_{agency}" if apart else ""), f"p_{number}"


def stamp(at: int) -> str:
    """An instant as records write it."""
    return datetime.fromtimestamp(at, UTC).isoformat()


def clumsy(word: str, chance: Chance) -> str:
    """Two letters changed over."""
    at = chance.randrange(1, max(2, len(word) - 2))
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
