"""What the lock file may hold, and what an audit says of it."""

from __future__ import annotations

from typing import Any

import pytest

from config import audit

HASH = "--hash=sha256:" + "0" * 64
WHOLE = f"""\
# a comment
some-name[extra]==1.0 ; python_version < '3.13' \\
    {HASH}
    # via other
other==2 \\
    {HASH}
"""


def test_a_whole_lock_file_has_no_fault() -> None:
    assert list(audit.lock_faults(WHOLE)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{WHOLE}third==3\n", "has no hash: third==3"),
        (f"{WHOLE}third==3 \\\n    --hash=md5:00\n", "has no hash"),
        (f"{WHOLE}third>=3 \\\n    {HASH}\n", "does not pin a version: third>=3"),
        (f"{WHOLE}third @ git+ssh://host/third\n", "names a place to fetch from"),
        (f"--extra-index-url https://index.example\n{WHOLE}", "names a place to fetch from"),
        (f"--index-url\n{WHOLE}", "names a place to fetch from"),
        (f"{WHOLE}-e ./third\n", "names a place to fetch from"),
    ],
)
def test_what_a_lock_file_lacks_is_told(text: str, fault: str) -> None:
    assert any(said.startswith(fault) for said in audit.lock_faults(text))


def test_the_projects_own_dependencies_are_in_order() -> None:
    assert audit.offline().wrong == []


@pytest.mark.parametrize("terms", ["MIT", "BSD-3-Clause AND Zlib", "LGPL-3.0-only", "GPL-2.0 OR Apache-2.0"])
def test_these_terms_are_allowed(terms: str) -> None:
    assert audit.licence_fault("some-name", terms) is None


@pytest.mark.parametrize("terms", ["", "GPL-3.0-or-later", "AGPL-3.0", "SSPL-1.0", "Other/Proprietary License"])
def test_other_terms_are_not(terms: str) -> None:
    assert audit.licence_fault("some-name", terms)


def report(**package: Any) -> dict[str, Any]:
    return {"dependencies": [{"name": "some-name", "version": "1.0", **package}]}


def test_what_was_compiled_here_is_told() -> None:
    assert audit.build_fault("some-name", "Generator: x\nTag: cp311-cp311-linux_x86_64\n")
    for tag in ("cp311-cp311-manylinux_2_28_x86_64", "py3-none-any", "cp311-abi3-macosx_11_0_arm64"):
        assert audit.build_fault("some-name", f"Tag: {tag}\n") is None


def test_a_known_fault_is_named_with_its_mending() -> None:
    found = audit.advisories(report(vulns=[{"id": "PYSEC-1", "fix_versions": ["1.1"]}]))
    assert found.wrong == ["some-name 1.0: PYSEC-1, mended in 1.1"]


def test_an_index_that_knows_of_no_fault_is_believed() -> None:
    found = audit.advisories(report(vulns=[]))
    assert (found.wrong, found.unknown) == ([], [])


@pytest.mark.parametrize("given", [report(skip_reason="not found"), {}])
def test_an_index_that_tells_nothing_is_not_taken_for_a_clean_one(given: dict[str, Any]) -> None:
    found = audit.advisories(given)
    assert (found.wrong, bool(found.unknown)) == ([], True)


def test_what_is_wrong_fails_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "offline", audit.Findings)
    monkeypatch.setattr(audit, "_ask_index", lambda: audit.Findings(unknown=["no answer came"]))
    assert audit.main() == 0
    monkeypatch.setattr(audit, "_ask_index", lambda: audit.Findings(wrong=["a fault"]))
    assert audit.main() == 1
