"""The bundled sample articles: quotes in place, every kind of claim covered, the sample note on every page."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from articles.extraction import claims
from articles.samples.build import HERE, NOTES, build, note_of, place

KINDS = ("moves", "compensation", "signals")
SOURCES = sorted(HERE.glob("*/*.json"))
RECORD_FIELDS = {
    "moves": {"person", "cohort", "from", "to", "kind"},
    "compensation": {"org", "person", "population", "min", "max", "currency", "period", "component", "kind"},
    "signals": {"org", "team", "metric", "min", "max", "of", "unit"},
}
SHARED_FIELDS = {"date", "status", "attribution", "attribution_kind", "quote", "start", "end"}


@cache
def entry_of(source: Path) -> dict:
    return json.loads(source.read_text(encoding="utf-8"))


def text_of(source: Path) -> str:
    return source.with_suffix(".txt").read_text(encoding="utf-8")


def records(kind: str) -> list[dict]:
    return [record for source in SOURCES for record in entry_of(source)["claims"][kind]]


every_article = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


@every_article
def test_it_finds_every_quote_at_its_offsets(source):
    text = text_of(source)
    for kind in KINDS:
        for record in entry_of(source)["claims"][kind]:
            assert text[record["start"] : record["end"]] == record["quote"]


@every_article
def test_it_gives_each_record_all_fields_of_the_guide(source):
    for kind in KINDS:
        for record in entry_of(source)["claims"][kind]:
            extra = {"optional", "attribution_count"}
            assert set(record) - extra == RECORD_FIELDS[kind] | SHARED_FIELDS


@every_article
def test_it_attributes_in_the_words_of_the_text(source):
    text = text_of(source)
    for kind in KINDS:
        for record in entry_of(source)["claims"][kind]:
            assert (record["attribution"] is None) == (record["attribution_kind"] == "article")
            assert record["attribution"] is None or record["attribution"] in text


@every_article
def test_it_says_on_its_face_that_it_is_a_sample(source):
    page = source.with_suffix(".html").read_bytes()
    body = html.fromstring(page).find("body").text_content()
    assert body.count(note_of(entry_of(source))) >= 2


@every_article
def test_it_shows_every_paragraph_of_the_text_on_the_page(source):
    shown = html.fromstring(source.with_suffix(".html").read_bytes()).text_content()
    assert [p for p in text_of(source).splitlines() if p not in shown] == []


@every_article
def test_it_names_its_file_title_and_date_consistently(source):
    entry = entry_of(source)
    assert entry["id"] == source.stem
    assert entry["title"] == text_of(source).splitlines()[0]
    assert entry["published"].count("-") == 2


def used(kind: str, field: str) -> set[str]:
    return {record[field] for record in records(kind)}


def test_it_covers_every_kind_of_move():
    assert used("moves", "kind") == set(claims.MOVE_KINDS)


def test_it_covers_every_status():
    assert set().union(*(used(kind, "status") for kind in KINDS)) == set(claims.STATUSES)


def test_it_covers_every_kind_of_attribution():
    assert set().union(*(used(kind, "attribution_kind") for kind in KINDS)) == set(claims.ATTRIBUTION_KINDS)


def test_it_covers_every_component_and_kind_of_pay():
    assert used("compensation", "component") == set(claims.COMPONENTS)
    assert used("compensation", "kind") == set(claims.COMPENSATION_KINDS)


def test_it_covers_every_period():
    periods = used("compensation", "period")
    assert set(claims.PERIODS) <= periods
    assert {p for p in periods if p.startswith("multi_year:")} == periods - set(claims.PERIODS) != set()


def test_it_covers_every_metric():
    assert used("signals", "metric") == set(claims.METRICS)


def test_it_bundles_rich_pages_in_both_languages_and_many_styles():
    pages = [entry_of(source) for source in SOURCES if source.parent.name == "pages"]
    languages = Counter(entry["lang"] for entry in pages)
    assert min(languages["en"], languages["zh"]) >= 8
    assert len({entry["page"]["style"] for entry in pages}) >= 6


def test_it_keeps_a_page_in_each_legacy_encoding():
    encodings = {entry_of(source)["page"].get("encoding", "utf-8") for source in SOURCES}
    assert encodings == {"utf-8", "gb18030", "big5"}


def test_it_bundles_at_least_sixty_articles_some_without_a_claim():
    languages = Counter(entry_of(source)["lang"] for source in SOURCES)
    silent = [source for source in SOURCES if not any(entry_of(source)["claims"].values())]
    assert min(languages["en"], languages["zh"]) >= 30
    assert len(silent) >= 8


def test_it_builds_the_committed_pages(tmp_path):
    for name in ("pages", "more"):
        copy = tmp_path / name
        copy.mkdir()
        sources = [path for path in (HERE / name).iterdir() if path.suffix in (".json", ".txt")]
        for path in sources:
            (copy / path.name).write_bytes(path.read_bytes())
        build(copy)
        stale = [page.name for page in copy.iterdir() if page.read_bytes() != (HERE / name / page.name).read_bytes()]
        assert stale == []


def test_it_refuses_a_quote_that_the_text_does_not_hold():
    entry = {"id": "x", "title": "T", "claims": {"moves": [{"quote": "she left"}]}}
    with pytest.raises(ValueError, match="she left"):
        place(entry, "T\nNobody moved.\n")


def test_it_has_a_note_for_each_language_and_script():
    assert set(NOTES) == {"en", "zh", "zh-Hant"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_states_the_number_of_records_in_the_readme(kind):
    counts = Counter(entry_of(source)["lang"] for source in SOURCES for _ in entry_of(source)["claims"][kind])
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    assert f"| {kind} | {counts['en']} | {counts['zh']} |" in readme
