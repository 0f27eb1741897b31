"""The press room's jobs: how far each is, what it met, stop and go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import jobs, tasks
from articles.models import Job, Shard
from talent.roles import ADMINISTRATOR, EDITOR, READER
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def make_job(**fields: Any) -> Job:
    job = jobs.start(
        "warc", "crawl.warc.gz", unit="bytes", total=4_000_000, ranges=[(0, 2_000_000), (2_000_000, 4_000_000)]
    )
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_member("olga", ADMINISTRATOR))
    return client


def html(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_where_to_begin_when_there_are_none(operator: Client) -> None:
    assert "manage.py warc" in html(operator, "/press/jobs/")


def test_the_list_shows_how_far_each_job_is(operator: Client) -> None:
    make_job(done=1_000_000)
    page = html(operator, "/press/jobs/")
    assert "crawl.warc.gz" in page
    assert 'value="25"' in page
    assert "25 %" in page


def test_a_running_job_keeps_itself_up_to_date_and_an_ended_one_rests(operator: Client) -> None:
    job = make_job()
    assert 'hx-trigger="every 3s"' in html(operator, job.get_absolute_url())
    jobs.stop(job.pk, now=timezone.now())
    assert "hx-trigger" not in html(operator, job.get_absolute_url())


def test_a_job_shows_what_it_met_and_what_was_left_out(operator: Client) -> None:
    job = make_job(counts={"pages": 12_345, "new": 7, "malformed": 2, "reasons": {"a record that is too large": 2}})
    page = html(operator, job.get_absolute_url())
    for words in ("12,345", "new articles", "malformed records", "a record that is too large"):
        assert words in page


def test_counts_of_other_kinds_of_jobs_are_shown_by_their_names(operator: Client) -> None:
    assert "letters read" in html(operator, make_job(counts={"letters_read": 3}).get_absolute_url())


def test_a_part_in_trouble_is_shown_with_its_reason(operator: Client) -> None:
    job = make_job()
    Shard.objects.filter(job=job, number=1).update(state="failed", error="This machine cannot read /data/crawl.warc.gz")
    page = html(operator, job.get_absolute_url())
    assert "This machine cannot read" in page
    assert "0 / 2" in page


def test_a_job_without_a_sign_of_life_is_marked(operator: Client) -> None:
    job = make_job(heartbeat_at=timezone.now() - timedelta(hours=2))
    assert "no sign of life" in html(operator, job.get_absolute_url())


def test_the_time_left_is_told_from_the_time_it_took(operator: Client) -> None:
    job = make_job(done=1_000_000, started_at=timezone.now() - timedelta(minutes=10))
    assert "about 30 minutes left" in html(operator, job.get_absolute_url())


def test_it_is_stopped_and_goes_on(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks, "hand_on_job", lambda job: sent.append(job.pk))
    job = make_job()
    operator.post(f"/press/jobs/{job.pk}/stop/")
    job.refresh_from_db()
    assert job.state == Job.State.STOPPED
    operator.post(f"/press/jobs/{job.pk}/resume/")
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert sent == [job.pk]


def test_editors_see_jobs_and_leave_them_alone(client: Client) -> None:
    job = make_job()
    client.force_login(make_member("ed", EDITOR))
    assert "/stop/" not in html(client, job.get_absolute_url())
    assert client.post(f"/press/jobs/{job.pk}/stop/").status_code == 403


def test_readers_neither_see_nor_stop_jobs(client: Client) -> None:
    job = make_job()
    client.force_login(make_member("rita", READER))
    assert client.get(job.get_absolute_url()).status_code == 403
    assert client.post(f"/press/jobs/{job.pk}/stop/").status_code == 403


def test_an_unknown_act_is_not_found(operator: Client) -> None:
    assert operator.post(f"/press/jobs/{make_job().pk}/explode/").status_code == 404


def test_a_list_of_many_jobs_takes_no_more_statements(operator: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(60):
        make_job()
    with django_assert_max_num_queries(8):
        html(operator, "/press/jobs/")
