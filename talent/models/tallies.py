"""How many moves there are of each sort: counted by the database's triggers as moves come and go, never by a reader.

The triggers are in migration ``tallies``. Only what readers may see is counted, whatever PUBLISH says: how much an
editor or the certainty vouches for it is the ``grade``.
"""

from __future__ import annotations

from django.db import models

from talent.models.vocabulary import MoveKind, Status


class Grade(models.IntegerChoices):
    """What PUBLISH tells apart."""

    ANY = 0
    # At or above the certainty that is published, as ``TallyRule`` has it.
    CERTAIN = 1
    REVIEWED = 2


class Side(models.TextChoices):
    """Which end of a move a company is."""

    LEFT = "left"
    JOINED = "joined"
    # Of no company, but of all moves from one to another.
    ALL = "all"


class Tally(models.Model):
    """What is counted of moves of one sort. A row that fell to nought stays until the nightly check."""

    status = models.CharField(max_length=10, choices=Status)
    grade = models.SmallIntegerField(choices=Grade)
    moves = models.IntegerField()
    groups = models.IntegerField(help_text="moves of unnamed groups among them")
    at_least = models.BigIntegerField(help_text="people in these groups, at least")
    at_most = models.BigIntegerField(help_text="people in these groups, at most, where a bound is known")
    unbounded = models.IntegerField(help_text="groups without an upper bound")
    reports = models.BigIntegerField(help_text="independent reporters of each move, added up")
    single = models.IntegerField(help_text="moves that one reporter alone tells of")
    vague = models.IntegerField(help_text="moves whose date does not tell the month")

    class Meta:
        abstract = True


# Of flows: 0 is all time, -2024 a year, 202403 a month. A company's 0 is an end that nobody names.
class PairTally(Tally):
    """Moves from one company to another; an internal change is none."""

    origin = models.BigIntegerField()
    destination = models.BigIntegerField()
    period = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies of pairs"
        ordering = ["pk"]
        indexes = [models.Index(fields=["period", "destination"], name="pair_tally_destination")]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "origin", "destination", "status", "grade"], name="pair_tally_of_one_sort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}, {self.period}: {self.moves}"


class CompanyTally(Tally):
    """Moves that left one company, or joined it."""

    company = models.BigIntegerField()
    side = models.CharField(max_length=6, choices=Side)
    period = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies of companies"
        ordering = ["pk"]
        indexes = [
            # The largest first: who leads is read from its beginning.
            models.Index(
                fields=["side", "period", "status", "grade", "-moves", "company"],
                name="company_tally_lead",
                condition=models.Q(period__lte=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "side", "period", "status", "grade"], name="company_tally_of_one_sort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.side}, {self.period}: {self.moves}"


class KindTally(Tally):
    """All moves, by kind and year."""

    kind = models.CharField(max_length=10, choices=MoveKind)
    year = models.SmallIntegerField()

    class Meta:
        verbose_name_plural = "tallies of kinds"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "status", "grade"], name="kind_tally_of_one_sort")
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.year}: {self.moves}"


class TallyRule(models.Model):
    """The certainty from which on the tallies count a move as certain: the setting PUBLISH as it was last seen."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    certainty = models.FloatField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Rows that the last check found wrong.
    drift = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="tally_rule_is_one")]

    def __str__(self) -> str:
        return str(self.certainty)
