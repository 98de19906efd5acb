"""Police 3x5x2 in plain words: how good a source is, how good what it says is, how it may be handled. Kept apart.

Source: College of Policing, Authorised Professional Practice, intelligence report (3x5x2). A grade says how something
is known, never how bad somebody is; a person of concern is unproven whatever the grade.
"""

from collections.abc import Mapping

SOURCE: Mapping[str, str] = {
    "1": "Reliable source",
    "2": "Untested source",
    "3": "Not a reliable source",
}
INFORMATION: Mapping[str, str] = {
    "A": "Known directly to the source",
    "B": "Known indirectly, and corroborated",
    "C": "Known indirectly",
    "D": "Not known how",
    "E": "Suspected to be false",
}
HANDLING: Mapping[str, str] = {
    "P": "Lawful sharing permitted",
    "C": "Lawful sharing permitted with conditions",
}


def in_words(source: str, information: str, handling: str) -> str:
    """The three grades as one sentence: "1 A P: reliable source; …". Raises KeyError for a grade there is not."""
    words = (SOURCE[source], INFORMATION[information], HANDLING[handling])
    return f"{source} {information} {handling}: " + "; ".join(
        each[0].lower() + each[1:] if place else each for place, each in enumerate(words)
    )
