"""The house stands as planned: the import contracts of pyproject.toml, and the names of its rooms."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ["articles", "talent", "config"]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
HOMELESS = {"core", "common", "utils", "helpers", "managers", "misc"}


@pytest.fixture(autouse=True)
def _loggers_stay_on() -> Iterator[None]:
    """import-linter sets logging up for a process of its own, and turns every other logger off."""
    yield
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled = False


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_it_keeps_the_import_contract(
    contract: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    broken = lint_imports(limit_to_contracts=(contract,), no_cache=True)
    assert not broken, capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("articles/extraction/language.py", "import django", "reading"),
        ("articles/models.py", "import talent.models", "floors"),
        ("talent/querysets.py", "import talent.models", "querysets"),
        ("talent/resolve.py", "import urllib3", "sockets"),
        ("talent/record.py", "import celery", "queue"),
        ("talent/record.py", "import talent.tasks", "enqueuing"),
        ("talent/pipeline.py", "import talent.api", "faces"),
    ],
)
def test_it_would_notice_a_broken_contract(tmp_path: Path, module: str, line: str, contract: str) -> None:
    for package in PACKAGES:
        _copy(package, tmp_path)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    with open(tmp_path / module, "a") as file:
        file.write(f"\n{line}\n")
    check = f"lint_imports(limit_to_contracts=({contract!r},), no_cache=True)"
    program = f"import sys; from importlinter.cli import lint_imports; sys.exit({check})"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def _copy(package: str, target: Path) -> None:
    for source in (ROOT / package).rglob("*.py"):
        copy = target / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())


def _modules() -> list[Path]:
    return [path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


def test_it_has_no_room_for_homeless_code() -> None:
    assert [path for path in _modules() if HOMELESS & {path.stem, *path.parent.parts}] == []


def test_every_module_opens_with_a_sentence() -> None:
    silent = []
    for path in _modules():
        text = (ROOT / path).read_text().lstrip()
        if text and "migrations" not in path.parts and not text.startswith('"""'):
            silent.append(str(path))
    assert silent == []


def test_only_settings_read_the_environment() -> None:
    # A request's own `environ` is another thing.
    reading = re.compile(r"getenv\(|os\.environ(?:\.get\(|\[[\"'])|import environ\b")
    readers = {str(path) for path in _modules() if reading.search((ROOT / path).read_text())}
    assert readers <= {"config/settings.py", "config/install.py"}
