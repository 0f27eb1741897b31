"""History by triggers: whoever changes a row, and however, it is noted with before, after, who and why."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client, RequestFactory

from talent.history import because
from talent.history.middleware import HistoryMiddleware
from talent.history.reading import of_company, of_fact, of_person
from talent.models import Change, Claim, Company, Correction, Judgement, Move, Person
from tests.factories import make_claim, make_company, make_move, make_person, make_report, make_signal

pytestmark = pytest.mark.django_db


def newest(**of: Any) -> Change:
    return Change.objects.filter(**of).first()


TRACKED = [
    "Claim", "Move", "CompensationReport", "Signal", "Person", "Company", "Judgement",
    "Correction", "Response", "Restriction", "Notice", "Decision",
]  # fmt: skip


@pytest.mark.parametrize("model", TRACKED)
def test_it_has_its_triggers_on_every_table_that_matters(model: str) -> None:
    table = apps.get_model("talent", model)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'", [table])
        assert {"note_insert_or_delete", "note_update"} <= {name for (name,) in cursor.fetchall()}


CHANGES = [
    ("claim", lambda: make_claim(), "UPDATE talent_claim SET review = 'rejected' WHERE id = %s", "review"),
    ("claim", lambda: make_claim(), "UPDATE talent_claim SET quote = 'Other words' WHERE id = %s", "quote"),
    ("move", lambda: make_move(), "UPDATE talent_move SET status = 'denied' WHERE id = %s", "status"),
    ("signal", lambda: make_signal(), "UPDATE talent_signal SET team = 'Robots' WHERE id = %s", "team"),
    ("compensation", lambda: make_report(), "UPDATE talent_compensationreport SET currency = 'EUR' WHERE id = %s",
     "currency"),
    ("person", lambda: make_person(), "UPDATE talent_person SET indexable = true WHERE id = %s", "indexable"),
    ("company", lambda: make_company(), "UPDATE talent_company SET name_zh = '北风' WHERE id = %s", "name_zh"),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "make", "sql", "column"), CHANGES)
def test_it_notes_direct_sql(noun: str, make: Any, sql: str, column: str) -> None:
    row = make()
    before = getattr(row, column)
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.pk])
    row.refresh_from_db()
    assert newest(noun=noun, row=row.pk).fields[column] == [before, getattr(row, column)]


def test_it_notes_bulk_updates_row_by_row() -> None:
    claims = [make_claim(), make_claim()]
    Claim.objects.update(review="accepted")
    noted = Change.objects.filter(noun="claim", operation="update", fields__has_key="review")
    assert {c.row for c in noted} == {c.pk for c in claims}


def test_it_keeps_the_whole_row_that_was_deleted() -> None:
    company = make_company("Northwind AI")
    pk = company.pk
    company.aliases.all().delete()
    company.delete()
    assert newest(noun="company", row=pk, operation="delete").fields["name"] == "Northwind AI"


def test_it_notes_nothing_where_nothing_changed() -> None:
    move = make_move()
    before = Change.objects.count()
    Move.objects.filter(pk=move.pk).update(status=move.status)
    move.save()
    assert Change.objects.count() == before


def test_it_notes_who_and_why() -> None:
    company = make_company()
    with because("the firm renamed itself", user=7, name="ada"):
        Company.objects.filter(pk=company.pk).update(name="Lanternlight")
    assert newest(noun="company").context == {"user": 7, "name": "ada", "why": "the firm renamed itself"}


def test_it_forgets_the_reason_behind_its_block_within_one_transaction() -> None:
    company = make_company()
    with transaction.atomic():
        with because("first"):
            Company.objects.filter(pk=company.pk).update(name="One")
        Company.objects.filter(pk=company.pk).update(name="Two")
    assert "why" not in newest(noun="company").context


def test_it_tells_again_behind_a_savepoint_that_was_rolled_back() -> None:
    company = make_company()
    with because("still this"):
        with transaction.atomic():
            Company.objects.filter(pk=company.pk).update(name="Gone")
            transaction.set_rollback(True)
        Company.objects.filter(pk=company.pk).update(name="Kept")
    assert newest(noun="company").context["why"] == "still this"


@pytest.mark.django_db(transaction=True)
def test_it_tells_outside_a_transaction_and_leaves_nothing_on_the_connection() -> None:
    company = make_company()
    with because("outside"):
        Company.objects.filter(pk=company.pk).update(name="Changed")
    assert newest(noun="company").context["why"] == "outside"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('talent.context', true)")
        assert cursor.fetchone() == ("",)


@pytest.mark.django_db(transaction=True)
def test_it_names_the_role_that_works_on_the_database_without_the_program() -> None:
    company = make_company()
    settings = {**connection.settings_dict, "NAME": connection.settings_dict["NAME"]}
    where = {"dbname": settings["NAME"], "user": settings["USER"], "host": settings["HOST"], "port": settings["PORT"]}
    with psycopg.connect(**{k: v for k, v in where.items() if v}, password=settings["PASSWORD"] or None) as direct:
        direct.execute("UPDATE talent_company SET name = 'By hand' WHERE id = %s", [company.pk])
    assert newest(noun="company").context.keys() == {"role"}
    assert of_company(company)[0].who.startswith("directly in the database")


def test_it_names_the_editor_of_a_request() -> None:
    editor = get_user_model().objects.create_user("ada", password="a long enough password")
    client = Client()
    client.force_login(editor)
    request = RequestFactory().post("/somewhere/", {"reason": "misread"})
    request.COOKIES, request.user = {"sessionid": "x"}, editor  # type: ignore[attr-defined]
    HistoryMiddleware(lambda _: make_company())(request)  # type: ignore[arg-type, return-value]
    assert newest(noun="company").context == {"user": editor.pk, "name": "ada", "path": "/somewhere/", "why": "misread"}


def test_it_keeps_no_address_of_a_sender() -> None:
    Correction.objects.create(token="t", category="fact", text="Private words", email="ada@mail.example")
    Correction.objects.update(email="other@mail.example", state="in_review")
    Correction.objects.all().delete()
    kept = str(list(Change.objects.filter(noun="correction").values_list("fields", flat=True)))
    assert "mail.example" not in kept
    assert "Private" not in kept
    assert "in_review" in kept


def test_it_tells_on_the_fact_of_a_claim_that_was_taken_off_it() -> None:
    move = make_move()
    other = make_claim(move=move)
    with because("misread", name="ada"):
        Claim.objects.filter(pk=other.pk).update(review="rejected", move=None)
    entry = of_fact("move", move)[0]
    assert (entry.who, entry.why, entry.quote) == ("ada", "misread", other.quote)
    assert ("review", "not reviewed", "rejected") in [(f.label, f.before, f.after) for f in entry.fields]


def test_it_shows_names_instead_of_numbers() -> None:
    move = make_move()
    Move.objects.filter(pk=move.pk).update(destination=make_company("Lanternlight"))
    (field,) = of_fact("move", move)[0].fields
    assert (field.label, field.before, field.after) == ("to", move.destination.name, "Lanternlight")


def test_it_tells_a_person_of_the_judgements_about_their_claims() -> None:
    move = make_move()
    Judgement.objects.create(subject="person", left="0", right=move.lead_claim.public_id, verdict="same")
    assert of_person(Person.objects.get())[0].noun == "judgement"
