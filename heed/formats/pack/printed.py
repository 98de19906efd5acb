"""A pack as a tagged PDF (PDF/UA-1, ISO 14289-1), set by typst with the fonts it carries: the same on a bare machine.

Words reach it as data, never as markup. A sign its font does not have is written by its name: the standard asks for it.
"""

import json
import unicodedata
from pathlib import Path

from heed.core.review.pack.content import Pack, as_json

TEMPLATE = Path(__file__).with_name("pack.typ")
LAST = 0x4FF
"""Up to here the font has every sign of Latin, Greek and Cyrillic."""
ALSO = (range(0x1E00, 0x1F00), range(0x2010, 0x2028), range(0x2030, 0x2040), range(0x20A0, 0x20C0))


def as_pdf(pack: Pack) -> bytes:
    """The PDF; without a time in it, so that the same pack gives the same bytes."""
    import typst

    made = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True, timestamp=0,
        sys_inputs={"data": _shown(json.dumps(as_json(pack), ensure_ascii=False))},
    )  # fmt: skip
    return bytes(made)


def _shown(text: str) -> str:
    return "".join(
        each if ord(each) <= LAST or any(ord(each) in some for some in ALSO) else _name(each) for each in text
    )


def _name(sign: str) -> str:
    return f"[{unicodedata.name(sign, 'unknown sign').lower()}]"
