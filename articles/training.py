"""Learns the models of a language from the marked passages: which words name people, and which organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from articles.extraction.en import kinds
from articles.extraction.en.reader import english_names
from articles.extraction.linear import ROWS, SCALE, rows_of, softmax
from articles.extraction.zh import tagger
from articles.extraction.zh.reader import chinese_material
from articles.marked import Passage
from articles.renaming import retold

if TYPE_CHECKING:
    from numpy.typing import NDArray

# So often each Chinese passage is learned from with other names in it.
_RETOLD = 6
_KIND_OF = {"P": "person", "O": "organisation"}
_TAG_OF = {"P": "P", "O": "G"}


@dataclass(frozen=True, slots=True)
class Example:
    """The rows of something to judge, and the right answer of each head; -1 where a head has nothing to learn."""

    rows: list[int]
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sequel:
    """A text unit by unit: the rows of each, and its right tag."""

    rows: NDArray[Any]
    tags: list[int]


# ------------------------------------------------------------------ English: kinds of capitalised runs


def kind_examples(passages: Iterable[Passage]) -> Iterator[Example]:
    """The capitalised runs of English passages, with what they name."""
    for passage in passages:
        for name in english_names(passage.text):
            mention = _mention_at(passage, name.start, name.end)
            answer = kinds.KINDS.index(_KIND_OF.get(mention[:1], "other"))
            yield Example(rows_of(kinds.features(passage.text, name)), (answer,))


def _mention_at(passage: Passage, start: int, end: int) -> str:
    """Id of the passage's mention that overlaps; "" for none."""
    return next((i for first, last, i in passage.mentions if first < end and start < last), "")


def train_english(passages: Iterable[Passage], *, seed: int = 0) -> NDArray[Any]:
    """Weights of ``en/kinds``."""
    return learn(list(kind_examples(passages)), [kinds.KINDS], random=Random(seed))  # noqa: S311 # order only


# In each round an example shows only this share of its rows, so that no word is learned by heart.
SHOWN = 0.5


def learn(
    found: Sequence[Example], heads: Sequence[Sequence[str]], *, random: Random, rounds: int = 24, rate: float = 0.15
) -> NDArray[Any]:
    """Weights of all heads by stochastic gradient descent (Adagrad, with dropout) on the softmax loss."""
    import numpy as np

    width = sum(len(head) for head in heads)
    weights = np.zeros((ROWS, width), np.float32)
    squares = np.full((ROWS, width), 1e-6, np.float32)
    order = list(found)
    for _ in range(rounds):
        random.shuffle(order)
        for example in order:
            rows = np.array([row for row in example.rows if random.random() < SHOWN] or example.rows)
            gradient = _gradient(weights[rows].sum(axis=0) * SCALE, example, heads) * SCALE
            squares[rows] += gradient * gradient
            weights[rows] -= rate * gradient / np.sqrt(squares[rows])
    return weights


def _gradient(scores: NDArray[Any], example: Example, heads: Sequence[Sequence[str]]) -> NDArray[Any]:
    """Of the loss by the scores; zero for a head that has nothing to learn from the example."""
    import numpy as np

    gradient = np.zeros_like(scores)
    start = 0
    for head, answer in zip(heads, example.answers, strict=True):
        if answer >= 0:
            gradient[start : start + len(head)] = softmax(scores[start : start + len(head)])
            gradient[start + answer] -= 1
        start += len(head)
    return gradient


# ------------------------------------------------------------------ Chinese: a chain of tags


def sequels(passages: Iterable[Passage]) -> Iterator[Sequel]:
    """Chinese passages unit by unit, with the tags that their marks amount to."""
    for passage in passages:
        text, segments, hints = chinese_material(passage.text)
        found = tagger.units(text)
        rows = tagger.features(text, found, segments, hints)
        yield Sequel(rows, [_tag(passage, unit, found[i - 1] if i else None) for i, unit in enumerate(found)])


def _tag(passage: Passage, unit: tagger.Unit, before: tagger.Unit | None) -> int:
    for start, end, identifier in passage.mentions:
        if start < unit[1] and unit[0] < end and identifier[0] in _TAG_OF and _is_name(passage.text[start:end]):
            inner = before is not None and before[0] >= start
            return tagger.TAGS.index(("I" if inner else "B") + _TAG_OF[identifier[0]])
    return 0


def _is_name(text: str) -> bool:
    """Pronouns and descriptions refer to somebody without naming them."""
    vague = len(text) <= 4 and text.endswith(("公司", "团队", "实验室", "者", "人"))
    return not vague and text[0] not in "他她其该这那本"


def train_chinese(
    passages: Iterable[Passage], *, seed: int = 0, rounds: int = 8, progress: Callable[[int], None] = lambda n: None
) -> NDArray[Any]:
    """Weights of ``zh/tagger`` by an averaged structured perceptron; its last rows are the transitions."""
    import numpy as np

    width = len(tagger.TAGS)
    chain = tagger.Chain(np.zeros((ROWS, width), np.float32), np.zeros((width, width), np.float32))
    total, total_transition = np.zeros_like(chain.emission), np.zeros_like(chain.transition)
    random = Random(seed)  # noqa: S311 # order and names only
    told = list(passages)
    order, step = list(sequels([*told, *(p for _ in range(_RETOLD) for p in retold(told, random))])), 1
    for round_number in range(rounds):
        random.shuffle(order)
        for sequel in order:
            guess = chain.decode(chain.score(sequel.rows.T))
            if guess != sequel.tags:
                _correct(chain, total, total_transition, sequel, guess, step)
            step += 1
        progress(round_number + 1)
    return np.vstack([chain.emission - total / step, chain.transition - total_transition / step])


def _correct(
    chain: tagger.Chain,
    total: NDArray[Any],
    total_transition: NDArray[Any],
    sequel: Sequel,
    guess: list[int],
    step: int,
) -> None:
    """Moves the weights from the guess towards the truth; ``total`` keeps what averaging takes back."""
    import numpy as np

    for right, wrong, rows in zip(sequel.tags, guess, sequel.rows, strict=True):
        if right != wrong:
            for tag, sign in ((right, 1.0), (wrong, -1.0)):
                np.add.at(chain.emission, (rows, tag), sign)
                np.add.at(total, (rows, tag), sign * step)
    for tags, sign in ((sequel.tags, 1.0), (guess, -1.0)):
        for pair in pairwise(tags):
            chain.transition[pair] += sign
            total_transition[pair] += sign * step
