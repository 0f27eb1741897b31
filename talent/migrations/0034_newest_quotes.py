"""The newest claims whose quotes have some words. It is planned each time it is asked, whatever the connection is set
to: what is common is soon met on a walk from the newest on, what is rare is found by its index."""

from django.db import migrations

WALK = "SELECT claim_id FROM talent_quotewords WHERE words @@ $1 {} ORDER BY claim_id DESC LIMIT $2"
FUNCTION = f"""
CREATE FUNCTION talent_newest_quotes(asked tsquery, number integer, before bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 50
SET plan_cache_mode = force_custom_plan SET enable_sort = on SET enable_seqscan = on
AS $$ BEGIN
    IF before IS NULL THEN
        RETURN QUERY EXECUTE '{WALK.format("")}' USING asked, number;
    ELSE
        RETURN QUERY EXECUTE '{WALK.format("AND claim_id < $3")}' USING asked, number, before;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0033_how_often_companies_meet"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION talent_newest_quotes(tsquery, integer, bigint)"),
    ]
