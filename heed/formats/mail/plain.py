"""Markup as plain words: nothing is rendered, nothing is fetched, what a reader would not see is left out.

Read in one pass over tags rather than with the standard library's parser, whose time grows with the square of some
hostile letters.
"""

import html
import re

UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "math", "object"})
BLOCKS = frozenset({
    "p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "hr", "pre",
})  # fmt: skip
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


def from_markup(markup: str) -> str:
    """The words of an HTML letter, a block to a line. Pictures, scripts and addresses of links are not in it."""
    pieces = _TAG.split(_without_comments(markup))
    text = "".join(_seen(pieces))
    if (
        not text.strip()
    ):  # a letter that opens a part nobody would see and never ends it: its words stand all the same
        text = "".join(" " if piece.startswith("<") else piece for piece in pieces)
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _seen(pieces: list[str]) -> list[str]:
    found: list[str] = []
    unseen = ""
    for piece in pieces:
        tag = _NAME.match(piece)
        name = tag[2].lower() if tag else ""
        if unseen:
            if (tag and tag[1] and name == unseen) or name == "body":
                unseen = ""
        elif name in UNSEEN and tag and not tag[1] and not piece.endswith("/>"):
            unseen = name
        elif name:
            found.append("\n" if name in BLOCKS else " " if name == "td" else "")
        elif not piece.startswith(("<!", "<?", "</")):
            found.append(piece.replace("\r", "").replace("\n", " "))
    return found


def _without_comments(markup: str) -> str:
    kept, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        kept.append(markup[at:start])
        end = markup.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join(kept) + markup[at:]


_UNFOLD = re.compile(r"\r?\n[ \t]")
_SAID = re.compile(r"(?im)^(SUMMARY|DTSTART|DTEND|LOCATION|DESCRIPTION)(?:;[^:\n]{0,300})?:([^\n]*)$")


def from_calendar(text: str) -> str:
    """The subject, times, place and words of a calendar entry (RFC 5545), a line each."""
    found = []
    for name, value in _SAID.findall(_UNFOLD.sub("", text)):
        plain = value.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";").strip()
        found.append(f"{name.capitalize()}: {plain}")
    return "\n".join(found[:40])
