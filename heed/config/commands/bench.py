"""`heed bench NAME`: side-by-side figures. The measurements live in the folder `bench` of the repository."""

import importlib
import inspect
import sys
from pathlib import Path

import click

BENCHES = {
    "mentions": "what the rules read in free text, against what the county's texts name",
    "intake": "records a second through `heed import records`, beside a bare insert of the same rows",
    "link": "linking beside its peers: time, memory, and how many pairs and people come out right",
    "live": "one person who arrives, against a million who are known",
    "duties": "a million open duties, a thousand due, beside a bare SELECT ... FOR UPDATE SKIP LOCKED",
    "detect": "how early and at what price networks are noticed, on worlds whose truth is known",
    "detect-speed": "detection at county size and nationally, beside reading the same tables once, pandas and networkx",
    "knew": "who knew what, any (child, day) of the county, beside a hand-written SQL of the same question",
    "replay": "when each planted network was visible, and when managers first acted",
}
"""By name, what each measures."""


@click.command()
@click.argument("name", required=False)
@click.option(
    "--county",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of `heed synth`. Default: the county, made in a temporary folder.",
)
@click.option("--town", type=click.Choice(["small", "county"]), default="county", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--lines",
    type=int,
    default=1_000_000,
    show_default=True,
    help="Of intake: how many records to import. Of duties: how many are open.",
)
@click.option(
    "--sets", default="febrl1,febrl2,febrl3,febrl4", show_default=True, help="Of link: published sets."
)
@click.option(
    "--sizes",
    default="10000,100000,1000000",
    show_default=True,
    help="Of link and live: files of the county's people.",
)
@click.option(
    "--peers", default="", help="Of link: which linkers. Default: exact,recordlinkage,dedupe,splink,heed."
)
@click.option(
    "--minutes", type=float, default=15.0, show_default=True, help="Of link: when a linker is stopped."
)
@click.option("--worlds", default=22, show_default=True, help="Of detect: worlds of each family.")
def command(
    name: str | None,
    county: Path | None,
    town: str,
    seed: int,
    lines: int,
    sets: str,
    sizes: str,
    peers: str,
    minutes: float,
    worlds: int,
) -> None:
    """Measure Heed side by side with its peers. Without a name: what can be measured."""
    from heed.casework.installation import ready

    ready()
    from heed.core.records.explained import Explained

    if name is None:
        for each, words in BENCHES.items():
            click.echo(f"{each:<10} {words}")
        return
    if name not in BENCHES:
        raise Explained(f"There is no bench {name!r}. There are: {', '.join(BENCHES)}.")
    sys.path.insert(0, str(Path(__file__).parents[3]))
    measure = importlib.import_module(f"bench.{name.replace('-', '_')}")
    # Each measurement takes what it asks for by name.
    asked = {"county": county, "town": town, "seed": seed, "lines": lines} | {
        "sets": sets, "sizes": sizes, "peers": peers, "minutes": minutes, "worlds": worlds
    }  # fmt: skip
    wanted = inspect.signature(measure.command).parameters
    sys.exit(measure.command(**{key: value for key, value in asked.items() if key in wanted}))
