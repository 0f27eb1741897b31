"""What every answer says to browsers, what a production site refuses, and inputs that are meant to harm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_article, make_claim, make_company, make_move, make_person

ROOT = Path(__file__).resolve().parent.parent
STRONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
PAGES = ("/", "/zh-hans/", "/moves/", "/nowhere/", "/api/v1/moves/", "/api/v1/nowhere/", "/admin/login/")


# ------------------------------------------------------------------ headers and cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_answer_tells_browsers_to_be_careful(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_reader_gets_no_cookie(client: Client, address: str) -> None:
    client.get(address)
    assert "sessionid" not in client.cookies


def production(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs code under the settings of the container."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "VAR_DIR")}
    env |= {"PRODUCTION": "1", "SECRET_KEY": STRONG, "ALLOWED_HOSTS": "ledger.example", **environment}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)


ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
plain = Client().get("/about/", headers={"host": "ledger.example"})
secure = Client().get("/nowhere", secure=True, headers={"host": "ledger.example"})
print(json.dumps({
    "redirect": [plain.status_code, plain.headers.get("Location")],
    "hsts": secure.headers.get("Strict-Transport-Security"),
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "samesite": settings.SESSION_COOKIE_SAMESITE, "debug": settings.DEBUG, "hosts": settings.ALLOWED_HOSTS,
}))
"""


def test_a_production_site_speaks_tls_alone(tmp_path: Path) -> None:
    done = production(ASK, VAR_DIR=str(tmp_path), DATABASE_URL="postgresql://nobody@127.0.0.1:9/none")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["redirect"] == [301, "https://ledger.example/about/"]
    assert found["hsts"] == "max-age=31536000; includeSubDomains; preload"
    assert found["cookies"] == [True, True, True]
    assert (found["samesite"], found["debug"], found["hosts"]) == ("Lax", False, ["ledger.example"])


@pytest.mark.parametrize("key", ["", "short", "a" * 60, "changeme" * 3])
def test_a_production_site_refuses_a_weak_key(tmp_path: Path, key: str) -> None:
    done = production("import config.settings", VAR_DIR=str(tmp_path), SECRET_KEY=key)
    assert "SECRET_KEY is" in done.stderr.splitlines()[-1]


def test_django_finds_nothing_to_better_in_production(tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    done = production(code, VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.django_db
def test_signing_in_and_out_changes_the_session(client: Client) -> None:
    client.get("/login/")
    User.objects.create_superuser("ada", password="a long enough one")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.force_login(User.objects.get())
    inside = client.session.session_key
    assert inside != before
    client.logout()
    assert client.session.session_key != inside


# ------------------------------------------------------------------ requests that lie


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "testserver:port", "[::1", "a b"])
def test_a_strange_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Forwarded-Server", "Forwarded", "X-Original-Url", "X-Rewrite-Url"]
)
@pytest.mark.parametrize("address", ["/", "/api/v1/moves/", "/sitemap.xml", "/robots.txt"])
def test_what_a_reader_says_of_a_proxy_is_not_believed(client: Client, header: str, address: str) -> None:
    answer = client.get(address, headers={header: "evil.example"})
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_no_header_makes_a_reading_into_a_writing(client: Client, method: str) -> None:
    company = make_company("Northwind AI")
    for header in ("X-Http-Method-Override", "X-Method-Override", "X-Http-Method"):
        assert client.get(f"/api/v1/companies/{company.slug}/", headers={header: method}).status_code == 200


QUERIES = (
    "limit=-1", "limit=1000000000", "limit=1e9", "limit=NaN", "after=", "after=%00", "after=%F0%28%8C%28", "q=%00",
    "q=%ED%A0%80", "q=" + "a" * 5_000, "q=(a%2B)%2B%24", "q=%25%25%25", "q='%3B+DROP+TABLE+talent_move%3B--",
    "fields=__class__", "fields=lead_claim__article__text", "sort=password", "sort=-id'", "company=../../etc/passwd",
    "date_from=2024-02-30", "date_from=99999-01-01", "q[]=1&q[$ne]=2", "q=%E2%80%AE%E2%80%8B", "expand=" + "a," * 2_000,
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:24])
@pytest.mark.parametrize("address", ["/api/v1/moves/", "/api/v1/people/", "/moves/", "/people/", "/search"])
def test_no_query_is_too_strange_to_be_answered(client: Client, address: str, query: str) -> None:
    answer = client.get(f"{address}?{query}")
    assert answer.status_code in (200, 302, 400, 404)
    assert b"Traceback" not in answer.content


# ------------------------------------------------------------------ names that want to be code

NAMES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "{{7*7}}", "${7*7}",
    "{% debug %}", "%s%n%x", "'; DROP TABLE talent_person; --", "=HYPERLINK(\"http://evil.example\")", "@SUM(1+1)",
    "😀" * 40, "\u202egnp.exe", "zero\u200bwidth\u200djoiner", "ｆｕｌｌ　ｗｉｄｔｈ", "x" * 200, "javascript:alert(1)",
)  # fmt: skip


@pytest.fixture(params=NAMES, ids=range(len(NAMES)))
def move(request: Any, db: None) -> Any:
    """A move of somebody, between firms, all with a strange name, said by an article with a strange title."""
    name = request.param
    article = make_article(title=name, author=name, publisher=name)
    person = make_person(name, slug="strange-person")
    company = make_company(name, slug="strange-company")
    return make_move(person, claim=make_claim(article=article), destination=company, destination_role=name)


def test_a_strange_name_is_shown_and_nothing_else_happens(client: Client, move: Any) -> None:
    article = move.lead_claim.article
    addresses = [move.get_absolute_url(), move.person.get_absolute_url(), move.destination.get_absolute_url()]
    addresses += [article.get_absolute_url(), "/moves/", "/people/", "/companies/", "/zh-hans/moves/"]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert not re.search(r"<(img|svg)[^>]*on(error|load)", page)
        assert not re.search(r"""href=["']?javascript:""", page)
        assert "49" not in re.sub(r"[\w-]{6,}|\d{4}", "", page) or "7*7" in page
    for address in (f"/api/v1/moves/{move.public_id}/", "/api/v1/people/", "/api/v1/companies/"):
        assert client.get(address).status_code == 200


# ------------------------------------------------------------------ the list in the docs


def test_the_docs_name_a_test_for_every_bad_input() -> None:
    """`docs/security.md` has a row for each of the 96, and every test file that it names is there."""
    text = (ROOT / "docs" / "security.md").read_text().partition("## Bad inputs")[2]
    rows = re.findall(r"^\| (\d+)(?: to (\d+))? \|.*\| (.+) \|$", text, re.M)
    covered = {number for first, last, _ in rows for number in range(int(first), int(last or first) + 1)}
    assert covered == set(range(1, 97))
    for _, _, where in rows:
        files = re.findall(r"`(tests/[\w/.]+)`", where)
        assert files
        assert [name for name in files if not (ROOT / name).is_file()] == []
