"""A name of a file as somebody sent it, made fit to be offered for saving: no path, nothing that reads as another name.

Unicode's direction controls can make `gpj.exe` read as `exe.jpg` (UAX #9); Windows takes some names for devices and
drops dots and spaces at the end.
"""

import re
import unicodedata

LONGEST_NAME = 120
LONGEST_ENDING = 12
NAMELESS = "file"
_NOT_IN_A_NAME = re.compile(r'[<>:"|?*%]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")


def file_name(sent: str) -> str:
    """The last part of a name as sent, at most 120 characters, keeping its ending. Never empty, never raises."""
    last = re.split(r"[\\/]", sent)[-1]
    plain = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    name = " ".join(_NOT_IN_A_NAME.sub("_", plain).split()).strip(". ")
    if _DEVICES.match(name):
        name = f"_{name}"
    if len(name) > LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        ending = f"{dot}{ending}" if stem and len(ending) <= LONGEST_ENDING else ""
        name = name[: LONGEST_NAME - len(ending)] + ending
    return name or NAMELESS
