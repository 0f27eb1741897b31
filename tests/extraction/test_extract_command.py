"""The pipe: articles in, claims out, in the same order."""

import io
import json

import pytest
from django.core.management import call_command

GOOD = {
    "id": "a",
    "lang": "en",
    "title": "",
    "published": "2024-03-26",
    "url": None,
    "text": "Meta laid off 300 employees.",
}


def run(monkeypatch, *lines, **options):
    raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("extract", stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), code


def test_it_writes_the_claims_in_the_order_of_the_articles(monkeypatch):
    found, err, code = run(monkeypatch, {**GOOD, "id": "b"}, GOOD)
    assert ([f["id"] for f in found], err, code) == (["b", "a"], "", 0)
    (signal,) = found[0]["signals"]
    assert (signal["org"], signal["metric"], signal["min"], signal["max"]) == ("Meta", "layoffs", 300, 300)
    assert signal["quote"] == GOOD["text"][signal["start"] : signal["end"]]
    assert "confidence" not in signal


def test_it_adds_where_a_claim_comes_from(monkeypatch):
    text = "Two people familiar with the matter said Meta laid off 300 employees."
    ((found,), _, _) = run(monkeypatch, {**GOOD, "text": text}, full=True)
    (signal,) = found["signals"]
    assert 0 < signal["confidence"] < 1
    assert signal["rule"].startswith("en.layoffs")
    assert (signal["attribution_kind"], signal["attribution_count"]) == ("unnamed", 2)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"oops", "line 2: not JSON"),
        (b"[1]", "line 2: expected a JSON object, not list"),
        (b'{"text": "x"}', 'line 2: "id" must be'),
        (b'{"id": "b"}', 'line 2: "text" is missing'),
        (b'{"id": "b", "text": 5}', 'line 2: "text" must be a string'),
        (b'{"id": "b", "text": "x", "lang": "xx"}', "line 2: \"lang\" 'xx' is no language"),
        (b'{"id": "b", "text": "x", "published": "2024-13-01"}', "is no date"),
        (b'{"id": "b", "text": "\xff"}', "line 2: not UTF-8"),
        (b'{"id": "b", "text": "\\ud800"}', "half a surrogate pair"),
    ],
)
def test_it_names_a_bad_line_and_goes_on(monkeypatch, line, complaint):
    found, err, code = run(monkeypatch, GOOD, line, {**GOOD, "id": "c"})
    assert [f["id"] for f in found] == ["a", "c"]
    assert complaint in err
    assert code == 1


def test_it_skips_empty_lines_and_reads_a_date_with_a_time(monkeypatch):
    found, err, code = run(monkeypatch, b"", {**GOOD, "published": "2024-03-26T10:00:00Z", "lang": "en-GB"}, b"  ")
    assert (len(found), err, code) == (1, "", 0)


def test_it_shares_the_work_and_keeps_the_order(monkeypatch):
    articles = [{**GOOD, "id": str(i)} for i in range(40)]
    found, _, code = run(monkeypatch, *articles, jobs=2)
    assert ([f["id"] for f in found], code) == ([str(i) for i in range(40)], 0)
