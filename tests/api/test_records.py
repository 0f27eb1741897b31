"""Records: everything a reader needs to check a fact, and where vanished records lead."""

from __future__ import annotations

import pytest

from talent.models import Claim, Company, CompensationReport, Move, Person, Signal
from tests.factories import QUOTE, make_article, make_claim, make_move, make_source


def test_it_shows_a_move(get, world):
    move = get(f"moves/{world.move.public_id}/").json()
    assert move["person"]["name_zh"] == "阿达·奎尔"
    assert move["from"]["company"]["slug"] == "northwind-ai"
    assert (move["from"]["team"], move["from"]["role"]) == ("Core", "researcher")
    assert move["to"]["company"]["url"] == "http://testserver/api/v1/companies/lanternlight/"
    assert move["cohort"] is None
    assert (move["date"], move["date_range"]) == ("2025-03", {"first": "2025-03-01", "last": "2025-03-31"})
    assert (move["attribution"], move["reporters"], move["articles"]) == ("two people", 1, 1)
    assert move["quote"] == QUOTE


def test_it_shows_a_group_without_a_date(get, world):
    move = get(f"moves/{world.group.public_id}/").json()
    assert move["cohort"] == {"min": 7, "max": None, "of": 14, "text": "at least seven"}
    assert [move[name] for name in ("person", "from", "date", "date_range", "attribution")] == [None] * 5


def test_it_shows_what_was_left_without_a_name(get, world):
    Move.objects.filter(pk=world.group.pk).update(origin_role="founder")
    move = get(f"moves/{world.group.public_id}/").json()
    assert move["from"] == {"company": None, "team": None, "role": "founder"}


def test_it_shows_the_evidence_of_a_fact(get, world):
    later = make_article(source=make_source("The Evening Lamp"), text=f"Later: {QUOTE}!")
    Claim.objects.filter(pk=make_claim(article=later).pk).update(move=world.move)
    Claim.objects.filter(pk=make_claim(review="rejected").pk).update(move=world.move)
    first, second = get(f"moves/{world.move.public_id}/").json()["evidence"]
    assert first["article"]["outlet"] == "The Daily Ledger"
    assert second["article"]["outlet"] == "The Evening Lamp"
    assert later.text[second["start"] : second["end"]] == second["quote"] == QUOTE
    assert (second["prefix"], second["suffix"]) == ("Later: ", "!")
    assert (second["attribution"], second["attribution_kind"], second["attribution_count"]) == (
        "two people",
        "unnamed",
        2,
    )
    assert (second["origin"], second["rule"], second["confidence"]) == ("rules", "left-to-join", 0.9)
    assert second["fact"]["url"] == f"http://testserver/api/v1/moves/{world.move.public_id}/"


def test_it_shows_pay_in_plain_numbers(get, world):
    report, other = (get(f"compensation/{r.public_id}/").json() for r in (world.report, world.open_report))
    assert (report["min"], report["max"], report["currency"], report["period"]) == (1_000_000, 2_000_000, "USD", "year")
    assert (other["min"], other["max"], other["population"]) == (0.5, None, "researchers")
    assert other["date_range"] == {"first": "2024-01-01", "last": None}


def test_it_shows_signals(get, world):
    signal, practice = (get(f"signals/{s.public_id}/").json() for s in (world.signal, world.practice))
    assert (signal["metric"], signal["min"], signal["of"], signal["unit"]) == ("headcount", 500, 1000, "people")
    assert (practice["min"], practice["unit"]) == (None, None)


def test_it_shows_a_company_with_its_names(get, world):
    company = get("companies/lanternlight/").json()
    assert [(a["name"], a["script"]) for a in company["aliases"]] == [
        ("LL", "Latn"),
        ("Lanternlight", "Latn"),
        ("灯光", "Hani"),
    ]
    assert company["parent"]["slug"] == "lanternlight-group"
    assert company["wikidata"] == "Q1"


def test_it_does_not_name_a_hidden_parent(get, world):
    Company.objects.filter(pk=world.parent.pk).update(visibility="hidden")
    assert get("companies/lanternlight/").json()["parent"] is None


