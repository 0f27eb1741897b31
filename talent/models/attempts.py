"""How often somebody has tried to sign in without success, for as long as it matters."""

from __future__ import annotations

from django.db import models


class SignInAttempt(models.Model):
    """Tries in a row by one name, or from one network address; the row goes when its time is over.

    ``key`` is a keyed hash: the table tells nobody who tried, or from where.
    """

    key = models.CharField(max_length=64, unique=True)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField(help_text="the first of the tries")

    class Meta:
        verbose_name = "sign-in attempt"
        ordering = ["-id"]
        indexes = [models.Index(fields=["since"], name="sign_in_attempt_since")]

    def __str__(self) -> str:
        return f"{self.tries} since {self.since:%Y-%m-%d %H:%M}"
