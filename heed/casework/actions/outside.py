"""Who looks from outside at what somebody did: the lead of another agency, outside of their line."""

from collections.abc import Collection
from datetime import datetime

from heed.casework.actions.duties import holders
from heed.casework.models import Professional
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.access.glass import Colleague, outside_the_line
from heed.core.duty.posts import Post
from heed.core.records.explained import Explained

POST = Post.DESIGNATED_LEAD


def as_colleague(person: Professional) -> Colleague:
    """A professional as the rule knows them."""
    return Colleague(person.pk, person.agency_id, person.line_manager_id, person.is_active)


def reviewing(of: Professional, sources: Collection[str], now: datetime) -> str:
    """The agency whose lead looks at it: another one that holds a file of the person, else the partnership, else any
    other. Raises Explained where nobody is outside of the line."""
    theirs = sorted({key.partition(" ")[0] for key in sources})
    others = sorted(code for code in policy().agencies if code != PARTNERSHIP)
    for agency in dict.fromkeys([*theirs, PARTNERSHIP, *others]):
        reviewer = holders.holder(agency, POST, now)
        if agency != of.agency_id and outside_the_line(as_colleague(reviewer), as_colleague(of)):
            return agency
    raise Explained("Nobody outside of the line could look at it. Ring the partnership's safeguarding desk.")
