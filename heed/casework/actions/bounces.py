"""A letter that came back: its address is one that refuses, what it told of is told again once the address is mended,
and the agency's lead owes an answer about it."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions.duties.abouts import owe_address
from heed.casework.models import Address, Letter, Professional
from heed.formats.mail.bounced import Bounce

BOUNCED = "bounced"


def take_bounce(*, bounce: Bounce, by: Professional | None, now: datetime) -> int:
    """How many letters of this house it brings back. A notice about a letter that was never sent from here, or to
    another address than the one it went to, is somebody's invention or somebody else's, and moves nothing; nor does one
    about an address that was mended since."""
    found = 0
    for letter in Letter.objects.filter(message_id__in=bounce.letters).select_related("professional__agency"):
        with transaction.atomic():
            address = Address.objects.select_for_update().filter(professional=letter.professional_id).first()
            if address is None or address.email.lower() not in bounce.addresses:
                continue
            if letter.sent_at is None or address.since > letter.sent_at or letter.last_error == BOUNCED:
                continue
            Letter.objects.filter(pk=letter.pk).update(last_error=BOUNCED)
            letter.notices.update(letter=None)
            Address.objects.filter(pk=address.pk).update(refused_at=now)
            owe_address(letter.professional, now)
            found += 1
    return found
