"""The embedded servers start, survive and explain themselves."""

import pytest

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_it_finds_trigrams_in_chinese_text() -> None:
    from django.core.checks import run_checks

    assert [found for found in run_checks(databases=["default"]) if found.id and found.id.startswith("config")] == []
