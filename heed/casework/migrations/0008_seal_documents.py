"""Records are sealed under a child's key; their digests become keyed (ADR 12)."""

from django.db import migrations


def seal(apps, schema_editor):
    from heed.casework.sealing.old_houses import leave_nothing_behind, seal_documents

    if seal_documents():
        leave_nothing_behind("casework_record")


class Migration(migrations.Migration):
    # Each portion is saved by itself: a county takes a minute, and a restart goes on where it stopped.
    atomic = False
    dependencies = [("casework", "0007_attachments_and_mail")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
