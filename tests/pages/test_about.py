"""The page about the site."""

from __future__ import annotations

import pytest
from django.test import override_settings

from talent.models import Status
from tests.pages.conftest import Read, hrefs, words

SECTIONS = ("method", "criteria", "statuses", "reporters", "names", "corrections", "licence")


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_it_has_every_section_and_links_to_each(read: Read, prefix: str) -> None:
    page = read(f"{prefix}/about/")
    assert hrefs(page.cssselect(".contents")[0]) == [f"#{section}" for section in SECTIONS]
    assert all(page.get_element_by_id(section) is not None for section in SECTIONS)


def test_it_explains_every_status(read: Read) -> None:
    page = read("/about/")
    for status in Status:
        assert words(page.cssselect(f"#status-{status} dt")[0]) == status.label


def test_it_names_the_address_for_corrections(read: Read) -> None:
    with override_settings(CORRECTIONS_CONTACT="desk@ledger.example"):
        assert "mailto:desk@ledger.example" in hrefs(read("/about/"))
    with override_settings(CORRECTIONS_CONTACT=""):
        assert not [address for address in hrefs(read("/about/")) if address.startswith("mailto:")]


def test_it_leads_to_the_form_and_to_the_public_log(read: Read) -> None:
    assert {"/corrections/new", "/corrections/"} <= set(hrefs(read("/about/").cssselect("#corrections")[0]))
