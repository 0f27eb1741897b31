"""What feeds and site maps name is found, whatever is wrong with them; what is built to harm is refused."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.exceptions import IntakeError, NotAFeed, TooLarge
from articles.feed_dates import moment
from articles.feeds import MAX_ENTRIES, Discovered, discover

NOW = datetime(2025, 6, 10, tzinfo=UTC)
HOME = "https://news.example/feeds/all.xml"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def read(document: str | bytes, *, label: str = "", address: str = HOME) -> Discovered:
    body = document.encode() if isinstance(document, str) else document
    return discover(body, label, address, latest=NOW)


def rss(*items: str, head: str = "", version: str = "2.0") -> str:
    channel = f"<title>The Ledger</title>{head}{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="{version}"><channel>{channel}</channel></rss>'


def item(**fields: str) -> str:
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in fields.items()) + "</item>"


def atom(*entries: str, attributes: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>The Ledger</title>{"".join(entries)}</feed>'


def addresses(found: Discovered) -> list[str]:
    return [entry.address for entry in found.entries]


# ---------------------------------------------------------------- kinds


def test_it_reads_rss() -> None:
    found = read(
        rss(
            item(
                title="Quill &amp; Co",
                link="https://news.example/1",
                guid="n1",
                pubDate="Mon, 02 Jun 2025 10:00:00 GMT",
            ),
            head="<language>en-gb</language><ttl>90</ttl>",
        )
    )
    entry = found.entries[0]
    assert (found.kind, found.title, found.language, found.wait, found.cut) == (
        "RSS",
        "The Ledger",
        "en-gb",
        5400,
        False,
    )
    assert (entry.key, entry.address, entry.title) == ("n1", "https://news.example/1", "Quill & Co")
    assert (entry.published, entry.modified) == (datetime(2025, 6, 2, 10, tzinfo=UTC), None)


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "2.0.1"])
def test_it_reads_every_rss(version: str) -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    )
    assert addresses(read(doctype + rss(item(link="https://news.example/1"), version=version)[21:])) == [
        "https://news.example/1"
    ]


@pytest.mark.parametrize("space", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"])
def test_it_reads_rss_in_rdf(space: str) -> None:
    found = read(
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{space}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Ledger</title></channel>'
        "<item><title>One</title><link>https://news.example/1</link><dc:date>2025-06-02T10:00:00+08:00</dc:date></item>"
        "</rdf:RDF>"
    )
    assert (found.kind, found.title, found.entries[0].title) == ("RSS 1.0", "Ledger", "One")
    assert found.entries[0].published == datetime(2025, 6, 2, 2, tzinfo=UTC)


def test_it_reads_atom() -> None:
    found = read(
        atom(
            '<entry><id>tag:1</id><title type="html">&lt;b&gt;Quill&lt;/b&gt; moves</title>'
            '<link rel="self" href="/api/1"/><link rel="alternate" type="application/pdf" href="/1.pdf"/>'
            '<link rel="alternate" type="text/html" href="/1"/>'
            "<published>2025-06-01T00:00:00Z</published><updated>2025-06-02T00:00:00Z</updated></entry>",
            attributes='xml:lang="zh"',
        )
    )
    entry = found.entries[0]
    assert (found.kind, found.language) == ("Atom", "zh")
    assert (entry.key, entry.address, entry.title) == ("tag:1", "https://news.example/1", "Quill moves")
    assert (entry.published, entry.modified) == (datetime(2025, 6, 1, tzinfo=UTC), datetime(2025, 6, 2, tzinfo=UTC))


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_it_reads_json_feed(version: str) -> None:
    found = read(
        f'{{"version": "https://jsonfeed.org/version/{version}", "title": "Ledger", "language": "zh-CN", "items": ['
        '{"id": 7, "url": "/7", "title": "One", "date_published": "2025-06-02", "language": "en"},'
        '{"id": "https://news.example/8"}, {"id": "no address"}, 5]}'
    )
    assert (found.kind, found.title, found.language) == ("JSON Feed", "Ledger", "zh-CN")
    assert [(e.key, e.address) for e in found.entries] == [
        ("7", "https://news.example/7"),
        ("https://news.example/8", "https://news.example/8"),
    ]


def test_it_reads_a_news_sitemap() -> None:
    found = read(
        f'<urlset xmlns="{SITEMAP}" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<loc> https://news.example/1 </loc><lastmod>2025-06-03</lastmod><n:news><n:publication><n:name>Ledger</n:name>"
        "<n:language>zh</n:language></n:publication><n:publication_date>2025-06-02</n:publication_date>"
        "<n:title>One</n:title></n:news></url></urlset>"
    )
    entry = found.entries[0]
    assert (found.kind, entry.address, entry.title, entry.language) == (
        "sitemap",
        "https://news.example/1",
        "One",
        "zh",
    )
    assert (entry.published, entry.modified) == (datetime(2025, 6, 2, tzinfo=UTC), datetime(2025, 6, 3, tzinfo=UTC))


def test_it_reads_a_packed_index_of_sitemaps() -> None:
    one = "<sitemap><loc>/a.xml.gz</loc><lastmod>2025-06-02</lastmod></sitemap>"
    index = f'<sitemapindex xmlns="{SITEMAP}">{one}</sitemapindex>'
    found = read(gzip.compress(index[:40].encode()) + gzip.compress(index[40:].encode()))
    assert (found.kind, found.entries) == ("sitemap index", ())
    assert [(m.address, m.modified) for m in found.maps] == [
        ("https://news.example/a.xml.gz", datetime(2025, 6, 2, tzinfo=UTC))
    ]


def test_it_reads_how_often_a_feed_changes() -> None:
    head = "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert read(rss(item(link="/1"), head=head)).wait == 21_600
    assert read(rss(item(link="/1"), head="<ttl>soon</ttl>")).wait is None


# ---------------------------------------------------------------- oddities


@pytest.mark.parametrize(
    ("encoding", "declared", "title"),
    [
        ("gb18030", "gb2312", "林一已经离开北岸实验室，加入南湖科技，他说这是新的开始"),
        ("gb18030", "", "林一已经离开北岸实验室，加入南湖科技，他说这是新的开始"),
        ("big5", "big5", "林一已經離開北岸實驗室，加入南湖科技，他說這是新的開始"),
        ("utf-16", "utf-16", "林一已经离开北岸实验室"),
        ("utf-8", "gb2312", "林一已经离开北岸实验室，加入南湖科技，他说这是新的开始"),
        ("utf-8", "x-nope", "林一已经离开北岸实验室"),
        ("cp1252", "iso-8859-1", "Zoë’s café"),
    ],
)
def test_it_reads_characters_whatever_the_declaration_says(encoding: str, declared: str, title: str) -> None:
    declaration = f' encoding="{declared}"' if declared else ""
    document = f'<?xml version="1.0"{declaration}?>' + rss(item(title=title, link="/1"))[21:]
    assert read(document.encode(encoding)).entries[0].title == title


def test_it_takes_an_address_from_where_there_is_one() -> None:
    found = read(
        rss(
            item(link="../a"),
            item(guid="https://news.example/b"),
            '<item><guid isPermaLink="false">https://news.example/no</guid></item>',
            item(link="https://proxy.example/c", **{"feedburner:origLink": "https://news.example/c"}),
            item(link="javascript:alert(1)"),
            item(title="none at all"),
        )
    )
    assert addresses(found) == ["https://news.example/a", "https://news.example/b", "https://news.example/c"]


def test_it_joins_addresses_to_the_base_that_the_document_names() -> None:
    entry = '<entry xml:base="x/"><id>1</id><link href="y"/></entry>'
    assert addresses(read(atom(entry, attributes='xml:base="https://other.example/b/"'))) == [
        "https://other.example/b/x/y"
    ]


def test_it_names_each_key_once_and_the_first_wins() -> None:
    found = read(rss(item(guid="g", link="/1"), item(guid="g", link="/2"), item(link="/3"), item(link="/3")))
    assert addresses(found) == ["https://news.example/1", "https://news.example/3"]


def test_it_takes_no_title_of_a_picture_for_that_of_the_entry() -> None:
    head = '<image><title>Logo</title></image><itunes:title xmlns:itunes="i">Pod</itunes:title>'
    found = read(rss('<item><m:title xmlns:m="m">Photo</m:title><title>Story</title><link>/1</link></item>', head=head))
    assert (found.title, found.entries[0].title) == ("The Ledger", "Story")


@pytest.mark.parametrize(
    "junk",
    [
        "&nbsp;",
        "&undeclared;",
        "\x00\x0b",
        "<br>",
        "a < b",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_it_reads_on_behind_what_is_no_xml(junk: str) -> None:
    found = read(rss(item(title=f"One{junk}", link="/1"), item(link="/2")))
    assert "https://news.example/1" in addresses(found)


def test_it_takes_what_a_broken_off_feed_names() -> None:
    whole = rss(item(link="/1"), item(link="/2", title="Two"))
    found = read(whole[: whole.index("Two")])
    assert addresses(found)[0] == "https://news.example/1"
    assert found.cut


def test_it_notices_where_the_reading_stopped() -> None:
    assert read(rss(item(link="/1"), "<" + "a" * 100 + "><b>" * 300)).cut
    assert not read(rss(item(link="/1")) + "<!-- made in 3 ms -->").cut


def test_it_cuts_what_is_too_long() -> None:
    found = read(rss(item(title="x" * 1_000_000, guid="k" * 5000, link="/1"), item(link="/" + "a" * 5000)))
    assert len(found.entries) == 1
    assert len(found.entries[0].title) == 500
    assert len(found.entries[0].key) < 100


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("<!doctype html><html><title>Sign in</title>", "HTML page"),
        ("<html><body>x", "HTML page"),
        ("just words", "no feed"),
        ("http://127.0.0.1:6379/", "no feed"),
        ("<opml><outline/></opml>", "no feed"),
        ('{"version": 3}', "no JSON Feed"),
        ("[1, 2]", "no JSON Feed"),
        ('{"version": NaN}', "cannot be read"),
        ('{"a":' * 100_000, "cannot be read"),
        ("\x1f\x8bbroken".encode("latin-1").decode("latin-1"), "no feed"),
    ],
)
def test_it_says_what_is_not_a_feed(document: str, reason: str) -> None:
    with pytest.raises(NotAFeed, match=reason):
        read(document)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "prologue",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!doctype rss [ <!ENTITY % x SYSTEM "http://127.0.0.1/"> %x; ]>',
        '<!-- [ --><!DOCTYPE rss SYSTEM "x" [ ]>',
        '<!ENTITY a "<rss>">',
    ],
)
def test_it_refuses_a_document_that_declares_entities(prologue: str) -> None:
    with pytest.raises(NotAFeed, match="entities"):
        read('<?xml version="1.0"?>' + prologue + rss(item(title="&l9;&x;", link="/1"))[21:])


def test_it_refuses_a_packed_bomb() -> None:
    started = time.monotonic()
    with pytest.raises(TooLarge, match="50,000,000"):
        read(gzip.compress(bytes(300_000_000)))
    assert time.monotonic() - started < 10


def test_it_reads_a_hundred_thousand_entries_and_no_more() -> None:
    many = (item(guid=f"g{n}", link=f"/{n}") for n in range(MAX_ENTRIES + 5))
    found = read(rss(*many))
    assert len(found.entries) == MAX_ENTRIES == 100_000
    assert found.cut


def test_it_is_not_held_up_by_elements_in_each_other() -> None:
    assert read(rss("<item>" + "<a>" * 100_000)).entries == ()
    assert addresses(read(rss("<item><link>/1</link>" + "<category>x</category>" * 100_000 + "</item>"))) == [
        "https://news.example/1"
    ]


@given(st.text(alphabet="<>/&;![]\"'= abcrsitemlnkgudpf:?-\n", max_size=200))
@settings(max_examples=200, deadline=None)
def test_it_gives_entries_or_a_reason_whatever_comes(junk: str) -> None:
    for document in (junk, rss(junk), atom(junk), rss(f"<item>{junk}</item>")):
        try:
            found = read(document)
        except IntakeError:
            continue
        assert all(entry.address.startswith(("http://", "https://")) for entry in found.entries)


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Mon, 02 Jun 2025 10:00:00 GMT", "2025-06-02T10:00"),
        ("Mon, 02 Jun 2025 10:00:00 +0800", "2025-06-02T02:00"),
        ("2 Jun 25 10:00 EST", "2025-06-02T15:00"),
        ("2025-06-02T10:00:00.123456Z", "2025-06-02T10:00"),
        ("2025-06-02 10:00:00", "2025-06-02T10:00"),
        ("2025-06-02T10:00:00-0500", "2025-06-02T15:00"),
        ("2025/6/2 10:00", "2025-06-02T10:00"),
        ("2025年6月2日", "2025-06-02T00:00"),
        ("2025-06", "2025-06-01T00:00"),
    ],
)
def test_it_reads_dates_as_feeds_write_them(words: str, found: str) -> None:
    assert moment(words, latest=NOW) == datetime.fromisoformat(found).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    ["", "may", "12", "10/11/12", "yesterday", "2024-02-30", "2025-06-02T25:61", "0000-01-01", "9999-12-31",
     "2026-01-01", "1970-01-01", "Tue, 31 Dec 9999 23:59:59 -2300", "Mon, 02 Jun 2025 25:61:00 GMT", "1717322400",
     "2025-06-02" * 20],
)  # fmt: skip
def test_it_invents_no_date(words: str) -> None:
    assert moment(words, latest=NOW) is None


@given(st.text(alphabet="0123456789-/:T +Z年月日,JunMo", max_size=30))
def test_it_never_fails_on_a_date(words: str) -> None:
    found = moment(words, latest=NOW)
    assert found is None or found.tzinfo is not None
