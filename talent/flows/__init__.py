"""How people move between companies, read from tallies that the database keeps: no read costs more as moves grow."""

from talent.flows.companies import UNITS, Partners, Step, Unit, over_time, partners
from talent.flows.counts import FEW, HAPPENED, OTHERS, UNKNOWN, Asked, Count, End, Flow, add
from talent.flows.matrix import MOST_COMPANIES, Matrix, matrix
from talent.flows.remembered import asked_among, matrix_of, over_time_of, partners_of
from talent.flows.totals import Totals, totals

__all__ = [
    "FEW",
    "HAPPENED",
    "MOST_COMPANIES",
    "OTHERS",
    "UNITS",
    "UNKNOWN",
    "Asked",
    "Count",
    "End",
    "Flow",
    "Matrix",
    "Partners",
    "Step",
    "Totals",
    "Unit",
    "add",
    "asked_among",
    "matrix",
    "matrix_of",
    "over_time",
    "over_time_of",
    "partners",
    "partners_of",
    "totals",
]
