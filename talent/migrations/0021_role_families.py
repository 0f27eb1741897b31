"""The family of work of a move's role. Moves that were settled before have none until they are settled again."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

FAMILIES = ["research", "engineering", "product", "leadership", "policy", "business", "operations"]
LABELS = {
    "product": "product and design",
    "policy": "policy, safety and law",
    "business": "business and finance",
    "operations": "operations and people",
}


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0020_api_usage"),
    ]

    operations = [
        migrations.AddField(
            model_name="move",
            name="role_family",
            field=models.CharField(
                max_length=12,
                choices=[(family, LABELS.get(family, family)) for family in FAMILIES],
                blank=True,
                default="",
                db_default="",
            ),
        ),
        AddConstraintNotValid(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(role_family="") | models.Q(role_family__in=FAMILIES), name="move_role"
            ),
        ),
    ]
