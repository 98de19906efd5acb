"""Other ways than a letter, behind the same seam: a push to a device and a text message, handed to a gateway by HTTP.
A push to a browser (`browsers`) needs no gateway.

HEED_PUSH, HEED_SMS              https://gateway.example.org/send, or http:// for this machine
HEED_PUSH_TOKEN, HEED_SMS_TOKEN  sent as a bearer token; or the same with _FILE: a file that holds it

A gateway is given {"to", "text", "id"} as JSON: the place that reaches somebody, one sentence without a reference, and a
name under which it may drop what it has sent already. 2xx: taken. 404 and 410: that place is gone. Anything else, or
silence: again later. Only what waits for no letter is told so, and beside the letter, never instead of it.
"""

import http.client
import json
import logging
import os
import secrets
import ssl
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, QuerySet

from heed.casework.actions.duties.abouts import owe_address
from heed.casework.mail.servers import THIS_MACHINE, password
from heed.casework.models import Letter, Nudge, Way
from heed.casework.notices import browsers
from heed.casework.notices.seam import LEASE, PATIENCE, SLOWEST, Never
from heed.core.duty.notices import AT_ONCE, By
from heed.core.records.explained import Explained

TEXT = "Heed: something waits for you, and is urgent. Sign in as you always do."
VARIABLES = {By.PUSH: "HEED_PUSH", By.SMS: "HEED_SMS"}
STALE = timedelta(days=1)
"""What is older is told by the letter, and every morning, but wakes nobody."""
ANSWER_SECONDS = 10
AT_A_TIME = 100
GONE = (404, 410)

logger = logging.getLogger(__name__)


class Sends(Protocol):
    """Whoever brings a nudge to a place."""

    def send(self, to: str, name: str) -> None:
        """Raises Never where the place is gone, OSError where it should be tried again."""


class Gateway:
    """Whoever sends on: one request for one nudge. Knows nothing but a place and a name."""

    def __init__(self, address: str, token: str) -> None:
        self._parts, self._token = urlsplit(address), token

    def send(self, to: str, name: str) -> None:
        """Hand it over. Raises Never where the place is gone, OSError where it should be tried again."""
        body = json.dumps({"to": to, "text": TEXT, "id": name})
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        line = self._line()
        try:
            line.request("POST", self._path(), body, headers)
            status = line.getresponse().status
        except http.client.HTTPException as trouble:
            raise OSError(type(trouble).__name__) from None
        finally:
            line.close()
        if status in GONE:
            raise Never
        if not 200 <= status < 300:
            raise ConnectionError(f"the gateway answered {status}")

    def _path(self) -> str:
        return (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")

    def _line(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        context = ssl.create_default_context(cafile=os.environ.get("HEED_MAIL_CA") or None)
        return http.client.HTTPSConnection(host, port, timeout=ANSWER_SECONDS, context=context)


def carriers(now: datetime) -> Mapping[By, Sends]:
    """By what else than letters this house tells people, none where by nothing. Raises Explained for an
    address that is none, one on another machine without TLS, and a key that cannot be used."""
    found: dict[By, Sends] = {}
    key = browsers.key()
    if key is not None:
        found[By.BROWSER] = browsers.Push(key, now)
    for by, variable in VARIABLES.items():
        address = os.environ.get(variable, "").strip()
        if address:
            found[by] = Gateway(_checked(variable, address), password(f"{variable}_TOKEN"))
    return found


def nudge(now: datetime) -> int:
    """Say by every way a person has that something urgent waits; how many were sent."""
    open_to = carriers(now)
    if not open_to:
        return 0
    _make(list(open_to), now)
    sent = 0
    for one in _due(open_to, now):
        if _leased(one, now):
            sent += _carried(open_to[By(one.way.kind)], one, now)
    return sent


def waiting() -> QuerySet[Nudge]:
    """Nudges not sent and not given up."""
    return Nudge.objects.filter(sent_at=None, given_up_at=None)


def _make(kinds: list[By], now: datetime) -> None:
    """One for each letter that holds something urgent and each way of whoever it is for."""
    urgent = Letter.objects.filter(made_at__gt=now - STALE, made_at__lte=now, notices__kind__in=AT_ONCE)
    ways = Way.objects.filter(kind__in=kinds, refused_at=None)
    pairs = urgent.filter(professional__ways__in=ways).values_list("pk", "professional__ways")
    allowed = set(ways.values_list("pk", flat=True))
    known = set(Nudge.objects.filter(made_at__gt=now - 2 * STALE).values_list("letter", "way"))
    Nudge.objects.bulk_create(
        [
            Nudge(letter_id=letter, way_id=way, name=secrets.token_hex(16), made_at=now)
            for letter, way in sorted(set(pairs) - known)
            if way in allowed
        ],
        ignore_conflicts=True,
    )


def _due(kinds: Collection[By], now: datetime) -> list[Nudge]:
    free = Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + PATIENCE * SLOWEST)
    found = waiting().filter(free, way__kind__in=list(kinds)).order_by("made_at", "pk")
    return list(found.select_related("way__professional__agency")[:AT_A_TIME])


def _leased(one: Nudge, now: datetime) -> bool:
    same = waiting().filter(pk=one.pk, leased_until=one.leased_until)
    return bool(same.update(leased_until=now + LEASE))


def _carried(carrier: Sends, one: Nudge, now: datetime) -> int:
    same = Nudge.objects.filter(pk=one.pk)
    if one.way.refused_at is not None or one.made_at < now - STALE:
        same.update(given_up_at=now, leased_until=None)
        return 0
    try:
        carrier.send(one.way.place, one.name)
    except Never:
        with transaction.atomic():
            same.update(given_up_at=now, leased_until=None, last_error="gone")
            Way.objects.filter(pk=one.way_id).update(refused_at=now)
            owe_address(one.way.professional, now)
        return 0
    except OSError as trouble:
        logger.warning("nudge %s was not sent: %s", one.pk, type(trouble).__name__)
        attempts = one.attempts + 1
        later = now + PATIENCE * min(attempts, SLOWEST)
        same.update(attempts=attempts, last_error=type(trouble).__name__, leased_until=later)
        return 0
    same.update(sent_at=now, leased_until=None, last_error="")
    return 1


def _checked(variable: str, address: str) -> str:
    try:
        parts = urlsplit(address)
        whole = bool(parts.hostname) and (parts.port or 1) > 0 and "@" not in parts.netloc
    except ValueError:
        parts, whole = urlsplit(""), False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not whole or not safe or not address.isprintable():
        raise Explained(
            f"{variable} names no gateway that can be trusted with where people are reached: write https:// and its "
            "address, or http:// for one on this machine, and put its secret into "
            f"{variable}_TOKEN_FILE."
        )
    return address
