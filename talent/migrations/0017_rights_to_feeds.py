"""The rights to look at feeds, for editors and administrators, and to say whose they are, for administrators."""

from django.db import migrations

_EDITOR = [
    ("articles", "entry", "view_entry", "Can view entry"),
    ("articles", "feed", "view_feed", "Can view feed"),
    ("articles", "host", "view_host", "Can view host"),
]
ROLES = {"Editor": _EDITOR, "Administrator": [*_EDITOR, ("articles", "feed", "change_feed", "Can change feed")]}


def add_rights(apps, schema_editor):
    """Adds the rights to the groups. Django itself makes rights only after the last migration."""
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
        ("articles", "0011_feeds"),
        ("talent", "0016_webhooks"),
    ]

    operations = [migrations.RunPython(add_rights, migrations.RunPython.noop)]
