"""The admin: every model can be looked up, nothing is counted or loaded into a select, computed rows are only read."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.extraction import CompensationClaim, SignalClaim, Span
from articles.models import Evaluation, Job, ModelAnswer, ModelRun, Shard
from talent import review
from talent.models import (
    Alias,
    Claim,
    Company,
    CompensationReport,
    Decision,
    Delivery,
    FactEvent,
    Judgement,
    Move,
    Person,
    Signal,
    Webhook,
)
from talent.rebuild import rebuild
from tests.factories import make_member
from tests.test_settle import move, tell

pytestmark = pytest.mark.django_db

OURS = [model for app in ("articles", "talent") for model in apps.get_app_config(app).get_models()]
NAMES = [f"{model._meta.app_label}/{model._meta.model_name}" for model in OURS]
# Session, user, and the admin's own; the rest is the list, and what a fact or a claim brings along.
QUERIES = 5


@pytest.fixture
def rows(django_user_model: type[User]) -> None:
    """A row of every kind, and some more."""
    span = Span(0, 10)
    for number in range(2):
        pay = CompensationClaim(
            org="Meta", min=number + 1, currency="USD", period="year", component="total", kind="paid",
            status="reported", span=span,
        )  # fmt: skip
        sign = SignalClaim(org="OpenAI", metric="layoffs", min=number + 5, status="reported", span=span)
        who = move(f"Ada Stone {'AB'[number]}bel", "OpenAI", "Meta")
        article = tell(f"Story {number} of Ada Stone.", who, pay, sign, outlet=f"Outlet {number}")
        ModelRun.objects.create(article=article, engine_version="m-1")
        ModelAnswer.objects.create(key=str(number), model="m-1", answer={})
        Evaluation.objects.create(run_at=article.retrieved_at, engine_version="1", gold="g", articles=3, report={})
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    user = django_user_model.objects.create_user("erin")
    review.accept(Claim.objects.first().public_id, version=1, user=user)
    webhook = Webhook.objects.create(user=user, name="Ours", address="https://x.example/hook?token=hush")
    Delivery.objects.create(webhook=webhook, message_id="m1", excerpt="hush")
    job = Job.objects.create(kind="export", name="All", unit="pages")
    Shard.objects.create(job=job, number=1, start=0, end=9, position=0)


def first(name: str) -> Any:
    return apps.get_model(name.replace("/", ".")).objects.order_by("pk").first()


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code, response.headers.get("Location"))
    return [query["sql"] for query in queries]


def test_every_model_has_its_admin() -> None:
    assert {model for model in OURS if model not in admin.site._registry} == set()


def test_no_list_counts_asks_row_by_row_or_reads_texts(
    admin_client: Client, rows: None, subtests: pytest.Subtests
) -> None:
    for name in NAMES:
        with subtests.test(name):
            queries = asked(admin_client, f"/admin/{name}/")
            assert [sql for sql in queries if "COUNT(" in sql.upper()] == []
            assert [sql for sql in queries if "DISTINCT" in sql.upper()] == []
            assert [sql for sql in queries if '"articles_article"."text"' in sql] == []
            assert len(queries) <= QUERIES


def test_it_searches_and_shows_and_loads_no_table_into_a_select(
    admin_client: Client, rows: None, subtests: pytest.Subtests
) -> None:
    for model, name in zip(OURS, NAMES, strict=True):
        with subtests.test(name):
            assert all(asked(admin_client, f"/admin/{name}/?q={words}") for words in ("Stone", "斯通"))
            form = admin.site._registry[model]
            row = first(name)
            shown = admin_client.get(f"/admin/{name}/{row.pk}/change/").content.decode() if row else ""
            related = [field.name for field in model._meta.fields if field.is_relation]
            assert [field for field in related if f'<select name="{field}"' in shown] == []
            assert form.show_full_result_count is False


@pytest.mark.parametrize(
    "model", [Claim, Move, CompensationReport, Signal, Alias, Judgement, Decision], ids=lambda m: m.__name__
)
def test_computed_rows_are_only_read(admin_client: Client, rows: None, model: type[Any]) -> None:
    name = f"/admin/talent/{model._meta.model_name}/"
    row = model.objects.order_by("pk").first()
    assert admin_client.get(f"{name}add/").status_code == 403
    assert admin_client.post(f"{name}{row.pk}/change/", {"status": "denied"}).status_code == 403
    assert admin_client.post(f"{name}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_only_what_search_engines_may_show_is_changed_of_a_person(admin_client: Client, rows: None) -> None:
    person = Person.objects.first()
    admin_client.post(f"/admin/talent/person/{person.pk}/change/", {"indexable": "on", "name": "Forged"})
    again = Person.objects.get(pk=person.pk)
    assert (again.indexable, again.name) == (True, person.name)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_member("ed", "Editor", is_staff=True))
    return client


@pytest.mark.parametrize("model", [Person, Company])
def test_an_editor_says_which_item_of_wikidata_it_is_and_a_rebuild_remembers(editor: Client, model: type[Any]) -> None:
    tell("Ada Stone has left OpenAI for Meta.", move("Ada Stone", "OpenAI", "Meta"))
    address = f"/admin/talent/{model._meta.model_name}/{model.objects.first().pk}/change/"
    assert editor.post(address, {"wikidata_id": " q42 "}).status_code == 302
    rebuild()
    assert [row.wikidata_id for row in model.objects.exclude(wikidata_id="")] == ["Q42"]
    review.undo(Decision.objects.get().pk, user=User.objects.get(username="ed"))
    assert not model.objects.exclude(wikidata_id="").exists()


def test_an_editor_takes_an_item_back_and_changes_nothing_else(editor: Client) -> None:
    tell("Ada Stone has left OpenAI for Meta.", move("Ada Stone", "OpenAI", "Meta"))
    person = Person.objects.get()
    for given in ("Q42", ""):
        editor.post(f"/admin/talent/person/{person.pk}/change/", {"wikidata_id": given, "indexable": "on", "name": "X"})
    person.refresh_from_db()
    assert (person.wikidata_id, person.indexable, person.name) == ("", False, "Ada Stone")


def test_it_refuses_what_is_no_item_of_wikidata(editor: Client) -> None:
    tell("Ada Stone has left OpenAI for Meta.", move("Ada Stone", "OpenAI", "Meta"))
    address = f"/admin/talent/company/{Company.objects.first().pk}/change/"
    assert "such as Q42" in editor.post(address, {"wikidata_id": "Q0"}).content.decode()
    assert not Judgement.objects.exists()


def test_nobody_but_an_editor_says_which_item_it_is(client: Client) -> None:
    tell("Ada Stone has left OpenAI for Meta.", move("Ada Stone", "OpenAI", "Meta"))
    client.force_login(make_member("ray", "Reader", is_staff=True))
    address = f"/admin/talent/person/{Person.objects.get().pk}/change/"
    assert client.post(address, {"wikidata_id": "Q42"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "page"),
    [("move", "move-history"), ("person", "person-history"), ("company", "company-history"), ("claim", "desk-claim")],
)
def test_history_leads_to_the_sites_own(admin_client: Client, rows: None, name: str, page: str) -> None:
    from django.urls import reverse

    row = first(f"talent/{name}")
    field = "slug" if name in ("person", "company") else "public_id"
    response = admin_client.get(f"/admin/talent/{name}/{row.pk}/history/")
    assert response.headers["Location"] == reverse(page, args=[getattr(row, field)])


def test_it_finds_people_by_a_name_in_the_other_script(admin_client: Client) -> None:
    tell("两种写法。", move("Mikael Valdo", "DeepMind", "Meta", aliases=("米卡埃尔·瓦尔多",)))
    tell("Another.", move("Bo Reed", "OpenAI", "Meta"))
    shown = admin_client.get("/admin/talent/person/?q=瓦尔多").content.decode()
    assert "Mikael Valdo" in shown
    assert "Bo Reed" not in shown


def test_it_turns_pages_without_counting(admin_client: Client) -> None:
    tell("Many.", *(move(f"Ada Stone {chr(65 + n // 26)}{chr(97 + n % 26)}", "OpenAI", "Meta") for n in range(120)))
    pages = [admin_client.get(f"/admin/talent/claim/?p={number}").content.decode() for number in (1, 2, 3)]
    assert [page.count('name="_selected_action"') or page.count("field-short_quote") for page in pages] == [50, 50, 20]
    assert "?p=2" in pages[0]
    assert "?p=4" not in pages[2]
    assert "Show all" not in pages[0]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_member("ana", "Administrator", is_staff=True))
    return client


def test_an_administrator_gives_roles_and_nothing_more(administrator: Client) -> None:
    Group.objects.create(name="Everything")
    user = User.objects.create_user("erin")
    shown = administrator.get(f"/admin/auth/user/{user.pk}/change/").content.decode()
    assert "Editor" in shown
    assert "Everything" not in shown
    assert "is_superuser" not in shown
    assert "user_permissions" not in shown
    sent = {
        "username": "erin",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [Group.objects.get(name="Editor").pk],
    }
    dates = {"date_joined_0": "2025-01-01", "date_joined_1": "00:00:00"}
    administrator.post(f"/admin/auth/user/{user.pk}/change/", {**sent, **dates})
    user.refresh_from_db()
    assert [group.name for group in user.groups.all()] == ["Editor"]
    assert not user.is_superuser


def test_an_administrator_pauses_the_webhook_of_another_and_learns_no_secret(administrator: Client, rows: None) -> None:
    hook = Webhook.objects.get()
    pages = [f"/admin/talent/webhook/{hook.pk}/change/", f"/admin/talent/delivery/{hook.deliveries.get().pk}/change/"]
    shown = [administrator.get(page).content.decode() for page in (*pages, "/admin/talent/webhook/")]
    assert [page for page in shown if "hush" in page] == []
    assert "x.example" in shown[0]
    administrator.post("/admin/talent/webhook/", {"action": "pause", "_selected_action": hook.pk})
    hook.refresh_from_db()
    assert (hook.state, hook.paused_because) == ("paused", "By an administrator.")


def test_events_are_found_by_number_and_by_fact(admin_client: Client, rows: None) -> None:
    fact = Move.objects.first()
    assert fact is not None
    event = FactEvent.objects.create(
        sequence=12345, at=fact.created_at, type="created", noun="move", subject=fact.public_id
    )
    for words in (event.subject, "12345"):
        found = admin_client.get(f"/admin/talent/factevent/?q={words}").content.decode()
        assert found.count(f"/factevent/{event.sequence}/change/") == 1


def test_an_administrator_touches_no_superuser(administrator: Client) -> None:
    root = User.objects.create_superuser("root")
    for page in (f"{root.pk}/change/", f"{root.pk}/password/"):
        assert administrator.post(f"/admin/auth/user/{page}", {"username": "mine"}).status_code == 403


def test_nobody_removes_an_account(admin_client: Client) -> None:
    user = User.objects.create_user("erin")
    assert admin_client.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
