"""What may stand in an address: ids that Heed made, so that nothing odd reaches a table or the ledger."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter


class Opaque(StringConverter):
    """A person, a finding, a duty or a file, in the shape in which Heed makes its ids: no name typed by hand passes."""

    regex = "p_[a-z0-9]{1,40}|[a-z_]{1,40}:[a-z0-9]{1,40}|[ADFGHILR]-[a-z0-9]{1,40}"


class Number(IntConverter):
    """A row's number, no longer than a table can hold."""

    regex = "[0-9]{1,18}"


class Token(StringConverter):
    """The mark of one opened page."""

    regex = "[0-9a-f]{32}"


class Act(StringConverter):
    """One act on a page of the register."""

    regex = "[a-z-]{1,20}"


class Once(StringConverter):
    """A part of an invitation, which opens once."""

    regex = "[A-Za-z0-9_-]{1,80}"


def register() -> None:
    """Make them known to the address tables."""
    register_converter(Opaque, "opaque")
    register_converter(Number, "number")
    register_converter(Token, "token")
    register_converter(Act, "act")
    register_converter(Once, "once")
