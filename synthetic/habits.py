"""How each agency writes: how late, how often twice, how often wrongly. Every kind of mistake can be switched off.

Shares are of records, mentions or things; lags are days, exponential. Made up within the ranges of the
detection study, section 5; no agency's real figures are known to us.
"""

TABLE = """
habit           police  social_care  school  health  home   voluntary
lag_days        1.2     4.0          2.0     6.0     0.6    7.0
duplicate       0.04    0.03         0.02    0.03    0.05   0.03
edit            0.06    0.05         0.02    0.02    0.03   0.04
misspelt        0.05    0.03         0.02    0.03    0.04   0.07
nickname        0.06    0.03         0.08    0.02    0.15   0.2
stale_name      0.3     0.25         0.15    0.35    0.1    0.1
born_swapped    0.02    0.015        0.01    0.01    0.01   0.02
born_partial    0.02    0.005        0.0     0.005   0.02   0.12
born_missing    0.03    0.01         0.005   0.005   0.03   0.12
nhs             0.02    0.6          0.0     0.95    0.5    0.0
upn             0.0     0.5          0.97    0.0     0.1    0.0
address         0.85    0.9          0.8     0.8     1.0    0.45
wrong_id        0.05    0.02         0.02    0.015   0.03   0.03
again           0.012   0.006        0.004   0.01    0.004  0.015
wrong_person    0.004   0.004        0.002   0.003   0.002  0.004
unnamed         0.35    0.3          0.5     0.7     0.5    0.6
place_missing   0.45    0.5          0.5     0.5     0.5    0.4
spelling        0.12    0.13         0.15    0.15    0.16   0.15
free_text       0.07    0.08         0.1     0.1     0.12   0.12
silent_weeks    3       4            0       6       2      5
echo            0.3     0.2          0.1     0.1     0.2    0.1
"""
"""`nhs`, `upn` and `address` are the shares of children for whom the agency holds them; the rest are mistakes."""

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


def _read(table: str) -> dict[str, dict[str, float]]:
    head, *rows = (line.split() for line in table.strip().splitlines())
    return {agency: {row[0]: float(row[n + 1]) for row in rows} for n, agency in enumerate(head[1:])}


HABITS = _read(TABLE)


class Recording:
    """The recording layer as it is switched: the rate of a habit, or none of it."""

    def __init__(self, off: frozenset[str] = frozenset()) -> None:
        self._off = {habit for switch in off for habit in SWITCHES[switch]}

    def rate(self, agency: str, habit: str) -> float:
        """A habit's rate at an agency; 0 when it is switched off."""
        return 0.0 if habit in self._off else HABITS[agency][habit]
