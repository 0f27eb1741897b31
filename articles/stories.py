"""Near-duplicates: a wire text printed by ten outlets is one story, so that it counts as one reporter.

Two articles are alike when one holds most of the other's runs of words (or of Han characters, in either script) and is
not much longer: a copy may be cut, edited and framed, but a digest of five stories is none of them. Alike articles, the
versions of one article, and the alike of these, form one story; which one depends on the set of articles, never on the
order in which they came.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from hashlib import sha1
from typing import Any

from django.db.models import Q

from articles.editions import beside
from articles.extraction.zh.plain import plain
from articles.models import Article

# From this share of the shorter text's shingles found in the other on, two texts are one story, ...
HELD = 0.7
# ... unless one has so many times fewer shingles than the other.
LEAST_RATIO = 0.45
# A text shorter than this many words says too little to be compared.
SHORTEST = 40
_SHINGLE = 4
_PERMUTATIONS = 128
# Of a book this many characters tell which other it copies.
_COMPARED = 200_000
# So many shingles at once: in each order all hashes of a book would take 500 MB.
_BLOCK = 2048
# 42 bands of 3 rows: of pairs with a Jaccard similarity of 0.4 all but 1 in 16 share a band, of pairs at 0.1 one in 25.
_ROWS = 3
_ORDERED = ("published_at", "content_hash")
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def fingerprint(text: str) -> tuple[bytes, list[int]]:
    """Signature of ``text`` (its MinHash, then how many shingles it has) and its bands as signed 32-bit numbers.

    (b"", []) for a text too short.
    """
    tokens = _TOKEN.findall(plain(unicodedata.normalize("NFKC", text[:_COMPARED])).casefold())
    if len(tokens) < SHORTEST:
        return b"", []
    shingles = {" ".join(tokens[i : i + _SHINGLE]).encode() for i in range(max(1, len(tokens) - _SHINGLE + 1))}
    values = _minhash(shingles)
    starts = range(0, _PERMUTATIONS - _ROWS + 1, _ROWS)
    bands = [_band(start, values[start : start + _ROWS].tobytes()) for start in starts]
    return values.tobytes() + len(shingles).to_bytes(4, "little"), bands


def _band(start: int, rows: bytes) -> int:
    """A band as one number: FNV-1a over its place and rows, the same in every process."""
    value = 0x811C9DC5 ^ start
    for byte in rows:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value - (1 << 32) if value >= 1 << 31 else value


def _minhash(shingles: set[bytes]) -> Any:
    """For each of many orders of all hashes, the least hash of a shingle; unsigned 32-bit numbers.

    The same values as datasketch's, without the half second and the 70 MB that importing it takes.
    """
    import numpy as np

    hashes = np.frombuffer(b"".join(sha1(each, usedforsecurity=False).digest()[:4] for each in shingles), "<u4")
    slopes, shifts = _orders()
    mixed = _mixed(hashes)[:, None]
    blocks = (mixed[at : at + _BLOCK] * slopes + shifts for at in range(0, len(mixed), _BLOCK))
    return np.minimum.reduce([block.min(axis=0) for block in blocks])


@cache
def _orders() -> Any:
    import numpy as np

    source = np.random.RandomState(1)
    slopes = source.randint(0, 1 << 31, _PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return slopes, source.randint(0, 1 << 32, _PERMUTATIONS, dtype=np.uint32)


def _mixed(hashes: Any) -> Any:
    """MurmurHash3's last step: every bit of a hash has a say in every other."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        hashes = (hashes ^ (hashes >> shift)) * hashes.dtype.type(factor)
    return hashes


def similarity(left: bytes | memoryview | None, right: bytes) -> float:
    """Estimated Jaccard similarity of two signatures; 0.0 where one is missing."""
    import numpy as np

    if not left or not right:
        return 0.0
    ours, theirs = (np.frombuffer(side, "uint32", count=_PERMUTATIONS) for side in (left, right))
    return float(np.mean(ours == theirs))


def alike(left: bytes | memoryview | None, right: bytes) -> bool:
    """Whether texts with these signatures are one story."""
    jaccard = similarity(left, right)
    fewer, more = sorted((_shingles(left), _shingles(right)))
    if not fewer or fewer < LEAST_RATIO * more:
        return False
    # What both have, from their similarity and their sizes.
    shared = jaccard * (fewer + more) / (1 + jaccard)
    return shared >= HELD * fewer


def _shingles(signature: bytes | memoryview | None) -> int:
    """How many shingles the text has; 0 where the signature does not say."""
    return int.from_bytes(bytes(signature or b"")[4 * _PERMUTATIONS :], "little")


def join_story(article: Article) -> list[int]:
    """Puts the article into its story; the ids of articles, other than it, whose original changed by that.

    The caller holds a transaction and the lock under which facts are settled.
    """
    signature, bands = fingerprint(article.text)
    near = Article.objects.filter(bands__overlap=bands).exclude(pk=article.pk) if bands else Article.objects.none()
    copies = [row for row in near.only("original", "signature") if alike(row.signature, signature)]
    versions = Article.objects.filter(pk__in=beside(article)).only("original")
    heads = {row.original_id or row.pk for row in (*copies, *versions)} | {article.original_id or article.pk}
    story = list(Article.objects.filter(Q(pk__in=heads) | Q(original__in=heads)).only(*_ORDERED, "original"))
    first = min(story, key=_order)
    moved = [row.pk for row in story if row.original_id != (None if row == first else first.pk)]
    if followers := [pk for pk in moved if pk != first.pk]:
        Article.objects.filter(pk__in=followers).update(original=first)
    if first.pk in moved:
        Article.objects.filter(pk=first.pk).update(original=None)
    article.original_id = None if article.pk == first.pk else first.pk
    if (bytes(article.signature or b""), article.bands) != (signature, bands):
        article.signature, article.bands = signature, bands
        Article.objects.filter(pk=article.pk).update(signature=signature, bands=bands)
    return [pk for pk in moved if pk != article.pk]


def _order(article: Article) -> tuple[bool, str, str]:
    published = article.published_at
    return published is None, published.isoformat() if published else "", article.content_hash
