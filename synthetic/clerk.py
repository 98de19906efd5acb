"""A clerk keeps one agency's files: its own references for people, its own record numbers, its own mistakes.

What the clerk writes goes to the agency's JSON Lines; what is true of it (who is meant, which hub of a network
it shows) is kept beside it for the truth file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from synthetic.chance import stream
from synthetic.days import day, stamp
from synthetic.habits import Recording
from synthetic.mistakes import born_partly, born_swapped, misspelt
from synthetic.numbers import wrong_digits, wrong_letter
from synthetic.staff import Roster, Staff
from synthetic.world import Child, Touch, World

REF_STYLES = {"police": "P{:06d}", "social_care": "1{:06d}", "school": "PU-{:05d}", "health": "H{:07d}",
              "home": "YP-{:04d}", "voluntary": "V{:05d}"}  # fmt: skip
type Document = dict[str, Any]


@dataclass(slots=True)
class Card:
    """What one agency holds of one person in its index."""

    ref: str
    fields: Document


@dataclass(slots=True)
class Mention:
    """A person in a record about to be written, and who it truly is."""

    body: Document
    child: int | None = None
    adult: str | None = None


@dataclass(slots=True)
class Entry:
    """Everything one record says, before the clerk's habits touch it."""

    prefix: str
    kind: str
    at: datetime
    people: list[Mention]
    by: Staff
    text: str
    until: datetime | None = None
    precise: bool = True
    things: list[Document] = field(default_factory=list)
    touches: Sequence[Touch] = ()
    spoken: Sequence[Touch] = ()
    observations: Sequence[str] = ()
    childs_words: str | None = None
    missing: Document | None = None
    told: Sequence[Document] = ()
    answer: Document | None = None
    grading: Document | None = None
    prompt: bool = False


