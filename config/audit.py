"""`python -m config.audit`: what the lock file brings in, on what terms, and whether anything known is wrong with it.

Lock and licences are looked at on this machine alone. Advisories come from the package index; where it gives none, that
is said and is no failure, because nothing was found out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "bootstrap.lock")
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==(\S+)")
# Terms under which a package may be used here; copyleft that reaches no further than its own files or library, too.
_ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|CNRI|MPL|Mozilla|LGPL|Lesser General Public|Zlib|CC0|OFL|HPND"
)
# Packages whose metadata do not say it, as their repositories do; and tools that are run here and not handed on.
_KNOWN = {
    "axe-playwright-python": "MIT",
    "djlint": "GPL-3.0, a tool of development",
    "resvg-py": "MPL-2.0",
    "text-unidecode": "Artistic-1.0, for a tool of development",
}


@dataclass(slots=True)
class Findings:
    """What is wrong, in sentences, and what could not be found out."""

    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def lock_faults(text: str) -> Iterator[str]:
    """What a lock file lacks: every package with one version and its hashes, and no index or address named."""
    for line in text.splitlines():
        if re.match(r"\s*(--(extra-)?index-url|--find-links|--trusted-host|-e\b)", line) or "://" in line:
            yield f"names a place to fetch from: {line.strip()[:80]}"
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M):
        line = block.partition("\n")[0]
        if not line or line.startswith(("#", " ")):
            continue
        if not _PIN.match(line):
            yield f"does not pin a version: {line[:80]}"
        elif not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block):
            yield f"has no hash: {line[:80]}"


def pins(text: str) -> dict[str, set[str]]:
    """Names, as the index writes them, and their versions; several where platforms differ."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if match := _PIN.match(line):
            found.setdefault(_normal(match[1]), set()).add(match[2])
    return found


def licence_fault(name: str, terms: str) -> str | None:
    """Why a package may not be used on these terms; None where it may."""
    if _normal(name) in _KNOWN or _ALLOWED.search(terms):
        return None
    return f"{name} is under {terms or 'terms that it does not tell'}: ask for leave, or take another."


def build_fault(name: str, wheel: str) -> str | None:
    """Why a package cannot be had everywhere, by its WHEEL file; None where it was not compiled on this machine.

    What the index offers is built for many systems ("manylinux"); a machine without a compiler has nothing else.
    """
    if re.search(r"^Tag: .*-linux_\w+$", wheel, flags=re.M):
        return f"{name} had to be compiled: take a version or a package that is offered built."
    return None


def _terms(package: Distribution) -> str:
    said = _first(package, "License-Expression")
    classes = [each for each in package.metadata.get_all("Classifier") or [] if each.startswith("License ::")]
    told = _first(package, "License").partition("\n")[0][:80]
    return said or "; ".join(each.rpartition("::")[2].strip() for each in classes) or told


def _first(package: Distribution, name: str) -> str:
    return str(next(iter(package.metadata.get_all(name) or []), ""))


def offline() -> Findings:
    """Lock files, licences, and what no machine should have to compile."""
    findings = Findings()
    for name in LOCKS:
        findings.wrong += [f"{name} {fault}" for fault in lock_faults((ROOT / name).read_text())]
    locked = pins((ROOT / LOCKS[0]).read_text())
    for package in distributions():
        name = package.metadata["Name"]
        if _normal(name) in locked:
            faults = licence_fault(name, _terms(package)), build_fault(name, package.read_text("WHEEL") or "")
            findings.wrong += [fault for fault in faults if fault]
    return findings


def advisories(report: dict[str, Any]) -> Findings:
    """What pip-audit found; unknown where the index told it of hardly any package."""
    findings = Findings()
    packages = report.get("dependencies", [])
    for package in packages:
        for known in package.get("vulns", []):
            better = ", ".join(known.get("fix_versions", [])) or "none yet"
            findings.wrong.append(f"{package['name']} {package['version']}: {known['id']}, mended in {better}")
    skipped = sum("skip_reason" in package for package in packages)
    if not packages or skipped * 2 > len(packages):
        findings.unknown.append(f"of {skipped} of {len(packages)} packages the index told nothing")
    return findings


def _ask_index() -> Findings:
    words = ["-r", LOCKS[0], "--disable-pip", "--require-hashes", "-f", "json", "--progress-spinner", "off"]
    command = [sys.executable, "-m", "pip_audit", *words, "--timeout", "10"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)  # noqa: S603 -- ours
        return advisories(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        return Findings(unknown=["no answer came"])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """0 where nothing is known to be wrong."""
    here, there = offline(), _ask_index()
    for sentence in [*here.wrong, *there.wrong]:
        print(sentence)  # noqa: T201 -- a command line
    if there.unknown:
        print(f"Advisories were not checked: {'; '.join(there.unknown)}.")  # noqa: T201 -- a command line
    if not here.wrong:
        print("Every package is pinned and hashed, under terms that are allowed.")  # noqa: T201 -- a command line
    return 1 if here.wrong or there.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
