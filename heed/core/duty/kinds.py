"""Kinds of duties, told by the first word of what they are about: `glass:G-1`, `deadline:return_interview`, nothing for a
record or a finding. What is particular to a kind stands here, so that whoever answers duties knows no kind by name."""

from dataclasses import dataclass

_REGISTER = "This is answered on the register, by doing what was due: open it from the duty."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `own_page` says, in the words of a refusal, where a duty of it is answered; it is empty for those that
    are answered on the page of the duty. Once it was answered there, and somebody disagrees, it is answered like any
    other, unless it is answered `only_there`: by doing what was due, never by saying that it was done."""

    name: str
    own_page: str = ""
    only_there: bool = False


GLASS = Kind("glass", "Emergency access is reviewed on its own page, beside what was looked at.")
SILENCE = Kind("silence", _REGISTER, only_there=True)
SECOND = Kind(
    "second",
    "A second person of another agency answers this: they agree, or they do not. To ask for something else, ask anew on "
    "the register: open it from the duty.",
)
DISRUPTION = Kind("disruption", _REGISTER, only_there=True)
OWNER = Kind(
    "owner",
    "This is answered on the register, by naming who watches the child now: change the watch.",
    only_there=True,
)
KINDS = {kind.name: kind for kind in (GLASS, SILENCE, SECOND, DISRUPTION, OWNER)}


def kind_of(about: str) -> Kind:
    """The kind of a duty by what it is about; one without anything particular where none is known."""
    name = about.partition(":")[0]
    return KINDS.get(name, Kind(name))
