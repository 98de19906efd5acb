"""The command line answers at once: help imports nothing heavy, and every command in the table exists."""

import importlib
import subprocess
import sys

import click
import pytest

from heed.config.cli import COMMANDS

HEAVY = ("django", "duckdb", "splink", "numpy", "scipy", "pyarrow", "sqlglot", "rich")


def test_help_loads_no_heavy_module():
    words = "import sys; from heed.config.cli import group; group(['--help'], standalone_mode=False); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout
    loaded = set(out.splitlines()[-1].split())
    assert loaded & set(HEAVY) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_table_can_be_loaded(command):
    module = importlib.import_module(COMMANDS[command][0])
    assert isinstance(module.command, click.Command)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "manage"])
def test_every_command_explains_itself(command):
    module = importlib.import_module(COMMANDS[command][0])
    assert module.command.help
