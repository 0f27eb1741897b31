"""How closely the database looks at names and words: with a hundred samples it takes a rare name for a common one, and
walks all of them where a look into an index would do. Counts from the next ANALYZE on."""

from django.db import migrations

INDEXES = ["alias_name_trigram", "alias_characters", "person_name_trigram", "company_name_trigram"]
COLUMN = "ALTER TABLE talent_quotewords ALTER COLUMN words SET STATISTICS"


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0031_rights_to_letters"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS 1000",
                f"ALTER INDEX {name} ALTER COLUMN 1 SET STATISTICS -1",
            )
            for name in INDEXES
        ),
        migrations.RunSQL(f"{COLUMN} 1000", f"{COLUMN} -1"),
    ]
