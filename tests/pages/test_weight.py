"""What every page must not have: weight, inline code, other people's servers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories import make_move

PAGES = [
    "/",
    "/moves/",
    "/people/",
    "/companies/",
    "/compensation/",
    "/signals/",
    "/articles/",
    "/about/",
    "/accuracy/",
    "/search",
]
LIMIT = 100_000


@pytest.mark.parametrize("address", PAGES)
def test_it_has_no_inline_style_or_script_and_asks_no_other_server(client: Client, db: None, address: str) -> None:
    page = client.get(address).content.decode()
    assert not re.search(r"<style|\sstyle=|<script(?! type=.application/ld\+json.>)(?![^>]*\ssrc=)|\son\w+=", page)
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?:https?:)?//(?!testserver)", page)


def test_it_weighs_less_than_100_kb_on_the_way(client: Client, db: None) -> None:
    for _ in range(50):
        make_move()
    response = client.get("/moves/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assets = ("site.css", "favicon.svg", "django_htmx/htmx-2.min.js")
    # Even with the stylesheet and the script uncompressed.
    assert len(response.content) + sum(Path(str(finders.find(asset))).stat().st_size for asset in assets) < LIMIT


def test_it_names_every_colour_once() -> None:
    css = (Path(site.BASE_DIR) / "static/site.css").read_text()
    rules = re.sub(r":root \{.*?\n\s*\}", "", css, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules.partition("@media print")[0]) == []


def test_it_shows_a_bare_page_where_no_static_file_was_collected(
    client: Client, db: None, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    settings.DEBUG = False
    assert b'href="/static/site.css"' in client.get("/about/").content
