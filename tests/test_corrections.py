"""Corrections from sending to the public log; decisions about who sees a page outlive whatever happens to its fact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from talent import corrections
from talent.exceptions import NeedsReason, TooMany
from talent.models import Change, Claim, Correction, Move, Notice, Person, Response, Restriction
from talent.rebuild import rebuild
from talent.record import record
from tests.factories import make_article, make_company, make_move, make_person
from tests.test_settle import extraction, move, tell

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def editor() -> Any:
    return get_user_model().objects.get_or_create(username="ada")[0]


def sent(row: Any = None, **fields: Any) -> Correction:
    content = {"category": "fact", "text": "The date is wrong.", "email": "quill@mail.example", **fields}
    page = corrections.Page(corrections.noun_of(row), row) if row is not None else None
    return corrections.submit(page, content, sender="one", language="en", now=NOW)


def withdraw(row: Any, visibility: str = "withdrawn", **more: Any) -> Notice:
    return corrections.set_visibility(row, visibility, reason="asked for", user=editor(), now=NOW, **more)


# ------------------------------------------------------------------ requests


def test_it_keeps_what_a_request_is_about() -> None:
    row = make_move()
    correction = sent(row)
    assert (correction.noun, correction.anchors) == ("move", [row.lead_claim.public_id])
    assert len(correction.token) >= 32


def test_it_slows_a_flood_down() -> None:
    for _ in range(corrections.MOST_REQUESTS):
        sent()
    Correction.objects.update(created_at=NOW)
    with pytest.raises(TooMany):
        sent()


def test_it_keeps_no_network_address() -> None:
    told = corrections.sender_of("192.0.2.7", NOW)
    assert "192" not in told
    assert told == corrections.sender_of("192.0.2.7", NOW)
    assert told != corrections.sender_of("192.0.2.7", datetime(2026, 5, 5, tzinfo=UTC))


def test_it_decides_nothing_without_a_word() -> None:
    with pytest.raises(NeedsReason):
        corrections.decide(sent(), state="declined", outcome=" ", user=editor(), now=NOW)


def test_it_mails_the_outcome(django_capture_on_commit_callbacks: Any) -> None:
    correction = sent(make_company("Northwind AI"))
    with django_capture_on_commit_callbacks(execute=True):
        corrections.decide(correction, state="declined", outcome="The source says so.", user=editor(), now=NOW)
    (letter,) = mail.outbox
    assert letter.to == ["quill@mail.example"]
    assert "The source says so." in letter.body
    assert Correction.objects.get().answered_at == NOW


def test_it_survives_a_mail_server_that_is_away(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.EMAIL_BACKEND = "no.such.Backend"
    correction = sent()
    with django_capture_on_commit_callbacks(execute=True):
        corrections.decide(correction, state="declined", outcome="No.", user=editor(), now=NOW)
    correction.refresh_from_db()
    assert (correction.state, correction.answered_at) == ("declined", None)


def test_it_logs_an_acceptance_once_and_a_refusal_never() -> None:
    accepted, declined = sent(public_words="The date was put right."), sent()
    for _ in range(2):
        corrections.decide(accepted, state="accepted", outcome="Thank you.", user=editor(), now=NOW)
    corrections.decide(declined, state="declined", outcome="No.", user=editor(), now=NOW)
    notice = Notice.objects.get()
    assert (notice.words, notice.effect, notice.correction) == ("The date was put right.", "corrected", accepted)


def test_it_publishes_a_response_beside_its_page_and_in_the_log() -> None:
    person = make_move().person
    correction = sent(person, category="response", name="Ada Quill", capacity="the person named")
    response = corrections.response_to(correction, today=NOW.date())
    corrections.publish_response(response, user=editor())
    corrections.publish_response(response, user=editor())
    assert corrections.responses_beside(person) == [response]
    assert Notice.objects.get().effect == "response"


# ------------------------------------------------------------------ who sees a page


def test_it_wants_a_reason() -> None:
    with pytest.raises(NeedsReason):
        corrections.set_visibility(make_company(), "hidden", reason="", user=editor(), now=NOW)


def test_it_notes_reason_and_effect() -> None:
    row = make_move()
    assert withdraw(row, requester="person").effect == "withdrawn"
    assert Change.objects.filter(noun="move", operation="update").first().context["why"] == "asked for"
    assert not Move.objects.visible().exists()


def test_it_shows_a_page_again() -> None:
    row = make_move()
    withdraw(row)
    withdraw(row, "public")
    assert Move.objects.visible().get() == row
    assert not Restriction.objects.that_stand().exists()
    assert [n.effect for n in Notice.objects.all()] == ["restored", "withdrawn"]


def test_it_stays_withdrawn_after_a_rebuild() -> None:
    tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    withdraw(Move.objects.get())
    rebuild()
    assert Move.objects.get().visibility == "withdrawn"


def test_it_stays_withdrawn_where_its_row_is_lost() -> None:
    tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    withdraw(Move.objects.get())
    Claim.objects.update(move=None)
    Move.objects.all().delete()
    rebuild()
    assert Move.objects.get().visibility == "withdrawn"


def test_it_stays_withdrawn_where_an_earlier_claim_renames_it() -> None:
    tell("Later story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-05")
    before = Move.objects.get()
    withdraw(before)
    tell("Earlier story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-01")
    after = Move.objects.get()
    assert after.public_id != before.public_id
    assert after.visibility == "withdrawn"


def test_it_stays_withdrawn_where_a_newer_engine_reads_it_anew() -> None:
    article = tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    withdraw(Move.objects.get())
    record(article, extraction(move("Ada Stone", "OpenAI", "Meta", date="2025-06")), engine_version="newer")
    assert Claim.objects.standing().get().value["date"] == "2025-06"
    assert Move.objects.get().visibility == "withdrawn"


def test_it_leaves_others_in_the_same_words_alone() -> None:
    article = tell("Story of two.", move("Ada Stone", "OpenAI", "Meta"), move("Bo Reed", "OpenAI", "Meta"))
    withdraw(Move.objects.get(person__name="Ada Stone"))
    newer = [move(who, "OpenAI", "Meta", date="2025-06") for who in ("Ada Stone", "Bo Reed")]
    record(article, extraction(*newer), engine_version="newer")
    assert {m.person.name: m.visibility for m in Move.objects.all()} == {
        "Ada Stone": "withdrawn", "Bo Reed": "public",
    }  # fmt: skip


def test_it_keeps_a_person_hidden_who_is_told_of_again() -> None:
    tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    withdraw(Person.objects.get(), "hidden")
    tell("Second story of Ada.", move("Ada Stone", "Meta", "Anthropic"), published="2025-06-01")
    assert Person.objects.get().visibility == "hidden"
    assert not Move.objects.visible().exists()


def test_it_keeps_a_response_beside_what_is_read_anew() -> None:
    article = tell("Story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    row = Move.objects.get()
    Response.objects.create(noun="move", anchors=corrections.anchors_of(row), who="Ada Stone", text="Not so.")
    record(article, extraction(move("Ada Stone", "OpenAI", "Meta", date="2025-06")), engine_version="newer")
    assert corrections.responses_beside(Move.objects.get())


def test_it_finds_the_page_that_an_old_identifier_leads_to() -> None:
    tell("Later story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-05")
    old = Move.objects.get().public_id
    tell("Earlier story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-01")
    page = corrections.find_page(f"move:{old}")
    assert page is not None
    assert page.row == Move.objects.get()


@pytest.mark.parametrize("key", ["", "move:", "move:nobody", "source:1", "move", "person:\0"])
def test_it_finds_no_page_for_nonsense(key: str) -> None:
    assert corrections.find_page(key) is None


def test_it_leads_from_the_log_to_what_may_be_seen_only() -> None:
    shown, hidden = make_person(), make_person()
    article = make_article()
    for row in (shown, hidden):
        Claim.objects.filter(pk=make_move(row).lead_claim_id).update(person=row, article=article)
    notices = [
        withdraw(shown, "unlisted"),
        withdraw(hidden, "hidden"),
        withdraw(make_company("Northwind AI"), "unlisted"),
    ]
    assert [str(corrections.pages_of(notices).get(n.pk)) for n in notices] == [shown.name, "None", "Northwind AI"]
