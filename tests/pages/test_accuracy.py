"""The page on accuracy."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_it_says_how_to_measure_where_nothing_was_kept(client: Client) -> None:
    assert "manage.py evaluate --save" in client.get("/accuracy/").text


def test_it_shows_a_run_with_intervals_and_ceiling(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call_command("evaluate", save=True, verbosity=0)
    with django_assert_num_queries(1):
        page = client.get("/accuracy/").text
    assert "70 articles" in page
    assert page.count("both languages") == 3
    assert "0.94" in page


def test_it_speaks_chinese(client: Client) -> None:
    assert "准确度" in client.get("/zh-hans/accuracy/").text
