"""Words of duties and verdicts, profiles of sources and findings are sealed (ADR 12)."""

from django.db import migrations

TABLES = (
    "casework_source",
    "casework_finding",
    "casework_dutystep",
    "casework_verdict",
    "casework_body",
    "casework_thingseen",
    "casework_blockingkey",
)


def seal(apps, schema_editor):
    from django.db import connection

    from heed.casework.sealing.old_houses import leave_nothing_behind, seal_the_rest

    if seal_the_rest():
        for table in TABLES if connection.vendor == "postgresql" else TABLES[:1]:
            leave_nothing_behind(table)


class Migration(migrations.Migration):
    # Each portion is saved by itself, as with records.
    atomic = False
    dependencies = [("casework", "0009_key_things_and_people")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
