"""Which pairs of companies are common: without it the planner takes any two large ones for a common pair, and walks the
list of all moves for them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("talent", "0032_search_statistics")]

    operations = [
        migrations.RunSQL(
            "CREATE STATISTICS move_pairs (mcv) ON origin_id, destination_id FROM talent_move",
            "DROP STATISTICS move_pairs",
        )
    ]
