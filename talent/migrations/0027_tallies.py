"""How many moves there are of each sort, and the triggers that keep it: every statement adds what it changed."""

from django.db import migrations, models
from django.db.models import Q

SHOWN = "('public', 'unlisted')"
MEASURES = ("moves", "groups", "at_least", "at_most", "unbounded", "reports", "single", "vague")
# Of each table its key, and the rows that it counts.
TABLES = {
    "talent_pairtally": (("period", "origin", "destination", "status", "grade"), "flows"),
    "talent_companytally": (
        ("company", "side", "period", "status", "grade"),
        "flows CROSS JOIN LATERAL (VALUES (origin, 'left'), (destination, 'joined'), (-1, 'all')) AS ends (company, side)",
    ),
    "talent_kindtally": (("kind", "year", "status", "grade"), "counted"),
}

COLUMNS = (
    "m.origin_id, m.destination_id, m.person_id, m.kind, m.status, m.reviewed, m.confidence, m.sort_date, "
    "m.date_first, m.date_last, m.cohort_min, m.cohort_max, m.cohort_of, m.reporters"
)
SEEN_MOVE = f"m.visibility IN {SHOWN}"
SEEN_PERSON, SEEN_ORIGIN, SEEN_DESTINATION = (f"({end}.id IS NULL OR {end}.visibility IN {SHOWN})" for end in "pod")
SEEN_ENDS = f"{SEEN_ORIGIN} AND {SEEN_DESTINATION}"
JOIN_PERSON = "LEFT JOIN talent_person p ON p.id = m.person_id"
JOIN_ENDS = "LEFT JOIN talent_company o ON o.id = m.origin_id LEFT JOIN talent_company d ON d.id = m.destination_id"


def seen(moves, sign):
    """The moves that readers may see, each to be counted ``sign`` times."""
    return (
        f"SELECT {COLUMNS}, {sign} AS sign FROM {moves} m {JOIN_PERSON} {JOIN_ENDS} "
        f"WHERE {SEEN_MOVE} AND {SEEN_PERSON} AND {SEEN_ENDS}"
    )


INSERTED, DELETED = seen("now", 1), seen("was", -1)
UPDATED = f"{INSERTED} UNION ALL {DELETED}"
ALL = seen("talent_move", 1)
TURNED = f"now JOIN was USING (id) WHERE (now.visibility IN {SHOWN}) <> (was.visibility IN {SHOWN})"
OF_PERSON = f"""
    SELECT {COLUMNS}, turned.sign
    FROM (SELECT id, CASE WHEN now.visibility IN {SHOWN} THEN 1 ELSE -1 END AS sign FROM {TURNED}) AS turned
    JOIN talent_move m ON m.person_id = turned.id {JOIN_ENDS}
    WHERE {SEEN_MOVE} AND {SEEN_ENDS}
"""
# Both ends of a move may turn in one statement.
OF_COMPANY = f"""
    SELECT {COLUMNS}, ({SEEN_ENDS})::int - (
        coalesce(wo.visibility, o.visibility, 'public') IN {SHOWN}
        AND coalesce(wd.visibility, d.visibility, 'public') IN {SHOWN}
    )::int AS sign
    FROM (
        SELECT t.id FROM (SELECT id FROM {TURNED}) AS c JOIN talent_move t ON t.origin_id = c.id
        UNION SELECT t.id FROM (SELECT id FROM {TURNED}) AS c JOIN talent_move t ON t.destination_id = c.id
    ) AS touched
    JOIN talent_move m USING (id) {JOIN_PERSON} {JOIN_ENDS}
    LEFT JOIN was wo ON wo.id = m.origin_id LEFT JOIN was wd ON wd.id = m.destination_id
    WHERE {SEEN_MOVE} AND {SEEN_PERSON}
"""


def counted(changed):
    """What each move counts for; internal changes are no flow between companies."""
    return f"""
    counted AS MATERIALIZED (
        SELECT coalesce(origin_id, 0) AS origin, coalesce(destination_id, 0) AS destination, kind, status,
            CASE WHEN reviewed THEN 2
                WHEN confidence >= (SELECT certainty FROM talent_tallyrule) THEN 1 ELSE 0 END AS grade,
            extract(year FROM sort_date)::int AS year,
            extract(month FROM sort_date)::int AS month,
            sign AS moves,
            CASE WHEN person_id IS NULL THEN sign ELSE 0 END AS groups,
            CASE WHEN person_id IS NULL THEN sign * coalesce(cohort_min, 1) ELSE 0 END AS at_least,
            CASE WHEN person_id IS NULL THEN sign * coalesce(cohort_max, cohort_of, 0) ELSE 0 END AS at_most,
            CASE WHEN person_id IS NULL AND coalesce(cohort_max, cohort_of) IS NULL THEN sign ELSE 0 END AS unbounded,
            sign * reporters AS reports,
            CASE WHEN reporters <= 1 THEN sign ELSE 0 END AS single,
            CASE WHEN date_trunc('month', date_first) = date_trunc('month', date_last) THEN 0 ELSE sign END AS vague
        FROM ({changed}) AS changed
    ), flows AS (
        SELECT * FROM counted CROSS JOIN LATERAL (VALUES (0), (-year), (year * 100 + month)) AS span (period)
        WHERE kind <> 'internal' AND origin <> destination
    )"""


