"""Facts from claims: one event told in several articles becomes one fact, whatever the order."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from articles.extraction import (
    Attribution,
    Cohort,
    CompensationClaim,
    Extraction,
    MoveClaim,
    MoveEnd,
    PersonName,
    SignalClaim,
    Span,
)
from articles.models import Article, Source
from talent.models import Claim, Company, CompensationReport, Judgement, Move, Person, Review, Signal
from talent.record import record
from talent.settle import Subjects, settle

pytestmark = pytest.mark.django_db


def article(text: str, *, outlet: str = "The Daily Sample", published: str = "2025-07-01") -> Article:
    source, _ = Source.objects.get_or_create(slug=outlet.lower().replace(" ", "-"), defaults={"name": outlet})
    digest = hashlib.sha256(text.encode()).hexdigest()
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return Article.objects.create(
        public_id=digest[:12], source=source, address=f"file:{digest}", language="en", published_at=moment,
        retrieved_at=moment, text=text, content_hash=digest,
    )  # fmt: skip


def move(who: str | None, origin: str | None, destination: str | None, **more: Any) -> MoveClaim:
    more.setdefault("kind", "hire" if destination else "departure")
    more.setdefault("status", "reported")
    aliases = more.pop("aliases", ())
    return MoveClaim(
        person=PersonName(who, aliases) if who else None,
        origin=MoveEnd(origin) if origin else None,
        destination=MoveEnd(destination) if destination else None,
        span=Span(0, 10),
        **more,
    )


def tell(text: str, *claims: Any, **about: Any) -> Article:
    row = article(text, **about)
    record(row, extraction(*claims), engine_version="test")
    return row


def extraction(*claims: Any) -> Extraction:
    return Extraction(
        "a",
        tuple(c for c in claims if isinstance(c, MoveClaim)),
        tuple(c for c in claims if isinstance(c, CompensationClaim)),
        tuple(c for c in claims if isinstance(c, SignalClaim)),
    )


def facts() -> list[tuple[Any, ...]]:
    return [
        (m.public_id, m.person and m.person.slug, m.origin and m.origin.slug, m.destination and m.destination.slug,
         m.kind, m.status, m.date, m.reporters, m.lead_claim.key)
        for m in Move.objects.order_by("public_id")
    ]  # fmt: skip


def test_it_joins_a_departure_and_an_arrival_told_by_two_outlets() -> None:
    tell("First story about Ada.", move("Ada Stone", "OpenAI", None), outlet="A")
    tell("Second story about Ada.", move("Ada Stone", "OpenAI", "Meta", status="confirmed"), outlet="B")
    only = Move.objects.get()
    assert (only.origin.name, only.destination.name, only.status, only.reporters) == ("OpenAI", "Meta", "confirmed", 2)


def test_it_tells_the_field_of_work_from_the_role_joined_before_the_one_left() -> None:
    value = move("Ada Stone", "OpenAI", "Meta")
    ends: dict[str, Any] = {
        "origin": MoveEnd("OpenAI", role="researcher"),
        "destination": MoveEnd("Meta", role="product manager"),
    }
    tell("One story of Ada.", replace(value, **ends))
    tell("A story of Bo.", replace(move("Bo Reed", "OpenAI", "Meta"), origin=ends["origin"]))
    assert {m.person.name: m.role_family for m in Move.objects.all()} == {"Ada Stone": "product", "Bo Reed": "research"}


def test_it_gives_the_same_facts_in_any_order() -> None:
    stories = [
        ("One story of Ada.", move("Ada Stone", "OpenAI", None, date="2025-06"), "2025-06-20", "A"),
        ("Two story of Ada.", move("Ada Stone", "OpenAI", "Meta", date="2025-06-18"), "2025-06-21", "B"),
        ("Three story of Ada.", move("Ada Stone", None, "Meta", status="confirmed"), "2025-06-19", "C"),
        ("Four story of Ada.", move("Ada Stone", "Meta", "Anthropic", date="2026-09"), "2026-09-02", "A"),
    ]
    results = set()
    for order in permutations(stories):
        for text, claim, published, outlet in order:
            tell(text, claim, published=published, outlet=outlet)
        results.add(str(facts()))
        Claim.objects.update(move=None)
        Move.objects.all().delete()
        Claim.objects.all().delete()
        Person.objects.all().delete()
        Article.objects.all().delete()
    assert len(results) == 1
    assert results.pop().count("meta") == 2


def test_it_keeps_two_people_with_one_name_apart_and_asks() -> None:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    assert Person.objects.count() == 2
    question = Judgement.objects.unanswered().get()
    assert question.reason == "the same name, but no company in common"


def test_it_joins_them_when_an_editor_says_so() -> None:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    Judgement.objects.update(verdict="same")
    settle(Subjects(person_keys={"weizhang"}))
    assert Person.objects.count() == 1
    assert Move.objects.count() == 2


def test_it_joins_a_transliteration_with_its_latin_form() -> None:
    both = move("Mikael Valdo", "DeepMind", "Meta", aliases=("米卡埃尔·瓦尔多", "瓦尔多"))
    tell("Chinese story.", both)
    tell("Another Chinese story.", move("米卡埃尔·瓦尔多", "谷歌", "Meta"))
    person = Person.objects.get()
    assert (person.name, person.name_zh) == ("Mikael Valdo", "米卡埃尔·瓦尔多")


def test_it_writes_nothing_when_told_twice() -> None:
    row = tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    before = list(Move.objects.values()) + list(Person.objects.values()) + list(Claim.objects.values())
    record(row, extraction(move("Ada Stone", "OpenAI", "Meta")), engine_version="test")
    assert list(Move.objects.values()) + list(Person.objects.values()) + list(Claim.objects.values()) == before


def test_it_withdraws_a_fact_that_a_newer_engine_does_not_find() -> None:
    row = tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    record(row, extraction(), engine_version="newer")
    assert not Move.objects.exists()
    assert not Person.objects.exists()
    assert Claim.objects.get().review == Review.SUPERSEDED


def test_it_keeps_what_an_editor_has_accepted_from_a_newer_engine() -> None:
    row = tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    Claim.objects.update(review=Review.ACCEPTED)
    record(row, extraction(), engine_version="newer")
    assert Move.objects.exists()


def test_it_drops_the_fact_of_a_rejected_claim() -> None:
    tell("A story of Ada.", move("Ada Stone", "OpenAI", "Meta"))
    claim = Claim.objects.get()
    Claim.objects.update(review=Review.REJECTED)
    subjects = Subjects()
    subjects.add(claim)
    settle(subjects)
    assert not Move.objects.exists()


def test_it_keeps_an_offer_turned_down_apart_from_a_move() -> None:
    tell("Ada said no.", move("Ada Stone", "OpenAI", "Meta", status="declined"))
    tell("Ada said yes.", move("Ada Stone", "OpenAI", "Meta"))
    assert sorted(Move.objects.values_list("status", flat=True)) == ["declined", "reported"]


def test_it_keeps_a_return_apart_from_the_first_arrival() -> None:
    tell("Ada joined.", move("Ada Stone", None, "OpenAI", date="2019"))
    tell("Ada is back.", move("Ada Stone", "Meta", "OpenAI", kind="return", date="2025-06"))
    assert sorted(Move.objects.values_list("kind", flat=True)) == ["hire", "return"]


def test_it_counts_a_report_of_a_report_once() -> None:
    said = Attribution("The Original", "outlet")
    tell("Seen in B.", move("Ada Stone", "OpenAI", "Meta", attribution=said), outlet="B")
    tell("Seen in C.", move("Ada Stone", "OpenAI", "Meta", attribution=said), outlet="C")
    assert (Move.objects.get().reporters, Move.objects.get().articles_count) == (1, 2)


def test_it_joins_counts_of_one_group_and_leaves_other_counts() -> None:
    seven = Cohort("at least seven authors", min=7, of=14)
    tell("Seven of them.", move(None, "Meta", None, cohort=seven))
    tell("Seven of them again.", move(None, "Meta", None, cohort=seven), outlet="B")
    tell("Ten of more.", move(None, "Meta", None, cohort=Cohort("ten of 68", min=10, of=68)))
    assert sorted(Move.objects.values_list("cohort_min", "reporters")) == [(7, 2), (10, 1)]


def pay(org: str | None, low: float | None, high: float | None) -> CompensationClaim:
    return CompensationClaim(
        org=org, min=low, max=high, currency="USD", period="year", component="total", kind="offered",
        status="reported", span=Span(0, 10),
    )  # fmt: skip


def test_it_joins_one_figure_of_pay_in_two_languages() -> None:
    tell("An offer of millions.", pay("Google", 5_000_000, 10_000_000))
    tell("谷歌开出数百万年薪的邀约。", pay("谷歌", 5_000_000, 10_000_000), outlet="B")
    report = CompensationReport.objects.get()
    assert (report.company.name, report.reporters, report.amount_max) == ("Google", 2, 10_000_000)


def test_it_keeps_signals_without_a_number_to_their_article() -> None:
    practice = SignalClaim(org="Meta", metric="practice", status="reported", span=Span(0, 10))
    tell("Offers without talks.", practice)
    tell("Letters from the chief.", practice, outlet="B")
    assert Signal.objects.count() == 2


def test_it_makes_a_company_with_its_names_in_both_scripts() -> None:
    tell("A story of Ada.", move("Ada Stone", "谷歌", "Meta"))
    google = Company.objects.get(key="google")
    assert (google.name, google.name_zh, google.parent.name) == ("Google", "谷歌", "Alphabet")


def test_it_stores_no_move_without_a_company() -> None:
    tell("Ada founds something.", move("Ada Stone", None, None, kind="founding"))
    assert Claim.objects.get().move is None
    assert not Move.objects.exists()


def test_it_keeps_the_row_when_an_earlier_claim_comes_in() -> None:
    tell("Late story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-05")
    row = Move.objects.get()
    tell("Early story of Ada.", move("Ada Stone", "OpenAI", "Meta"), published="2025-07-01", outlet="B")
    again = Move.objects.get()
    assert again.pk == row.pk
    assert again.public_id == Claim.objects.order_by("article__published_at").first().public_id
