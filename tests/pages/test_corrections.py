"""The form that anybody can send, the address where its sender follows it, the public log, and what is taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from talent import corrections
from talent.models import Correction, Notice, Person, Response
from tests.factories import make_article, make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words

GOOD = {"category": "fact", "text": "The date is wrong: the source says May."}


def set_to(visibility: str, row: Any, **more: Any) -> Notice:
    user = get_user_model().objects.get_or_create(username="ada")[0]
    return corrections.set_visibility(row, visibility, reason="secret reason", user=user, now=timezone.now(), **more)


PAGES = [
    ("move", make_move),
    ("compensation", make_report),
    ("signal", make_signal),
    ("person", lambda: make_move().person),
    ("company", make_company),
    ("article", make_article),
]


@pytest.mark.parametrize(("noun", "make"), PAGES)
def test_it_is_offered_on_every_page_and_says_what_it_is_about(read: Read, noun: str, make: Any) -> None:
    row = make()
    form = f"/corrections/new?about={noun}:{row.public_id}"
    assert form in hrefs(read(row.get_absolute_url()))
    assert row.get_absolute_url() in hrefs(read(form).cssselect(".standfirst")[0])


def test_it_leads_its_sender_to_an_address_of_their_own(client: Client, db: None, read: Read) -> None:
    move = make_move()
    answer = client.post(f"/corrections/new?about=move:{move.public_id}", {**GOOD, "email": "quill@mail.example"})
    correction = Correction.objects.get()
    assert answer["Location"] == f"/corrections/status/{correction.token}/"
    page = read(answer["Location"])
    assert "received" in words(page)
    assert "quill@mail.example" not in words(page)
    assert client.get(answer["Location"])["Referrer-Policy"] == "no-referrer"


def test_it_shows_its_sender_the_outcome(db: None, read: Read) -> None:
    correction = corrections.submit(None, GOOD, sender="x", language="en", now=timezone.now())
    user = get_user_model().objects.create_user("ada")
    corrections.decide(correction, state="declined", outcome="It says March.", user=user, now=timezone.now())
    page = words(read(f"/corrections/status/{correction.token}/"))
    assert "declined" in page
    assert "It says March." in page


WRONG = [
    ({"category": "fact", "text": ""}, "error-text"),
    ({"category": "fact", "text": "x" * 5001}, "error-text"),
    ({"category": "nonsense", "text": GOOD["text"]}, "error-category"),
    ({**GOOD, "email": "no address"}, "error-email"),
    ({**GOOD, "evidence": "javascript:alert(1)"}, "error-evidence"),
    ({**GOOD, "category": "response"}, "error-name"),
]


@pytest.mark.parametrize(("content", "error"), WRONG)
def test_it_says_at_the_field_what_is_wrong(client: Client, db: None, content: dict[str, str], error: str) -> None:
    answer = client.post("/corrections/new", content)
    assert answer.status_code == 400
    assert f'id="{error}"' in answer.content.decode()
    assert not Correction.objects.exists()


def test_it_thanks_a_program_and_keeps_nothing(client: Client, db: None) -> None:
    assert client.post("/corrections/new", {**GOOD, "website": "https://spam.example"}).status_code == 200
    assert not Correction.objects.exists()


def test_it_asks_a_flood_to_wait_and_loses_no_words(client: Client, db: None) -> None:
    for _ in range(corrections.MOST_REQUESTS):
        client.post("/corrections/new", GOOD)
    answer = client.post("/corrections/new", GOOD)
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert GOOD["text"] in answer.content.decode()


def test_it_is_no_way_around_what_is_hidden(db: None, read: Read) -> None:
    move = make_move()
    set_to("hidden", move)
    read(f"/corrections/new?about=move:{move.public_id}", 404)


def test_it_needs_its_token(client: Client, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/corrections/new", GOOD).status_code == 403


# ------------------------------------------------------------------ what is public


def test_its_log_names_nobody_who_wrote(db: None, read: Read) -> None:
    move = make_move()
    correction = corrections.submit(
        corrections.Page("move", move), {**GOOD, "name": "Bo Reed", "email": "bo@mail.example"},
        sender="x", language="en", now=timezone.now(),
    )  # fmt: skip
    user = get_user_model().objects.create_user("ada")
    correction.public_words = "The date was put right."
    corrections.decide(correction, state="accepted", outcome="Thanks.", user=user, now=timezone.now())
    log = read("/corrections/")
    assert "The date was put right." in words(log)
    assert move.get_absolute_url() in hrefs(log)
    assert not any(private in words(log) for private in ("Bo Reed", "bo@mail.example", GOOD["text"]))


def test_its_log_does_not_show_what_is_hidden(db: None, read: Read) -> None:
    company = make_company("Northwind AI")
    set_to("hidden", company, requester="company")
    log = words(read("/corrections/"))
    assert "hidden" in log
    assert "the company concerned" in log
    assert "Northwind" not in log
    assert "secret reason" not in log


def test_it_is_linked_in_the_footer(read: Read) -> None:
    assert "/corrections/" in hrefs(read("/").cssselect("footer")[0])


@pytest.mark.parametrize("make", [make_move, make_report, make_signal, make_company])
def test_it_explains_what_was_withdrawn_and_since_when(read: Read, make: Any) -> None:
    row = make()
    notice = set_to(
        "withdrawn", row, category="privacy", requester="person", public_words="The article was taken back."
    )
    page = words(read(row.get_absolute_url(), 410).cssselect("main")[0])
    assert "The article was taken back." in page
    assert "privacy or removal" in page
    assert str(notice.date.year) in page
    assert "secret reason" not in page


def test_it_hides_without_a_word(read: Read) -> None:
    move = make_move()
    set_to("hidden", move)
    read(move.get_absolute_url(), 404)


@pytest.mark.parametrize("make", [make_move, make_company])
def test_it_keeps_search_engines_out(read: Read, make: Any) -> None:
    row = make()
    set_to("unlisted", row)
    assert read(row.get_absolute_url()).cssselect('meta[name="robots"]')[0].get("content") == "noindex"


def test_it_keeps_people_from_search_engines_unless_an_editor_decides(read: Read) -> None:
    move = make_move()
    for address in (move.get_absolute_url(), move.person.get_absolute_url()):
        assert read(address).cssselect('meta[name="robots"]')
    Person.objects.update(indexable=True)
    for address in (move.get_absolute_url(), move.person.get_absolute_url()):
        assert not read(address).cssselect('meta[name="robots"]')


@pytest.mark.parametrize("make", [make_move, make_report, make_signal])
def test_it_shows_responses_beside_the_fact(read: Read, make: Any) -> None:
    row = make()
    anchors = [row.lead_claim.public_id]
    noun = corrections.noun_of(row)
    Response.objects.create(noun=noun, anchors=anchors, who="Bo Reed", capacity="spokeswoman", text="Not so.")
    Response.objects.create(noun=noun, anchors=anchors, who="Draft", text="Unpublished.", published=False)
    shown = words(read(row.get_absolute_url()).cssselect(".responses")[0])
    assert all(part in shown for part in ("Bo Reed", "spokeswoman", "Not so.", str(timezone.now().year)))
    assert "Unpublished." not in shown


def test_it_speaks_chinese(read: Read) -> None:
    make_person()
    assert "更正" in words(read("/zh-hans/corrections/new"))
    assert "更正" in words(read("/zh-hans/corrections/").cssselect("h1")[0])
