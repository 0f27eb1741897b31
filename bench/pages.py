"""Pages and archives to measure with: articles in the furniture of news sites, made from a seed."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

_SECTIONS = ("world", "politics", "business", "technology", "science", "health", "sport", "culture", "opinion", "video")
_SECTIONS_ZH = ("国际", "政治", "财经", "科技", "科学", "健康", "体育", "文化", "评论", "视频")
_WHO = (
    "The council",
    "A farmer",
    "The river authority",
    "The orchestra",
    "A visitor",
    "The harbour master",
    "Our reporter",
)
_DID = ("opened", "measured", "repaired", "described", "painted", "counted", "crossed", "watched", "closed", "planted")
_WHAT = (
    "the old bridge",
    "a row of apple trees",
    "the northern road",
    "the town hall",
    "the new ferry",
    "a field of rye",
)
_WHEN = (
    "on Tuesday morning",
    "after the long winter",
    "in front of a small crowd",
    "while it rained",
    "before the fair",
)
_ZH = (
    "周二上午",
    "市民们",
    "在河边",
    "看到了",
    "新修的桥",
    "，天气晴朗",
    "，孩子们",
    "在公园里",
    "种下了",
    "一排苹果树",
)


def prose(random: Random, *, zh: bool = False) -> str:
    """A paragraph about nothing that moves anybody."""
    if zh:
        return "".join("".join(random.choices(_ZH, k=7)) + "。" for _ in range(random.randint(2, 4)))
    parts = (_WHO, _DID, _WHAT, _WHEN)
    sentences = (" ".join(random.choice(part) for part in parts) for _ in range(random.randint(3, 6)))
    return ". ".join(sentences) + "."


def page(random: Random, title: str, paragraphs: Sequence[str], *, zh: bool = False, encoding: str = "utf-8") -> bytes:
    """An HTML page of about a hundred kilobytes: menus, scripts, styles, related stories and comments around a text."""
    names = _SECTIONS_ZH if zh else [name.title() for name in _SECTIONS]
    menu = "".join(
        f'<li class="nav__item"><a href="/{path}/" data-nav="{path}">{name}</a><ul class="nav__sub">'
        + "".join(f'<li><a href="/{path}/{n}">{name} {n}</a></li>' for n in range(8))
        + "</ul></li>"
        for path, name in zip(_SECTIONS, names, strict=True)
    )
    story = "".join(f'<p class="article__p">{html.escape(words)}</p>{_advert(random)}' for words in paragraphs)
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    about["datePublished"] = f"2026-{random.randint(1, 9):02}-{random.randint(1, 28):02}T08:30:00Z"
    cards = "".join(_card(random, zh=zh) for _ in range(random.randint(20, 50)))
    made = (
        f'<!DOCTYPE html><html lang="{"zh-CN" if zh else "en"}"><head><meta charset="{encoding}">'
        f"<title>{html.escape(title)} | Example News</title>"
        f'<script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>'
        f"<style>{_styles(random)}</style>{_script(random, random.randint(60, 300))}</head>"
        f'<body class="article"><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{html.escape(title)}</h1>'
        f'<div class="article__body">{story}</div></article><section class="related">{cards}</section></main>'
        f"<footer>{menu}<p>© Example News. Follow us on Facebook, Twitter and LinkedIn.</p></footer>"
        f"{_script(random, random.randint(100, 500))}</body></html>"
    )
    return made.encode(encoding, "xmlcharrefreplace")


def dismissed(random: Random) -> bytes:
    """A page without news of the field; one in four is Chinese, some of these in GB18030."""
    zh = random.random() < 0.25
    encoding = "gb18030" if zh and random.random() < 0.3 else "utf-8"
    paragraphs = [prose(random, zh=zh) for _ in range(random.randint(6, 16))]
    return page(random, paragraphs[0][:60], paragraphs, zh=zh, encoding=encoding)


def write(path: Path, pages: Iterable[tuple[str, bytes]]) -> Path:
    """A web archive as crawlers write it: a request and a response for each page, a gzip member for each record."""
    with path.open("wb") as file:
        for address, body in pages:
            for kind, block in (("request", _REQUEST), ("response", _answer(body))):
                file.write(gzip.compress(_record(kind, address, block), 6))
    return path


_REQUEST = b"GET / HTTP/1.1\r\nHost: site.example\r\nUser-Agent: crawler\r\nAccept: text/html\r\n\r\n"


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: nginx\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _record(kind: str, address: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2026-06-01T10:00:00Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _styles(random: Random) -> str:
    return "".join(
        f".c{n}{{margin:{n % 9}px;color:#{random.getrandbits(24):06x}}}" for n in range(random.randint(200, 600))
    )


def _script(random: Random, calls: int) -> str:
    # Names and keys of minified code are as good as random, and pack as badly.
    words = "".join(
        f"dataLayer.push({{'{random.getrandbits(40):x}':'{random.getrandbits(96):x}','{random.getrandbits(24):x}':{n}}});"
        for n in range(calls)
    )
    return f"<script>window.dataLayer=window.dataLayer||[];{words}</script>"


def _advert(random: Random) -> str:
    return (
        f'<aside class="ad" data-slot="{random.getrandbits(48):x}"><div class="ad__label">Advertisement</div></aside>'
    )


def _card(random: Random, *, zh: bool) -> str:
    return (
        f'<div class="card" data-id="{random.getrandbits(32)}"><a href="/2026/{random.getrandbits(40):x}">'
        f'<img data-src="https://cdn.news.example/{random.getrandbits(64):x}.jpg?w=320&amp;h=180" alt="">'
        f"<h3>{html.escape(prose(random, zh=zh)[:70])}</h3></a></div>"
    )
