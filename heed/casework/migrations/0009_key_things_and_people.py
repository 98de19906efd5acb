"""What finds a thing or a person in an index becomes a keyed hash; a thing's words stand in its record alone (ADR 12)."""

from django.db import migrations


def key(apps, schema_editor):
    from heed.casework.sealing.old_houses import key_things_and_people

    key_things_and_people()


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_seal_documents")]
    operations = [
        migrations.RemoveField(model_name="thingseen", name="label"),
        migrations.RunPython(key, migrations.RunPython.noop),
    ]
