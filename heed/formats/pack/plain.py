"""A pack as JSON."""

import json

from heed.core.review.pack.content import Pack, as_json


def as_json_bytes(pack: Pack) -> bytes:
    """One document, UTF-8, indented for a reader."""
    return (json.dumps(as_json(pack), ensure_ascii=False, indent=1) + "\n").encode()