def summed(table):
    """The rows of one table that the counted moves amount to."""
    keys, rows = TABLES[table]
    sums = [f"sum({name})" for name in MEASURES]
    return (
        f"SELECT {', '.join(keys)}, {', '.join(sums)} FROM {rows} GROUP BY {', '.join(keys)} "
        f"HAVING ({', '.join(sums)}) <> ({', '.join('0' for _ in sums)}) ORDER BY {', '.join(keys)}"
    )


def add(changed):
    """One statement that adds what changed to all three tables."""
    writes = []
    for table, (keys, _) in TABLES.items():
        sums = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in MEASURES)
        writes.append(
            f"INSERT INTO {table} AS t ({', '.join((*keys, *MEASURES))}) {summed(table)} "
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
        )
    pairs, companies, kinds = writes
    return f"WITH {counted(changed)}, pairs AS ({pairs}), companies AS ({companies}) {kinds};"


def function(name, body):
    return migrations.RunSQL(
        [f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"],
        f"DROP FUNCTION {name}()",
    )


# One writer at a time, as settling has it: what is visible cannot change while it is counted, and nobody who writes
# moves waits for a tally that another one holds. Taken before the statement takes the lock of any row.
LOCK = "PERFORM pg_advisory_xact_lock(hashtext('talent.settle'));"
ON_MOVE = f"""
    IF TG_OP = 'INSERT' THEN {add(INSERTED)}
    ELSIF TG_OP = 'DELETE' THEN {add(DELETED)}
    ELSE {add(UPDATED)}
    END IF;
"""


def on_entity(changed):
    return f"IF EXISTS (SELECT FROM {TURNED}) THEN {add(changed)} END IF;"


CLEAR = " ".join(f"DELETE FROM {table};" for table in TABLES)


def recount(table):
    """A function that counts all moves anew."""
    keys, _ = TABLES[table]
    kinds = {"kind": "varchar", "status": "varchar", "side": "text", "origin": "bigint", "destination": "bigint"}
    kinds |= {"company": "bigint"}
    columns = [f"{key} {kinds.get(key, 'int')}" for key in keys] + [f"{name} bigint" for name in MEASURES]
    return migrations.RunSQL(
        [
            f"CREATE FUNCTION {table}_recounted() RETURNS TABLE ({', '.join(columns)}) LANGUAGE sql STABLE AS "
            f"$$ WITH {counted(ALL)} {summed(table)} $$"
        ],
        f"DROP FUNCTION {table}_recounted()",
    )


def differs(table, left="t", right="r"):
    sides = (", ".join(f"{side}.{name}" for name in MEASURES) for side in (left, right))
    return " IS DISTINCT FROM ".join(f"({side})" for side in sides)


def drift(table):
    """How many rows of a table are not what a recount gives; what fell to nought counts as gone."""
    keys, _ = TABLES[table]
    return (
        f"(SELECT count(*) FROM (SELECT * FROM {table} WHERE moves <> 0) AS t "
        f"FULL JOIN {table}_recounted() AS r USING ({', '.join(keys)}) WHERE {differs(table)})"
    )


def mend(table):
    """Statements that write into one table what a recount gives, and nothing where that stands there already."""
    keys, _ = TABLES[table]
    columns = ", ".join((*keys, *MEASURES))
    on = " AND ".join(f"t.{key} = r.{key}" for key in keys)
    news = ", ".join(f"{name} = excluded.{name}" for name in MEASURES)
    return f"""
    CREATE TEMP TABLE recounted ON COMMIT DROP AS SELECT * FROM {table}_recounted();
    DELETE FROM {table} t WHERE NOT EXISTS (SELECT FROM recounted r WHERE {on});
    GET DIAGNOSTICS rows = ROW_COUNT;
    mended := mended + rows;
    INSERT INTO {table} ({columns}) SELECT {", ".join(f"r.{name}" for name in (*keys, *MEASURES))}
    FROM recounted r LEFT JOIN {table} t ON {on} WHERE {differs(table)} ORDER BY {", ".join(f"r.{key}" for key in keys)}
    ON CONFLICT ({", ".join(keys)}) DO UPDATE SET {news};
    GET DIAGNOSTICS rows = ROW_COUNT;
    mended := mended + rows;
    DROP TABLE recounted;
    """


DRIFT = f"CREATE FUNCTION talent_tally_drift() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT {' + '.join(map(drift, TABLES))} $$"
REPAIR = f"""
CREATE FUNCTION talent_repair_tallies(certainty_ double precision) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    mended bigint := 0;
    rows bigint;
BEGIN
    {LOCK}
    INSERT INTO talent_tallyrule (id, certainty, drift) VALUES (1, certainty_, 0)
    ON CONFLICT (id) DO UPDATE SET certainty = excluded.certainty;
    {"".join(map(mend, TABLES))}
    RETURN mended;
END
$$
"""


def trigger(name, when, table, does):
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when.format(table)} FOR EACH STATEMENT EXECUTE FUNCTION {does}();",
        f"DROP TRIGGER {name} ON {table};",
    )


