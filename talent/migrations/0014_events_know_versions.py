"""The state of a fact in the change feed names the version of the article that it quotes."""

from importlib import import_module

from django.db import migrations

FORMER = import_module("talent.migrations.0012_the_change_feed").STATE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
LAST = "'lead_claim__article__language', a.language"
STATE = FORMER.replace(
    LAST,
    f"{LAST}, 'lead_claim__article__version', a.version, 'lead_claim__article__replaced_at', a.replaced_at",
)


class Migration(migrations.Migration):
    dependencies = [("talent", "0013_judgements_replaced"), ("articles", "0010_edition_keys")]

    operations = [migrations.RunSQL([STATE], [FORMER])]
