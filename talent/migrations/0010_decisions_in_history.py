"""The history keeps what editors decided at the desk, too."""

from django.db import migrations, models

TRIGGERS = """
CREATE TRIGGER note_insert_or_delete AFTER INSERT OR DELETE ON talent_decision
    FOR EACH ROW EXECUTE FUNCTION talent_note_change('decision', '{}');
CREATE TRIGGER note_update AFTER UPDATE ON talent_decision
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION talent_note_change('decision', '{}');
"""
NO_TRIGGERS = "DROP TRIGGER note_insert_or_delete ON talent_decision; DROP TRIGGER note_update ON talent_decision"


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0009_roles"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="change",
            name="change_noun",
        ),
        migrations.AlterField(
            model_name="change",
            name="noun",
            field=models.CharField(
                choices=[
                    ("claim", "claim"),
                    ("move", "move"),
                    ("compensation", "compensation"),
                    ("signal", "signal"),
                    ("person", "person"),
                    ("company", "company"),
                    ("judgement", "judgement"),
                    ("correction", "request for correction"),
                    ("response", "response"),
                    ("restriction", "restriction"),
                    ("notice", "notice"),
                    ("decision", "decision"),
                ],
                max_length=14,
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "noun__in",
                        [
                            "claim",
                            "move",
                            "compensation",
                            "signal",
                            "person",
                            "company",
                            "judgement",
                            "correction",
                            "response",
                            "restriction",
                            "notice",
                            "decision",
                        ],
                    )
                ),
                name="change_noun",
            ),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
