"""The page of the document: everything from this site, nothing inline."""

from __future__ import annotations

import re
import shutil

import pytest
from django.contrib.staticfiles import finders

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def test_it_names_the_document_and_only_files_of_this_site(client, db):
    page = client.get("/api/v1/docs/").content.decode()
    assert 'data-schema="/api/v1/schema/"' in page
    files = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
    assert len(files) == 3
    assert all(finders.find(file) for file in files)
    assert not re.search(r"https?://", page)


def test_it_has_no_script_within(client, db):
    answer = client.get("/api/v1/docs/")
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|<style", answer.content.decode())
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]


# The suite must run for a user without a browser; .ci/run installs one, so that there it is not left out.
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium on the machine")
@pytest.mark.django_db(transaction=True)
def test_it_shows_every_operation_in_a_browser(live_server, document):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        complaints, asked = [], []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{live_server.url}/api/v1/docs/")
        page.wait_for_selector(".opblock-summary-path")
        operations = sum(len(methods) for methods in document["paths"].values())
        assert page.locator(".opblock").count() == operations
        browser.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
