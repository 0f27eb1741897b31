"""What names are sorted by for readers of Chinese, and its indexes.

PostgreSQL knows no pinyin unless it was built with ICU, which not every server is. The function puts each character of
GB 2312, the everyday ones, to a place that stands in the order of its reading; others follow in the order of Unicode.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Collate
from pypinyin import Style, pinyin

import talent.models.orders

# A stretch of code points between Latin letters and Chinese characters, wide enough for all of them.
FIRST = 0x3300


def characters() -> list[str]:
    """The characters of GB 2312 by reading and tone."""
    rows = ((high, low) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    known = [bytes(pair).decode("gb2312") for pair in rows if pair < (0xD7, 0xFA) or pair >= (0xD8, 0xA1)]
    readings = {each: pinyin(each, style=Style.TONE3, neutral_tone_with_five=True)[0][0] for each in known}
    return sorted(known, key=lambda each: (readings[each][:-1], readings[each][-1], each))


def make(apps, schema_editor):
    """The function; a name without any Chinese character is not looked up letter by letter."""
    ordered = characters()
    places = "".join(chr(FIRST + place) for place in range(len(ordered)))
    schema_editor.execute(f"""
        CREATE OR REPLACE FUNCTION talent_pinyin_key(name_zh text, name text) RETURNS text
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
        BEGIN
            IF name_zh = '' THEN
                name_zh := name;
            END IF;
            IF name_zh ~ '[一-龥]' THEN
                RETURN translate(lower(name_zh), '{"".join(ordered)}', '{places}');
            END IF;
            RETURN lower(name_zh);
        END
        $body$""")


def key():
    return Collate(talent.models.orders.PinyinKey("name_zh", "name"), "C")


class Migration(migrations.Migration):
    # Built beside the running site, without a lock on the tables.
    atomic = False
    dependencies = [
        ("talent", "0029_moves_of_a_pair"),
    ]

    operations = [
        migrations.RunPython(
            make,
            lambda apps, schema_editor: schema_editor.execute("DROP FUNCTION IF EXISTS talent_pinyin_key(text, text)"),
        ),
        AddIndexConcurrently("company", models.Index(key(), "id", name="company_by_pinyin")),
        AddIndexConcurrently("person", models.Index(key(), "id", name="person_by_pinyin")),
    ]
