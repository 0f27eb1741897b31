"""The container files: nothing secret in them, every part watched, and the same servers as the tests use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_it_names_every_part_of_the_site() -> None:
    assert {"web", "worker", "beat", "backup", "postgres", "redis"} <= set(SERVICES)


@pytest.mark.parametrize("name", ["worker", "beat", "backup", "postgres", "redis"])
def test_it_watches_every_part(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_it_watches_the_web_server_by_the_image() -> None:
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("secret", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_it_holds_no_secret_and_asks_for_it_by_name(secret: str) -> None:
    asked = re.findall(r"\$\{" + secret + r"[^}]*\}", (ROOT / "docker-compose.yml").read_text())
    assert asked
    assert all(word.startswith(f"${{{secret}:?") for word in asked)
    assert re.search(rf"^{secret}=$", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_it_keeps_data_in_named_volumes() -> None:
    mounted = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])


def test_it_makes_a_database_that_can_search_chinese() -> None:
    assert "--lc-ctype=C.UTF-8" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_image_runs_as_an_ordinary_user_and_in_production() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().split("FROM ")[-1]
    assert "USER ledger" in last_stage
    assert "PRODUCTION=1" in last_stage.split("USER ledger")[1]


def test_the_lock_files_name_no_index_and_hash_everything() -> None:
    for name in ("requirements.lock", "bootstrap.lock"):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://|--(extra-)?index-url", text)
        pins = re.split(r"^(?=[\w.\[\]-]+==)", text, flags=re.MULTILINE)[1:]
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


SETTINGS = (ROOT / "config/settings.py").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
# Set by the image, by `make demo` and by tests, never by an operator.
INNER = {"BIND", "DEBUG", "FETCH_ALLOW_PRIVATE", "OFFLINE", "PORT", "PRODUCTION", "STATIC_ROOT", "VAR_DIR"}


def test_the_example_names_every_setting_and_no_other() -> None:
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', SETTINGS))
    named = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert read - INNER - named == set()
    # Of an S3-compatible store and of PostgreSQL's own image.
    assert named - read == {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "POSTGRES_PASSWORD"}


def test_containers_get_every_setting_up_to_the_rarely_changed() -> None:
    often = EXAMPLE.split("# Rarely changed.")[0]
    named = set(re.findall(r"^#?([A-Z_]+)=", often, re.MULTILINE))
    elsewhere = {"POSTGRES_PASSWORD", "DUMPS_DIR", "DATABASE_POOL"}
    assert named - elsewhere - set(COMPOSE["x-site"]["environment"]) == set()