class Clerk:
    """Writes one agency's records."""

    def __init__(self, agency: str, world: World, roster: Roster, recording: Recording) -> None:
        self.agency, self.world, self.roster = agency, world, roster
        self.chance = stream(world.seed, f"recording/{agency}")
        self.written: list[tuple[datetime, Document]] = []
        self.sources: dict[str, int] = {}
        self.adults: dict[str, str] = {}
        self.evidence: list[Document] = []
        self.wrong_people: list[Document] = []
        self.last_seen: dict[int, tuple[datetime, str]] = {}
        self._recording = recording
        self._cards: dict[tuple[int, int], list[Card]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._recent: list[tuple[int, Card]] = []
        self._silent = self._silences()
        half = world.start + (world.until - world.start) * 0.58
        self._migrates = half if agency == "police" and world.town.children > 10_000 else world.until

    def rate(self, habit: str) -> float:
        """A habit of this agency as it is switched."""
        return self._recording.rate(self.agency, habit)

    def slips(self, habit: str) -> bool:
        """Whether that habit strikes now."""
        return self.chance.happens(self.rate(habit))

    def child(self, child: Child, at: datetime, part: str = "child") -> Mention:
        """A mention of a child from this agency's index, wrong in the ways this agency is wrong."""
        if part != "child" and self.slips("unnamed"):
            return self._in_passing(child, part)
        card, true = self._card(child, at), child.number
        if self._recent and self.slips("wrong_person"):
            _, other = self.chance.choice(self._recent)
            card = other if other.ref in self.sources else card
        body = {"ref": card.ref, "part": part, **card.fields}
        address, code = self._lives(child, at)
        if "address" in body:
            body |= {"address": address, "postcode": code}
        return Mention(body, true)

    def adult(self, alias: str, adult: str | None, description: str | None = None) -> Mention:
        """An adult of whom only a name in passing is known."""
        body: Document = {"part": "person_of_concern", "also_known_as": [alias]}
        if description:
            body["description"] = description
        return Mention(body, None, adult)

    def ref_of(self, child: Child, at: datetime) -> str:
        """The agency's reference for a child on a day."""
        return self._card(child, at).ref

    def told(self, agency: str, grade: str, at: datetime, hours: float = 4.0) -> Document:
        """Somebody of another desk or rank who was told a while after."""
        person = self.roster.head(agency, grade)
        when = at + timedelta(minutes=5 * round(12 * self.chance.uniform(0.3, hours)))
        return {"agency": agency, "name": person.name, "role": person.role, "grade": grade, "at": stamp(when)}

    def write(self, entry: Entry) -> str | None:
        """Write a record; None when the agency was silent that week or the years were over."""
        recorded = self._recorded(entry)
        if recorded >= self.world.until or self._is_silent(recorded):
            return None
        ref = self._number(entry)
        document = self._document(entry, ref, recorded)
        self._keep(entry, document, recorded)
        if self.slips("edit") and entry.kind in ("missing", "contact", "concern", "referral"):
            self._edit(entry, document, recorded)
        if self.slips("duplicate"):
            self._again(entry, document, recorded)
        return ref

    def _document(self, entry: Entry, ref: str, recorded: datetime) -> Document:
        write_time = stamp if entry.precise else day
        body: Document = {
            "v": 1, "agency": self.agency, "ref": ref, "revision": 1, "kind": entry.kind,
            "happened_from": write_time(entry.at), "happened_to": write_time(entry.until) if entry.until else None,
            "recorded_at": stamp(recorded), "author": entry.by.as_author(),
            "people": [mention.body for mention in entry.people], "things": entry.things,
            "observations": list(entry.observations), "text": entry.text, "childs_words": entry.childs_words,
            "missing": entry.missing, "told": list(entry.told), "answer": entry.answer, "grading": entry.grading,
        }  # fmt: skip
        return {key: value for key, value in body.items() if value not in (None, [], ())}

    def _keep(self, entry: Entry, document: Document, recorded: datetime) -> None:
        self.written.append((recorded, document))
        ref = document["ref"]
        for position, mention in enumerate(entry.people):
            key = mention.body.get("ref") or f"{ref}#{position}"
            if mention.adult is not None:
                self.adults[key] = mention.adult
            if mention.child is None:
                continue
            if self.sources.setdefault(key, mention.child) != mention.child:
                self.wrong_people.append(
                    {"record": [self.agency, ref], "position": position, "person": mention.child}
                )
            elif "ref" in mention.body:
                self.last_seen[mention.child] = (recorded, key)
        for form, touches in (("recorded", entry.touches), ("in words only", entry.spoken)):
            for touch in touches:
                self.evidence.append(
                    {"network": touch.network, "hub": touch.hub.number, "child": touch.child.number,
                     "record": [self.agency, ref], "at": day(entry.at), "recorded": day(recorded), "form": form}
                )  # fmt: skip

    def _edit(self, entry: Entry, document: Document, recorded: datetime) -> None:
        """A later revision that changes what was written before: an end, a risk, a sentence more."""
        later = recorded + timedelta(days=1 + self.chance.days(12))
        if later >= self.world.until:
            return
        changed = {**document, "revision": 2, "recorded_at": stamp(later)}
        changed["text"] = f"{document['text']} Amended after a check of the log."
        if entry.missing and "risk" in entry.missing:
            changed["missing"] = {
                **document["missing"],
                "risk": self.chance.choice(("low", "medium", "high")),
            }
        self.written.append((later, changed))

    def _again(self, entry: Entry, document: Document, recorded: datetime) -> None:
        """The same event entered a second time under another number, a little differently."""
        later = recorded + timedelta(hours=1 + self.chance.days(2) * 24)
        if later >= self.world.until:
            return
        second = {**document, "ref": self._number(entry), "recorded_at": stamp(later)}
        if entry.precise:
            second["happened_from"] = stamp(entry.at + timedelta(minutes=5 * self.chance.randrange(-6, 7)))
        second["author"] = self.roster.worker(self.agency, self.chance.randrange(50)).as_author()
        self._keep(entry, second, later)

    def _recorded(self, entry: Entry) -> datetime:
        base = entry.until or entry.at
        wait = self.chance.days(self.rate("lag_days") * (0.15 if entry.prompt else 1.0))
        recorded = base + timedelta(minutes=20 + 5 * round(wait * 288))
        bulk = datetime(recorded.year, 11, 8, 2, 15, tzinfo=recorded.tzinfo)
        late = (
            self.agency == "school"
            and self.rate("lag_days")
            and timedelta(0) < bulk - base < timedelta(days=21)
        )
        return max(recorded, bulk) if late else recorded

    def _number(self, entry: Entry) -> str:
        year = entry.at.year
        count = self._numbers.get((entry.prefix, year), 0) + 1
        self._numbers[entry.prefix, year] = count
        return f"{entry.prefix}-{year}-{count:05d}"

    def _silences(self) -> list[tuple[datetime, datetime]]:
        """Weeks in which next to nothing of this agency was entered: a system change, sickness, a lost feed."""
        weeks, found = self.rate("silent_weeks"), []
        years = self.world.town.years
        for _ in range(0 if not weeks else max(1, years // 6)):
            start = self.world.start + (self.world.until - self.world.start) * self.chance.uniform(0.05, 0.85)
            found.append((start, start + timedelta(weeks=weeks)))
        return found

    def _is_silent(self, recorded: datetime) -> bool:
        return any(start <= recorded < end for start, end in self._silent) and self.chance.happens(0.9)

    def _card(self, child: Child, at: datetime) -> Card:
        era = int(at >= self._migrates)
        cards = self._cards.get((child.number, era))
        if cards is None:
            cards = self._cards[child.number, era] = [self._index(child, at)]
        elif self.slips("again"):
            cards.append(self._index(child, at))
        if child.changed_name and at.date() >= child.changed_name and not self.slips("stale_name"):
            cards[-1].fields["family_name"] = child.family
        return cards[-1] if len(cards) == 1 or self.chance.happens(0.7) else self.chance.choice(cards)

    def _index(self, child: Child, at: datetime) -> Card:
        fields: Document = {"given_names": child.given, "family_name": child.family_on(at.date())}
        if self.slips("misspelt"):
            which = self.chance.choice(("given_names", "family_name"))
            fields[which] = misspelt(fields[which], self.chance)
        if child.nickname and self.slips("nickname"):
            fields["given_names"] = child.nickname
        elif child.nickname and self.slips("nickname"):
            fields["also_known_as"] = [child.nickname]
        born = self._born(child)
        if born:
            fields["born"] = born
        fields["sex"] = child.sex
        ids = self._ids(child)
        if ids:
            fields["ids"] = ids
        if self.slips("address"):
            fields |= {"address": "", "postcode": ""}
        serial = len(self._recent) + 1001
        card = Card(REF_STYLES[self.agency].format(serial), fields)
        self._recent.append((child.number, card))
        return card

    def _born(self, child: Child) -> str | None:
        if self.slips("born_missing"):
            return None
        if self.slips("born_partial"):
            return born_partly(child.born, self.chance)
        return born_swapped(child.born) if self.slips("born_swapped") else child.born.isoformat()

    def _ids(self, child: Child) -> Document:
        ids = {}
        if self.slips("nhs"):
            ids["nhs"] = wrong_digits(child.nhs, self.chance) if self.slips("wrong_id") else child.nhs
        if self.slips("upn"):
            ids["upn"] = wrong_letter(child.upn, self.chance) if self.slips("wrong_id") else child.upn
        return ids

    def _lives(self, child: Child, at: datetime) -> tuple[str, str]:
        spell = child.spell_on(at)
        where = spell or child.household
        return where.address, where.postcode

    def _in_passing(self, child: Child, part: str) -> Mention:
        """Another child named by a first name, perhaps a family name or an age."""
        body: Document = {
            "part": part,
            "given_names": child.nickname if child.nickname and self.chance.happens(0.4) else child.given,
        }
        if self.chance.happens(0.6):
            body["family_name"] = child.family
        if self.chance.happens(0.5):
            body["born"] = str(child.born.year)
        return Mention(body, child.number)
