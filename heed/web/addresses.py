"""What may stand in an address: ids that Heed made, so that nothing odd reaches a table or the ledger."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter


class Opaque(StringConverter):
    """Letters, digits and little else."""

    regex = "[A-Za-z0-9_:.-]{1,120}"


class Number(IntConverter):
    """A row's number, no longer than a table can hold."""

    regex = "[0-9]{1,18}"


def register() -> None:
    """Make both known to the address tables."""
    register_converter(Opaque, "opaque")
    register_converter(Number, "number")
