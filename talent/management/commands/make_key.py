"""`manage.py make_key USER --name crawler`: a key to the API's writing calls, shown once."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from articles.clock import database_now
from talent import access


class Command(BaseCommand):
    help = "Makes a key to the API for an account and prints it, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="name of the account")
        parser.add_argument("--name", default="command line", help="what the key is for")
        parser.add_argument(
            "--scope", action="append", choices=list(access.SCOPES), help="what it may do; all by default"
        )
        parser.add_argument("--days", type=int, default=90, help="days for which it opens; 0: until it is revoked")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the secret alone on standard output, so that a script can take it."""
        user = User.objects.filter(username=options["user"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account named {options['user']}: see manage.py createsuperuser.")
        scopes = options["scope"] or list(access.SCOPES)
        if missing := [scope for scope in scopes if scope not in access.may_have_keys(user)]:
            raise CommandError(
                f"The role of {user} does not allow {missing[0]}: put the account into the group Editor."
            )
        expires_at = database_now() + timedelta(days=options["days"]) if options["days"] else None
        _key, secret = access.make_key(user, name=options["name"], scopes=scopes, expires_at=expires_at)
        self.stdout.write(secret)
