"""The rights of administrators to see which letters of alerts were given up, and to send them again."""

from django.db import migrations

ROLES = {
    "Administrator": [
        ("talent", "alert", "view_alert", "Can view alert"),
        ("talent", "letter", "view_letter", "Can view letter"),
        ("talent", "letter", "change_letter", "Can change letter"),
    ]
}


def add_rights(apps, schema_editor):
    """Adds the rights to the group. Django itself makes rights only after the last migration."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for name, rights in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for app, model, codename, words in rights:
            content_type, _ = content_types.get_or_create(app_label=app, model=model)
            right, _ = permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": words})
            group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("talent", "0030_names_by_pinyin")]

    operations = [migrations.RunPython(add_rights, migrations.RunPython.noop)]
