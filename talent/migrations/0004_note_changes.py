"""Triggers by which the database keeps the history of every claim, fact, entity, judgement and correction."""

from django.db import migrations

# Table, its noun, and columns whose changes are not kept: clocks, ranks, and what is personal to a sender.
TRACKED = [
    ("talent_claim", "claim", ["evidence_checked_at", "usefulness", "version"]),
    ("talent_move", "move", ["updated_at"]),
    ("talent_compensationreport", "compensation", ["updated_at"]),
    ("talent_signal", "signal", ["updated_at"]),
    ("talent_person", "person", ["updated_at"]),
    ("talent_company", "company", ["updated_at"]),
    ("talent_judgement", "judgement", []),
    ("talent_correction", "correction", ["email", "sender", "token", "text", "name", "capacity", "evidence"]),
    ("talent_response", "response", []),
    ("talent_restriction", "restriction", []),
    ("talent_notice", "notice", []),
]

FUNCTION = """
CREATE FUNCTION talent_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told text := nullif(current_setting('talent.context', true), '');
    noted jsonb := '{}';
    former text := '';
BEGIN
    -- Arguments: the noun of the table, and its columns that are left out.
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(was.key, jsonb_build_array(was.value, became.value)) INTO noted
        FROM jsonb_each(to_jsonb(OLD) - TG_ARGV[1]::text[]) AS was
        JOIN jsonb_each(to_jsonb(NEW)) AS became ON became.key = was.key
        WHERE became.value IS DISTINCT FROM was.value;
        IF noted IS NULL THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        noted := to_jsonb(OLD) - TG_ARGV[1]::text[];
    END IF;
    IF TG_ARGV[0] = 'claim' AND TG_OP <> 'INSERT' THEN
        SELECT coalesce(min(fact || ':' || coalesce(noted->(fact || '_id')->>0, noted->>(fact || '_id'))), '')
        INTO former
        FROM unnest('{move,report,signal}'::text[]) AS fact
        WHERE coalesce(noted->(fact || '_id')->>0, CASE WHEN TG_OP = 'DELETE' THEN noted->>(fact || '_id') END)
            IS NOT NULL;
    END IF;
    INSERT INTO talent_change (at, noun, "row", operation, fields, context, former_fact)
    VALUES (
        clock_timestamp(),
        TG_ARGV[0],
        CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END,
        lower(TG_OP),
        noted,
        -- Nobody told: somebody works on the database without the program.
        coalesce(told::jsonb, jsonb_build_object('role', session_user::text)),
        former
    );
    RETURN NULL;
END
$$
"""


def triggers(table, noun, left_out):
    arguments = f"'{noun}', '{{{','.join(left_out)}}}'"
    return f"""
    CREATE TRIGGER note_insert_or_delete AFTER INSERT OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION talent_note_change({arguments});
    CREATE TRIGGER note_update AFTER UPDATE ON {table}
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION talent_note_change({arguments});
    """


def no_triggers(table):
    return f"DROP TRIGGER note_insert_or_delete ON {table}; DROP TRIGGER note_update ON {table};"


class Migration(migrations.Migration):
    dependencies = [("talent", "0003_history_and_corrections")]

    operations = [
        migrations.RunSQL([FUNCTION], ["DROP FUNCTION talent_note_change()"]),
        *(
            migrations.RunSQL(triggers(table, noun, left_out), no_triggers(table))
            for table, noun, left_out in TRACKED
        ),
    ]
