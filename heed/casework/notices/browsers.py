"""A push to a browser: an empty request to the service at which the browser waits (RFC 8030), signed so that the service
knows from whom it comes (RFC 8292). It has no content, so nothing of it can be read on the way; what the browser then
shows stands in the page's own script.

HEED_VAPID_KEY_FILE   a private key on the curve P-256, PEM: openssl ecparam -name prime256v1 -genkey -noout -out FILE
HEED_VAPID_CONTACT    whom a service writes to about these pushes: mailto:name@partnership.example.org
"""

import base64
import http.client
import json
import os
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from heed.casework.mail.servers import THIS_MACHINE
from heed.casework.notices.seam import Never
from heed.casework.policy.notices import notice_rules
from heed.core.records.explained import Explained

KEY, CONTACT = "HEED_VAPID_KEY_FILE", "HEED_VAPID_CONTACT"
GOOD_FOR = timedelta(hours=12)
"""How long a signature is good for: RFC 8292 allows at most a day."""
KEPT_SECONDS = 24 * 3600
"""How long a service keeps a push for a browser that is off. What is older is told by the letter."""
TOPIC = "heed"
"""Of one topic a service keeps the newest alone: however much waits, a browser that wakes says so once."""
ANSWER_SECONDS = 10
GONE = (404, 410)
LONGEST = 1000
COORDINATE_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """The partnership's key for pushes. Never shown."""

    private: ec.EllipticCurvePrivateKey
    contact: str

    @property
    def public(self) -> str:
        """What a browser is given when it subscribes: the point, uncompressed, in base64url."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return _base64url(point)


def key() -> Key | None:
    """The key of this house, None where it has none. Raises Explained where it cannot be used."""
    file, contact = os.environ.get(KEY, "").strip(), os.environ.get(CONTACT, "").strip()
    if not file:
        return None
    if not contact.startswith(("mailto:", "https://")) or not contact.isprintable():
        raise Explained(
            f"{KEY} is set and {CONTACT} does not say whom a push service can write to: mailto:name@partnership.gov.uk."
        )
    try:
        held = serialization.load_pem_private_key(Path(file).read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        held = None
    if not isinstance(held, ec.EllipticCurvePrivateKey) or not isinstance(held.curve, ec.SECP256R1):
        raise Explained(
            f"{KEY} does not name a private key on the curve P-256 that can be read: make one with `openssl ecparam "
            "-name prime256v1 -genkey -noout -out FILE`, readable by Heed alone."
        )
    return Key(held, contact)


def is_service(place: str) -> bool:
    """Whether a place is one of the push services that the policy names, over TLS or on this machine. What a browser says
    is not believed: Heed would otherwise ask whatever address somebody gives it."""
    parts = _parts(place)
    if (
        parts is None
        or len(place) > LONGEST
        or not place.isascii()
        or not place.isprintable()
        or " " in place
    ):
        return False
    host = parts.hostname or ""
    safe = (parts.scheme == "https" and parts.port in (None, 443)) or (
        parts.scheme == "http" and host in THIS_MACHINE
    )
    named = any(fnmatchcase(host, service) for service in notice_rules().push_services)
    return safe and named and "@" not in parts.netloc


class Push:
    """Whoever wakes a browser: one request without content for one nudge."""

    def __init__(self, key: Key, now: datetime) -> None:
        self._key, self._until = key, int((now + GOOD_FOR).timestamp())

    def send(self, to: str, name: str) -> None:
        """Ask the service to wake a browser. Raises Never where it is gone, or no service's; OSError: try again."""
        parts = _parts(to)
        if parts is None or not is_service(to):
            raise Never
        headers = {
            "TTL": str(KEPT_SECONDS),
            "Urgency": "high",
            "Topic": TOPIC,
            "Content-Length": "0",
            "Authorization": f"vapid t={self._token(parts)}, k={self._key.public}",
        }
        line = _line(parts)
        try:
            line.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), None, headers)
            status = line.getresponse().status
        except http.client.HTTPException as trouble:
            raise OSError(type(trouble).__name__) from None
        finally:
            line.close()
        if status in GONE:
            raise Never
        if not 200 <= status < 300:
            raise ConnectionError(f"the push service answered {status}")

    def _token(self, parts: SplitResult) -> str:
        """Who asks, whom, and until when, signed (RFC 8292, section 2)."""
        says = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": self._until, "sub": self._key.contact}
        what = ".".join(
            _base64url(json.dumps(each).encode()) for each in ({"typ": "JWT", "alg": "ES256"}, says)
        )
        signed = self._key.private.sign(what.encode(), ec.ECDSA(hashes.SHA256()))
        pair = utils.decode_dss_signature(signed)
        return f"{what}.{_base64url(b''.join(each.to_bytes(COORDINATE_BYTES) for each in pair))}"


def _parts(place: str) -> SplitResult | None:
    try:
        parts = urlsplit(place)
        return parts if parts.hostname and (parts.port or 1) > 0 else None
    except ValueError:
        return None


def _line(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=ANSWER_SECONDS)
    return http.client.HTTPSConnection(
        host, parts.port, timeout=ANSWER_SECONDS, context=ssl.create_default_context()
    )


def _base64url(held: bytes) -> str:
    return base64.urlsafe_b64encode(held).rstrip(b"=").decode()