def test_every_link_of_every_record_leads_somewhere(get, world, records):
    def links(value):
        if isinstance(value, dict):
            for name, each in value.items():
                if name != "html_url":
                    yield from links(each)
        elif isinstance(value, list):
            for each in value:
                yield from links(each)
        elif isinstance(value, str) and value.startswith("http://testserver/"):
            yield value

    found = {link for address in records for link in links(get(address).json())}
    assert len(found) > 30
    assert {get(link).status_code for link in found} == {200}


def test_it_asks_the_database_few_times_for_a_record(get, records, django_assert_max_num_queries):
    for address in records:
        with django_assert_max_num_queries(7):
            assert get(address).status_code == 200


def test_it_asks_no_more_for_fifty_claims_than_for_one(get, world, django_assert_num_queries):
    for _ in range(50):
        Claim.objects.filter(pk=make_claim().pk).update(move=world.move)
    with django_assert_num_queries(2):
        assert len(get(f"moves/{world.move.public_id}/").json()["evidence"]) == 51


@pytest.mark.parametrize("model", [Move, CompensationReport, Signal, Company, Person])
@pytest.mark.parametrize(("visibility", "status"), [("withdrawn", 410), ("hidden", 404), ("unlisted", 200)])
def test_it_keeps_back_what_is_hidden_and_says_what_is_withdrawn(get, world, model, visibility, status):
    noun = {
        Move: "moves",
        CompensationReport: "compensation",
        Signal: "signals",
        Company: "companies",
        Person: "people",
    }
    row = model.objects.order_by("id").first()
    model.objects.filter(pk=row.pk).update(visibility=visibility)
    answer = get(f"{noun[model]}/{getattr(row, 'slug', row.public_id)}/")
    assert answer.status_code == status
    if status == 410:
        assert answer.json()["type"].endswith(":withdrawn")


@pytest.mark.parametrize("visibility", ["hidden", "withdrawn"])
def test_it_keeps_back_a_move_of_somebody_hidden(get, world, visibility):
    Person.objects.filter(pk=world.ada.pk).update(visibility=visibility)
    for address in (f"moves/{world.move.public_id}/", f"claims/{world.move.public_id}/"):
        assert get(address).status_code == 404


def test_it_leads_from_a_vanished_fact_to_the_one_its_claim_supports(get, world):
    vanished = make_claim()
    Claim.objects.filter(pk=vanished.pk).update(move=world.move)
    answer = get(f"moves/{vanished.public_id}/")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"http://testserver/api/v1/moves/{world.move.public_id}/"


def test_it_leads_nowhere_from_a_vanished_fact_that_is_hidden_now(get, world):
    vanished = make_claim()
    Claim.objects.filter(pk=vanished.pk).update(move=world.move)
    Move.objects.filter(pk=world.move.pk).update(visibility="hidden")
    assert get(f"moves/{vanished.public_id}/").status_code == 404


def test_it_leads_from_a_claim_that_supports_nothing_nowhere(get, world):
    assert get(f"moves/{make_claim().public_id}/").status_code == 404


def test_it_leads_from_an_old_slug_of_a_person_to_the_new(get, world):
    old = world.ada.slug
    slug = f"ada-reed-{world.ada.public_id[:5]}"
    Person.objects.filter(pk=world.ada.pk).update(slug=slug)
    answer = get(f"people/{old}/")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"http://testserver/api/v1/people/{slug}/")


def test_it_leads_from_a_merged_person_to_the_one_their_claims_are_about_now(get, world):
    merged = make_move().lead_claim
    Claim.objects.filter(pk=merged.pk).update(person=world.ada)
    answer = get(f"people/bo-reed-{merged.public_id[:5]}/")
    assert (answer.status_code, answer.headers["Location"]) == (
        308,
        f"http://testserver/api/v1/people/{world.ada.slug}/",
    )


@pytest.mark.parametrize("noun", ["people", "companies"])
def test_it_leads_from_an_identifier_to_the_slug(get, world, noun):
    row = world.ada if noun == "people" else world.lantern
    answer = get(f"{noun}/{row.public_id}/")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"http://testserver/api/v1/{noun}/{row.slug}/")


def test_the_pages_it_links_are_the_site_s(world, get, records):
    """The pages have the API's nouns; ``html_url`` is written without asking the page for its name."""
    for address in records:
        record = get(address).json()
        if "html_url" in record:
            assert record["html_url"] == record["url"].replace("/api/v1", "")
