"""Counts the moves that were there before the tallies. Settling waits meanwhile; readers do not."""

from django.conf import settings
from django.db import migrations


def count(apps, schema_editor):
    certainty = None if settings.PUBLISH in ("all", "reviewed") else float(settings.PUBLISH)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT talent_repair_tallies(%s::double precision)", [certainty])


class Migration(migrations.Migration):
    dependencies = [("talent", "0027_tallies")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
