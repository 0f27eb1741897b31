"""Sending articles in: a key that allows it, one answer for a repeated request, and a status address that tells."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import close_old_connections
from django.utils import timezone

from articles import hosts, stages
from articles.clock import database_now
from articles.exceptions import FetchError
from articles.models import Article, Host, Snapshot
from talent import access, pipeline
from talent.models import ApiKey, KeptAnswer, Submission
from tests.api.test_problems import problem
from tests.factories import make_member

ADDRESS = "/api/v1/articles/"
TEXT = "Ada Quill has left OpenAI to join Anthropic, two people familiar with the matter said on Monday."


@pytest.fixture(autouse=True)
def _quiet(monkeypatch, settings):
    settings.FETCH_ALLOW_PRIVATE = True


@pytest.fixture
def owner(db):
    return make_member("robot", "Editor")


@pytest.fixture
def secret(owner):
    return access.make_key(owner, name="crawler", scopes=[access.ARTICLES_WRITE], expires_at=None)[1]


@pytest.fixture
def send(client, secret):
    """Posts a body with the key."""

    def post(body, *, key=secret, **headers):
        sent = {"authorization": f"Bearer {key}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(ADDRESS, json.dumps(body), content_type="application/json", headers=sent)

    return post


@pytest.fixture
def status(client, secret):
    return lambda url, key=secret: client.get(url, headers={"authorization": f"Bearer {key}"})


def work() -> None:
    """Does what the workers would."""
    for snapshot in Snapshot.objects.filter(state="awaiting_parse"):
        stages.run_parse(snapshot.pk, now=database_now())
    for article in Article.objects.filter(state="awaiting_extraction"):
        pipeline.process(article.pk, now=database_now())


def test_a_text_is_taken_at_once_and_told_of_when_it_is_read(send, status):
    answer = send({"text": TEXT, "title": "Quill joins Anthropic", "published": "2025-03-18"})
    assert answer.status_code == 202
    url = answer.headers["Location"]
    assert url == answer.json()["url"]
    waiting = status(url)
    assert (waiting.json()["state"], waiting.headers["Retry-After"]) == ("waiting", "2")
    work()
    done = status(url).json()
    assert done["state"] == "stored"
    article = Article.objects.get()
    assert done["article"] == f"http://testserver/api/v1/articles/{article.public_id}/"
    assert (article.title, str(article.published_on)) == ("Quill joins Anthropic", "2025-03-18")


def test_a_page_is_read_with_what_is_said_beside_it(send, status):
    body = {
        "html": f"<html><title>old</title><body><article><p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body></html>",
        "title": "Quill </script> joins", "published": "2025-03-18T09:30:00+08:00", "publisher": "The Daily Ledger",
        "address": "https://news.example/quill",
    }  # fmt: skip
    send(body)
    work()
    article = Article.objects.get()
    assert (article.title, article.address) == ("Quill </script> joins", "https://news.example/quill")
    assert article.published_at.isoformat() == "2025-03-18T01:30:00+00:00"
    assert article.source.name == "The Daily Ledger"


@pytest.mark.parametrize(
    "spoilt", [{"text": 0}, {"text": TEXT, "title": 7}, {"address": "https://x.example/", "html": 0}]
)
def test_a_number_is_no_text(send, spoilt):
    problem(send(spoilt), 400)


def test_an_address_waits_to_be_fetched(send, status):
    answer = send({"address": "https://news.example/quill"})
    assert Snapshot.objects.get().state == "awaiting_fetch"
    assert status(answer.headers["Location"]).json()["state"] == "waiting"


def test_a_file_is_taken_from_a_form(client, secret):
    file = SimpleUploadedFile("quill.txt", TEXT.encode(), content_type="text/plain")
    answer = client.post(ADDRESS, {"file": file}, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 202
    assert Snapshot.objects.get().address == "file:quill.txt"


def test_a_text_that_is_known_is_unchanged(send, status):
    send({"html": f"<p>{TEXT}</p>"})
    work()
    Article.objects.update(created_at=timezone.now() - timedelta(days=1))
    answer = send({"html": f"<div><p>{TEXT}</p></div>"})
    work()
    told = status(answer.headers["Location"]).json()
    assert told["state"] == "unchanged"
    assert told["article"].endswith(f"/articles/{Article.objects.get().public_id}/")


def test_it_says_why_it_failed_and_whether_it_is_tried_again(send, status, monkeypatch, settings):
    def busy(*args, **kwargs):
        raise FetchError("The server answered 503; it will be asked again.")

    monkeypatch.setattr(hosts, "fetch_politely", busy)
    url = send({"address": "https://news.example/quill"}).headers["Location"]
    stages.run_fetch(Snapshot.objects.get().pk, now=database_now())
    told = status(url).json()
    assert (told["state"], "503" in told["reason"]) == ("waiting", True)
    Snapshot.objects.update(attempts=settings.MAX_ATTEMPTS - 1, taken_until=None)
    Host.objects.update(next_at=database_now())
    stages.run_fetch(Snapshot.objects.get().pk, now=database_now())
    assert status(url).json()["state"] == "failed"


# ------------------------------------------------------------------ keys


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer x", "Basic abc", "Bearer tlk_wrong", "tlk_wrong"])
def test_it_takes_nothing_without_a_key(client, db, header):
    headers = {} if header is None else {"authorization": header}
    answer = client.post(ADDRESS, json.dumps({"text": TEXT}), content_type="application/json", headers=headers)
    assert problem(answer, 401)["type"].endswith(":key")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert not Snapshot.objects.exists()


def test_a_key_in_the_address_is_no_key(client, secret):
    answer = client.post(f"{ADDRESS}?key={secret}", json.dumps({"text": TEXT}), content_type="application/json")
    problem(answer, 401)


def test_only_a_hash_of_a_key_is_kept(secret):
    key = ApiKey.objects.get()
    assert secret.startswith("tlk_")
    assert len(secret) > 45
    assert secret not in str(ApiKey.objects.values().get())
    assert secret.startswith(key.prefix)


def test_a_key_that_is_revoked_expired_or_orphaned_opens_nothing(send, owner):
    key = ApiKey.objects.get()
    access.revoke(key, now=timezone.now())
    problem(send({"text": TEXT}), 401)
    ApiKey.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    problem(send({"text": TEXT}), 401)
    ApiKey.objects.update(expires_at=None)
    owner.is_active = False
    owner.save()
    problem(send({"text": TEXT}), 401)


def test_a_key_does_no_more_than_the_role_of_its_owner(send, owner):
    owner.groups.clear()
    assert problem(send({"text": TEXT}), 403)["type"].endswith(":scope")


def test_it_notes_when_a_key_was_last_used(send):
    send({"text": TEXT})
    assert timezone.now() - ApiKey.objects.get().last_used_at < timedelta(minutes=1)


def test_a_key_may_ask_so_often_a_minute(send, settings):
    settings.API_KEY_REQUESTS_A_MINUTE = 2
    first = send({"text": TEXT})
    assert first.headers["RateLimit"].startswith('"key";r=1;t=')
    send({"text": TEXT})
    answer = send({"text": TEXT})
    problem(answer, 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    ApiKey.objects.update(window_began_at=timezone.now() - timedelta(minutes=2))
    assert send({"text": TEXT}).status_code == 202


def test_reading_looks_at_no_key(client, secret):
    assert client.get(ADDRESS, headers={"authorization": "Bearer nonsense"}).status_code == 200


def test_nobody_sees_what_another_account_sent_in(send, status, db):
    url = send({"text": TEXT}).headers["Location"]
    other = access.make_key(make_member("other", "Editor"), name="x", scopes=[access.ARTICLES_WRITE], expires_at=None)
    problem(status(url, other[1]), 404)


# ------------------------------------------------------------------ bodies


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": TEXT, "html": "<p>x</p>"}, "text"),
        ({"address": "no address"}, "address"),
        ({"address": "https://a.example/", "title": "x"}, "title"),
        ({"text": TEXT, "published": "soon"}, "published"),
        ({"text": TEXT, "published": "2025-02-30"}, "published"),
        ({"text": TEXT, "tilte": "x"}, "tilte"),
        ({"text": 5.5, "title": []}, "title"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_it_names_the_field_that_is_wrong(send, body, field):
    told = problem(send(body), 400)
    assert field in [error["parameter"] for error in told["errors"]]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "raw",
    ["", "[]", "5", "null", "{", '{"text": NaN}', "[" * 100_000, '{"text": "\\ud800"}', "\ufeff{}", '{"text": 1e400}'],
)
def test_it_refuses_what_is_no_object(client, secret, raw):
    answer = client.post(
        ADDRESS, raw, content_type="application/json", headers={"authorization": f"Bearer {secret}"}
    )  # fmt: skip
    problem(answer, 400)


def test_it_refuses_a_body_without_end(client, secret, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(
        ADDRESS, json.dumps({"text": "x" * 2000}), content_type="application/json",
        headers={"authorization": f"Bearer {secret}"},
    )  # fmt: skip
    problem(answer, 413)


def test_it_refuses_what_no_worker_could_take(send, client, secret, settings):
    settings.FETCH_ALLOW_PRIVATE = False
    assert "not-taken" in problem(send({"address": "http://127.0.0.1/"}), 422)["type"]
    settings.OFFLINE = True
    problem(send({"address": "https://news.example/"}), 503)
    xml = client.post(ADDRESS, "<a/>", content_type="application/xml", headers={"authorization": f"Bearer {secret}"})
    assert "multipart" in problem(xml, 415)["detail"]


# ------------------------------------------------------------------ Idempotency-Key


def test_a_repeated_request_is_done_once_and_answered_as_the_first(send):
    first = send({"text": TEXT}, idempotency_key="a-1")
    again = send({"text": TEXT}, idempotency_key="a-1")
    assert (again.status_code, again.json()) == (202, first.json())
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Submission.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(send):
    send({"text": TEXT}, idempotency_key="a-1")
    assert problem(send({"text": TEXT + "!"}, idempotency_key="a-1"), 422)["type"].endswith("idempotency-key-reused")


def test_a_refused_request_keeps_no_answer(send):
    problem(send({"address": "ftp://news.example/"}, idempotency_key="a-1"), 422)
    assert send({"text": TEXT}, idempotency_key="a-1").status_code == 202


def test_an_answer_is_kept_for_a_day(send):
    first = send({"text": TEXT}, idempotency_key="a-1").json()
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send({"text": TEXT}, idempotency_key="a-1").json() != first
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert access.forget_answers(now=timezone.now()) == 1


@pytest.mark.parametrize("key", ["x" * 256, "schlüssel", "a\tb"])
def test_it_names_an_idempotency_key_that_is_none(send, key):
    assert problem(send({"text": TEXT}, idempotency_key=key), 400)["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_a_repeat_while_the_first_is_worked_on_is_told_to_wait(send, monkeypatch):
    from talent import submissions

    begun, go_on, answers = threading.Event(), threading.Event(), []
    submit = submissions.submit

    def slow(*args, **kwargs):
        begun.set()
        go_on.wait(10)
        return submit(*args, **kwargs)

    def first():
        answers.append(send({"text": TEXT}, idempotency_key="a-1").status_code)
        close_old_connections()

    monkeypatch.setattr(submissions, "submit", slow)
    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(10)
    answer = send({"text": TEXT}, idempotency_key="a-1")
    go_on.set()
    thread.join()
    assert problem(answer, 409)["type"].endswith("idempotency-in-progress")
    assert (answers, Submission.objects.count()) == ([202], 1)
