"""`heed identity quality [--json]`: what the page on quality says."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from heed.casework.quality.report import Figure, Report


@click.command
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--count", "again", is_flag=True, help="Count first what linking has made of everything.")
def command(as_json: bool, again: bool) -> None:
    """How often linking is wrong and how much it misses, with intervals, from pairs that people judged blind; and what
    has changed since the model was trained. Counts only. Run it with --count every night."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.sampling import count_linking
    from heed.casework.clock import now
    from heed.casework.quality.report import report

    if again:
        count_linking(by=None, now=now())
    told = report()
    if as_json:
        click.echo(json.dumps(asdict(told), default=_plain, ensure_ascii=False))
        return
    _say(told)


def _say(told: "Report") -> None:
    from heed.casework.progress import say

    if told.sample is None:
        say("No pairs have been drawn: nobody knows how good the linking is. Draw some: heed identity sample")
    else:
        judged = sum(band.told.judged for band in told.sample.bands)
        drawn = sum(band.drawn for band in told.sample.bands)
        say(f"Draw {told.sample.number}, model {told.sample.model}: {judged} of {drawn} pairs judged.")
        say(f"Joined rightly: {_figure(told.sample.precision)}")
        say(f"Found, of what is compared: {_figure(told.sample.recall)}")
    if told.counted:
        say(f"{told.counted.linked:,} of {told.counted.files:,} files are joined to another.")
    say("From fictional records a figure promises nothing about real ones, and no finding never means safe.")


def _figure(told: "Figure") -> str:
    from heed.core.identity.sampling import Unknown

    if isinstance(told, Unknown):
        return told.why
    return f"{told.value:.4f} (95% interval {told.low:.4f} to {told.high:.4f})"


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
