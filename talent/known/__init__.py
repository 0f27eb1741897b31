"""What the ledger knows of a text that somebody brings along: who is named in it, and what of what it says is recorded.

Nothing of the text is kept. A name that several bear stays open: all of them are given, and none is chosen.
"""

from talent.known.look import MAX_CHARACTERS, Known, look_up
from talent.known.names import Named
from talent.known.statements import Standing, Statement

__all__ = ["MAX_CHARACTERS", "Known", "Named", "Standing", "Statement", "look_up"]
