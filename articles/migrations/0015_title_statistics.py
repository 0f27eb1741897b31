"""How closely the database looks at titles, to tell rare words from common ones. Counts from the next ANALYZE on."""

from django.db import migrations

INDEXES = ["article_title_trigram", "article_title_characters"]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_titles"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS 1000",
            f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS -1",
        )
        for name in INDEXES
    ]
