"""How each agency writes: how late, how often twice, how often wrongly. Every kind of mistake can be switched off.

Shares are of records, mentions or things; lags are days, exponential. Made up within the ranges of the
detection study, section 5; no agency's real figures are known to us.
"""

from dataclasses import dataclass

SWITCHES = {
    "lag": ("lag_days",),
    "duplicates": ("duplicate",),
    "edits": ("edit",),
    "names": ("misspelt", "nickname", "stale_name"),
    "births": ("born_swapped", "born_partial", "born_missing"),
    "numbers": ("wrong_id",),
    "people": ("again", "wrong_person", "unnamed"),
    "places": ("place_missing",),
    "things": ("spelling", "free_text"),
    "silence": ("silent_weeks",),
    "echoes": ("echo",),
}
"""What can be switched off, and the habits it stands for."""


@dataclass(frozen=True, slots=True)
class Habits:
    """One agency's habits. `nhs`, `upn`, `address` are shares of children for whom it holds them."""

    lag_days: float
    duplicate: float
    edit: float
    misspelt: float
    nickname: float
    stale_name: float
    born_swapped: float
    born_partial: float
    born_missing: float
    nhs: float
    upn: float
    address: float
    wrong_id: float
    again: float
    wrong_person: float
    unnamed: float
    place_missing: float
    spelling: float
    free_text: float
    silent_weeks: float
    echo: float


HABITS = {
    "police": Habits(1.2, 0.04, 0.06, 0.05, 0.06, 0.3, 0.02, 0.02, 0.03, 0.02, 0.0, 0.85, 0.05, 0.012, 0.004, 0.35, 0.45, 0.2, 0.07, 3, 0.3),
    "social_care": Habits(4.0, 0.03, 0.05, 0.03, 0.03, 0.25, 0.015, 0.005, 0.01, 0.6, 0.5, 0.9, 0.02, 0.006, 0.004, 0.3, 0.5, 0.2, 0.08, 4, 0.2),
    "school": Habits(2.0, 0.02, 0.02, 0.02, 0.08, 0.15, 0.01, 0.0, 0.005, 0.0, 0.97, 0.8, 0.02, 0.004, 0.002, 0.5, 0.5, 0.25, 0.1, 0, 0.1),
    "health": Habits(6.0, 0.03, 0.02, 0.03, 0.02, 0.35, 0.01, 0.005, 0.005, 0.95, 0.0, 0.8, 0.015, 0.01, 0.003, 0.7, 0.5, 0.25, 0.1, 6, 0.1),
    "home": Habits(0.6, 0.05, 0.03, 0.04, 0.15, 0.1, 0.01, 0.02, 0.03, 0.5, 0.1, 1.0, 0.03, 0.004, 0.002, 0.5, 0.5, 0.25, 0.12, 2, 0.2),
    "voluntary": Habits(7.0, 0.03, 0.04, 0.07, 0.2, 0.1, 0.02, 0.12, 0.12, 0.0, 0.0, 0.45, 0.03, 0.015, 0.004, 0.6, 0.4, 0.25, 0.12, 5, 0.1),
}  # fmt: skip


class Recording:
    """The recording layer as it is switched: the rate of a habit, or none of it."""

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        self._off = {habit for switch in off for habit in SWITCHES[switch]}

    def rate(self, agency: str, habit: str) -> float:
        """A habit's rate at an agency; 0 when it is switched off."""
        return 0.0 if habit in self._off else float(getattr(HABITS[agency], habit))
