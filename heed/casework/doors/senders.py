"""The door to which an agency's system comes with its key. It opens to nothing that can be read."""

from heed.casework.actions.agency_keys import digest_of
from heed.casework.models import AgencyKey

LONGEST_TOKEN = 200


def sender_of(token: str) -> AgencyKey | None:
    """The key in use that this secret opens; None for a wrong one and a revoked one alike.

    It is looked up by its hash: how long that takes says nothing of how much of a guess was right.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    return AgencyKey.objects.select_related("agency").filter(digest=digest_of(token), revoked_at=None).first()
