"""What makes a visit a visit: who saw her, when, how, whether alone, and her words. Without one of them she was not seen.

Source of the rule: seven hundred children were "monitored" and nobody could say who had seen them (Rotherham 2014); the
child's own words are heard and written down (Working Together 2023, a child-centred approach). A telephone call is not
seeing: which ways count is policy.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from heed.core.language.spoken import says_something


@dataclass(frozen=True, slots=True)
class Seen:
    """What is said of a visit. `on` is None where no day is given; `alone` a code, empty where nobody says; `who_else`
    is whoever was there where she was not alone."""

    who: str
    on: date | None
    how: str
    alone: str
    words: str
    who_else: str = ""


ALONE, NOT_ALONE = "alone", "not_alone"
ALONE_OR_NOT = {
    ALONE: "Alone with the child, out of sight and hearing of others",
    NOT_ALONE: "Somebody else was there",
}


def lacks(seen: Seen, *, hows: Collection[str], begun: date, today: date) -> dict[str, str]:
    """What keeps it from being a visit: the name of each part that is missing, and a sentence for whoever writes it.

    `begun` is the day the watch began: what happened before is no visit of this watch. Empty: she was seen.
    """
    found = {}
    if not seen.who.strip():
        found["who"] = "Say who saw the child."
    if seen.on is None:
        found["on"] = "Say on which day the child was seen."
    elif not begun <= seen.on <= today:
        found["on"] = f"Say on which day the child was seen: from {begun:%d %B %Y} to today."
    if seen.how not in hows:
        found["how"] = "Say how the child was seen. A telephone call, or somebody else's word, is not seeing."
    if seen.alone not in ALONE_OR_NOT:
        found["alone"] = "Say whether the child was seen alone."
    elif seen.alone == NOT_ALONE and not seen.who_else.strip():
        found["who_else"] = "Say who else was there, and why the child was not seen alone."
    if not says_something(seen.words):
        found["words"] = (
            "Write down the child's own words; or, if the child did not speak, what the child showed."
        )
    return found
