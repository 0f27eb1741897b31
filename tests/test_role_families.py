"""Which family of work a role belongs to, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from talent import role_families
from talent.models import RoleFamily
from talent.role_families import role_family


@pytest.mark.parametrize(
    ("role", "family"),
    [
        ("researchers", "research"),
        ("chief scientist", "research"),
        ("首席AI科學家", "research"),
        ("负责后训练的副总裁", "research"),
        ("Vice President, Post-Training", "research"),
        ("vice-president for infrastructure", "engineering"),
        ("principal engineer", "engineering"),
        ("研发副总裁", "engineering"),
        ("Gemini 助手的工程负责人", "engineering"),
        ("CTO", "engineering"),
        ("member of technical staff", "engineering"),
        ("co-founder and chief executive", "leadership"),
        ("共同創辦人暨執行長", "leadership"),
        ("临时CEO", "leadership"),
        ("vice-presidents", "leadership"),
        ("head", "leadership"),
        ("产品经理", "product"),
        ("product manager", "product"),
        ("general counsel", "policy"),
        ("法務長", "policy"),
        ("head of AI safety", "policy"),
        ("首席财务官", "business"),
        ("strategy chief", "business"),
        ("chief of staff", "operations"),
        ("Chief People Officer", "operations"),
        ("招聘负责人", "operations"),
        ("employees", ""),
        ("员工", ""),
        ("", ""),
    ],
)
def test_it_tells_the_family_of_a_role(role: str, family: str) -> None:
    assert role_family(role) == family


@pytest.mark.parametrize("role", ["Christian", "Chrome enthusiast", "a runner", "Ceol"])
def test_it_finds_no_word_within_a_longer_one(role: str) -> None:
    assert role_family(role) == ""


def test_it_takes_the_first_role_that_tells_anything() -> None:
    assert role_family("employee", "researcher") == "research"
    assert role_family("product manager", "researcher") == "product"


def test_the_words_name_every_family_and_no_other() -> None:
    families = tomllib.loads(Path(role_families.__file__).with_suffix(".toml").read_text())["family"]
    assert {each["name"] for each in families} == set(RoleFamily.values)


def test_every_word_is_written_as_it_is_compared() -> None:
    families = tomllib.loads(Path(role_families.__file__).with_suffix(".toml").read_text())["family"]
    assert [w for f in families for w in f["en"] if w != w.casefold() or "-" in w] == []
    assert [w for f in families for w in f["zh"] if not role_family(w)] == []
