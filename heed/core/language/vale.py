"""A word list as a style of Vale, the prose linter, so that a word processor can ask the same questions.

One rule a pair: `substitution` where something can stand in the phrase's place, `existence` where only the writer can
say it. Source of the format: Vale's documentation of styles, of both checks and of TokenIgnores.
"""

import re
from typing import Any

from heed.core.language.phrases import SLOT, Pair, WordList

STYLE = "Heed"
QUOTED = ('("[^"]*")', "(“[^”]*”)", "(‘[^’]*’)", "(«[^»]*»)")
"""What Vale leaves alone: quoted speech, as far as a pattern can tell it."""


def rules(words: WordList) -> dict[str, dict[str, Any]]:
    """Every rule by its file name without `.yml`; a pair with phrases of both kinds gives two."""
    found: dict[str, dict[str, Any]] = {}
    for pair in words.pairs.values():
        swap = {expression(each.pattern): each.instead for each in pair.phrases if each.instead}
        tokens = [expression(each.pattern) for each in pair.phrases if not each.instead]
        if swap:
            message = f"Consider '%s' in place of '%s'. {_reason(pair)}"
            found[pair.id] = _rule("substitution", message) | {"swap": swap}
        if tokens:
            name = f"{pair.id}-look" if swap else pair.id
            found[name] = _rule("existence", f"Look again at '%s'. {_reason(pair)}") | {"tokens": tokens}
    return found


def settings(folder: str = "styles") -> str:
    """The text of `.vale.ini`; `folder` is where the styles stand beside it."""
    ignored = ", ".join(QUOTED)
    return (
        f"StylesPath = {folder}\nMinAlertLevel = suggestion\n\n[*]\nBasedOnStyles = {STYLE}\n"
        f"TokenIgnores = {ignored}\n"
    )


def expression(pattern: str) -> str:
    """A phrase as a regular expression without capturing groups; Vale puts word boundaries around it."""
    parts: list[str] = []
    for place, (optional, needed) in enumerate(SLOT.findall(pattern)):
        words = "(?:" + "|".join(re.escape(form) for form in (optional or needed).split("|")) + ")"
        if optional:
            # Without the word its space goes too; the space stands on the side where a needed word is.
            parts.append(f"(?:{words}[\\s-]+)?" if place == 0 else f"(?:[\\s-]+{words})?")
        else:
            before = parts and not (len(parts) == 1 and _begins_optional(pattern))
            parts.append(f"[\\s-]+{words}" if before else words)
    return "".join(parts)


def _begins_optional(pattern: str) -> bool:
    return pattern.startswith("(")


def _rule(extends: str, message: str) -> dict[str, Any]:
    return {"extends": extends, "message": message, "level": "suggestion", "ignorecase": True}


def _reason(pair: Pair) -> str:
    return f"{pair.why} {pair.advice}".replace("%", " per cent")
