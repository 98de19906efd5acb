"""Running a command of the command line inside a test, as `heed` would."""

from dataclasses import dataclass

import click
from click.testing import CliRunner

from heed.core.records.explained import Explained


@dataclass(frozen=True)
class Ran:
    """What a command left behind: `code` 2 with `explained` is the paragraph that `heed` prints."""

    code: int
    out: str
    err: str
    explained: str = ""


def run(command: click.Command, *arguments: object) -> Ran:
    """Run a command; anything but an exit or an Explained is a failure of the test."""
    result = CliRunner().invoke(command, [str(each) for each in arguments])
    match result.exception:
        case Explained():
            return Ran(2, result.stdout, result.stderr, str(result.exception))
        case None | SystemExit():
            return Ran(result.exit_code, result.stdout, result.stderr)
        case _:
            raise result.exception
