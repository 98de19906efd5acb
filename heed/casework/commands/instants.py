"""An instant on the command line."""

from datetime import datetime

import click

from heed.core.records.when import parse_instant


class Instant(click.ParamType):
    """`2026-11-22T17:00:00+00:00`: with its offset, so that it means one instant."""

    name = "instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            return parse_instant(str(value).replace("Z", "+00:00"))
        except ValueError as trouble:
            self.fail(f"{value}: {trouble}", param, ctx)
