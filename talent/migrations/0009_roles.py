"""The groups Reader, Editor and Administrator with the least rights that each needs.

An administrator may change the groups afterwards; a later migration adds what a later role needs.
"""

from django.db import migrations

_EDITOR = [
    ("talent", "decision", "use_desk", "Can judge claims and questions at the desk"),
    ("articles", "snapshot", "add_snapshot", "Can add snapshot"),
    ("articles", "snapshot", "change_snapshot", "Can change snapshot"),
    ("articles", "article", "change_article", "Can change article"),
    ("articles", "article", "view_article", "Can view article"),
    ("articles", "snapshot", "view_snapshot", "Can view snapshot"),
    ("articles", "source", "view_source", "Can view source"),
    ("talent", "correction", "view_correction", "Can view correction"),
    ("talent", "correction", "change_correction", "Can change correction"),
    ("talent", "response", "view_response", "Can view response"),
    ("talent", "response", "change_response", "Can change response"),
    ("talent", "restriction", "view_restriction", "Can view restriction"),
    ("talent", "restriction", "add_restriction", "Can add restriction"),
    ("talent", "notice", "view_notice", "Can view notice"),
    ("talent", "notice", "add_notice", "Can add notice"),
    ("talent", "notice", "change_notice", "Can change notice"),
    ("talent", "change", "view_change", "Can view change"),
    ("talent", "claim", "view_claim", "Can view claim"),
    ("talent", "company", "view_company", "Can view company"),
    ("talent", "compensationreport", "view_compensationreport", "Can view compensation report"),
    ("talent", "decision", "view_decision", "Can view decision"),
    ("talent", "judgement", "view_judgement", "Can view judgement"),
    ("talent", "move", "view_move", "Can view move"),
    ("talent", "person", "view_person", "Can view person"),
    ("talent", "signal", "view_signal", "Can view signal"),
]
_ADMINISTRATOR = [
    *_EDITOR,
    ("articles", "source", "change_source", "Can change source"),
    ("articles", "evaluation", "view_evaluation", "Can view evaluation"),
    ("articles", "modelanswer", "view_modelanswer", "Can view model answer"),
    ("articles", "modelrun", "view_modelrun", "Can view model run"),
    ("auth", "user", "add_user", "Can add user"),
    ("auth", "user", "change_user", "Can change user"),
    ("auth", "user", "view_user", "Can view user"),
    ("auth", "group", "view_group", "Can view group"),
    ("talent", "alias", "view_alias", "Can view alias"),
    ("talent", "person", "change_person", "Can change person"),
]
ROLES = {"Reader": [], "Editor": _EDITOR, "Administrator": _ADMINISTRATOR}


def make(apps, schema_editor):
    """Makes the groups. The rights are made here too: Django makes them only after the last migration."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for app, model, codename, words in rights:
            content_type, _ = content_types.get_or_create(app_label=app, model=model)
            right, _ = permissions.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": words}
            )
            group.permissions.add(right)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0004_article_list_index"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("talent", "0008_near_name_indexes"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
