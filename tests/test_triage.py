"""Corrections in the admin: editors triage, publish, restrict and lift there, and each act is told in the history."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from talent import corrections
from talent.models import Change, Correction, Move, Notice, Response, Restriction
from tests.factories import make_member, make_move

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """An editor in the admin, with an editor's rights and no more."""
    client.force_login(make_member("ada", "Editor", is_staff=True))
    return client


def sent(row: Any, **fields: Any) -> Correction:
    content = {"category": "fact", "text": "The date is wrong.", "email": "quill@mail.example", **fields}
    page = corrections.Page(corrections.noun_of(row), row)
    return corrections.submit(page, content, sender="one", language="en", now=timezone.now())


def decide(desk: Client, correction: Correction, **fields: str) -> Any:
    content = {
        "state": "accepted",
        "outcome": "Thank you.",
        "public_words": "Put right.",
        "requester": "reader",
        **fields,
    }
    return desk.post(f"/admin/talent/correction/{correction.pk}/change/", content)


def test_an_editor_decides_and_the_sender_is_told(desk: Client, django_capture_on_commit_callbacks: Any) -> None:
    correction = sent(make_move())
    with django_capture_on_commit_callbacks(execute=True):
        assert decide(desk, correction).status_code == 302
    assert Notice.objects.get().words == "Put right."
    assert mail.outbox[0].to == ["quill@mail.example"]
    told = Change.objects.filter(noun="correction", fields__has_key="state").get().context
    assert (told["name"], told["why"]) == ("ada", "Thank you.")


def test_it_asks_for_a_word_to_the_sender(desk: Client) -> None:
    assert decide(desk, sent(make_move()), state="declined", outcome="").status_code == 200
    assert Correction.objects.get().state == "received"


def test_an_editor_takes_requests_over(desk: Client) -> None:
    correction = sent(make_move())
    desk.post("/admin/talent/correction/", {"action": "take", "_selected_action": [correction.pk]})
    correction.refresh_from_db()
    assert (correction.state, str(correction.assignee)) == ("in_review", "ada")


def test_an_editor_publishes_a_response(desk: Client) -> None:
    correction = sent(make_move(), category="response", name="Bo Reed")
    desk.post("/admin/talent/correction/", {"action": "publish", "_selected_action": [correction.pk]})
    draft = Response.objects.get()
    assert not draft.published
    content = {"who": "Bo Reed", "date": "2026-05-04", "text": "Not so.", "language": "en", "published": "on"}
    assert desk.post(f"/admin/talent/response/{draft.pk}/change/", content).status_code == 302
    assert corrections.responses_beside(Move.objects.get()) == [draft]
    assert Notice.objects.get().effect == "response"


def test_an_editor_withdraws_a_page_and_shows_it_again(desk: Client) -> None:
    move = make_move()
    content = {
        "page": f"move:{move.public_id}", "visibility": "withdrawn", "reason": "Asked for.",
        "category": "privacy", "requester": "person",
    }  # fmt: skip
    assert desk.post("/admin/talent/restriction/add/", content).status_code == 302
    assert desk.get(move.get_absolute_url()).status_code == 410
    lift = {"action": "lift", "_selected_action": [Restriction.objects.get().pk]}
    desk.post("/admin/talent/restriction/", lift)
    assert desk.get(move.get_absolute_url()).status_code == 410
    desk.post("/admin/talent/restriction/", {**lift, "reason": "A mistake."})
    assert desk.get(move.get_absolute_url()).status_code == 200


def test_it_restricts_no_page_that_is_none(desk: Client) -> None:
    content = {"page": "move:nobody", "visibility": "hidden", "reason": "x", "category": "other", "requester": "reader"}
    assert desk.post("/admin/talent/restriction/add/", content).status_code == 200
    assert not Restriction.objects.exists()


def test_an_editor_logs_what_nobody_asked_for(desk: Client) -> None:
    move = make_move()
    content = {
        "page": f"move:{move.public_id}", "date": "2026-05-04", "category": "fact", "effect": "corrected",
        "requester": "editor", "words": "A name was misspelt.",
    }  # fmt: skip
    assert desk.post("/admin/talent/notice/add/", content).status_code == 302
    assert Notice.objects.get().anchors == corrections.anchors_of(move)


def test_it_shows_no_secret_of_a_sender(desk: Client) -> None:
    correction = sent(make_move())
    page = desk.get(f"/admin/talent/correction/{correction.pk}/change/").content.decode()
    assert correction.text in page
    assert correction.token not in page
