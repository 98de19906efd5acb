"""The `heed` command: a table of commands, each imported only when it is run.

Exit codes: 0 done; 1 done, but something in the input was refused or a check failed;
2 could not be done, with one paragraph on why.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from heed import __version__
from heed.core.records.explained import Explained

COMMANDS = {
    "import": (
        "heed.casework.commands.import_",
        "Read an agency's files into Heed, accounting for every line.",
    ),
    "batch": ("heed.casework.commands.batch", "What came in together: list, release what is held, withdraw."),
    "map": (
        "heed.casework.commands.map_",
        "Propose a mapping for a table by looking at it, and show ten rows as they would be read.",
    ),
    "export": ("heed.casework.commands.export", "Write records back out, byte for byte the same every time."),
    "key": ("heed.casework.commands.key", "Keys with which agencies' systems send records over HTTPS."),
    "person": (
        "heed.casework.commands.person",
        "Who works here and in which posts: add, invite, post, end, list.",
    ),
    "reconcile": (
        "heed.casework.commands.reconcile",
        "Hold a council's own counts of missing episodes against Heed's.",
    ),
    "link": ("heed.casework.commands.link", "Say which sources in five agencies' files are the same person."),
    "identity": (
        "heed.casework.commands.identity",
        "The linking model: train it, hold it against a known truth, explain a pair.",
    ),
    "detect": (
        "heed.casework.commands.detect",
        "What the rules notice, knowing only what was recorded by a day.",
    ),
    "thresholds": (
        "heed.casework.commands.thresholds",
        "From which strength patterns are told, fitted month by month on the house's own past.",
    ),
    "replay": (
        "heed.casework.commands.replay",
        "When each finding was first visible, day after day over years.",
    ),
    "knew": (
        "heed.casework.commands.knew",
        "Who knew what on a day: recorded, told, seen, opened, answered.",
    ),
    "pack": (
        "heed.casework.commands.pack",
        "Who knew what by a day, under pseudonyms, as PDF, document, workbook and JSON; or her own copy.",
    ),
    "review": (
        "heed.config.commands.review",
        "A case replayed from its files: when each rule would have spoken, who was told, who did not answer, who knew.",
    ),
    "assurance": (
        "heed.casework.commands.assurance",
        "The partnership's monthly report: silence by rung and rank, clocks met, looks; small numbers are not told.",
    ),
    "duties": ("heed.casework.commands.duties", "What is owed, by whom, by when."),
    "policy": (
        "heed.casework.commands.policy",
        "Whether every file of policy can be read, and what changed while duties were running.",
    ),
    "tick": ("heed.casework.commands.tick", "Run the clock up to an instant: silence climbs a rung."),
    "ledger": ("heed.casework.commands.ledger", "Verify the ledger: nothing changed, nothing removed."),
    "mail": (
        "heed.casework.commands.mail",
        "Read the mailbox that warnings are sent to, and send receipts.",
    ),
    "erase": (
        "heed.casework.commands.erase",
        "Erase by order what is kept of a record or a child: one asks, another of another agency agrees.",
    ),
    "hold": ("heed.casework.commands.hold", "Legal holds: nothing under one is erased."),
    "rebuild": (
        "heed.casework.commands.rebuild",
        "Compute everything computed again; --check proves it is the same.",
    ),
    "worker": (
        "heed.casework.commands.worker",
        "Do what is owed to saved records, and keep the clock running.",
    ),
    "words": ("heed.casework.commands.words", "What became of the prompts on words; the word list for Vale."),
    "backup": (
        "heed.casework.commands.backup",
        "A copy of the database in use, and of the keys apart from it.",
    ),
    "restore": (
        "heed.casework.commands.restore",
        "A backup into an empty house, proven to be what was backed up.",
    ),
    "doctor": (
        "heed.casework.commands.doctor",
        "Whether this installation is safe to serve, and what is not.",
    ),
    "grant": ("heed.casework.commands.grant", "Let a plain role of PostgreSQL serve, as the tables' owner."),
    "serve": ("heed.config.commands.serve", "Serve the pages and run the worker beside them."),
    "synth": (
        "heed.config.commands.synth",
        "Make a fictional county as agency files, with the truth beside them.",
    ),
    "demo": ("heed.config.commands.demo", "Fill an empty house with the fictional county."),
    "bench": ("heed.config.commands.bench", "Measure Heed side by side with its peers."),
    "manage": ("heed.config.commands.manage", "Hand the rest to Django."),
}


class LazyGroup(click.Group):
    """Knows the commands by name; imports one when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="heed")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Where this house keeps its data."
)
def group(data: Path | None) -> None:
    """Heed remembers what every professional reports, joins it, notices what repeats, and holds a named
    person to an answer. It never scores a child, and no finding never means safe."""
    settle(data)


def settle(data: Path | None) -> None:
    """Name the data folder and the settings before Django is loaded."""
    if data is not None:
        os.environ["HEED_DATA"] = str(data)
    os.environ.setdefault("HEED_DATA", "heed-data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")


def main(argv: list[str] | None = None) -> Any:
    """Run `heed`; what a person can mend is one paragraph, not a traceback."""
    try:
        return group(args=_data_first(sys.argv[1:] if argv is None else argv))
    except Explained as trouble:
        click.echo(f"heed: {trouble}", err=True)
        sys.exit(2)


def _data_first(arguments: list[str]) -> list[str]:
    """All commands take --data DIR, also after their name."""
    for place, argument in enumerate(arguments):
        if argument == "--data" and place + 1 < len(arguments):
            return [*arguments[place : place + 2], *arguments[:place], *arguments[place + 2 :]]
        if argument.startswith("--data="):
            return [argument, *arguments[:place], *arguments[place + 1 :]]
    return arguments


if __name__ == "__main__":
    main()
