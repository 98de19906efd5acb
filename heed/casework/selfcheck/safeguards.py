"""The settings a person may have loosened: debugging, the secret, the hosts, encryption on the way."""

from collections.abc import Iterator

from django.conf import settings

from heed.casework.selfcheck.trouble import REFUSES, WARNS, Trouble

SHORTEST_SECRET = 32
KNOWN_SECRETS = ("django-insecure", "only-for-tests", "change", "secret")


def troubles(host: str, here: bool) -> Iterator[Trouble]:
    """`here` says that the pages are served to this machine alone."""
    if settings.DEBUG:
        yield Trouble(
            "debug", REFUSES,
            "DEBUG is on: an error page would then show records and keys to whoever sees it. Take DEBUG out of the "
            "settings you start Heed with.",
        )  # fmt: skip
    secret = settings.SECRET_KEY
    if len(secret) < SHORTEST_SECRET or secret.lower().startswith(KNOWN_SECRETS):
        yield Trouble(
            "secret", REFUSES,
            f"The secret that protects sign-ins (HEED_SECRET_KEY) is short or well known: whoever guesses it signs in "
            f"as anybody. Leave HEED_SECRET_KEY out, and Heed makes its own; or give at least {SHORTEST_SECRET} random "
            "characters.",
        )  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS or any(each.startswith(".") for each in settings.ALLOWED_HOSTS):
        yield Trouble(
            "hosts", REFUSES,
            "HEED_HOSTS lets any name pass for this Heed, so a page elsewhere could pose as it. Name each host in full: "
            "HEED_HOSTS=heed.example.gov.uk.",
        )  # fmt: skip
    elif not here and not {*settings.ALLOWED_HOSTS} - {"127.0.0.1", "localhost", "::1"}:
        yield Trouble(
            "hosts_unnamed", WARNS,
            f"Heed is served on {host}, but answers only under this machine's own name: everybody else is turned away. "
            "Name the hosts it is reached by: HEED_HOSTS=heed.example.gov.uk.",
        )  # fmt: skip
    if not here and not settings.HTTPS:
        yield Trouble(
            "https", WARNS,
            f"Heed is served on {host} without HTTPS: passwords and records travel in the clear. Put a proxy with TLS "
            "in front of it, let it set X-Forwarded-Proto, and set HEED_HTTPS=1.",
        )  # fmt: skip
