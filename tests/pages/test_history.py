"""The history of a page: readable to all, and a way back for editors."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from talent import review
from talent.history import because
from talent.models import Claim, Move
from tests.factories import make_company, make_move, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words
from tests.test_settle import move, tell

PAGES = [make_move, make_report, make_signal, lambda: make_move().person, make_company]


@pytest.mark.parametrize("make", PAGES)
def test_it_is_linked_from_the_page_it_is_about(read: Read, make: Any) -> None:
    row = make()
    address = f"{row.get_absolute_url()}history/"
    assert address in hrefs(read(row.get_absolute_url()))
    assert "entered" in words(read(address).cssselect(".log")[0])


def test_it_tells_what_changed_by_whom_and_why(read: Read) -> None:
    row = make_move()
    with because("the source was corrected", name="ada"):
        Move.objects.filter(pk=row.pk).update(status="denied")
    newest = words(read(f"{row.get_absolute_url()}history/").cssselect(".log > li")[0])
    assert all(part in newest for part in ("status", "reported", "denied", "ada", "the source was corrected"))


def test_it_is_gone_with_what_was_withdrawn(read: Read) -> None:
    row = make_move()
    Move.objects.update(visibility="withdrawn")
    read(f"{row.get_absolute_url()}history/", 410)


def desk(client: Client) -> Any:
    user = get_user_model().objects.create_user("ada")
    user.user_permissions.add(Permission.objects.get(codename="use_desk"))
    client.force_login(user)
    return user


def test_it_lets_an_editor_undo_a_decision(client: Client, db: None) -> None:
    editor = desk(client)
    tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    tell("Second story of Ada.", move("Ada Stone", "OpenAI", "Meta"), outlet="B")
    claim = Claim.objects.last()
    decision = review.reject(claim.public_id, version=claim.version, user=editor, reason="misread")
    row = Move.objects.get()
    page = client.get(f"{row.get_absolute_url()}history/").content.decode()
    undo = reverse("desk-undo", args=[decision.pk])
    assert undo in page
    back = f"{row.get_absolute_url()}history/"
    answer = client.post(undo, {"back": back, "reason": "it was right"}, follow=True)
    assert Claim.objects.get(pk=claim.pk).review == "unreviewed"
    assert "it was right" in answer.content.decode()


def test_it_leads_from_an_old_address_to_the_history_at_the_new_one(client: Client, db: None) -> None:
    tell("Later story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-05")
    old = Move.objects.get().get_absolute_url()
    tell("Earlier story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-01")
    answer = client.get(f"{old}history/")
    assert (answer.status_code, answer["Location"]) == (308, f"{Move.objects.get().get_absolute_url()}history/")


def test_it_shows_readers_no_button(client: Client, db: None) -> None:
    row = make_move()
    assert "undo" not in client.get(f"{row.get_absolute_url()}history/").content.decode().lower()


@pytest.mark.parametrize("claims", [1, 20])
def test_it_makes_no_more_queries_for_more_claims(
    db: None, read: Read, django_assert_max_num_queries: Any, claims: int
) -> None:
    row = make_move()
    for _ in range(claims):
        Claim.objects.filter(pk=make_move().lead_claim_id).update(move=row)
    with django_assert_max_num_queries(9):
        read(f"{row.get_absolute_url()}history/")


def test_it_marks_evidence_that_is_not_in_its_place(read: Read) -> None:
    row = make_move()
    Claim.objects.update(evidence_state="drifted")
    assert words(read(row.get_absolute_url()).cssselect(".verified-drifted")[0]) == "text altered, quote still in it"
