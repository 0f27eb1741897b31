"""The ordered list of what happened to facts, and the triggers by which the database writes it at commit."""

from django.db import migrations, models
from django.db.models import Q

# The row of a fact as the API's lists read it (``columns`` of its serializer), or nothing where no reader sees it.
_CLAIM = """
    'lead_claim__quote', c.quote,
    'lead_claim__attribution', c.attribution,
    'lead_claim__attribution_kind', c.attribution_kind,
    'lead_claim__article__public_id', a.public_id,
    'lead_claim__article__address', a.address,
    'lead_claim__article__title', a.title,
    'lead_claim__article__source__name', s.name,
    'lead_claim__article__published_at', a.published_at,
    'lead_claim__article__language', a.language
"""
_FROM_CLAIM = """
    JOIN talent_claim c ON c.id = f.lead_claim_id
    JOIN articles_article a ON a.id = c.article_id
    JOIN articles_source s ON s.id = a.source_id
"""


def _entity(alias, prefix):
    return ", ".join(f"'{prefix}__{column}', {alias}.{column}" for column in ("public_id", "slug", "name", "name_zh"))


def _state(table, entities):
    """A SELECT of one fact's state; ``entities`` maps an alias to its prefix and its table."""
    joins = "".join(
        f" LEFT JOIN {of} {alias} ON {alias}.id = f.{prefix}_id" for alias, (prefix, of) in entities.items()
    )
    seen = "".join(
        f" AND coalesce({alias}.visibility, 'public') IN ('public', 'unlisted')" for alias in entities
    )
    left_out = ["id", "visibility", "created_at", "lead_claim_id"]
    left_out += [f"{prefix}_id" for prefix, _ in entities.values()]
    parts = ", ".join(_entity(alias, prefix) for alias, (prefix, _) in entities.items())
    return f"""
        SELECT to_jsonb(f) - '{{{",".join(left_out)}}}'::text[] || jsonb_build_object({parts}) ||
            jsonb_build_object({_CLAIM})
        INTO state
        FROM {table} f {joins} {_FROM_CLAIM}
        WHERE f.public_id = subject_ AND f.visibility IN ('public', 'unlisted'){seen};
    """


PERSON, COMPANY = "talent_person", "talent_company"
STATE = f"""
CREATE FUNCTION talent_fact_state(noun_ text, subject_ text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
    state jsonb;
BEGIN
    IF noun_ = 'move' THEN
        {_state("talent_move", {"p": ("person", PERSON), "o": ("origin", COMPANY), "d": ("destination", COMPANY)})}
    ELSIF noun_ = 'compensation' THEN
        {_state("talent_compensationreport", {"o": ("company", COMPANY), "p": ("person", PERSON)})}
    ELSE
        {_state("talent_signal", {"o": ("company", COMPANY)})}
    END IF;
    RETURN state;
END
$$
"""

# Where the claims of a fact that is gone went: its first claim, after which it was named, supports another one today.
SUCCESSOR = """
CREATE FUNCTION talent_fact_successor(subject_ text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce('move:' || m.public_id, 'compensation:' || r.public_id, 'signal:' || s.public_id)
    FROM talent_claim c
    LEFT JOIN talent_move m ON m.id = c.move_id
    LEFT JOIN talent_compensationreport r ON r.id = c.report_id
    LEFT JOIN talent_signal s ON s.id = c.signal_id
    WHERE c.public_id = subject_
$$
"""

NOTE = """
CREATE FUNCTION talent_note_event(noun_ text, subject_ text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    was jsonb;
    became jsonb := talent_fact_state(noun_, subject_);
    known boolean;
    happened text;
    heir text := '';
    number bigint;
    here boolean;
BEGIN
    SELECT after INTO was FROM talent_factevent
    WHERE noun = noun_ AND subject = subject_ ORDER BY sequence DESC LIMIT 1;
    known := FOUND;
    -- What was settled anew to the same end did not happen; a revision and its time alone are no change.
    IF was - '{revision,updated_at}'::text[] IS NOT DISTINCT FROM became - '{revision,updated_at}'::text[] THEN
        RETURN;
    END IF;
    IF became IS NOT NULL THEN
        happened := CASE WHEN was IS NOT NULL THEN 'updated' WHEN known THEN 'restored' ELSE 'created' END;
    ELSE
        EXECUTE format(
            'SELECT true FROM %I WHERE public_id = $1',
            CASE noun_ WHEN 'move' THEN 'talent_move' WHEN 'signal' THEN 'talent_signal'
                ELSE 'talent_compensationreport' END
        ) INTO here USING subject_;
        heir := coalesce(talent_fact_successor(subject_), '');
        IF heir <> '' AND talent_fact_state(split_part(heir, ':', 1), split_part(heir, ':', 2)) IS NULL THEN
            heir := '';
        END IF;
        happened := CASE WHEN here THEN 'withdrawn' WHEN heir <> '' THEN 'merged' ELSE 'retracted' END;
        heir := CASE WHEN happened = 'merged' THEN heir ELSE '' END;
    END IF;
    -- The lock on this row is held until the transaction is seen by everybody: numbers are in the order of commits.
    INSERT INTO talent_eventcounter (id, last)
    VALUES (1, 1 + coalesce((SELECT max(sequence) FROM talent_factevent), 0))
    ON CONFLICT (id) DO UPDATE SET last = talent_eventcounter.last + 1
    RETURNING last INTO number;
    IF happened = 'withdrawn' THEN
        -- What was taken back is told by nobody any more, not even in the past.
        UPDATE talent_factevent SET before = NULL, after = NULL WHERE noun = noun_ AND subject = subject_;
        was := NULL;
    END IF;
    INSERT INTO talent_factevent (sequence, at, type, noun, subject, successor, before, after)
    VALUES (number, clock_timestamp(), happened, noun_, subject_, heir, was, became);
END
$$
"""

