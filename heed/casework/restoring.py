"""Putting a backup into an empty house, and proving that it is what was backed up."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from heed.core.records.explained import Explained


def must_be_empty(data: Path) -> None:
    """A house with anything in it is left alone. Looked at before Heed itself puts a file there."""
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise Explained(
            f"{data} is not empty, and a backup is restored into an empty house only: nothing is overwritten. Name a new "
            "folder with --data."
        )


def put_keys(source: Path, target: Path) -> None:
    """The copy of the keys, for this installation's eyes only."""
    if not (source.is_dir() and any(source.iterdir())):
        raise Explained(f"{source} holds no keys: name the folder that `heed backup --keys-out` wrote.")
    if target.exists() and any(target.iterdir()):
        raise Explained(
            f"{target} holds keys already, and none is overwritten. Point HEED_KEYS at an empty folder."
        )
    target.mkdir(parents=True, mode=0o700, exist_ok=True)
    for file in source.iterdir():
        shutil.copyfile(file, target / file.name)
        (target / file.name).chmod(0o600)


def put_database(source: Path, manifest: Mapping[str, Any]) -> None:
    """The copy of the database, into the one this house is told to use. Raises Explained where that is not empty."""
    from django.conf import settings
    from django.db import connection

    from heed.casework.backing_up import run

    if manifest["database"] != connection.vendor:
        raise Explained(
            f"This backup is of {manifest['database']}, and this house is on {connection.vendor}. Set HEED_DATABASE_URL "
            "for the kind of database that was backed up."
        )
    file = source / str(manifest["file"])
    if connection.vendor == "sqlite":
        place = Path(settings.DATABASES["default"]["NAME"])
        shutil.copyfile(file, place)
        place.chmod(0o600)
        return
    if connection.introspection.table_names():
        raise Explained(
            "The database that HEED_DATABASE_URL names has tables already, and none is overwritten. Make an empty one."
        )
    run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
        "-d", str(connection.settings_dict["NAME"]), str(file))  # fmt: skip


def proven(manifest: Mapping[str, Any]) -> list[str]:
    """What is wrong with the house that was restored: every fault, and a ledger that is not the manifest's."""
    from heed.casework.ledger import check

    found = check()
    faults = [str(fault) for fault in found.faults]
    if (found.entries, found.root) != (manifest["size"], manifest["root"]):
        faults.append(
            f"the ledger has {found.entries} entries and root {found.root}; the manifest says {manifest['size']} and "
            f"{manifest['root']}"
        )
    return faults
