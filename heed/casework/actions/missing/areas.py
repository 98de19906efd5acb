"""Which areas are responsible for a missing child: the one that placed her and the one in which she lives, both.

Rule: statutory guidance on children who run away or go missing (2014); two of five incidents from children's homes were
of children placed out of area (all-party inquiry, 2012, read in IICSA G.4). An area that works in this Heed owes the
same duty as the other; of one that does not, somebody here owes that it is told.
"""

from heed.casework.models import Agency
from heed.casework.policy import policy
from heed.casework.policy.missing import Owing
from heed.core.records.record import Record
from heed.core.review.missing_told import said

SAYS = ("placed_by", "living_in")


def responsible(record: Record, usual: str) -> tuple[list[str], list[str]]:
    """The agencies that owe what `usual` owes for a child at home, and the areas, in words, that do not work here.

    An area is named by the code or the name of an agency. A child placed by another area still lives in this one: both
    owe; so too where she lives elsewhere and is looked after from here.
    """
    owing, strangers = [usual], []
    for key in SAYS:
        words = said(record, key)
        code = known(words) if words else ""
        if code:
            owing.append(code)
        elif words:
            strangers.append(words)
    return list(dict.fromkeys(owing)), strangers


def both(record: Record, what: Owing) -> list[tuple[Owing, str]]:
    """The same for every area that is responsible."""
    return [(what, agency) for agency in responsible(record, what.agency)[0]]


def known(words: str) -> str:
    """The code of the agency that a record names by its code or its name; empty where nobody here goes by it. What a
    record says is free text: no agency, with a placeholder in every post, is made of it."""
    names = {code: each.name for code, each in policy().agencies.items()}
    names |= dict(Agency.objects.values_list("code", "name"))
    asked = words.strip().casefold()
    return next((code for code, name in names.items() if asked in (code.casefold(), name.casefold())), "")
