"""The words a record may use. The lists are the published contract of records version 1."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of event a record tells of."""

    MISSING = "missing"
    CONCERN = "concern"
    CONTACT = "contact"
    REFERRAL = "referral"
    RETURN_INTERVIEW = "return_interview"
    SIGHTING = "sighting"
    INTELLIGENCE = "intelligence"
    DISCLOSURE = "disclosure"
    COMPLAINT = "complaint"
    HEALTH = "health"
    SCHOOL = "school"
    VISIT = "visit"
    MEETING = "meeting"
    DECISION = "decision"
    CARE = "care"
    ORDER = "order"


KINDS_WITHOUT_A_CHILD = frozenset({Kind.INTELLIGENCE, Kind.SIGHTING, Kind.COMPLAINT, Kind.ORDER})
"""Kinds that may name no child: a car seen outside a school is worth keeping."""


class Part(StrEnum):
    """The part a person has in a record."""

    CHILD = "child"
    COMPANION = "companion"
    FOUND_WITH = "found_with"
    RELATIVE = "relative"
    CARER = "carer"
    PROFESSIONAL = "professional"
    PERSON_OF_CONCERN = "person_of_concern"
    WITNESS = "witness"
    OTHER = "other"


class ThingKind(StrEnum):
    """A thing that can be shared between children."""

    PLACE = "place"
    VEHICLE = "vehicle"
    PHONE = "phone"
    ACCOUNT = "account"
    PREMISES = "premises"


class Grade(StrEnum):
    """The rank of whoever wrote, was told or answered; family, child and public have none."""

    FRONTLINE = "frontline"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    SENIOR = "senior"
    EXECUTIVE = "executive"
    FAMILY = "family"
    CHILD = "child"
    PUBLIC = "public"


MISSING_CATEGORIES = frozenset({"missing", "absent", "away_without_authorisation", "no_apparent_risk"})
SOURCE_GRADES = frozenset({"1", "2", "3"})
INFORMATION_GRADES = frozenset({"A", "B", "C", "D", "E"})
HANDLING_CODES = frozenset({"P", "C"})
