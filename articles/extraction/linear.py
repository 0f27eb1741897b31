"""A linear softmax model over hashed features: small, fast, the same in every process; one or more heads.

Weights are learned by ``manage.py train`` from passages written for the project and lie beside the lexicons.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Features are hashed into this many rows.
ROWS = 1 << 18
# Keeps the sum over some hundred features in the range where the softmax learns.
SCALE = 0.25
_FOLDER = Path(__file__).parent / "lexicon"


def rows_of(features: Iterable[str]) -> list[int]:
    """The rows of the weights that the features fall into."""
    return [crc32(feature.encode()) % ROWS for feature in features]


class Linear:
    """Weights with one column for each answer of each head."""

    def __init__(self, weights: NDArray[Any]) -> None:
        self._weights = weights

    def scores(self, features: Iterable[str]) -> NDArray[Any]:
        """One score for each column; a head's chances are the softmax of its columns."""
        total: NDArray[Any] = self._weights[rows_of(features)].sum(axis=0)
        total *= SCALE
        return total


def softmax(scores: NDArray[Any]) -> NDArray[Any]:
    """Scores as chances that sum to one."""
    import numpy as np

    chances: NDArray[Any] = np.exp(scores - scores.max())
    chances /= chances.sum()
    return chances


@cache
def load(name: str) -> Linear | None:
    """The model of that name ("en/kinds"); None where it has not been trained."""
    path = path_of(name)
    return Linear(read(path)) if path.exists() else None


def path_of(name: str) -> Path:
    return _FOLDER / f"{name}.npz"


def read(path: Path, *, extra: int = 0) -> NDArray[Any]:
    """The full table from the rows kept in a file, with ``extra`` rows behind the hashed ones."""
    import numpy as np

    with np.load(path) as kept:
        weights = np.zeros((ROWS + extra, kept["values"].shape[1]), np.float32)
        weights[kept["rows"]] = kept["values"].astype(np.float32) * kept["step"]
        return weights


def write(weights: NDArray[Any], path: Path, *, smallest: float = 0.02) -> int:
    """Keeps the rows that matter, in steps of one byte; how many rows."""
    import numpy as np

    rows = np.flatnonzero(np.abs(weights).max(axis=1) >= smallest)
    step = float(np.abs(weights).max()) / 127
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.rint(weights[rows] / step).astype(np.int8)
    np.savez_compressed(path, rows=rows.astype(np.uint32), values=values, step=np.float32(step))
    return len(rows)
