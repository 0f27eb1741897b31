"""Two languages, equal: the switch, the links between them, names, and no word left untranslated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from talent.templatetags.names import other_name, own_name
from tests.factories import QUOTE, make_article, make_claim, make_company, make_move, make_person
from tests.pages.conftest import Read, hrefs, words

CATALOGUE = Path(settings.BASE_DIR) / "locale/zh_Hans/LC_MESSAGES/django.po"
PAGES = [
    "",
    "moves/",
    "people/",
    "companies/",
    "compensation/",
    "signals/",
    "articles/",
    "about/",
    "accuracy/",
    "search?q=x",
]


@pytest.fixture(scope="module")
def translated() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _by_words(catalogue: Catalog) -> dict[str, str]:
    """Message to translation, forms joined."""
    return {"|".join([m.id] if isinstance(m.id, str) else m.id): "|".join(m.string) for m in catalogue if m.id}


def _complete(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return bool(message.id) and all(strings) and not message.fuzzy


def test_it_translates_every_word_of_the_interface(translated: Catalog, tmp_path: Path) -> None:
    template = tmp_path / "messages.pot"
    keywords = ["-k", "N_", "-k", "gettext_noop", "-k", "gettext_lazy"]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "locale/babel.toml", *keywords]
    subprocess.run([*command, "-o", str(template), "."], cwd=settings.BASE_DIR, check=True)
    with template.open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    missing = wanted - {message.id for message in translated if _complete(message)}
    assert missing == set(), "run `make messages` and translate what is empty in locale/zh_Hans"


def test_it_keeps_every_gap_of_a_message(translated: Catalog) -> None:
    broken = [(message.id, error) for message, errors in translated.check() for error in errors]
    assert broken == []


def test_it_serves_what_is_translated(translated: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert _by_words(compiled) == _by_words(translated), "run `make messages`"


@pytest.mark.parametrize("page", PAGES)
def test_it_has_every_page_in_chinese(read: Read, page: str) -> None:
    english, chinese = read(f"/{page}"), read(f"/zh-hans/{page}")
    assert (english.get("lang"), chinese.get("lang")) == ("en", "zh-Hans")
    assert words(english.cssselect("h1")[0]) != words(chinese.cssselect("h1")[0])


def test_it_switches_language_and_keeps_page_and_filters(read: Read) -> None:
    make_company("Tern AI")
    assert hrefs(read("/moves/?to=tern-ai&status=denied").cssselect("#languages")[0]) == [
        "/zh-hans/moves/?to=tern-ai&status=denied"
    ]
    assert hrefs(read("/zh-hans/companies/tern-ai/").cssselect("#languages")[0]) == ["/companies/tern-ai/"]


def test_it_switches_to_the_front_page_where_there_is_no_page(read: Read) -> None:
    assert hrefs(read("/nowhere/", status=404).cssselect("#languages")[0]) == ["/zh-hans/"]


def test_it_links_each_page_to_itself_and_to_the_other_language(read: Read) -> None:
    page = read("/zh-hans/moves/?status=denied")
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "http://testserver/zh-hans/moves/?status=denied"
    alternates = {link.get("hreflang"): link.get("href") for link in page.cssselect("link[hreflang]")}
    assert alternates == {
        "en": "http://testserver/moves/?status=denied",
        "zh-Hans": "http://testserver/zh-hans/moves/?status=denied",
        "x-default": "http://testserver/moves/?status=denied",
    }


def test_it_stays_in_chinese_from_page_to_page(read: Read) -> None:
    move = make_move()
    page = read("/zh-hans/moves/")
    # The API has one language.
    inside = [h for h in hrefs(page.cssselect("main")[0]) if h.startswith("/") and not h.startswith("/api/")]
    assert inside
    assert all(h.startswith("/zh-hans/") for h in inside)
    assert f"/zh-hans/moves/{move.public_id}/" in inside


def test_it_leaves_quotes_as_they_are(read: Read) -> None:
    make_move(claim=make_claim(article=make_article()))
    quote = read("/zh-hans/moves/").cssselect("blockquote")[0]
    assert (words(quote), quote.get("lang")) == (QUOTE, "en")


@pytest.mark.parametrize(
    ("name", "name_zh", "english", "chinese"),
    [
        ("Ada Quill", "阿达·奎尔", ("Ada Quill", "阿达·奎尔"), ("阿达·奎尔", "Ada Quill")),
        ("Ada Quill", "", ("Ada Quill", ""), ("Ada Quill", "")),
        ("顾远舟", "顾远舟", ("顾远舟", ""), ("顾远舟", "")),
        ("Tern", "Tern公司", ("Tern", ""), ("Tern", "")),
    ],
)
@pytest.mark.django_db
def test_it_shows_names_in_the_readers_script(
    name: str, name_zh: str, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    person = make_person(name, name_zh=name_zh, slug="x")
    for language, wanted in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert (own_name(person), other_name(person)) == wanted
