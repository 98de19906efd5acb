"""Accounts in free text: a handle beside the name of a service. Without a service a handle may be anything."""

import re
from collections.abc import Iterator

from heed.core.language.named.found import Named, named

SERVICES = (
    "snapchat|snap|instagram|insta|tiktok|tik tok|facebook|messenger|whatsapp|telegram|discord|kik|twitter|youtube|"
    "msn|bebo|myspace|xbox|playstation|psn|roblox|fortnite|signal|wickr|skype|steam|twitch|yubo|omegle"
)
SERVICE = re.compile(rf"\b(?:{SERVICES})\b", re.IGNORECASE)
WORDS = r"(?:[^\S\n]?[:(]|[^\S\n](?:name|user|username|account|handle|tag|id|profile|is|was|called|as|under|the|of))*"
HANDLE = r"(?:@[A-Za-z0-9_.]{2,30}|(?=[A-Za-z0-9_.]*[\d_])[A-Za-z0-9_.]{3,30})"
AFTER = re.compile(rf"\b(?:{SERVICES})\b{WORDS}[^\S\n]*[\"'“‘(]?({HANDLE})(?![\w@])", re.IGNORECASE)
BEFORE = re.compile(
    rf"(?<![\w.@])({HANDLE})[\"'”’]?[^\S\n](?:\(|on[^\S\n]|via[^\S\n]|is[^\S\n](?:his|her|their)[^\S\n])(?:{SERVICES})\b",
    re.IGNORECASE,
)
AROUND = 60


def handles(text: str) -> Iterator[Named]:
    """`snapchat name taz_zz`, `@taz_zz on Instagram`."""
    for pattern in (AFTER, BEFORE):
        for match in pattern.finditer(text):
            yield named(text, match.span(1), "account", "handle")


def service_beside(text: str, start: int, end: int) -> str:
    """The service named nearest to a handle, in small letters; empty where there is none near."""
    first = max(0, start - AROUND)
    near = [
        (max(start - (first + match.end()), first + match.start() - end), match[0].lower())
        for match in SERVICE.finditer(text[first : end + AROUND])
    ]
    return min(near)[1] if near else ""
