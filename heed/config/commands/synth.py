"""`heed synth`: make the fictional county Ashmere as files of six agencies, with the truth beside them."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal

import click


@click.command()
@click.option("--town", type=click.Choice(["small", "county"]), default="small", show_default=True)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder for the files."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day of the records.")
@click.option("--years", type=click.IntRange(2, 30), help="How many years before it.")
@click.option(
    "--without", "off", multiple=True, help="A kind of recording mistake to leave out; may be repeated."
)
@click.option(
    "--plot",
    type=click.Choice(["networks", "twin", "nothing"]),
    default="networks",
    show_default=True,
    help="What is planted: networks, the same children busier for unrelated reasons, or nothing.",
)
def command(
    town: str,
    seed: int,
    out: Path,
    until: datetime | None,
    years: int | None,
    off: tuple[str, ...],
    plot: Literal["networks", "twin", "nothing"],
) -> None:
    """Make a fictional county as agency files, with the truth beside them."""
    from dataclasses import replace

    from heed.casework.progress import say
    from synthetic.habits import SWITCHES
    from synthetic.town import TOWNS
    from synthetic.write import generate

    unknown = sorted(set(off) - set(SWITCHES))
    if unknown:
        raise click.BadParameter(f"{unknown[0]} is none of {', '.join(SWITCHES)}", param_hint="--without")
    chosen = TOWNS[town] if years is None else replace(TOWNS[town], years=years)
    last: date = until.date() if until else chosen.until
    counts = generate(
        chosen,
        seed,
        last,
        out,
        lambda words: say(f"Making {words} …"),
        frozenset(off),
        plot=plot,
    )
    total = sum(counts.values())
    shown = ", ".join(f"{agency} {count:,}" for agency, count in counts.items())
    say(f"{total:,} records in {out} ({shown}).")
