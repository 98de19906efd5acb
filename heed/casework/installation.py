"""Making an installation ready: Django loaded, tables made, the partnership's agencies known."""

import django
from django.apps import apps


def ready() -> None:
    """Load Django and bring the tables up to date; a fresh data folder becomes a working house."""
    if not apps.ready:
        django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.DATA.mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
