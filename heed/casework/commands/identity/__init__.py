"""`heed identity …`: the linking model and what it does. One file a command beside this one, imported when it is run."""

import importlib

import click

COMMANDS = {
    "train": "Train the linking model anew, and write it with its report.",
    "evaluate": "Hold the model against fictional towns whose truth is known.",
    "sample": "Draw pairs for people to judge blind.",
    "quality": "How good the linking is, as people found it, and what has changed.",
    "blocking": "How much there is to compare, rule by rule, and which keys too many hold.",
    "explain": "Why two people in agencies' files are, or are not, one person.",
    "encode": "An agency's children as keyed codes without names, for a third party (an experiment).",
    "compare": "A third party counts the children two files of codes have in common.",
    "resolve": "An agency finds its own children behind the handles of such an answer.",
}


class Identity(click.Group):
    """Knows its commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Identity)
def command() -> None:
    """Who is the same child in five agencies' files: the model, what it is worth, and why it says what it says."""
