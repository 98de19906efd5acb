"""The model that is committed as data beside this file."""

import json
from functools import cache
from pathlib import Path

from heed.core.identity.model import Model, model_from

CURRENT = "people-4"
"""Changes whenever a profile, a key or a weight is made otherwise: a house linked under another name is linked anew."""
FOLDER = Path(__file__).parent / "model"


@cache
def current_model() -> Model:
    """The model in force. Raises Explained when its file cannot be used."""
    return model_from(json.loads((FOLDER / f"{CURRENT}.json").read_text(encoding="utf-8")))
