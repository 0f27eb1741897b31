"""The rights of administrators to look at what runs the site, and to take keys and webhooks out of use."""

from django.db import migrations

_LOOK = [
    ("articles", "job"),
    ("articles", "shard"),
    ("talent", "apikey"),
    ("talent", "delivery"),
    ("talent", "digest"),
    ("talent", "factevent"),
    ("talent", "pressact"),
    ("talent", "pulse"),
    ("talent", "submission"),
    ("talent", "webhook"),
]
ROLES = {
    "Administrator": [
        *((app, model, f"view_{model}", f"Can view {model}") for app, model in _LOOK),
        ("talent", "apikey", "change_apikey", "Can change apikey"),
        ("talent", "webhook", "change_webhook", "Can change webhook"),
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
    dependencies = [
        ("articles", "0013_entries_of_a_feed"),
        ("talent", "0018_queue_by_state"),
    ]

    operations = [migrations.RunPython(add_rights, migrations.RunPython.noop)]
