"""Documents become text and metadata."""

import json
from datetime import UTC, date, datetime

import pytest

from articles.exceptions import NotADocument
from articles.parse import parse
from tests.articles.conftest import PROSE, PROSE_ZH, page


def html(*args: str, **kwargs: str) -> bytes:
    return page(*args, **kwargs).encode()


def json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_it_keeps_the_article_and_leaves_the_rest_of_the_page() -> None:
    parsed = parse(html())
    assert all(paragraph in parsed.text for paragraph in PROSE)
    assert "Section 3" not in parsed.text
    assert "rights reserved" not in parsed.text


def test_it_keeps_the_paragraphs_of_a_short_chinese_report() -> None:
    parsed = parse(html(*PROSE_ZH, lang="zh"))
    assert [line for line in parsed.text.split("\n") if line in PROSE_ZH] == list(PROSE_ZH)
    assert parsed.language == "zh"


def test_it_keeps_characters_as_they_are() -> None:
    odd = "“Zoë” said：ＡＩ e\u0301quipe — naïve ﬁ, as the two companies had announced on the Monday of that week."
    assert odd in parse(html(*PROSE, odd)).text


def test_it_reads_json_ld_first() -> None:
    head = (
        json_ld(
            headline="The Headline",
            author=[{"name": "Ann Lee"}, {"name": "Bo Chen"}],
            publisher={"name": "The Site"},
            datePublished="2025-03-18T09:12:00+08:00",
            dateModified="2025-03-19",
        )
        + '<meta property="og:title" content="Another">'
    )
    parsed = parse(html(head=head))
    assert (parsed.title, parsed.author, parsed.publisher) == ("The Headline", "Ann Lee, Bo Chen", "The Site")
    assert parsed.published_at == datetime(2025, 3, 18, 1, 12, tzinfo=UTC)
    assert parsed.published_on == date(2025, 3, 18)
    assert parsed.modified_at == datetime(2025, 3, 19, tzinfo=UTC)


def test_it_finds_the_article_in_a_graph() -> None:
    graph = json.dumps(
        {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["Article"], "headline": "In the graph"}]}
    )
    assert parse(html(head=f'<script type="application/ld+json">{graph}</script>')).title == "In the graph"


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, "null", '{"@type": "NewsArticle", "author": 3}', '"x"'])
def test_it_survives_broken_json_ld(broken: str) -> None:
    parsed = parse(html(head=f'<script type="application/ld+json">{broken}</script>'))
    assert parsed.title == "Quill joins Lanternlight"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2025-03-18T09:12:00Z">', date(2025, 3, 18)),
        ('<meta name="pubdate" content="20250318">', date(2025, 3, 18)),
        ('<meta property="og:release_date" content="2025-03-18">', date(2025, 3, 18)),
        ('<meta name="date" content="not a date"><meta name="dc.date" content="2025-03-18">', date(2025, 3, 18)),
        ("", None),
    ],
)
def test_it_reads_the_date_of_the_meta_elements(head: str, day: date | None) -> None:
    assert parse(html(head=head)).published_on == day


def test_it_reads_the_time_beside_the_headline_and_no_other() -> None:
    related = '<aside><time datetime="2020-01-01">old</time></aside>'
    body = page().replace("<article>", related + '<article><time datetime="2025-03-18T10:00:00Z">today</time>')
    assert parse(body.encode()).published_on == date(2025, 3, 18)


def test_it_searches_the_page_where_nothing_states_a_date() -> None:
    body = page().replace("</h1>", '</h1><div class="post-meta">by staff on 18 March 2025</div>')
    assert parse(body.encode()).published_on == date(2025, 3, 18)


def test_it_does_not_believe_a_date_after_the_fetch() -> None:
    head = '<meta property="article:published_time" content="2031-01-01">'
    assert parse(html(head=head), retrieved_at=datetime(2025, 6, 1, tzinfo=UTC)).published_on is None


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x">', "https://a.example/x"),
        ('<link rel="canonical" href="/x">', "https://b.example/x"),
        ('<meta property="og:url" content="https://a.example/y">', "https://a.example/y"),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical" href="http://[">', ""),
        ("", ""),
    ],
)
def test_it_reads_the_address_that_the_page_gives_itself(head: str, address: str) -> None:
    assert parse(html(head=head), "text/html", "https://b.example/p?q=1").address == address


@pytest.mark.parametrize(
    ("title", "headline", "site"),
    [
        ("A headline | The Site", "A headline", "The Site"),
        ("A headline - The Site", "A headline", "The Site"),
        ("标题在此_某网", "标题在此", "某网"),
        ("A headline", "A headline", ""),
    ],
)
def test_it_parts_headline_and_site(title: str, headline: str, site: str) -> None:
    body = page(title=headline).replace(f"<title>{headline}<", f"<title>{title}<")
    parsed = parse(body.encode())
    assert (parsed.title, parsed.publisher) == (headline, site)


def test_it_says_when_a_page_holds_no_article() -> None:
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(60))
    with pytest.raises(NotADocument, match="no article"):
        parse(f"<html><body><ul>{links}</ul><p>Home</p></body></html>".encode())


@pytest.mark.parametrize("body", [b"<html><body></body></html>", b"<html>", b"12345 67890 ..."])
def test_it_says_when_there_are_no_words(body: bytes) -> None:
    with pytest.raises(NotADocument):
        parse(body)


def test_it_keeps_a_text_whole() -> None:
    text = "  A first line that says what happened\n\n  Indented   words.\n"
    parsed = parse(text.encode(), "text/plain")
    assert parsed.text == text
    assert parsed.title == "A first line that says what happened"


def test_it_changes_only_line_ends_and_what_cannot_be_stored() -> None:
    assert parse(b"One line.\r\nTwo\x00 lines.\rThree.").text == "One line.\nTwo lines.\rThree."


def test_it_takes_the_title_from_the_end_of_the_trail() -> None:
    text = "某某游戏网\n\n首页 > 业界 > 林一离开北岸实验室\n\n林一离开北岸实验室\n\n3 月 26 日消息，她走了。"
    assert parse(text.encode()).title == "林一离开北岸实验室"


def test_it_reads_labelled_lines() -> None:
    text = "Title: Quill moves on\nBy: Ann Lee\nSource: The Site\nURL: https://a.example/x\nDate: 2025-03-18\n\nShe."
    parsed = parse(text.encode(), "text/plain")
    assert (parsed.title, parsed.author, parsed.publisher) == ("Quill moves on", "Ann Lee", "The Site")
    assert (parsed.address, parsed.published_on) == ("https://a.example/x", date(2025, 3, 18))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The team has left the lab for a rival, and it is not the first to go.", "en"),
        ("研究员离开了实验室，加入一家新公司。", "zh"),
        ("Meta 聘请了 DeepMind 的研究员担任 Llama 首席工程师。", "zh"),
        ("研究者はこの研究所を離れ、新しい会社に加わりました。", "ja"),
        ("Das Team hat das Labor verlassen und ist zu einem anderen Unternehmen gegangen, wie die Firma sagte, "
         "und es ist nicht das erste.", "de"),
        ("Hello", "en"),
    ],
)  # fmt: skip
def test_it_names_the_language(text: str, language: str) -> None:
    assert parse(text.encode()).language == language
