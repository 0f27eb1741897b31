"""Who may do what: the three groups, and what the setting PUBLISH lets readers see."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from lxml import html

from talent import review
from talent.models import Claim, Company, Move, Person
from talent.roles import ROLES
from tests.factories import make_member
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

LISTS = ["/moves/", "/people/", "/api/v1/moves/", "/api/v1/people/", "/api/v1/claims/", "/", "/search?q=Stone"]


@pytest.mark.parametrize("role", ROLES)
def test_each_group_has_the_rights_of_its_role(role: str) -> None:
    user = make_member("somebody", role)
    assert user.get_all_permissions() == set(ROLES[role])


def test_the_migration_and_the_roles_agree() -> None:
    written: dict[str, set[str]] = {name: set() for name in ROLES}
    for migration in (
        "0009_roles",
        "0011_the_press_room",
        "0017_rights_to_feeds",
        "0019_rights_to_oversee",
        "0031_rights_to_letters",
    ):
        added = importlib.import_module(f"talent.migrations.{migration}").ROLES
        for name, rights in added.items():
            written[name] |= {f"{app}.{code}" for app, _, code, _ in rights}
    assert written == {name: set(rights) for name, rights in ROLES.items()}


@pytest.mark.parametrize("role", ["Reader", "Editor"])
def test_no_role_below_administrator_changes_users_or_facts(role: str) -> None:
    forbidden = ("add_user", "change_user", "delete_", "change_claim", "change_move", "change_judgement", "group")
    assert [right for right in ROLES[role] if any(word in right for word in forbidden)] == []


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("Reader", "/desk/", 403),
        ("Editor", "/desk/", 200),
        ("Administrator", "/desk/", 200),
        ("Reader", "/admin/", 302),
        ("Editor", "/admin/articles/snapshot/ingest/", 200),
        ("Editor", "/admin/auth/user/", 403),
        ("Editor", "/admin/auth/group/", 403),
        ("Administrator", "/admin/auth/user/", 200),
        ("Administrator", "/admin/auth/group/", 200),
        ("Administrator", "/admin/auth/group/add/", 403),
        ("Administrator", "/admin/talent/webhook/", 200),
        ("Administrator", "/admin/articles/shard/", 200),
        ("Editor", "/admin/talent/webhook/", 403),
        ("Editor", "/admin/talent/apikey/", 403),
        ("Editor", "/admin/talent/claim/", 200),
        ("Editor", "/admin/talent/correction/", 200),
    ],
)
def test_it_opens_to_each_role_what_it_needs(client: Client, role: str, address: str, status: int) -> None:
    client.force_login(make_member("somebody", role, is_staff=role != "Reader"))
    assert client.get(address).status_code == status


def test_a_reader_may_do_nothing_beyond_the_public(client: Client) -> None:
    client.force_login(make_member("ray", "Reader"))
    tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    claim = Claim.objects.get()
    assert client.post(f"/desk/claims/{claim.public_id}/", {"action": "accept", "version": 1}).status_code == 403
    assert client.post(f"/articles/{claim.article.public_id}/retry/").status_code == 403


# ------------------------------------------------------------------ what is published


@pytest.fixture
def two(settings: Any) -> tuple[Claim, Claim]:
    """One claim that an editor accepted, and one that nobody has seen, of confidence 0.5."""
    tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    tell("A story of Bo.", move("Bo Stone", "Baidu", "ByteDance"))
    ada, bo = Claim.objects.order_by("pk")
    review.accept(ada.public_id, version=1, user=User.objects.create_user("erin"))
    return ada, bo


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    ("publish", "bo_is_shown"), [("all", True), ("reviewed", False), ("0.8", False), ("0.5", True), ("1", False)]
)
def test_one_setting_decides_what_every_list_shows(
    client: Client, settings: Any, two: Any, address: str, publish: str, bo_is_shown: bool
) -> None:
    settings.PUBLISH = publish
    page = shown(client, address)
    assert "Ada Stone" in page
    assert ("Bo Stone" in page) == bo_is_shown


def test_pages_of_what_is_not_published_are_not_there(client: Client, settings: Any, two: Any) -> None:
    settings.PUBLISH = "reviewed"
    hidden = Move.objects.get(reviewed=False)
    addresses = [hidden.get_absolute_url(), hidden.person.get_absolute_url(), hidden.origin.get_absolute_url()]
    addresses += [f"/api/v1/moves/{hidden.public_id}/", f"/api/v1/people/{hidden.person.slug}/"]
    assert [client.get(address).status_code for address in addresses] == [404] * 5


def test_an_article_shows_published_claims_only(client: Client, settings: Any, two: Any) -> None:
    settings.PUBLISH = "reviewed"
    ada, bo = two
    assert "note-" in shown(client, ada.article.get_absolute_url())
    assert "note-" not in shown(client, bo.article.get_absolute_url())


def test_counts_follow(client: Client, settings: Any, two: Any) -> None:
    from django.core.cache import cache

    counts = []
    for settings.PUBLISH in ("all", "reviewed"):
        cache.clear()
        page = html.fromstring(shown(client, "/"))
        counts.append([a.text_content() for a in page.iter("a", "li", "p", "dd", "span") if "2" in a.text_content()])
    assert counts[0] != counts[1]
    assert (Person.objects.visible().count(), Move.objects.visible().count()) == (1, 1)


def test_companies_follow_their_facts(settings: Any, two: Any) -> None:
    settings.PUBLISH = "reviewed"
    names = set(Company.objects.visible().values_list("name", flat=True))
    assert {"OpenAI", "Meta"} <= names
    assert not {"Baidu", "ByteDance"} & names


def test_undoing_takes_a_fact_back_from_readers(client: Client, settings: Any, two: Any) -> None:
    from talent.models import Decision

    settings.PUBLISH = "reviewed"
    review.undo(Decision.objects.get().pk, user=User.objects.get())
    assert "Ada Stone" not in shown(client, "/moves/")


@pytest.mark.parametrize("written", ["none", "80%", "1.5", "-0.1", ""])
def test_it_refuses_a_policy_it_does_not_know(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    import runpy

    monkeypatch.setenv("PUBLISH", written)
    with pytest.raises(ImproperlyConfigured, match="PUBLISH"):
        runpy.run_path("config/settings.py")
