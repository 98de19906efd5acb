"""People of concern, of whom hardly more than a nickname is known: the name in passing, and what they were seen with.

A nickname alone never joins anybody. With one vehicle or one telephone it joins; with one place it is shown to a person;
and where the police grade source or information low, what would join is shown to a person instead. Who is joined here is
a person of concern in both records: unproven, source-graded, never an assertion of guilt. The weights are declared, not
learned: no town's truth is large enough to learn them, and whoever signs the model signs them.
"""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile


def alias_level(a: Profile, b: Profile) -> str | None:
    """Whether two people of concern go by one nickname; None for children, or where one has none."""
    if a.child or b.child or not a.aliases or not b.aliases:
        return None
    return "same" if set(a.aliases) & set(b.aliases) else "different"


def thing_level(a: Profile, b: Profile) -> str | None:
    """The most telling thing two people of concern were both named with; None where one was named with none."""
    if a.child or b.child or not a.things or not b.things:
        return None
    shared = {thing.partition(":")[0] for thing in set(a.things) & set(b.things)}
    return next((kind for kind in ("vehicle", "phone", "place") if kind in shared), "none")


def doubted_level(a: Profile, b: Profile) -> str | None:
    """Whether all that is said of one of two people of concern is graded low; None otherwise."""
    return "doubted" if not (a.child or b.child) and (a.doubted or b.doubted) else None


def _shares(kind: str) -> str:
    return f"list_has_any({kind}_things_l, {kind}_things_r)"


ALIAS = Comparison(
    name="alias",
    title="Name in passing",
    unknown="child_l or child_r or len(aliases_l) = 0 or len(aliases_r) = 0",
    levels=(
        Level("same", "list_has_any(aliases_l, aliases_r)", "Both are known by one name in passing."),
        Level("different", OTHERWISE, "They are known by different names in passing."),
    ),
    decide=alias_level,
    shown=lambda profile: ", ".join(profile.aliases).title(),
)

THING = Comparison(
    name="thing",
    title="Seen with",
    unknown="child_l or child_r or len(things_l) = 0 or len(things_r) = 0",
    levels=(
        Level("vehicle", _shares("vehicle"), "Both were named with one vehicle."),
        Level("phone", _shares("phone"), "Both were named with one telephone."),
        Level("place", _shares("place"), "Both were named with one place."),
        Level("none", OTHERWISE, "They were named with different vehicles, telephones and places."),
    ),
    decide=thing_level,
    shown=lambda profile: f"{len(profile.things)} things",
)

DOUBTED = Comparison(
    name="doubted",
    title="How sure the source is",
    unknown="child_l or child_r or not (doubted_l or doubted_r)",
    levels=(
        Level(
            "doubted",
            "doubted_l or doubted_r",
            "What is said of one of them is graded low: a person has to look.",
        ),
        Level("trusted", OTHERWISE, "Neither is graded low."),
    ),
    decide=doubted_level,
    shown=lambda profile: "",
)
