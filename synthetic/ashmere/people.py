"""Who is in the Ashmere review: six children as agencies know them, the professionals, what the children share."""

from dataclasses import dataclass
from typing import Any

AGENCIES = ("health", "home", "police", "social_care", "voluntary")


@dataclass(frozen=True, slots=True)
class Child:
    """A child, and the agencies that hold a file of her, each with its own reference."""

    person: str
    given: str
    family: str
    born: str
    nhs: str
    home: tuple[str, str]
    refs: dict[str, str]

    def told(self, agency: str, part: str = "child") -> dict[str, Any]:
        """Her, as a record of one agency names her."""
        return {
            "ref": self.refs[agency], "part": part, "given_names": self.given, "family_name": self.family,
            "born": self.born, "ids": {"nhs": self.nhs}, "address": self.home[0], "postcode": self.home[1],
        }  # fmt: skip


def _child(number: int, given: str, family: str, born: str, *home: str) -> Child:
    refs = {agency: f"ash-{agency[:2]}-{number}" for agency in AGENCIES}
    return Child(f"ashmere-{number}", given, family, born, f"99900071{number}0", (home[0], home[1]), refs)


CHILDREN = (
    _child(1, "Mia", "Calder", "1993-04-02", "Holm House, Beck Road", "ZZ4 1AA"),
    _child(2, "Bethan", "Rook", "1993-09-17", "22 Sorrel Close", "ZZ4 2BD"),
    _child(3, "Shona", "Vale", "1992-12-08", "5 Larch Grove", "ZZ5 3DE"),
    _child(4, "Carys", "Holt", "1994-02-21", "41 Weir Street", "ZZ5 6GH"),
    _child(5, "Dina", "Marsh", "1994-07-30", "8 Quarry Lane", "ZZ6 1JK"),
    _child(6, "Leah", "Frost", "1995-01-14", "17 Heron Walk", "ZZ6 4LM"),
)


def somebody(agency: str, name: str, role: str, grade: str) -> dict[str, str]:
    """A professional, as a record names them."""
    return {"agency": agency, "name": name, "role": role, "grade": grade}


NIGHTS = somebody("home", "J. Askew", "residential worker", "frontline")
HOME_MANAGER = somebody("home", "P. Lindley", "registered manager", "manager")
CONSTABLE = somebody("police", "R. Dunn", "constable", "frontline")
DESK = somebody("police", "M. Hale", "desk sergeant", "supervisor")
INSPECTOR = somebody("police", "T. Garrow", "detective inspector", "manager")
COMMANDER = somebody("police", "C. Strand", "divisional commander", "executive")
WORKER = somebody("social_care", "A. Penn", "social worker", "frontline")
DUTY = somebody("social_care", "L. Moor", "duty social worker", "frontline")
TEAM = somebody("social_care", "K. Sayle", "team manager", "manager")
HEAD = somebody("social_care", "V. Orrin", "head of service", "senior")
DIRECTOR = somebody("social_care", "G. Tarn", "director of children's services", "executive")
NURSE = somebody("health", "E. Quill", "outreach nurse", "frontline")
NAMED = somebody("health", "S. Brand", "named nurse for safeguarding", "senior")
PROJECT = somebody("voluntary", "D. Rowe", "youth project worker", "frontline")
LEADER = somebody("voluntary", "H. Finch", "project leader", "manager")

FLAT = {
    "kind": "place",
    "part": "found_at",
    "name": "flat above the launderette",
    "address": "9 Tannery Row",
    "postcode": "ZZ4 7TR",
}
SALOON = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 KLM", "description": "dark saloon"}
VAN = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ03 WRT", "description": "white van"}
PHONE = {"kind": "phone", "part": "calls_from", "number": "07700 900371"}
KAZ = {"part": "person_of_concern", "also_known_as": ["Kaz"], "description": "adult, drives a dark saloon"}
MOSS = {"part": "person_of_concern", "also_known_as": ["Moss"], "description": "adult, has keys to the flat"}
