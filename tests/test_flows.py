"""What is read of flows between companies: every number that a page or the API draws from."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talent import flows, tallies
from talent.flows import HAPPENED, OTHERS, UNKNOWN, Asked, Count
from talent.models import Company, CompanyTally, PairTally
from tests.factories import make_company, make_move

pytestmark = pytest.mark.django_db

ALL = Asked()


@pytest.fixture
def firms() -> dict[str, Company]:
    return {name: make_company(name) for name in ("Larkspur", "Northwind", "Lanternlight", "Marlin")}


def go(origin: Company | None, destination: Company | None, times: int = 1, **fields: Any) -> None:
    for _ in range(times):
        make_move(origin=origin, destination=destination, **fields)


@pytest.fixture
def some(firms: dict[str, Company]) -> dict[str, Company]:
    """Three from Larkspur to Northwind, one back, two to Lanternlight, one to Marlin, one who knows where."""
    lark, north, lantern, marlin = firms.values()
    go(lark, north, 3)
    go(north, lark)
    go(lark, lantern, 2, date="2024-05-07")
    go(marlin, lantern, date="2023")
    go(lark, None, date="2024-11")
    return firms


def names(ends: Any) -> list[str]:
    return [end.name for end in ends]


def test_the_matrix_has_the_largest_first_and_every_cell(some: dict[str, Company]) -> None:
    found = flows.matrix(ALL)
    assert names(found.origins)[0] == "Larkspur"
    assert names(found.destinations) == ["Northwind", "Lanternlight", "Larkspur"]
    lark, north = (flows.End.of(some[name]) for name in ("Larkspur", "Northwind"))
    assert found.cell(lark, north).moves == 3
    assert found.cell(north, lark).moves == 1
    assert found.cell(lark, UNKNOWN).moves == 1
    assert found.cell(north, north) == Count()
    assert found.total.moves == 8


def test_what_is_not_shown_is_added_up_as_others(some: dict[str, Company]) -> None:
    lark, north = some["Larkspur"], some["Northwind"]
    found = flows.matrix(ALL, origins=[lark], destinations=[north])
    assert {ends: count.moves for ends, count in found.cells.items()} == {
        (lark.pk, north.pk): 3,
        (lark.pk, OTHERS.id): 2,
        (lark.pk, UNKNOWN.id): 1,
        (OTHERS.id, OTHERS.id): 2,
    }


@pytest.mark.parametrize("top", [1, 2, 3, 50])
def test_whatever_is_shown_the_cells_add_up_to_all(some: dict[str, Company], top: int) -> None:
    found = flows.matrix(ALL, top=top)
    assert flows.add(found.cells.values()) == found.total
    assert len(found.origins) <= top


def test_one_axis_can_be_chosen_alone(some: dict[str, Company]) -> None:
    found = flows.matrix(ALL, destinations=[some["Lanternlight"]])
    assert names(found.destinations) == ["Lanternlight"]
    assert found.joined[some["Lanternlight"].pk].moves == 3


@pytest.mark.parametrize(
    ("after", "before", "moves"),
    [
        (date(2024, 5, 1), None, 7),
        (date(2024, 6, 1), None, 5),
        (None, date(2024, 4, 30), 1),
        (date(2024, 1, 1), date(2024, 12, 31), 3),
        (date(2023, 1, 1), date(2024, 5, 31), 3),
        (date(2026, 1, 1), date(2025, 1, 1), 0),
    ],
)
def test_a_window_is_made_of_years_and_months(
    some: dict[str, Company], after: date | None, before: date | None, moves: int
) -> None:
    assert flows.matrix(Asked(after=after, before=before)).total.moves == moves


def test_a_window_of_whole_years_reads_no_months() -> None:
    assert Asked().periods == [0]
    assert Asked(after=date(2023, 1, 1), before=date(2024, 12, 31)).periods == [-2023, -2024]
    assert Asked(after=date(2023, 11, 5), before=date(2025, 1, 31)).periods == [-2024, 202311, 202312, 202501]
    assert Asked(after=date(2023, 2, 1), before=date(2023, 3, 1)).periods == [202302, 202303]


def test_only_what_happened_counts_unless_asked(firms: dict[str, Company]) -> None:
    lark, north, *_ = firms.values()
    go(lark, north, status="rumoured")
    assert flows.matrix(ALL).total.moves == 0
    assert flows.matrix(Asked(statuses=("rumoured",))).total.moves == 1
    assert flows.matrix(Asked(statuses=(*HAPPENED, "planned"))).total.moves == 0


def test_an_internal_change_is_no_flow(firms: dict[str, Company]) -> None:
    lark, north, *_ = firms.values()
    go(lark, lark)
    go(lark, north, kind="internal")
    assert flows.matrix(ALL).total.moves == 0
    assert flows.totals().moves == 2


def test_groups_count_apart_from_named_people(firms: dict[str, Company]) -> None:
    lark, north, *_ = firms.values()
    go(lark, north, 2)
    go(lark, north, cohort_text="at least seven", cohort_min=7, cohort_max=10, cohort_of=14)
    count = flows.matrix(ALL).total
    assert (count.moves, count.named, count.groups, count.least, count.most) == (3, 2, 1, 7, 10)
    assert (count.people_least, count.people_most) == (7, 12)
    go(lark, north, cohort_text="several")
    assert flows.matrix(ALL).total.people_most is None


def test_a_count_says_who_stands_behind_it(firms: dict[str, Company]) -> None:
    lark, north, *_ = firms.values()
    go(lark, north, reporters=3)
    go(lark, north, date="2024")
    count = flows.matrix(ALL).total
    assert (count.reports, count.single, count.vague, count.few) == (4, 1, 1, True)
    go(lark, north, 3)
    assert not flows.matrix(ALL).total.few


def test_over_time_fills_the_gaps(some: dict[str, Company]) -> None:
    steps = flows.over_time(some["Lanternlight"], ALL)
    assert [(step.period, step.arrivals.moves, step.net) for step in steps] == [("2023", 1, 1), ("2024", 2, 2)]
    steps = flows.over_time(some["Larkspur"], ALL, by="quarter")
    assert [step.period for step in steps] == ["2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1"]
    assert [step.net for step in steps] == [-2, 0, -1, -2]
    assert (steps[0].first, steps[0].last) == (date(2024, 4, 1), date(2024, 6, 30))
    steps = flows.over_time(some["Larkspur"], Asked(after=date(2024, 12, 1)), by="month")
    assert [(step.period, step.last.day) for step in steps] == [("2025-03", 31)]
    assert flows.over_time(make_company(), ALL) == []


def test_partners_are_the_largest_then_others_then_nobody_knows(some: dict[str, Company]) -> None:
    found = flows.partners(some["Larkspur"], ALL, top=1)
    assert [(flow.end, flow.count.moves) for flow in found.destinations] == [
        (flows.End.of(some["Northwind"]), 3), (OTHERS, 2), (UNKNOWN, 1),
    ]  # fmt: skip
    assert found.departures.moves == 6
    assert names(flow.end for flow in found.origins) == ["Northwind"]
    assert flows.partners(make_company(), ALL) == flows.Partners((), (), Count(), Count())


def test_totals_are_those_of_the_unfiltered_list(some: dict[str, Company]) -> None:
    go(some["Marlin"], None, kind="departure", status="denied", date="2022", cohort_text="some")
    found = flows.totals(top=1)
    assert (found.moves, found.groups) == (9, 1)
    assert found.kinds == {"hire": 8, "departure": 1}
    assert found.statuses == {"reported": 8, "denied": 1}
    assert list(found.years.items()) == [(2025, 4), (2024, 3), (2023, 1), (2022, 1)]
    assert [(flow.end.name, flow.count.moves) for flow in found.origins] == [("Larkspur", 6)]


@pytest.mark.parametrize("publish", ["all", "reviewed", "0.8"])
def test_every_read_shows_what_is_published(some: dict[str, Company], settings: Any, publish: str) -> None:
    lark, north = some["Larkspur"], some["Northwind"]
    go(lark, north, reviewed=True, confidence=0.2)
    go(lark, north, confidence=0.7)
    settings.PUBLISH = publish
    tallies.repair()
    moves = {"all": 10, "reviewed": 1, "0.8": 9}[publish]
    assert flows.matrix(ALL).total.moves == flows.totals().moves == moves
    assert flows.partners(lark, ALL).departures.moves == sum(s.departures.moves for s in flows.over_time(lark, ALL))


def test_a_new_certainty_shows_reviewed_moves_alone_until_it_is_counted(
    some: dict[str, Company], settings: Any
) -> None:
    go(some["Larkspur"], some["Northwind"], reviewed=True)
    settings.PUBLISH = "0.5"
    assert flows.matrix(ALL).total.moves == flows.totals().moves == 1
    tallies.repair()
    assert flows.matrix(ALL).total.moves == flows.totals().moves == 9


def test_every_read_is_one_statement_and_none_counts_moves(some: dict[str, Company]) -> None:
    lark = some["Larkspur"]
    with CaptureQueriesContext(connection) as queries:
        flows.matrix(ALL)
        flows.matrix(Asked(after=date(2023, 2, 2)), origins=[lark])
        flows.over_time(lark, ALL)
        flows.partners(lark, ALL)
        flows.totals()
    assert len(queries) == 5
    assert all("talent_move" not in query["sql"] for query in queries)


# ------------------------------------------------------------------ cost


@pytest.fixture
def crowd() -> Company:
    """Tallies as of thousands of companies, all of which had moves with all kinds of partners in many months."""
    one = {"status": "reported", "grade": 0, "groups": 0, "at_least": 0, "at_most": 0, "unbounded": 0}
    one |= {"reports": 1, "single": 1, "vague": 0}
    periods = (0, -2023, -2024, *range(202301, 202313), *range(202401, 202413))
    firms = Company.objects.bulk_create(
        Company(public_id=f"c{n}", slug=f"c{n}", key=f"c{n}", name=f"Firm {n}") for n in range(300)
    )
    CompanyTally.objects.bulk_create(
        CompanyTally(company=firm.pk, side=side, period=period, moves=n, **one)
        for n, firm in enumerate(firms)
        for side in ("left", "joined")
        for period in periods
    )
    PairTally.objects.bulk_create(
        PairTally(origin=firm.pk, destination=firms[n - step].pk, period=period, moves=1, **one)
        for n, firm in enumerate(firms)
        for step in (1, 2, 3)
        for period in periods
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE talent_companytally, talent_pairtally, talent_company")
    return firms[0]


def plans(company: Company) -> list[str]:
    """How the database answers each read."""
    with CaptureQueriesContext(connection) as queries:
        flows.matrix(ALL)
        flows.matrix(Asked(after=date(2023, 2, 2)), origins=[company])
        flows.over_time(company, ALL)
        flows.partners(company, ALL)
        flows.totals()
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            found.append("\n".join(line for (line,) in cursor.fetchall()))
    return found


def test_no_read_goes_through_a_table_of_tallies(crowd: Company) -> None:
    found = plans(crowd)
    assert [plan for plan in found if re.search(r"Seq Scan on talent_(pair|company)tally", plan)] == []
    led = [plan for plan in found if "using company_tally_lead" in plan]
    assert len(led) == 3


def test_the_leading_companies_are_those_with_most_moves(crowd: Company) -> None:
    assert names(flows.matrix(ALL, top=3).origins) == ["Firm 299", "Firm 298", "Firm 297"]
    assert names(flows.matrix(Asked(after=date(2024, 1, 1)), top=1).destinations) == ["Firm 299"]
