"""One number typed for three children, as happens at every desk: what the page of links has to show for it."""

from datetime import datetime, timedelta

from heed.casework.actions.receive import receive_many
from heed.core.records.reading import parse
from heed.core.records.record import Record

NUMBER = "9990000018"
CHILDREN = (
    ("1009001", "Maisie", "Thornbury", "2009-02-11", "14 Fieldfare Crescent", "ZZ6 1NG"),
    ("1009002", "Corey", "Aldous", "2011-08-30", "3 Wren Row", "ZZ7 7EH"),
    ("1009003", "Nadia", "Pryce", "2008-12-05", "27 Quarry Lane", "ZZ4 2QD"),
)


def take_in(now: datetime) -> None:
    """Three contacts about three children, under one NHS number. They stay three, and somebody is asked."""
    told = [_contact(n, child, now - timedelta(days=90 - n)) for n, child in enumerate(CHILDREN, start=1)]
    receive_many(records=told, by=None, now=now)


def _contact(number: int, child: tuple[str, ...], at: datetime) -> Record:
    ref, given, family, born, address, postcode = child
    person = {
        "ref": ref, "part": "child", "given_names": given, "family_name": family, "born": born,
        "ids": {"nhs": NUMBER}, "address": address, "postcode": postcode,
    }  # fmt: skip
    document = {
        "v": 1, "agency": "social_care", "ref": f"MIX-{number}", "revision": 1, "kind": "contact",
        "happened_from": f"{at.date()}", "recorded_at": at.isoformat(), "people": [person],
        "text": "Contact from school about support with uniform. No role identified.",
    }  # fmt: skip
    record = parse(document).record
    if record is None:
        raise ValueError("a contact of the demo is no record of this version any more")
    return record
