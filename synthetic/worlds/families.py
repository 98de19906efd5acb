"""What a world is drawn from: ranges, ordinary troubles (confounders), and kinds of harm.

Development and validation differ in troubles, kinds of harm, ranges and seeds: what helps the first and not the second
is taken back. Ranges: study of detection, section 5; none was fitted to a detector.
"""

from dataclasses import dataclass, replace

from synthetic.chance import Chance, stream

WEEKS = 156
AGENCIES = ("police", "social_care", "school", "health", "home", "voluntary")


@dataclass(frozen=True)
class Hub:
    """A thing of a network: kind, how often it is the one used, the part of the network's life it is in use."""

    kind: str
    weight: float = 1.0
    begins: float = 0.0
    stops: float = 1.0


@dataclass(frozen=True)
class Harm:
    """A kind of network. size: children; recruit, run: weeks; extra: episodes a child and week beyond their own (0:
    hidden inside ordinary ones); together: share of those with another child; heard: part of contacts written down."""

    name: str
    size: tuple[int, int]
    recruit: tuple[int, int]
    run: tuple[int, int]
    extra: tuple[float, float]
    together: tuple[float, float]
    heard: tuple[float, float]
    hubs: tuple[Hub, ...]


@dataclass(frozen=True)
class Area:
    """One drawn world before it lives. Shares are 0 to 1, times days, `scale` the number of children against 3,500."""

    name: str
    seed: int
    trouble: str
    harm: Harm | None
    twin: bool = False
    scale: float = 1.0
    weeks: int = WEEKS
    spread: float = 1.3
    branching: float = 0.4
    repeat_days: float = 14.0
    care_factor: float = 5.0
    friends_joint: float = 0.07
    homes_joint: float = 0.2
    zipf: float = 1.0
    lag_days: float = 5.0
    duplicates: float = 0.05
    echoes: float = 0.2
    place_known: float = 0.5
    misspelt: float = 0.08
    merged: float = 0.004
    parted: float = 0.03
    silent: tuple[str, int, int] = ("", 0, 0)


FLAT, TAKEAWAY, CAR, PHONE, NAME = (
    Hub("flat", 3),
    Hub("takeaway", 3),
    Hub("vehicle"),
    Hub("phone"),
    Hub("alias", 1.5),
)
HARMS = {
    "H1": Harm("one takeaway", (6, 10), (30, 70), (52, 90), (0.05, 0.3), (0, 0.4), (0.15, 0.4),
               (TAKEAWAY, Hub("flat", 2, 0.15), CAR, NAME)),
    "H2": Harm("moving addresses", (6, 10), (25, 60), (52, 90), (0.05, 0.3), (0, 0.4), (0.15, 0.4),
               (Hub("flat", 3, 0, 0.4), Hub("flat", 3, 0.3, 0.75), Hub("flat", 3, 0.65), CAR, NAME)),
    "H3": Harm("a vehicle, no address", (5, 9), (20, 60), (52, 90), (0.05, 0.3), (0, 0.3), (0.15, 0.4),
               (Hub("vehicle", 2), PHONE, NAME)),
    "H6": Harm("a shared and busy place", (6, 10), (25, 60), (52, 90), (0.05, 0.3), (0, 0.5), (0.15, 0.4),
               (Hub("busy", 2), Hub("flat", 2), Hub("vehicle", 1, 0.3), PHONE)),
    "H7": Harm("slow", (4, 5), (60, 78), (85, 100), (0.05, 0.2), (0, 0.3), (0.2, 0.4), (FLAT, NAME, CAR)),
    "H8": Harm("fast", (8, 12), (7, 10), (26, 40), (0.2, 0.6), (0.1, 0.5), (0.15, 0.4), (FLAT, PHONE, NAME)),
    "H9": Harm("hidden inside ordinary episodes", (6, 9), (25, 60), (60, 90), (0, 0), (0, 0), (0.2, 0.4),
               (FLAT, CAR, NAME)),
}  # fmt: skip
DEVELOPMENT = (("plain", "popular_place", "care_home", "school_holidays", "friends"), ("H1", "H2", "H8"))
VALIDATION = (
    ("new_home", "festival", "culture_change", "bulk_upload", "echoes", "noisy_source", "busy_school", "false_places",
     "identity_errors", "holiday_camp", "silence"),
    ("H3", "H6", "H7", "H9"),
)  # fmt: skip
FIRST_SEED = {"development": 1_000, "validation": 500_000}


def areas(
    family: str, count: int, *, harm: bool, twin: bool = False, scale: float = 1.0, skip: int = 0
) -> list[Area]:
    """`count` worlds of a family ("development" or "validation"), troubles and harms in turn, from seeds of their own."""
    troubles, harms = DEVELOPMENT if family == "development" else VALIDATION
    return [
        area(
            FIRST_SEED[family] + n, troubles[n % len(troubles)], harms[n % len(harms)] if harm else "",
            twin=twin, scale=scale, wide=family == "validation",
        )
        for n in range(skip, skip + count)
    ]  # fmt: skip


def area(
    seed: int, trouble: str, harm: str = "", *, twin: bool = False, scale: float = 1.0, wide: bool = False
) -> Area:
    """One world's parameters. `wide`: the ranges of validation, beyond those of development. A twin draws the same."""
    chance = stream(seed, "area")
    some = _ranges(chance, wide)
    made = Area(f"{trouble} {harm or 'no harm'} {seed}", seed, trouble, HARMS.get(harm), twin, scale, **some)
    return _troubled(made, trouble, chance)


def _ranges(chance: Chance, wide: bool) -> dict[str, float]:
    def between(low: float, high: float) -> float:
        middle, half = (low + high) / 2, (high - low) / 2 * (1.0 if wide else 0.6)
        return chance.uniform(middle - half, middle + half)

    return {
        "spread": between(1.1, 1.6), "branching": between(0.3, 0.5), "repeat_days": between(8, 20),
        "care_factor": between(3, 8), "friends_joint": between(0.03, 0.12), "homes_joint": between(0.1, 0.4),
        "zipf": between(0.8, 1.2), "lag_days": between(1, 12), "duplicates": between(0.02, 0.1),
        "echoes": between(0.1, 0.4), "place_known": between(0.3, 0.7), "misspelt": between(0.02, 0.15),
        "merged": between(0.001, 0.01), "parted": between(0.01, 0.06),
    }  # fmt: skip


def _troubled(made: Area, trouble: str, chance: Chance) -> Area:
    """The troubles that are only a number; the others are lived (`troubles`) or written (`recording`)."""
    match trouble:
        case "friends":
            return replace(made, friends_joint=0.3)
        case "bulk_upload":
            return replace(made, lag_days=25.0)
        case "echoes":
            return replace(made, echoes=0.8, duplicates=0.15)
        case "identity_errors":
            return replace(made, merged=0.02, parted=0.15)
        case "silence":
            return silenced(made, chance.choice(("police", "social_care", "school")))
        case _:
            return made


def silenced(made: Area, agency: str) -> Area:
    """The same world, in which one agency stops writing after a year."""
    return replace(made, silent=(agency, 60, made.weeks))
