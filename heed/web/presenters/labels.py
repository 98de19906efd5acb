"""The words a reader sees for the codes of records version 1."""

from heed.core.records.observations import OBSERVATIONS

KINDS = {
    "missing": "Missing episode",
    "concern": "Concern",
    "contact": "Contact",
    "referral": "Referral",
    "return_interview": "Return interview",
    "sighting": "Sighting",
    "intelligence": "Intelligence",
    "disclosure": "What a child told",
    "complaint": "Complaint",
    "health": "Health",
    "school": "School",
    "visit": "Visit",
    "meeting": "Meeting",
    "decision": "Decision",
    "care": "Care",
    "order": "Order",
}
PARTS = {
    "child": "child",
    "companion": "went with",
    "found_with": "found with",
    "relative": "relative",
    "carer": "carer",
    "professional": "professional",
    "person_of_concern": "person of concern",
    "witness": "witness",
    "other": "also named",
}
THINGS = {
    "place": "Place",
    "vehicle": "Vehicle",
    "phone": "Phone",
    "account": "Account",
    "premises": "Premises",
    "alias": "Name in passing",
    "person_of_concern": "Person of concern",
}
GRADES = {
    "frontline": "frontline",
    "supervisor": "supervisor",
    "manager": "manager",
    "senior": "senior leader",
    "executive": "executive",
    "family": "family",
    "child": "the child",
    "public": "member of the public",
}
CATEGORIES = {
    "missing": "missing",
    "absent": "absent",
    "away_without_authorisation": "away without authorisation",
    "no_apparent_risk": "absent, no apparent risk",
}
PLACES = {
    "home": "home",
    "childrens_home": "a children's home",
    "foster_home": "a foster home",
    "school": "school",
    "hospital": "hospital",
}
"""Where a child went missing from."""
ABSENT = frozenset({"absent", "away_without_authorisation", "no_apparent_risk"})
"""Categories that say less than missing. They count as episodes all the same."""
SOURCES = {"1": "reliable", "2": "untested", "3": "not reliable"}
INFORMATION = {
    "A": "known directly",
    "B": "known indirectly, corroborated",
    "C": "known indirectly, not corroborated",
    "D": "not known",
    "E": "suspected to be false",
}
HANDLING = {"P": "may be shared", "C": "may be shared on conditions"}
BASES = {"duty": "owes an answer", "allocated": "allocated", "raised": "raised a concern"}


def plain(code: str) -> str:
    """A code nobody gave words to, as words: 'no_further_action' becomes 'No further action'."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def kind(code: str) -> str:
    """'Missing episode'."""
    return KINDS.get(code, plain(code))


def observation(code: str) -> str:
    """What was seen, in the published words; a code of the agency's own as it is."""
    return OBSERVATIONS.get(code, code.replace("_", " "))


NOT_GRADED = frozenset(
    {"", "unknown", "not known", "not_known", "not stated", "not_stated", "none", "n/a", "tbc"}
)


def risk(graded: str | None) -> str:
    """A risk as it was graded then; one that nobody graded is "not known", never low and never left out."""
    words = (graded or "").strip()
    return "not known" if words.lower() in NOT_GRADED else words.replace("_", " ")
