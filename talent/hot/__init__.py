"""The reads that are asked for most, by statements that are written by hand, and told to a connection and planned once.

What a statement says is what the querysets say; tests hold both together over a whole world. Nothing of this knows more
than the general way: what is unusual is left to it.
"""

from talent.hot.lists import SLUGS, page_of_moves
from talent.hot.moves import MAX_EVIDENCE, Unusual, move_with_evidence
from talent.hot.names import Kind, page_of_names

__all__ = ["MAX_EVIDENCE", "SLUGS", "Kind", "Unusual", "move_with_evidence", "page_of_moves", "page_of_names"]