ON_FACT = """
CREATE FUNCTION talent_note_fact_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- First where it lives now, then where it lived: who follows a merger finds its end already told.
    IF TG_OP <> 'DELETE' THEN
        PERFORM talent_note_event(TG_ARGV[0], NEW.public_id);
    END IF;
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.public_id IS DISTINCT FROM NEW.public_id) THEN
        PERFORM talent_note_event(TG_ARGV[0], OLD.public_id);
    END IF;
    RETURN NULL;
END
$$
"""

# A name or a visibility of a person or a company is shown with each of their facts.
ON_ENTITY = """
CREATE FUNCTION talent_note_entity_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_ARGV[0] = 'person' THEN
        PERFORM talent_note_event('move', public_id) FROM talent_move WHERE person_id = NEW.id ORDER BY id;
        PERFORM talent_note_event('compensation', public_id) FROM talent_compensationreport
            WHERE person_id = NEW.id ORDER BY id;
    ELSE
        PERFORM talent_note_event('move', public_id) FROM (
            SELECT id, public_id FROM talent_move WHERE origin_id = NEW.id
            UNION SELECT id, public_id FROM talent_move WHERE destination_id = NEW.id ORDER BY id
        ) AS moves;
        PERFORM talent_note_event('compensation', public_id) FROM talent_compensationreport
            WHERE company_id = NEW.id ORDER BY id;
        PERFORM talent_note_event('signal', public_id) FROM talent_signal WHERE company_id = NEW.id ORDER BY id;
    END IF;
    RETURN NULL;
END
$$
"""

FACTS = {"talent_move": "move", "talent_compensationreport": "compensation", "talent_signal": "signal"}
ENTITIES = {"talent_person": "person", "talent_company": "company"}
SHOWN = ("public_id", "slug", "name", "name_zh", "visibility")


def on_fact(table, noun):
    call = f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {{}} EXECUTE FUNCTION talent_note_fact_event('{noun}')"
    return (
        f"CREATE CONSTRAINT TRIGGER event_insert_or_delete AFTER INSERT OR DELETE ON {table} {call.format('')};"
        f"CREATE CONSTRAINT TRIGGER event_update AFTER UPDATE ON {table} "
        f"{call.format('WHEN (OLD.* IS DISTINCT FROM NEW.*)')};"
    )


def on_entity(table, noun):
    was, became = (", ".join(f"{side}.{column}" for column in SHOWN) for side in ("OLD", "NEW"))
    return (
        f"CREATE CONSTRAINT TRIGGER event_update AFTER UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f"WHEN (({was}) IS DISTINCT FROM ({became})) EXECUTE FUNCTION talent_note_entity_event('{noun}');"
    )


# What is known already is where the feed begins.
BEGIN = """
SELECT talent_note_event(noun, public_id) FROM (
    SELECT 'move' AS noun, public_id, first_seen, id FROM talent_move
    UNION ALL SELECT 'compensation', public_id, first_seen, id FROM talent_compensationreport
    UNION ALL SELECT 'signal', public_id, first_seen, id FROM talent_signal
    ORDER BY first_seen, noun, id
) AS facts
"""

KINDS = ["move", "compensation", "signal"]
TYPES = ["created", "updated", "restored", "merged", "retracted", "withdrawn"]


class Migration(migrations.Migration):
    dependencies = [("talent", "0011_the_press_room"), ("articles", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EventCounter",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="FactEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "type",
                    models.CharField(
                        choices=[(name, name) for name in TYPES],
                        max_length=10,
                    ),
                ),
                (
                    "noun",
                    models.CharField(
                        choices=[("move", "move"), ("compensation", "compensation"), ("signal", "signal")],
                        max_length=14,
                    ),
                ),
                ("subject", models.CharField(help_text="public identifier of the fact", max_length=16)),
                ("successor", models.CharField(blank=True, max_length=32)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
            ],
            options={
                "ordering": ["sequence"],
                "indexes": [models.Index(fields=["noun", "subject", "-sequence"], name="fact_event_of_subject")],
                "constraints": [
                    models.CheckConstraint(condition=Q(type__in=TYPES), name="fact_event_type"),
                    models.CheckConstraint(condition=Q(noun__in=KINDS), name="fact_event_noun"),
                ],
            },
        ),
        migrations.RunSQL([STATE], ["DROP FUNCTION talent_fact_state(text, text)"]),
        migrations.RunSQL([SUCCESSOR], ["DROP FUNCTION talent_fact_successor(text)"]),
        migrations.RunSQL([NOTE], ["DROP FUNCTION talent_note_event(text, text)"]),
        migrations.RunSQL([ON_FACT], ["DROP FUNCTION talent_note_fact_event()"]),
        migrations.RunSQL([ON_ENTITY], ["DROP FUNCTION talent_note_entity_event()"]),
        migrations.RunSQL([BEGIN], migrations.RunSQL.noop),
        *(
            migrations.RunSQL(
                on_fact(table, noun),
                f"DROP TRIGGER event_insert_or_delete ON {table}; DROP TRIGGER event_update ON {table};",
            )
            for table, noun in FACTS.items()
        ),
        *(
            migrations.RunSQL(on_entity(table, noun), f"DROP TRIGGER event_update ON {table};")
            for table, noun in ENTITIES.items()
        ),
    ]