TRIGGERS = [
    ("tally_lock", "BEFORE INSERT OR UPDATE OR DELETE ON {}", "talent_move", "talent_lock_tallies"),
    ("tally_insert", "AFTER INSERT ON {} REFERENCING NEW TABLE AS now", "talent_move", "talent_tally_moves"),
    ("tally_delete", "AFTER DELETE ON {} REFERENCING OLD TABLE AS was", "talent_move", "talent_tally_moves"),
    (
        "tally_update", "AFTER UPDATE ON {} REFERENCING OLD TABLE AS was NEW TABLE AS now",
        "talent_move", "talent_tally_moves",
    ),
    ("tally_truncate", "AFTER TRUNCATE ON {}", "talent_move", "talent_clear_tallies"),
    *(
        row
        for noun in ("person", "company")
        for row in (
            ("tally_lock", "BEFORE UPDATE OF visibility ON {}", f"talent_{noun}", "talent_lock_tallies"),
            (
                "tally_update", "AFTER UPDATE ON {} REFERENCING OLD TABLE AS was NEW TABLE AS now",
                f"talent_{noun}", f"talent_tally_{noun}",
            ),
        )
    ),
]  # fmt: skip

STATUSES = ["confirmed", "reported", "planned", "rumoured", "declined", "denied"]
KINDS = ["hire", "departure", "founding", "return", "acquihire", "internal"]


def words(names):
    return [(name, name.replace("_", " ")) for name in names]


def table(name, plural, fields, options):
    """One of the three tables."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("status", models.CharField(choices=words(STATUSES), max_length=10)),
            ("grade", models.SmallIntegerField(choices=[(0, "Any"), (1, "Certain"), (2, "Reviewed")])),
            ("moves", models.IntegerField()),
            ("groups", models.IntegerField(help_text="moves of unnamed groups among them")),
            ("at_least", models.BigIntegerField(help_text="people in these groups, at least")),
            ("at_most", models.BigIntegerField(help_text="people in these groups, at most, where a bound is known")),
            ("unbounded", models.IntegerField(help_text="groups without an upper bound")),
            ("reports", models.BigIntegerField(help_text="independent reporters of each move, added up")),
            ("single", models.IntegerField(help_text="moves that one reporter alone tells of")),
            ("vague", models.IntegerField(help_text="moves whose date does not tell the month")),
            *fields,
        ],
        options={"verbose_name_plural": plural, "ordering": ["pk"], **options},
    )


class Migration(migrations.Migration):
    dependencies = [("talent", "0026_search_indexes")]

    operations = [
        table(
            "PairTally", "tallies of pairs",
            [
                ("origin", models.BigIntegerField()),
                ("destination", models.BigIntegerField()),
                ("period", models.IntegerField()),
            ],
            {
                "indexes": [models.Index(fields=["period", "destination"], name="pair_tally_destination")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["period", "origin", "destination", "status", "grade"], name="pair_tally_of_one_sort"
                    )
                ],
            },
        ),
        table(
            "CompanyTally", "tallies of companies",
            [
                ("company", models.BigIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[("left", "Left"), ("joined", "Joined"), ("all", "All")], max_length=6
                    ),
                ),
                ("period", models.IntegerField()),
            ],
            {
                "indexes": [
                    models.Index(
                        fields=["side", "period", "status", "grade", "-moves", "company"],
                        name="company_tally_lead",
                        condition=Q(period__lte=0),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["company", "side", "period", "status", "grade"], name="company_tally_of_one_sort"
                    )
                ],
            },
        ),
        table(
            "KindTally", "tallies of kinds",
            [
                ("kind", models.CharField(choices=[*words(KINDS[:-1]), ("internal", "internal change")], max_length=10)),
                ("year", models.SmallIntegerField()),
            ],
            {
                "constraints": [
                    models.UniqueConstraint(fields=["kind", "year", "status", "grade"], name="kind_tally_of_one_sort")
                ],
            },
        ),
        migrations.CreateModel(
            name="TallyRule",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("certainty", models.FloatField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("drift", models.PositiveIntegerField(default=0)),
            ],
            options={"constraints": [models.CheckConstraint(condition=Q(pk=1), name="tally_rule_is_one")]},
        ),
        function("talent_lock_tallies", LOCK),
        function("talent_tally_moves", ON_MOVE),
        function("talent_tally_person", on_entity(OF_PERSON)),
        function("talent_tally_company", on_entity(OF_COMPANY)),
        function("talent_clear_tallies", CLEAR),
        *map(recount, TABLES),
        migrations.RunSQL([DRIFT], "DROP FUNCTION talent_tally_drift()"),
        migrations.RunSQL([REPAIR], "DROP FUNCTION talent_repair_tallies(double precision)"),
        *(trigger(name, when, on, does) for name, when, on, does in TRIGGERS),
    ]
