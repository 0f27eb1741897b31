"""Leaves out what stands beside names and tells nothing of moves: degrees, tickers, towns in brackets, ages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from articles.extraction.claims import Claim
from articles.extraction.document import Document, Span
from articles.extraction.lexicon import words

T = TypeVar("T", bound=Claim)

_DEGREE = r"(?:M\.?D|Ph\.?D|M\.?B\.?A|J\.?D|M\.?P\.?H|Pharm\.?D|D\.?Phil|M\.?Sc|B\.?Sc|CFA|CPA|Esq|FRS|DVM|RN)\b\.?"
_DEGREES = rf"(?<=[a-z]), {_DEGREE}(?:(?:,? and|,) {_DEGREE})*(?P<closing>,)?"
_TICKER = r"(?<=[\w.]) \((?:NASDAQ|Nasdaq|NYSE|AMEX|LSE|LON|HKEX|HKG|TSX|TSE|ASX|OTC)(?:: ?| )[A-Z0-9.:]{1,8}\)"
_TOWN = r"(?<=[\w.]) \((?P<town>[A-Z][\w.-]+(?: [A-Z][\w-]+)?), (?P<land>[A-Z][\w.]+(?: [A-Z]\w+)?)\)"
_AGE = (
    r"(?<=[a-z]), (?:aged )?[2-9]\d, (?=(?:as|to|from|has|had|is|was|will|joined|left|joins|leaves|takes|succeeds)\b)"
)
_BULLET = r"(?m:^[⬤●•▪◆■►▶]+ )"
_PICTURED = r" \((?:pictured|right|left|above|center|centre)(?: [a-z]+)?\)"
_HONORIFIC = r"(?<![\w.])(?:Dr|Prof|Sir|Dame)\.? (?=[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][a-z])"
_SPACED = r"(?<=\w) (?=[’']s\b)"
_LANDS = frozenset({"UK", "U.K.", "USA", "U.S.", "US", "U.S.A.", "UAE"})
_ASIDE = re.compile(f"{_DEGREES}|{_TICKER}|{_TOWN}|{_AGE}|{_BULLET}|{_PICTURED}|{_HONORIFIC}|{_SPACED}")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the shortened text goes on, in its own offsets, and how many characters were left out up to there."""

    starts: tuple[int, ...]
    lengths: tuple[int, ...]

    def restored(self, claims: Iterable[T]) -> list[T]:
        """The claims with their spans in the text as it was."""
        return [replace(claim, span=Span(self._back(claim.span.start), self._end(claim.span.end))) for claim in claims]

    def _back(self, position: int) -> int:
        at = bisect_right(self.starts, position) - 1
        return position + (self.lengths[at] if at >= 0 else 0)

    def _end(self, position: int) -> int:
        return self._back(position - 1) + 1 if position else 0


def without_asides(document: Document) -> tuple[Document, Cuts | None]:
    """The document without such asides and the way back to its offsets; itself and None where it has none."""
    text, kept, starts, lengths = document.text, [], [], []
    at = left_out = 0
    for match in _ASIDE.finditer(text):
        gap = _gap(match)
        if gap is None:
            continue
        kept.append(text[at : match.start()] + gap)
        at = match.end()
        left_out += match.end() - match.start() - len(gap)
        starts.append(at - left_out)
        lengths.append(left_out)
    if not starts:
        return document, None
    kept.append(text[at:])
    return replace(document, text="".join(kept)), Cuts(tuple(starts), tuple(lengths))


def _gap(match: re.Match[str]) -> str | None:
    """What stands for the aside; None where it has to stay."""
    if match["town"]:
        places = words("en/places")
        return "" if match["land"] in _LANDS or {match["town"], match["land"]} & places else None
    if match["closing"]:
        return "," if match.string.startswith((" who", " a ", " an ", " the "), match.end()) else ""
    return " " if match[0].startswith(",") and match[0].endswith(" ") else ""
