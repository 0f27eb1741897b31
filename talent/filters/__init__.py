"""What a reader may ask of each list: one FilterSet for each noun, shared by its page and its API.

A parameter nobody knows is an error, never ignored: a misspelt filter must not return everything.
"""

from talent.filters.base import Filters
from talent.filters.desk import QueueFilter
from talent.filters.entities import CompanyFilter, PersonFilter
from talent.filters.facts import CompensationReportFilter, FactFilter, MoveFilter, SignalFilter
from talent.filters.press import ArticleFilter, ClaimFilter, SourceFilter

__all__ = [
    "ArticleFilter",
    "ClaimFilter",
    "CompanyFilter",
    "CompensationReportFilter",
    "FactFilter",
    "Filters",
    "MoveFilter",
    "PersonFilter",
    "QueueFilter",
    "SignalFilter",
    "SourceFilter",
]
