"""The shapes of the fictional world: what is true, before anybody writes any of it down."""

from dataclasses import dataclass, field
from datetime import date, datetime

from synthetic.plans import Plan
from synthetic.town import Town


@dataclass(slots=True)
class Place:
    """Somewhere a child may be found. `spellings` are other ways to write its first line."""

    number: int
    name: str
    address: str
    postcode: str
    lat: float
    lon: float
    spellings: tuple[str, ...] = ()


@dataclass(slots=True)
class Household:
    """An address where children live with their family."""

    number: int
    address: str
    postcode: str
    family: str


@dataclass(slots=True)
class Spell:
    """A time in care at one home. `home` is a children's home's number, or None for foster care."""

    start: datetime
    end: datetime | None
    home: int | None
    address: str
    postcode: str
    first: bool = True


@dataclass(slots=True)
class Child:
    """A child of the county who came to somebody's notice."""

    number: int
    sex: str
    given: str
    family: str
    born: date
    household: Household
    school: int
    nhs: str
    upn: str
    former_family: str | None = None
    changed_name: date | None = None
    nickname: str | None = None
    friends: int | None = None
    rate: float = 0.0
    spells: list[Spell] = field(default_factory=list)
    networks: list[str] = field(default_factory=list)

    def family_on(self, day: date) -> str:
        """The family name in use on a day."""
        return (
            self.former_family
            if self.former_family and self.changed_name and day < self.changed_name
            else self.family
        )

    def spell_on(self, at: datetime) -> Spell | None:
        """Where the child lived in care at an instant, if in care."""
        return next((s for s in self.spells if s.start <= at and (s.end is None or at < s.end)), None)


@dataclass(slots=True)
class Home:
    """A children's home."""

    number: int
    name: str
    address: str
    postcode: str
    beds: int
    opens: datetime
    joint: float
    urn: str
    residents: list[tuple[Child, Spell]] = field(default_factory=list)


@dataclass(slots=True)
class Hub:
    """What children of a network have in common: a place, vehicle, phone, account, or the name of an adult."""

    number: str
    kind: str
    label: str
    start: datetime
    end: datetime
    weight: float
    spellings: tuple[str, ...] = ()
    place: Place | None = None
    vrm: str | None = None
    phone: str | None = None
    handle: str | None = None
    networks: tuple[str, ...] = ()


@dataclass(slots=True)
class Touch:
    """One contact of a child with a hub, and the agency that would hear of it (None: nobody)."""

    network: str
    hub: Hub
    child: Child
    at: datetime
    agency: str | None
    episode: "Episode | None" = None


@dataclass(slots=True)
class Episode:
    """A child away from where they should be. `origin` says why, for the truth only."""

    number: int
    child: Child
    start: datetime
    end: datetime
    origin: str
    place: Place | None = None
    companions: list[Child] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    reported: bool = True
    along: "Episode | None" = None


@dataclass(slots=True)
class Network:
    """Adults who harm several children: who, when, around what, and when managers first acted."""

    name: str
    plan: Plan
    onset: datetime
    ends: datetime
    acted: datetime | None
    hubs: list[Hub] = field(default_factory=list)
    joined: list[tuple[Child, datetime, datetime]] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)
    act_record: tuple[str, str] | None = None


@dataclass(slots=True)
class World:
    """Everything that is true in the county between two instants."""

    town: Town
    seed: int
    start: datetime
    until: datetime
    children: list[Child] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    networks: list[Network] = field(default_factory=list)
    schools: tuple[str, ...] = ()
