"""A client of the public API of a Talent Ledger: for programs, for the command line, and for language models."""

from ledger_client.api import Ledger, Problem

__all__ = ["Ledger", "Problem"]
