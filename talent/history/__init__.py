"""History: the database notes every change by itself; here it is told who and why, and here its notes are read."""

from talent.history.telling import because

__all__ = ["because"]
