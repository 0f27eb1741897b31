"""Migrations run beside the version before them: none takes away, renames or demands what old code does not give."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_migration_linter import MigrationLinter

ROOT = Path(__file__).resolve().parent.parent
# Made before there was a version to run beside.
BEFORE_THE_FIRST = (
    "0003_stories",
    "0010_edition_keys",
    "0003_history_and_corrections",
    "0005_the_desk",
    "0007_near_names_and_merged_companies",
)


@pytest.mark.django_db(transaction=True)
def test_old_code_goes_on_while_a_migration_runs(capsys: pytest.CaptureFixture[str]) -> None:
    linter = MigrationLinter(
        str(ROOT),
        no_cache=True,
        include_apps=["articles", "talent"],
        ignore_name=BEFORE_THE_FIRST,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    assert not linter.has_errors, capsys.readouterr().out
