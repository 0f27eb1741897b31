"""Near-duplicates: a wire text printed by ten outlets is one story, so that it counts as one reporter.

Two articles are alike when their texts share most of their runs of words (or of Han characters). Alike articles, and
the alike of these, form one story; which one depends on the set of articles, never on the order in which they came.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article

if TYPE_CHECKING:
    from datasketch import MinHash

# Estimated Jaccard similarity of the shingles from which two texts are one story.
ALIKE = 0.6
# A text shorter than this many words says too little to be compared.
SHORTEST = 40
_SHINGLE = 4
_PERMUTATIONS = 128
# 32 bands of 4 rows: of pairs at 0.6 all but 1 in 80 share a band, of pairs at 0.2 one in 20.
_ROWS = 4
_ORDERED = ("published_at", "content_hash")
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def fingerprint(text: str) -> tuple[bytes, list[int]]:
    """MinHash signature of ``text`` and its bands as signed 32-bit numbers; (b"", []) for a text too short."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(tokens) < SHORTEST:
        return b"", []
    values = _minhash(tokens).hashvalues.astype("uint32")
    starts = range(0, _PERMUTATIONS, _ROWS)
    return values.tobytes(), [_band(start, values[start : start + _ROWS].tobytes()) for start in starts]


def _band(start: int, rows: bytes) -> int:
    """A band as one number: FNV-1a over its place and rows, the same in every process."""
    value = 0x811C9DC5 ^ start
    for byte in rows:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value - (1 << 32) if value >= 1 << 31 else value


def _minhash(tokens: list[str]) -> MinHash:
    from datasketch import MinHash  # brings SciPy; needed only here

    sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
    sketch.update_batch(
        {" ".join(tokens[i : i + _SHINGLE]).encode() for i in range(max(1, len(tokens) - _SHINGLE + 1))}
    )
    return sketch


def similarity(left: bytes | memoryview | None, right: bytes) -> float:
    """Estimated Jaccard similarity of two signatures; 0.0 where one is missing."""
    import numpy as np

    if not left or not right:
        return 0.0
    return float(np.mean(np.frombuffer(left, "uint32") == np.frombuffer(right, "uint32")))


def join_story(article: Article) -> list[int]:
    """Puts the article into its story; the ids of articles, other than it, whose original changed by that.

    The caller holds a transaction and the lock under which facts are settled.
    """
    signature, bands = fingerprint(article.text)
    near = Article.objects.filter(bands__overlap=bands).exclude(pk=article.pk) if bands else Article.objects.none()
    alike = [row for row in near.only("original", "signature") if similarity(row.signature, signature) >= ALIKE]
    heads = {row.original_id or row.pk for row in alike} | {article.original_id or article.pk}
    story = list(Article.objects.filter(Q(pk__in=heads) | Q(original__in=heads)).only(*_ORDERED, "original"))
    first = min(story, key=_order)
    moved = [row.pk for row in story if row.original_id != (None if row == first else first.pk)]
    Article.objects.filter(pk__in=moved).exclude(pk=first.pk).update(original=first)
    Article.objects.filter(pk=first.pk).update(original=None)
    Article.objects.filter(pk=article.pk).update(signature=signature, bands=bands)
    article.refresh_from_db(fields=["original"])
    return [pk for pk in moved if pk != article.pk]


def _order(article: Article) -> tuple[bool, str, str]:
    published = article.published_at
    return published is None, published.isoformat() if published else "", article.content_hash
