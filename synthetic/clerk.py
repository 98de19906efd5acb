"""A clerk keeps one agency's files: its own references for people, its own record numbers, its own mistakes.

What the clerk writes goes to the agency's JSON Lines; what is true of it (who is meant, which hub of a network
it shows) is kept beside it for the truth file.
"""

from datetime import UTC, datetime, timedelta

from synthetic.chance import stream
from synthetic.days import day, stamp
from synthetic.entry import Document, Entry, Mention
from synthetic.habits import Recording
from synthetic.index_cards import CardIndex
from synthetic.staff import Roster
from synthetic.world import Child, World

ROUND_THE_CLOCK = frozenset({"police", "home"})
BULK = (11, 8)
"""The night of the year in which the school's backlog of three weeks is loaded at once (month, day)."""
EDITED = frozenset({"missing", "contact", "concern", "referral"})


class Clerk:
    """Writes one agency's records."""

    def __init__(self, agency: str, world: World, roster: Roster, recording: Recording) -> None:
        self.agency, self.world, self.roster = agency, world, roster
        self.chance = stream(world.seed, f"recording/{agency}")
        self.written: list[tuple[datetime, Document]] = []
        self.sources: dict[str, int] = {}
        self.adults: dict[str, str] = {}
        self._strangers = 0
        self.evidence: list[Document] = []
        self.wrong_people: list[Document] = []
        self.last_seen: dict[int, tuple[datetime, str]] = {}
        self._recording = recording
        half = world.start + (world.until - world.start) * 0.58
        migrates = half if agency == "police" and world.town.children > 10_000 else world.until
        self._index = CardIndex(agency, self.chance, self.slips, migrates)
        self._numbers: dict[tuple[str, int], int] = {}
        self._silent = self._silences()

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
        card = self._index.card(child, at)
        if self.slips("wrong_person"):
            other = self._index.any_card()
            card = other if other.ref in self.sources else card
        body = {"ref": card.ref, "part": part, **card.fields}
        if "address" in body:
            lives = child.spell_on(at) or child.household
            body |= {"address": lives.address, "postcode": lives.postcode}
        return Mention(body, child.number)

    def adult(self, alias: str, adult: str | None, description: str | None = None) -> Mention:
        """An adult of whom only a name in passing is known; one of no network is known from this event alone."""
        if adult is None:
            self._strangers += 1
            adult = f"{self.agency}/{self._strangers}"
        body: Document = {"part": "person_of_concern", "also_known_as": [alias]}
        if description:
            body["description"] = description
        return Mention(body, None, adult)

    def ref_of(self, child: Child, at: datetime) -> str:
        """The agency's reference for a child on a day."""
        return self._index.card(child, at).ref

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
        write_time = stamp if entry.precise else day
        happened = write_time(entry.at), write_time(entry.until) if entry.until else None
        document = entry.document(self.agency, ref, happened, stamp(recorded))
        self._keep(entry, document, recorded)
        if entry.kind in EDITED and self.slips("edit"):
            self._edit(entry, document, recorded)
        if self.slips("duplicate"):
            self._again(entry, document, recorded)
        return ref

    def _keep(self, entry: Entry, document: Document, recorded: datetime) -> None:
        self.written.append((recorded, document))
        ref = document["ref"]
        for position, mention in enumerate(entry.people):
            self._meant(mention, ref, position, recorded)
        for form, touches in (("recorded", entry.touches), ("in words only", entry.spoken)):
            for touch in touches:
                row = {"network": touch.network, "hub": touch.hub.number, "child": touch.child.number}
                times = {"at": day(entry.at), "recorded": day(recorded), "form": form}
                self.evidence.append({**row, "record": [self.agency, ref], **times})

    def _meant(self, mention: Mention, ref: str, position: int, recorded: datetime) -> None:
        """Remember who a mention truly is; a card pulled out by mistake is remembered as such."""
        key = mention.body.get("ref") or f"{ref}#{position}"
        if mention.adult is not None:
            self.adults[key] = mention.adult
        if mention.child is None:
            return
        if self.sources.setdefault(key, mention.child) != mention.child:
            self.wrong_people.append(
                {"record": [self.agency, ref], "position": position, "person": mention.child}
            )
        elif "ref" in mention.body:
            self.last_seen[mention.child] = (recorded, key)

    def _edit(self, entry: Entry, document: Document, recorded: datetime) -> None:
        """A later revision that changes what was written before: another risk, a sentence more."""
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
            second["happened_from"] = stamp(entry.at - timedelta(minutes=5 * self.chance.randrange(0, 7)))
        second["author"] = (
            entry.author or self.roster.worker(self.agency, self.chance.randrange(50)).as_author()
        )
        self._keep(entry, second, later)

    def _recorded(self, entry: Entry) -> datetime:
        base = entry.until or entry.at
        wait = self.chance.days(self.rate("lag_days") * (0.15 if entry.prompt else 1.0))
        recorded = base + timedelta(minutes=20 + 5 * round(wait * 288))
        bulk = datetime(recorded.year, *BULK, 2, 15, tzinfo=UTC)
        if (
            self.agency == "school"
            and self.rate("lag_days")
            and timedelta(0) < bulk - base < timedelta(days=21)
        ):
            return max(recorded, bulk)
        return recorded if self.agency in ROUND_THE_CLOCK else self._at_a_desk(recorded)

    def _at_a_desk(self, recorded: datetime) -> datetime:
        """Not at night: the next hour between eight and seven."""
        if 8 <= recorded.hour < 19:
            return recorded
        tomorrow = recorded + timedelta(days=recorded.hour >= 19)
        return tomorrow.replace(hour=8 + self.chance.randrange(4))

    def _number(self, entry: Entry) -> str:
        year = entry.at.year
        count = self._numbers.get((entry.prefix, year), 0) + 1
        self._numbers[entry.prefix, year] = count
        return f"{entry.prefix}-{year}-{count:05d}"

    def _silences(self) -> list[tuple[datetime, datetime]]:
        """Weeks in which next to nothing of this agency was entered: a system change, sickness, a lost feed."""
        weeks, found = self.rate("silent_weeks"), []
        for _ in range(max(1, self.world.town.years // 6) if weeks else 0):
            start = self.world.start + (self.world.until - self.world.start) * self.chance.uniform(0.05, 0.85)
            found.append((start, start + timedelta(weeks=weeks)))
        return found

    def _is_silent(self, recorded: datetime) -> bool:
        return any(start <= recorded < end for start, end in self._silent) and self.chance.happens(0.9)

    def _in_passing(self, child: Child, part: str) -> Mention:
        """Another child named by a first name, perhaps a family name or an age."""
        known_as = child.nickname if child.nickname and self.chance.happens(0.4) else child.given
        body: Document = {"part": part, "given_names": known_as}
        if self.chance.happens(0.6):
            body["family_name"] = child.family
        if self.chance.happens(0.5):
            body["born"] = str(child.born.year)
        return Mention(body, child.number)
