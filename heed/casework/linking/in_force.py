"""The linking model as it is in force in this house: the committed one, for a house of this size.

The size is frozen, a power of two, and kept with the version in the heartbeat that says which model linked everybody.
Whoever links, live or in a batch, reads it there, so that both weigh alike; it changes only when everybody is linked
anew (`anew`). The version holds the model's digest: one trained again under the same name is another.
"""

from functools import cache

from heed.casework.models import Heartbeat, Source
from heed.core.identity.model import Model
from heed.warehouse.linking.committed import current_model

BY = "linked by "
SHRUNK = 0.75
"""Part of the smallest house of a size to which a house may shrink before its size changes: nobody is linked to and
fro."""


def model_in_force() -> Model:
    """The model by which this house is linked now; the committed one where it has not been linked yet."""
    return _of_size(_kept_size())


def wanted(sources: int) -> Model:
    """The model by which a house of so many sources is to be linked: the one in force, unless it is outgrown."""
    size = _kept_size()
    if size and SHRUNK * 2 ** (size - 1) <= sources < 2**size:
        return _of_size(size)
    return current_model().of_a_house(sources)


def wanted_now() -> Model:
    """The same for this house as it is."""
    return wanted(Source.objects.count())


def _kept_size() -> int:
    """Doublings, as the version in force names them; 0 for none."""
    beginning = f"{BY}{current_model().version}/"
    names = Heartbeat.objects.filter(name__startswith=beginning).values_list("name", flat=True)
    return max((int(name.rpartition("/")[2]) for name in names), default=0)


def _of_size(doublings: int) -> Model:
    model = current_model()
    return _sized(model.version, doublings) if doublings else model


@cache
def _sized(version: str, doublings: int) -> Model:
    return current_model().of_a_house(2**doublings - 1)
