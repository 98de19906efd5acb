"""The command line answers at once: help imports nothing heavy, and every command in the table exists."""

import importlib
import os
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


def test_taking_a_file_in_loads_no_engine_and_no_arithmetic():
    """Forty megabytes that an import has no use for, and half a second before its first line."""
    words = "import django, sys; django.setup(); import heed.casework.commands.import_, heed.casework.intake"
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "heed.config.settings_test"}
    python = [sys.executable, "-c", f"{words}; print(*sys.modules)"]
    out = subprocess.run(python, capture_output=True, text=True, check=True, env=settings).stdout
    assert set(out.splitlines()[-1].split()) & {"numpy", "scipy", "duckdb", "splink", "pyarrow"} == set()
