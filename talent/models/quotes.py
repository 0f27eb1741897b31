"""The words of every quote, as full text search looks them up."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from talent.models.claims import Claim


class WordsField(SearchVectorField):  # type: ignore[type-arg]  # generic in its stubs alone
    """Words that the program has cut and stemmed itself; see ``talent.words``."""


@WordsField.register_lookup
class Matches(models.Lookup):
    """``words__matches``: a tsquery in PostgreSQL's own writing, which no dictionary looks at again."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The words match the query."""
        words, of_words = self.process_lhs(compiler, connection)
        asked, of_asked = self.process_rhs(compiler, connection)
        return f"{words} @@ ({asked})::tsquery", (*of_words, *of_asked)


class QuoteWords(models.Model):
    """The words of a claim's quote, written once. A table of its own, so narrow that a walk from the newest quote on
    reads hundreds of them from one page, and so that no change of a claim's state touches the index."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="quoted")
    words = WordsField()

    class Meta:
        verbose_name_plural = "words of quotes"
        ordering = ["-claim"]
        indexes = [GinIndex(fields=["words"], name="quote_words")]

    def __str__(self) -> str:
        return str(self.words)
