"""Bytes of mail as text: as they are declared where that holds, else as they most likely are, and said."""

import re
from dataclasses import dataclass

_UNUSABLE = re.compile("[\\0\ud800-\udfff]")
NOT_TEXT = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape",
                      "raw-unicode-escape", "mbcs", "oem", "utf-7", "utf7"})  # fmt: skip
"""Codecs of Python that are no encoding of a letter, and one that hides markup."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text, and what had to be assumed to read it (empty where nothing had)."""

    text: str
    assumed: str = ""


def words_of(content: bytes, declared: str | None = None) -> Words:
    """Read bytes as text; never raises. What no encoding can hold becomes the replacement character."""
    name = (declared or "").strip("'\" ").lower()
    unknown = name in ("", "unknown-8bit", "x-unknown", "us-ascii", "ascii", "default", "none")
    tries = [] if unknown or name in NOT_TEXT else [name]
    for charset in (*tries, "utf-8", "cp1252"):
        try:
            text = content.decode(charset)
        except (LookupError, ValueError, TypeError):
            continue
        if isinstance(text, str):
            return Words(_sound(text), _assumed(content, charset, name))
    return Words(_sound(content.decode("latin-1")), "read as Latin-1, which is a guess")


def _assumed(content: bytes, charset: str, declared: str) -> str:
    if charset == declared or content.isascii() or (charset == "utf-8" and declared in ("", "utf8")):
        return ""
    return f"not in the encoding it names; read as {charset}"


def _sound(text: str) -> str:
    return _UNUSABLE.sub("\ufffd", text)
