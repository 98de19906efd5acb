"""Four people who stand in every test of pages and access.

Rosa, pastoral lead at a school, raises concerns. Sam, duty social worker, owes the answers. Lena leads
safeguarding at social care and sees what went up. Carl, at a voluntary project, works with nobody here:
whatever is not about his own agency is refused to him, always.
"""

from dataclasses import dataclass

from heed.casework.agencies import ensure
from heed.casework.models import Post, Professional

PASSWORD = "a password of four words"


@dataclass(frozen=True)
class Personas:
    """The four, as rows."""

    rosa: Professional
    sam: Professional
    lena: Professional
    carl: Professional


def standing() -> Personas:
    """Make them, with Sam and Lena in their posts at social care."""
    lena = _person("lena", "Lena Holt", "social_care", "designated lead", "senior")
    sam = _person("sam", "Sam Oduya", "social_care", "duty social worker", "frontline", lena)
    Post.objects.create(agency_id="social_care", post="duty_person", holder=sam, order=0)
    Post.objects.create(agency_id="social_care", post="designated_lead", holder=lena, order=0)
    rosa = _person("rosa", "Rosa Bell", "school", "pastoral lead", "frontline")
    carl = _person("carl", "Carl Finch", "voluntary", "project worker", "frontline")
    return Personas(rosa, sam, lena, carl)


def _person(
    username: str, name: str, agency: str, role: str, grade: str, manager: Professional | None = None
) -> Professional:
    person = Professional(
        username=username,
        name=name,
        agency=ensure(agency),
        role=role,
        grade=grade,
        line_manager=manager,
    )
    person.set_password(PASSWORD)
    person.save()
    return person
