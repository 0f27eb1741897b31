"""How right the engine is on articles with hand-made gold: figures with intervals, the worst errors, the speed.

Reads cases from JSON Lines or from a folder of samples, runs an extractor over them, and reports. Writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from articles.extraction import ENGINE_VERSION, Document, Extraction
from articles.extraction.claims import AS_JSON
from articles.extraction.scoring import (
    ATTRIBUTES,
    KINDS,
    ArticleScore,
    Mistake,
    Record,
    interval,
    match,
    score_article,
    total,
    worst,
)

SAMPLES = Path(__file__).parent / "samples"
# How far a second reading of these samples agrees with the first.
AGREEMENT = SAMPLES / "agreement.json"
Extractor = Callable[[Document], Extraction]
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_KIND_OF = {"moves": "move", "compensation": "compensation", "signals": "signal"}


class BadCase(ValueError):
    """A line or a file of a gold set that cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One article with what its reading by hand found in it."""

    document: Document
    gold: Record


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one kind of claim in one language ("all" for both), with its 95 % interval."""

    kind: str
    lang: str
    precision: float
    recall: float
    f1: float
    f1_low: float
    f1_high: float
    right: int
    wrong: int
    missed: int
    attributes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the records given a confidence in ``low`` to ``high``: how many, how sure on average, how many right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Report:
    """One run: on how many articles, by which engine, how right and how fast."""

    engine: str
    articles: int
    characters: int
    seconds: float
    figures: list[Figure]
    reliability: list[Reliability]
    errors: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def read_cases(articles: Path, gold: Path) -> list[Case]:
    """Cases from two JSON Lines files with the same ids."""
    expected = {record["id"]: record for record in _lines(gold)}
    documents = [_document(record) for record in _lines(articles)]
    missing = [d.id for d in documents if d.id not in expected]
    if missing:
        raise BadCase(f"{gold}: no gold for {', '.join(missing[:5])}; every article needs a line with its id")
    return [Case(document, expected[document.id]) for document in documents]


def read_samples(folder: Path) -> list[Case]:
    """Cases from a folder of samples: NAME.txt with the text, and NAME.json with the claims beside it."""
    return [_sample(path) for path in sorted(folder.rglob("*.json")) if path.name != AGREEMENT.name]


def _sample(path: Path) -> Case:
    text_path = path.with_suffix(".txt")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Case(_document({**record, "text": text_path.read_text(encoding="utf-8")}), record["claims"])
    except (OSError, KeyError, ValueError) as error:
        raise BadCase(f"{path}: {error}") from error


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record: dict[str, Any] = json.loads(line)
                record["id"]
            except (ValueError, KeyError, TypeError) as error:
                raise BadCase(f"{path}, line {number}: not a JSON object with an id") from error
            yield record


def _document(record: dict[str, Any]) -> Document:
    published = record.get("published")
    return Document(
        id=str(record["id"]),
        text=record["text"],
        lang=record.get("lang") or "",
        title=record.get("title") or "",
        published=date.fromisoformat(published[:10]) if published else None,
        url=record.get("url"),
    )


def evaluate(cases: Sequence[Case], extractor: Extractor, *, clock: Callable[[], float], random: Random) -> Report:
    """Runs ``extractor`` over all cases; ``clock`` gives seconds of this process's work."""
    started = clock()
    found = [extractor(case.document) for case in cases]
    seconds = clock() - started
    records = [_with_confidence(f, case.document) for f, case in zip(found, cases, strict=True)]
    scores = [
        score_article(c.document.id, c.document.lang, c.gold, r, c.document.text)
        for c, r in zip(cases, records, strict=True)
    ]
    return Report(
        engine=ENGINE_VERSION,
        articles=len(cases),
        characters=sum(len(c.document.text) for c in cases),
        seconds=round(seconds, 3),
        figures=list(_figures(scores, random)),
        reliability=_reliability(cases, records),
        errors=[_error(mistake) for mistake in worst(scores)],
    )


def _with_confidence(extraction: Extraction, document: Document) -> dict[str, list[dict[str, Any]]]:
    return {
        kind: [
            {**AS_JSON[_KIND_OF[kind]](claim, document.text), "confidence": claim.confidence, "rule": claim.rule}
            for claim in getattr(extraction, kind)
        ]
        for kind in KINDS
    }


def _figures(scores: Sequence[ArticleScore], random: Random) -> Iterator[Figure]:
    for lang in ("all", *sorted({s.lang for s in scores})):
        chosen = [s for s in scores if lang in ("all", s.lang)]
        for kind in KINDS:
            tally = total(chosen, kind)
            low, high = interval(chosen, kind, "f1", random)
            counted = {name: tally.attributes[name] for name in ATTRIBUTES[kind] if name in tally.attributes}
            yield Figure(
                kind=kind,
                lang=lang,
                precision=round(tally.precision, 4),
                recall=round(tally.recall, 4),
                f1=round(tally.f1, 4),
                f1_low=round(low, 4),
                f1_high=round(high, 4),
                right=tally.right,
                wrong=tally.wrong,
                missed=tally.missed,
                attributes={name: round(right / of, 4) for name, (right, of) in counted.items() if of},
            )


def _reliability(cases: Sequence[Case], records: Sequence[Record]) -> list[Reliability]:
    judged = [pair for case, found in zip(cases, records, strict=True) for pair in _judged(case.gold, found)]
    rows = []
    for low, high in pairwise(BINS):
        inside = [(c, ok) for c, ok in judged if low <= c < high or (high == BINS[-1] and c == high)]
        if inside:
            mean, right = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            rows.append(Reliability(low, high, len(inside), round(mean, 4), round(right, 4)))
    return rows


def _judged(gold: Record, found: Record) -> Iterator[tuple[float, bool]]:
    """Confidence and rightness of each record found; a move is right where all its ends are."""
    for kind in KINDS:
        _, _, wrong = match(kind, gold.get(kind, []), found[kind])
        bad = [id(item.get("record", item)) for item in wrong]
        yield from ((record["confidence"], id(record) not in bad) for record in found[kind])


def _error(mistake: Mistake) -> dict[str, Any]:
    kept = {k: v for k, v in mistake.record.items() if k not in ("start", "end")}
    return {"article": mistake.article, "kind": mistake.kind, "what": mistake.what, "record": kept}


def as_table(report: Report) -> Iterable[str]:
    """The report in lines of text."""
    rate = report.characters / report.seconds if report.seconds else 0.0
    size = f"{report.articles} articles, {report.characters:,} characters"
    yield f"{report.engine}: {size}, {rate:,.0f} characters a second"
    yield f"{'kind':13} {'lang':4} {'P':>6} {'R':>6} {'F1':>6}  {'95 % interval':15} right wrong missed"
    for f in report.figures:
        attributes = ", ".join(f"{name} {value:.2f}" for name, value in f.attributes.items())
        yield (
            f"{f.kind:13} {f.lang:4} {f.precision:6.3f} {f.recall:6.3f} {f.f1:6.3f}  [{f.f1_low:.3f}, {f.f1_high:.3f}]"
            f"  {f.right:5} {f.wrong:5} {f.missed:6}  {attributes}"
        )
    yield "confidence given: records, mean confidence, share right"
    for r in report.reliability:
        yield f"  {r.low:.1f} to {r.high:.1f}: {r.count:5} {r.confidence:.3f} {r.right:.3f}"
    yield "the worst errors:"
    for error in report.errors:
        record = json.dumps(error["record"], ensure_ascii=False)
        yield f"  {error['article']} {error['kind']} {error['what']}: {record[:400]}"
