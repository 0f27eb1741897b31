"""Finding people, companies and facts by what a reader types; every look is bounded and by an index."""

from talent.search.everything import FOUND, Found, everything
from talent.search.names import Hit, How, companies_like, people_like
from talent.search.pairs import moves_between
from talent.search.parts import named_within
from talent.search.suggest import Suggestion, suggest

__all__ = [
    "FOUND",
    "Found",
    "Hit",
    "How",
    "Suggestion",
    "companies_like",
    "everything",
    "moves_between",
    "named_within",
    "people_like",
    "suggest",
]
