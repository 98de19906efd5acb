"""What was read in a text as a thing of a record (records version 1), computed from the text whenever it is needed."""

import re

from heed.core.language.named.accounts import service_beside
from heed.core.language.named.places import ALONE
from heed.core.records.record import Document

PART = "mentioned"


def thing_of(kind: str, text: str, start: int, end: int) -> Document:
    """The thing that characters `start` to `end` name. A nickname is of kind `alias`, as the warehouse knows it.

    Raises KeyError for a kind there is none of.
    """
    words = re.sub(r"\s+", " ", text[start:end]).strip()
    match kind:
        case "place":
            return {"kind": "place", "part": PART, **_place(words)}
        case "vehicle":
            return {"kind": "vehicle", "part": PART, "vrm": words}
        case "phone":
            return {"kind": "phone", "part": PART, "number": words}
        case "account":
            service = service_beside(text, start, end)
            handle = {"kind": "account", "part": PART, "handle": words.removeprefix("@")}
            return {**handle, "service": service} if service else handle
        case "nickname":
            return {"kind": "alias", "part": PART, "name": words}
        case _:
            raise KeyError(kind)


def _place(words: str) -> Document:
    """Address and postcode apart; a place without a number is what people call it."""
    code = ALONE.search(words)
    rest = (words[: code.start()] + words[code.end() :] if code else words).strip(" ,")
    key = "address" if re.search(r"\d", rest) else "name"
    place = {key: rest, "postcode": code[0] if code else ""}
    return {name: value for name, value in place.items() if value}
