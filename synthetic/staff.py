"""The professionals of the county: every agency, every rank, the posts they hold."""

import unicodedata
from dataclasses import dataclass, field

from synthetic.chance import Chance, stream
from synthetic.names import family_name, given_name
from synthetic.world import World

FRONTLINE, SUPERVISOR, MANAGER, SENIOR, EXECUTIVE = (
    "frontline",
    "supervisor",
    "manager",
    "senior",
    "executive",
)
POSTS = {
    SUPERVISOR: "duty_person",
    MANAGER: "line_manager",
    SENIOR: "designated_lead",
    EXECUTIVE: "executive",
}
ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "police": {
        FRONTLINE: (
            "police constable",
            "missing persons officer",
            "community support officer",
            "detective constable",
        ),
        SUPERVISOR: ("sergeant",),
        MANAGER: ("detective inspector",),
        SENIOR: ("superintendent",),
        EXECUTIVE: ("assistant chief constable",),
    },
    "social_care": {
        FRONTLINE: ("social worker", "family support worker", "senior social worker"),
        SUPERVISOR: ("duty social worker",),
        MANAGER: ("team manager",),
        SENIOR: ("head of safeguarding",),
        EXECUTIVE: ("director of children's services",),
    },
    "school": {
        FRONTLINE: ("form tutor", "pastoral worker", "attendance officer", "teaching assistant"),
        SUPERVISOR: ("head of year",),
        MANAGER: ("deputy head",),
        SENIOR: ("designated safeguarding lead",),
        EXECUTIVE: ("head teacher",),
    },
    "health": {
        FRONTLINE: ("school nurse", "sexual health nurse", "emergency nurse", "youth counsellor"),
        SUPERVISOR: ("sister in charge",),
        MANAGER: ("service manager",),
        SENIOR: ("named nurse",),
        EXECUTIVE: ("chief nurse",),
    },
    "home": {
        FRONTLINE: ("residential worker", "night care worker", "key worker"),
        SUPERVISOR: ("shift leader",),
        MANAGER: ("registered manager",),
        SENIOR: ("area manager",),
        EXECUTIVE: ("responsible individual",),
    },
    "voluntary": {
        FRONTLINE: ("return interviewer", "youth worker", "project worker"),
        SUPERVISOR: ("project leader",),
        MANAGER: ("service coordinator",),
        SENIOR: ("safeguarding lead",),
        EXECUTIVE: ("chief executive",),
    },
    "partnership": {
        SUPERVISOR: ("partnership coordinator",),
        MANAGER: ("business manager",),
        SENIOR: ("independent scrutineer",),
        EXECUTIVE: ("independent chair",),
    },
}


@dataclass(slots=True)
class Staff:
    """A professional; `children` are the (agency, ref) they are allocated to when the records end."""

    ref: str
    username: str
    name: str
    agency: str
    role: str
    grade: str
    posts: list[str]
    manager: str | None = None
    children: list[tuple[str, str]] = field(default_factory=list)

    def as_author(self) -> dict[str, str]:
        """As the author of a record."""
        return {"ref": self.ref, "name": self.name, "role": self.role, "grade": self.grade}


class Roster:
    """Everybody who works in the county, by agency and rank."""

    def __init__(self, world: World) -> None:
        self._chance = stream(world.seed, "staff")
        self.everybody: list[Staff] = []
        self._by_rank: dict[tuple[str, str], list[Staff]] = {}
        for agency, ranks in ROLES.items():
            for grade in (EXECUTIVE, SENIOR, MANAGER, SUPERVISOR, FRONTLINE):
                titles = ranks.get(grade, ())
                wanted = world.town.staff if grade == FRONTLINE and titles else len(titles)
                for number in range(wanted):
                    self._engage(agency, grade, titles[number % len(titles)])

    def rank(self, agency: str, grade: str) -> list[Staff]:
        """Everybody of a rank at an agency."""
        return self._by_rank.get((agency, grade), [])

    def worker(self, agency: str, number: int) -> Staff:
        """A frontline worker: the same number always meets the same worker."""
        workers = self.rank(agency, FRONTLINE)
        return workers[number % len(workers)]

    def head(self, agency: str, grade: str) -> Staff:
        """The first of a rank."""
        return self.rank(agency, grade)[0]

    def _engage(self, agency: str, grade: str, role: str) -> None:
        name = self._new_name()
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        above = [s for s in self.everybody if s.agency == agency and s.grade != grade]
        posts = (
            ["scrutineer", "designated_lead"]
            if role == "independent scrutineer"
            else [POSTS[grade]]
            if grade in POSTS
            else []
        )
        person = Staff(
            ref=f"{agency[:2]}-{len(self.everybody) + 11}",
            username=plain.replace(" ", ".").replace("'", ""),
            name=name,
            agency=agency,
            role=role,
            grade=grade,
            posts=posts,
            manager=above[-1].username if above else None,
        )
        self.everybody.append(person)
        self._by_rank.setdefault((agency, grade), []).append(person)

    def _new_name(self) -> str:
        taken = {person.name for person in self.everybody}
        while True:
            background, family = family_name(self._chance)
            name = f"{given_name(background, self._chance.choice('FM'), self._chance)} {family}"
            if name not in taken:
                return name


def pick(people: list[Staff], chance: Chance) -> Staff:
    """Any of them."""
    return people[chance.randrange(len(people))]
