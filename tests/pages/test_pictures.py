"""Pictures on their pages and as files: addresses, parameters, what stays hidden, how many queries."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree, html

from talent.models import Company, Person
from tests.factories import make_company, make_move, make_person, make_report, make_signal
from tests.pages.conftest import Read, hrefs, words

PAGES = [
    "/flows/",
    "/companies/tern-ai/pictures/",
    *(f"/companies/tern-ai/pictures/{name}/" for name in ("net", "partners", "stays", "workforce", "pay")),
    "/compensation/picture/",
    "timeline",
    "group",
]


@pytest.fixture
def addresses(db: None) -> dict[str, str]:
    """A company of which there is something to draw; where each picture is."""
    tern, meta = make_company("Tern AI", name_zh="燕鸥智能"), make_company("Meta")
    ada = make_person("Ada Quill", indexable=True)
    make_move(ada, origin=meta, destination=tern, date="2020")
    make_move(ada, origin=tern, destination=meta, date="2023-05")
    group = make_move(cohort_text="authors", cohort_min=1, cohort_of=3, origin=tern, destination=meta, date="2023-05")
    make_report(tern, person=ada)
    make_signal(tern, value_max=500)
    own = {"timeline": f"{ada.get_absolute_url()}timeline/", "group": f"{group.get_absolute_url()}picture/"}
    return {page: own.get(page, page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_picture_has_a_drawing_a_table_a_caption_and_links(
    read: Read, addresses: dict[str, str], page: str, prefix: str
) -> None:
    figures = read(prefix + addresses[page]).cssselect("figure.picture")
    assert figures
    for figure in figures:
        wide, narrow = figure.cssselect(".wide svg"), figure.cssselect(".narrow svg")
        assert len(wide) == len(narrow) == 1
        assert wide[0].cssselect("a")
        assert figure.cssselect("details.table tbody tr")
        assert words(figure.cssselect(".coverage")[0])
        assert figure.cssselect("figcaption .summary")


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/companies/tern-ai/pictures/"])
def test_every_picture_is_a_file_in_three_forms(client: Client, addresses: dict[str, str], page: str) -> None:
    links = [
        link for link in hrefs(_page(client, addresses[page])) if urlsplit(link).path.endswith((".svg", ".png", ".csv"))
    ]
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        _CHECKS[urlsplit(link).path[-3:]](answer)
    assert {urlsplit(link).path[-3:] for link in links} == {"svg", "png", "csv"}


def _page(client: Client, address: str) -> Any:
    return html.fromstring(client.get(address).content)


def _is_svg(answer: Any) -> None:
    assert answer.headers["Content-Type"] == "image/svg+xml"
    root = etree.parse(BytesIO(answer.content)).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"var(" not in answer.content
    assert b"http://testserver/" in answer.content


def _is_png(answer: Any) -> None:
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def _is_csv(answer: Any) -> None:
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert len(answer.content.decode().splitlines()) > 1


_CHECKS = {"svg": _is_svg, "png": _is_png, "csv": _is_csv}


def test_a_file_is_drawn_anew_only_where_its_numbers_changed(client: Client, addresses: dict[str, str]) -> None:
    address = "/companies/tern-ai/pictures/workforce.png"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    make_signal(Company.objects.get(slug="tern-ai"), value_min=900, date="2026")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{address}?scheme=dark").headers["ETag"] != client.get(address).headers["ETag"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/flows/?form=google", "did you mean “from”?"),
        ("/flows/?from=nowhere", "There is no company “nowhere” here."),
        ("/flows/?from=tern-ai&from=hidden-ai", "There is no company “hidden-ai” here."),
        ("/flows/?top=1000000", "16"),
        ("/flows/?top=x", "whole number"),
        ("/flows/?after=soon", "2024-03-18"),
        ("/flows/?after=2024&before=2023", "before the beginning"),
        ("/flows/?year=2024&after=2023", "Give a year, or the ends"),
        ("/flows/?year=999999999999", "2100"),
        ("/flows/?status=sure", "Give one of: confirmed"),
        ("/flows/?scheme=pink", "light, dark"),
        ("/flows/?" + "&".join(f"to=c{n}" for n in range(30)), "at most 16"),
        ("/companies/tern-ai/pictures/net/?by=week", "year, quarter, month"),
        ("/companies/tern-ai/pictures/stays/?after=2024", "no parameter"),
        ("/compensation/picture/?by=colour", "company, role, kind, year"),
        ("/compensation/picture/?currency=dollars", "three letters"),
    ],
)
def test_what_cannot_be_asked_is_explained(client: Client, addresses: dict[str, str], address: str, told: str) -> None:
    make_company("Hidden AI", visibility="hidden")
    page = client.get(address)
    assert page.status_code == 400
    assert told in page.content.decode().replace("&#39;", "'")
    path, _, query = address.partition("?")
    path = {"/flows/": "/flows/sankey/"}.get(path, path)
    file = client.get(f"{path.rstrip('/')}.svg?{query}")
    assert file.status_code == 400
    assert file.headers["Content-Type"].startswith("text/plain")
    assert told in file.content.decode()


def test_a_company_can_be_named_in_any_script(client: Client, addresses: dict[str, str]) -> None:
    answer = client.get("/flows/?from=Tern+AI&to=")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/flows/?from=tern-ai"


def test_a_band_leads_to_the_list_of_its_moves(read: Read, addresses: dict[str, str]) -> None:
    page = read("/flows/?from=tern-ai&to=meta&year=2023")
    (band,) = page.cssselect(".wide svg a[data-from]")
    asked = parse_qs(urlsplit(band.get("href")).query)
    assert asked["from"], asked["to"] == (["tern-ai"], ["meta"])
    listed = read(band.get("href")).cssselect("tbody.fact")
    assert len(listed) == int(band.get("data-value")) == 2


def test_the_table_with_shades_has_the_same_numbers(read: Read, addresses: dict[str, str]) -> None:
    page = read("/flows/")
    bands = sorted(int(a.get("data-value")) for a in page.cssselect(".wide svg a[data-from]"))
    assert sorted(int(words(a)) for a in page.cssselect("table.shades td a")) == bands
    assert {words(th) for th in page.cssselect("table.shades tbody th")} == {"Tern AI", "Meta"}


def test_a_window_of_time_is_kept_to(read: Read, addresses: dict[str, str]) -> None:
    page = read("/companies/tern-ai/pictures/net/?after=2023&by=quarter")
    rows = [words(row) for row in page.cssselect("details.table tbody tr")]
    assert any(row.startswith("2023-Q2") and " 2 " in row for row in rows)
    assert not any(row.startswith("2020") for row in rows)


def test_companies_people_groups_and_lists_of_pay_lead_to_their_pictures(read: Read, addresses: dict[str, str]) -> None:
    company = read("/companies/tern-ai/")
    assert {page for page in PAGES if page.startswith("/companies/tern-ai/pictures/") and page.count("/") == 5} <= {
        *hrefs(company)
    }
    assert company.cssselect("img[src='/companies/tern-ai/pictures/net.svg'][alt]")
    person, group = addresses["timeline"], addresses["group"]
    assert read(person.removesuffix("timeline/")).cssselect(f"a[href='{person}'] img[src='{person[:-1]}.svg'][alt]")
    assert group in hrefs(read(group.removesuffix("picture/")))
    assert "/compensation/picture/?currency=USD" in hrefs(read("/compensation/?currency=USD"))
    assert "/flows/" in hrefs(read("/"))


@pytest.mark.parametrize(("visibility", "status"), [("hidden", 404), ("withdrawn", 410)])
@pytest.mark.parametrize("page", [page for page in PAGES if "tern" in page])
def test_a_company_that_was_taken_back_has_no_picture(
    client: Client, addresses: dict[str, str], page: str, visibility: str, status: int
) -> None:
    Company.objects.filter(slug="tern-ai").update(visibility=visibility)
    assert client.get(page).status_code == status
    if page.count("/") > 4:
        assert client.get(f"{page.rstrip('/')}.svg").status_code == status


def test_a_person_who_was_taken_back_is_in_no_picture(client: Client, addresses: dict[str, str]) -> None:
    Person.objects.update(visibility="withdrawn")
    assert client.get(addresses["timeline"]).status_code == 410
    for page in (page for page in addresses.values() if "timeline" not in page):
        assert "Quill" not in client.get(page).content.decode()


def test_a_hidden_move_is_in_no_picture(read: Read, addresses: dict[str, str]) -> None:
    make_move(
        Person.objects.get(), origin=make_company("Secret AI"), destination=make_company("Other"), visibility="hidden"
    )
    for page in (addresses["timeline"], "/flows/"):
        assert "Secret" not in words(read(page))


def test_the_old_address_of_a_company_leads_to_the_same_picture_of_the_new_one(client: Client, db: None) -> None:
    whole = make_company("Tern AI")
    make_company("Tern Labs", merged_into=whole)
    answer = client.get("/companies/tern-labs/pictures/net/")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/companies/tern-ai/pictures/net/")


def test_a_person_who_stays_out_of_search_engines_does_so_here(read: Read, addresses: dict[str, str]) -> None:
    assert not read(addresses["timeline"]).cssselect('meta[name=robots][content="noindex"]')
    Person.objects.update(indexable=False)
    assert read(addresses["timeline"]).cssselect('meta[name=robots][content="noindex"]')


def test_there_is_no_picture_of_a_named_move_or_of_an_unknown_kind(client: Client, addresses: dict[str, str]) -> None:
    assert client.get(f"{make_move().get_absolute_url()}picture/").status_code == 404
    assert client.get("/companies/tern-ai/pictures/horoscope/").status_code == 404


@pytest.mark.parametrize("page", ["/flows/", "/companies/tern-ai/pictures/stays/", "/compensation/picture/"])
def test_an_empty_picture_says_so(read: Read, page: str, db: None) -> None:
    make_company("Tern AI")
    shown = read(page)
    assert "Nothing that could be drawn has been recorded." in words(shown)
    assert not shown.cssselect("svg.drawing")


def test_few_records_carry_a_warning(read: Read, addresses: dict[str, str]) -> None:
    assert read("/flows/").cssselect(".coverage .warning")
    meta, lanternlight = Company.objects.get(slug="meta"), make_company("Lanternlight")
    for _ in range(5):
        make_move(origin=meta, destination=lanternlight, date="2024")
    page = read("/flows/")
    assert words(page.cssselect(".coverage .warning")[0]) == "2 of its 3 numbers are below 5: examples, not measures."
    assert sorted(words(cell.cssselect("a")[0]) for cell in page.cssselect(".shades .few")) == ["1", "2"]


def test_pay_in_other_currencies_is_another_picture(read: Read, addresses: dict[str, str]) -> None:
    make_report(Company.objects.get(slug="tern-ai"))
    make_report(currency="CNY")
    page = read("/compensation/picture/")
    assert len(page.cssselect("details.table tbody tr")) == 2
    (other,) = [a.get("href") for a in page.cssselect(".ways a") if "CNY" in words(a)]
    assert "CN¥" in words(read(other).cssselect("details.table")[0])


def test_pay_over_other_numbers_of_years_is_left_out_and_said_so(read: Read, db: None) -> None:
    for years in (4, 4, 3):
        make_report(period=f"multi_year:{years}")
    page = read("/compensation/picture/")
    assert len(page.cssselect("details.table tbody tr")) == 2
    assert "1 more figure of this kind is left out" in words(page)


QUERIES = {"/flows/": 1, "/companies/tern-ai/pictures/": 7, "/compensation/picture/": 1, "timeline": 2, "group": 3} | {
    f"/companies/tern-ai/pictures/{name}/": number
    for name, number in (("net", 2), ("partners", 2), ("stays", 3), ("workforce", 2), ("pay", 2))
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("more", [0, 30])
def test_its_pages_make_as_many_queries_for_many_rows_as_for_one(
    read: Read, addresses: dict[str, str], django_assert_num_queries: Any, page: str, more: int
) -> None:
    tern, ada = Company.objects.get(slug="tern-ai"), Person.objects.get()
    for number in range(more):
        make_move(ada, origin=make_company(), destination=tern, date=f"20{number:02}")
        make_report(tern)
        make_signal(tern)
    with django_assert_num_queries(QUERIES[page]):
        read(addresses[page])


EMBEDDED = [page for page in PAGES if page != "/companies/tern-ai/pictures/"]


@pytest.mark.parametrize("page", EMBEDDED)
def test_every_picture_can_be_shown_within_another_site(client: Client, addresses: dict[str, str], page: str) -> None:
    told = client.get("/oembed", {"url": f"http://testserver{addresses[page]}"})
    frame = html.fromstring(told.json()["html"]).get("src")
    assert frame == f"http://testserver{addresses[page]}embed/"
    shown = client.get(frame)
    assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in shown.headers
    assert not shown.cookies
    root = html.fromstring(shown.content)
    assert root.cssselect("svg.drawing")
    assert addresses[page] in hrefs(root.cssselect("footer")[0])


@pytest.mark.parametrize("page", EMBEDDED)
def test_the_page_of_a_picture_itself_stays_unframed(client: Client, addresses: dict[str, str], page: str) -> None:
    answer = client.get(addresses[page])
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert words(html.fromstring(answer.content).cssselect(".elsewhere pre")[0]).startswith("<iframe")


@pytest.mark.parametrize("page", PAGES)
def test_its_queries_go_by_an_index(client: Client, addresses: dict[str, str], page: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[page])
    with connection.cursor() as cursor:
        # Of few rows any table is soonest read whole; this asks what there is an index for.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in queries.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert not re.search(
                r"Seq Scan on talent_(move|signal|compensationreport|pairtally|companytally)\b", plan
            ), plan
