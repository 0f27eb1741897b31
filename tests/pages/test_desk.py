"""The desk: who may sit there, the queue, a claim beside its passage, and what happens when two editors meet."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html

from articles.extraction import CompensationClaim, SignalClaim, Span
from talent.models import Claim, Company, Decision, Judgement, Move, Person
from tests.factories import make_member
from tests.pages.conftest import hrefs, words
from tests.test_settle import extraction, move, tell

pytestmark = pytest.mark.django_db

TEXT = """A first paragraph about the weather.

A second paragraph. Ada Stone has left OpenAI for Meta, two people said. She led a team there.

A third paragraph. Ada Stone has left OpenAI for Meta.

A fourth.

A fifth, far away."""
QUOTE = "Ada Stone has left OpenAI for Meta, two people said."
ADDRESSES = ["/desk/", "/desk/questions/", "/desk/decisions/", "claim", "split", "merge", "part", "question"]


@pytest.fixture
def editor() -> User:
    return make_member("erin", "Editor")


@pytest.fixture
def password(editor: User) -> str:
    editor.set_password("a long enough one")
    editor.save()
    return "a long enough one"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def other() -> Client:
    client = Client()
    client.force_login(make_member("omar", "Editor"))
    return client


def claimed(text: str = TEXT, quote: str = QUOTE, **more: Any) -> Claim:
    start = text.find(quote)
    claim = move("Ada Stone", "OpenAI", "Meta", **more)
    object.__setattr__(claim, "span", Span(start, start + len(quote)))
    tell(text, claim)
    return Claim.objects.order_by("pk").last()


def asked() -> Judgement:
    tell("About one Wei Zhang.", move("Wei Zhang", "Google", "Meta"))
    tell("About another Wei Zhang.", move("Wei Zhang", "Baidu", "ByteDance"))
    return Judgement.objects.unanswered().get()


def page(response: Any, status: int = 200) -> html.HtmlElement:
    assert response.status_code == status, response.content[:2000]
    return html.fromstring(response.content)


def form(client: Client, claim: Claim, **changed: Any) -> dict[str, Any]:
    """What the claim's form would send, as a browser fills it."""
    return {**sent(page(client.get(f"/desk/claims/{claim.public_id}/")).get_element_by_id("claim-form")), **changed}


def sent(each: html.HtmlElement) -> dict[str, str]:
    """The values of a form. The line break that begins a text area is none of its value."""
    return {name: (value or "").removeprefix("\n") for name, value in each.form_values()}


def post(client: Client, claim: Claim, data: dict[str, Any], **options: Any) -> Any:
    return client.post(f"/desk/claims/{claim.public_id}/", data, **options)


def address(name: str) -> str:
    if name.startswith("/"):
        return name
    if name == "question":
        return f"/desk/questions/{asked().pk}/"
    claim = claimed()
    return f"/desk/claims/{claim.public_id}/" + ("" if name == "claim" else f"{name}/")


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_asks_strangers_to_sign_in(client: Client, name: str) -> None:
    where = address(name)
    response = client.get(where)
    assert (response.status_code, response.headers["Location"]) == (302, f"/login/?next={where}")


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_is_closed_to_readers_with_an_account(client: Client, name: str) -> None:
    client.force_login(make_member("ray", "Reader"))
    assert client.get(address(name)).status_code == 403


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_it_shows_every_page_to_editors_and_no_cache(desk: Client, name: str, prefix: str) -> None:
    response = desk.get(prefix + address(name))
    assert "noindex" in page(response).cssselect("meta[name=robots]")[0].get("content")
    assert "no-store" in response.headers["Cache-Control"]


def test_it_refuses_a_forged_form(editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    claim = claimed()
    assert post(strict, claim, {"action": "accept", "version": 1}).status_code == 403
    assert Claim.objects.get().review == "unreviewed"


def test_it_signs_in_and_out(client: Client, password: str) -> None:
    wrong = client.post("/login/?next=/desk/", {"login": "erin", "password": "wrong"})
    assert "do not fit together" in words(page(wrong))
    right = {"login": "erin", "password": password, "next": "/desk/decisions/"}
    assert client.post("/login/", right).headers["Location"] == "/desk/decisions/"
    assert client.post("/logout/").headers["Location"] == "/"
    assert client.get("/desk/").status_code == 302


def test_it_leads_nowhere_else_after_signing_in(client: Client, password: str) -> None:
    data = {"login": "erin", "password": password, "next": "https://evil.example/"}
    assert client.post("/login/", data).headers["Location"] == "/desk/"


def test_the_queue_begins_with_the_most_useful(desk: Client) -> None:
    claims = [claimed(f"{TEXT} {number}") for number in range(3)]
    for claim, usefulness in zip(claims, (10, 70, 40), strict=True):
        Claim.objects.filter(pk=claim.pk).update(usefulness=usefulness)
    Claim.objects.filter(usefulness=40).update(review="accepted")
    shown = [h for h in hrefs(page(desk.get("/desk/")).cssselect("#results")[0]) if "/claims/" in h]
    wanted = Claim.objects.filter(review="unreviewed").order_by("-usefulness")
    assert shown == [f"/desk/claims/{c.public_id}/" for c in wanted]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=move", True),
        ("kind=signal", False),
        ("language=en", True),
        ("language=zh", False),
        ("source=the-daily-sample", True),
        ("source=another", False),
        ("confidence=middle", True),
        ("confidence=high", False),
        ("review=accepted", False),
    ],
)
def test_the_queue_is_filtered(desk: Client, query: str, found: bool) -> None:
    claim = claimed()
    shown = hrefs(page(desk.get(f"/desk/?{query}")).cssselect("#results")[0])
    assert (f"/desk/claims/{claim.public_id}/?{query}" in shown) == found


def test_the_queue_explains_a_filter_it_does_not_know(desk: Client) -> None:
    assert "confidense" in words(page(desk.get("/desk/?confidense=low"), 400))


def test_the_queue_pages_by_key(desk: Client) -> None:
    tell(TEXT, *(move(f"Ada Stone {chr(65 + n // 26)}{chr(97 + n % 26)}", "OpenAI", "Meta") for n in range(60)))
    first = page(desk.get("/desk/"))
    second = page(desk.get("/desk/" + first.cssselect("a[rel=next]")[0].get("href")))
    seen = [h for each in (first, second) for h in hrefs(each.cssselect("#results")[0]) if "/claims/" in h]
    assert len(seen) == len(set(seen)) == 60


def test_the_queue_asks_as_much_for_fifty_rows_as_for_one(desk: Client, django_assert_num_queries: Any) -> None:
    tell(TEXT, *(move(f"Ada Stone {chr(65 + n // 26)}{chr(97 + n % 26)}", "OpenAI", "Meta") for n in range(50)))
    # Session, user, two for rights, the rows, open questions, the last decision.
    with django_assert_num_queries(7):
        desk.get("/desk/")


def test_it_marks_the_quote_among_a_few_paragraphs(desk: Client) -> None:
    claim = claimed()
    shown = page(desk.get(f"/desk/claims/{claim.public_id}/"))
    passage = shown.get_element_by_id("passage")
    assert [words(m) for m in passage.cssselect("mark")] == [QUOTE]
    assert "weather" in words(passage)
    assert "A fourth." in words(passage)
    assert "far away" not in words(passage)


@pytest.mark.parametrize("kind", ["move", "compensation", "signal"])
def test_it_offers_every_field_of_the_guide(desk: Client, kind: str) -> None:
    span = Span(TEXT.find(QUOTE), TEXT.find(QUOTE) + len(QUOTE))
    rows = {
        "move": move("Ada Stone", "OpenAI", "Meta"),
        "compensation": CompensationClaim(
            org="Meta", min=1, max=2, currency="USD", period="year", component="total", kind="paid",
            status="reported", span=span,
        ),
        "signal": SignalClaim(org="Meta", metric="layoffs", min=200, status="reported", span=span),
    }  # fmt: skip
    tell(TEXT, rows[kind])
    claim = Claim.objects.get()
    names = set(page(desk.get(f"/desk/claims/{claim.public_id}/")).get_element_by_id("claim-form").inputs.keys())
    top = {"attribution", "quote", "date", "status", "kind", "currency", "period", "component", "metric", "unit"}
    wanted = {name for name in claim.value if name in top}
    ends = {f"{side}_{part}" for side in ("from", "to") for part in ("org", "team", "role")}
    assert wanted | (ends if kind == "move" else {"org", "min", "max"}) <= names


@pytest.mark.parametrize(("action", "review"), [("accept", "accepted"), ("reject", "rejected")])
def test_it_accepts_and_rejects_and_goes_on(desk: Client, action: str, review: str) -> None:
    later = claimed()
    claim = claimed(f"Before. {TEXT}")
    Claim.objects.filter(pk=claim.pk).update(usefulness=90)
    response = post(desk, claim, form(desk, claim, action=action, reason="Because."))
    assert response.headers["Location"] == f"/desk/claims/{later.public_id}/"
    assert Claim.objects.get(pk=claim.pk).review == review


def test_it_keeps_the_filters_from_claim_to_claim(desk: Client) -> None:
    claim = claimed()
    claimed(f"Before. {TEXT}")
    response = desk.post(f"/desk/claims/{claim.public_id}/?kind=move", form(desk, claim, action="accept"))
    assert response.headers["Location"].endswith("/?kind=move")


def test_it_wants_to_know_why_a_claim_is_rejected(desk: Client) -> None:
    claim = claimed()
    assert "Say why" in words(page(post(desk, claim, form(desk, claim, action="reject")), 400))


def test_it_corrects_and_marks_what_differs_from_the_machine(desk: Client) -> None:
    claim = claimed()
    post(desk, claim, form(desk, claim, action="correct", to_org="Anthropic", quote=QUOTE[:-17]))
    assert Move.objects.get().destination.name == "Anthropic"
    ours = Claim.objects.get(origin="editor")
    assert ours.quote == ours.article.text[ours.start : ours.end] == QUOTE[:-17]
    shown = page(desk.get(f"/desk/claims/{ours.public_id}/"))
    changed = shown.cssselect(".version.changed")
    assert [row.cssselect("label")[0].text for row in changed] == ["Joined", "Quote"]
    assert "Meta" in words(changed[0].cssselect(".theirs")[0])


def test_it_keeps_quote_and_breaks_as_the_browser_sends_them(desk: Client) -> None:
    quote = TEXT[TEXT.find("She led") : TEXT.find(" paragraph. Ada Stone has left OpenAI for Meta.")]
    claim = claimed(quote=quote)
    data = form(desk, claim, action="correct", to_role="researcher")
    post(desk, claim, {**data, "quote": quote.replace("\n", "\r\n")})
    assert Claim.objects.get(origin="editor").quote == quote


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"date": "2025-13"}, "EDTF"),
        ({"date": "2025-02-30"}, "EDTF"),
        ({"date": "2025-06/2025-05"}, "ends before it begins"),
        ({"quote": "Ada Stone has joined Meta"}, "letter for letter"),
        ({"quote": ""}, "required"),
        ({"person_name": ""}, "either a person or a group"),
        ({"cohort_text": "five of them"}, "either a person or a group"),
        ({"person_name": "", "cohort_text": "five", "cohort_min": "5", "cohort_max": "3"}, "less than the bound"),
        ({"from_org": "", "to_org": ""}, "Name the company"),
        ({"kind": "promotion"}, "promotion"),
        ({"status": ""}, "required"),
        ({"attribution_kind": "person"}, "Give the words"),
        ({"cohort_min": "-1"}, "greater than or equal to 0"),
        ({}, "Nothing is changed"),
    ],
)
def test_it_says_what_is_wrong_and_writes_nothing(desk: Client, changed: dict[str, str], said: str) -> None:
    claim = claimed()
    answer = page(post(desk, claim, form(desk, claim, action="correct", **changed)), 400)
    assert said in words(answer)
    assert Claim.objects.get().review == "unreviewed"


def pay(**fields: Any) -> Claim:
    values = {"org": "Meta", "min": 1, "max": 2, "currency": "USD", "period": "year", **fields}
    claim = CompensationClaim(component="total", kind="paid", status="reported", span=Span(0, 15), **values)
    tell(TEXT, claim)
    return Claim.objects.get()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"min": "3"}, "less than the bound"),
        ({"min": "", "max": ""}, "at least one bound"),
        ({"currency": "dollars"}, "three letters"),
        ({"period": "week"}, "multi_year:N"),
        ({"min": "-5"}, "greater than or equal to 0"),
    ],
)
def test_it_checks_pay(desk: Client, changed: dict[str, str], said: str) -> None:
    claim = pay()
    assert said in words(page(post(desk, claim, form(desk, claim, action="correct", **changed)), 400))


def test_it_corrects_pay(desk: Client) -> None:
    claim = pay()
    post(desk, claim, form(desk, claim, action="correct", max="2500000.5", period="multi_year:4"))
    assert Claim.objects.get(origin="editor").report.amount_max == 2_500_000.5


def test_a_practice_has_no_number(desk: Client) -> None:
    tell(TEXT, SignalClaim(org="Meta", metric="layoffs", min=200, status="reported", span=Span(0, 15)))
    claim = Claim.objects.get()
    data = form(desk, claim, action="correct", metric="practice")
    assert "carries no number" in words(page(post(desk, claim, data), 400))
    post(desk, claim, {**data, "min": ""})
    assert Claim.objects.get(origin="editor").signal.metric == "practice"


def test_it_does_not_accept_over_unsaved_changes(desk: Client) -> None:
    claim = claimed()
    data = form(desk, claim, action="accept", to_org="Anthropic")
    assert "You have changed fields" in words(page(post(desk, claim, data), 400))


def test_two_editors_do_not_overwrite_each_other(desk: Client, other: Client) -> None:
    claim = claimed()
    mine = form(desk, claim, action="correct", to_org="Anthropic")
    post(other, claim, form(other, claim, action="reject", reason="A film, not a person."))
    answer = words(page(post(desk, claim, mine), 409))
    assert "omar" in answer
    assert "rejected" in answer
    assert "A film, not a person." in answer
    assert "Anthropic" in answer
    assert [c.review for c in Claim.objects.all()] == ["rejected"]


def test_it_splits(desk: Client) -> None:
    claim = claimed()
    data = sent(page(desk.get(f"/desk/claims/{claim.public_id}/split/")).cssselect("main form")[1])
    data |= {"second-person_name": "Bo Reed", "first-to_role": "researcher"}
    desk.post(f"/desk/claims/{claim.public_id}/split/", data)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ada Stone", "Bo Reed"]


def test_it_splits_nothing_into_two_copies(desk: Client) -> None:
    claim = claimed()
    data = sent(page(desk.get(f"/desk/claims/{claim.public_id}/split/")).cssselect("main form")[1])
    answer = page(desk.post(f"/desk/claims/{claim.public_id}/split/", data), 400)
    assert "Two of the parts say the same." in words(answer)


def test_it_merges_events(desk: Client) -> None:
    first = claimed(date="2023-01")
    second = claimed(f"Later. {TEXT}", date="2025-06")
    assert Move.objects.count() == 2
    shown = page(desk.get(f"/desk/claims/{first.public_id}/merge/"))
    assert [r.get("value") for r in shown.cssselect("input[type=radio]")] == [f"event:{second.public_id}"]
    desk.post(f"/desk/claims/{first.public_id}/merge/", {"other": f"event:{second.public_id}", "version": 1})
    assert Move.objects.count() == 1


def two_of_one_fact() -> tuple[Claim, Claim]:
    first = claimed(date="2025-06")
    second = claimed(f"Later. {TEXT}", date="2025-06")
    assert Move.objects.count() == 1
    return first, second


def test_it_parts_events(desk: Client) -> None:
    first, second = two_of_one_fact()
    address = f"/desk/claims/{first.public_id}/part/"
    assert address in hrefs(page(desk.get(f"/desk/claims/{first.public_id}/")))
    assert [r.get("value") for r in page(desk.get(address)).cssselect("input[type=radio]")] == [second.public_id]
    answer = desk.post(
        address, {"other": second.public_id, "version": 1, "reason": "She came back between."}, follow=True
    )
    assert Move.objects.count() == 2
    assert "two facts now" in words(page(answer))
    desk.post(f"/desk/decisions/{Decision.objects.get().pk}/undo/")
    assert Move.objects.count() == 1


def test_it_tells_in_the_history_of_both_facts_that_they_were_parted(desk: Client) -> None:
    first, second = two_of_one_fact()
    data = {"other": second.public_id, "version": 1, "reason": "She came back between."}
    desk.post(f"/desk/claims/{first.public_id}/part/", data)
    for fact in Move.objects.all():
        told = words(page(desk.get(f"{fact.get_absolute_url()}history/")))
        assert "judgement: entered (different)" in told
        assert "because: She came back between." in told


def test_it_parts_nothing_where_nothing_was_chosen(desk: Client) -> None:
    first, _second = two_of_one_fact()
    answer = page(desk.post(f"/desk/claims/{first.public_id}/part/", {"version": 1}), 400)
    assert "Choose the claim" in words(answer.cssselect("[role=alert]")[0])


def test_it_shows_what_a_merge_contradicts_with_the_way_to_undo_it(desk: Client) -> None:
    first, second = two_of_one_fact()
    third = claimed(f"Long ago. {TEXT}", date="2020-01")
    desk.post(f"/desk/claims/{first.public_id}/part/", {"other": second.public_id, "version": 1})
    desk.post(f"/desk/claims/{third.public_id}/merge/", {"other": f"event:{first.public_id}", "version": 1})
    data = {"other": f"event:{second.public_id}", "version": 1}
    answer = page(desk.post(f"/desk/claims/{third.public_id}/merge/", data), 400)
    alert = answer.cssselect("[role=alert]")[0]
    assert "erin said: different" in words(alert)
    (form,) = alert.cssselect("form")
    assert form.get("action") == f"/desk/decisions/{Decision.objects.order_by('pk').first().pk}/undo/"


def test_it_shows_a_replaced_decision_as_no_longer_standing(desk: Client, other: Client) -> None:
    first, second = two_of_one_fact()
    desk.post(f"/desk/claims/{first.public_id}/part/", {"other": second.public_id, "version": 1})
    other.post(f"/desk/claims/{first.public_id}/merge/", {"other": f"event:{second.public_id}", "version": 1})
    shown = page(desk.get("/desk/decisions/"))
    merged, parted = shown.cssselect("ul.decisions > li")
    assert (len(merged.cssselect("form")), len(parted.cssselect("form"))) == (1, 0)
    assert "a later decision stands in its place" in words(parted)
    assert not page(desk.get(f"/desk/claims/{first.public_id}/")).cssselect(".last")


def test_it_merges_two_records_of_a_person(desk: Client) -> None:
    asked()
    claim = Claim.objects.first()
    shown = page(desk.get(f"/desk/claims/{claim.public_id}/merge/"))
    (radio,) = [r.get("value") for r in shown.cssselect("input[type=radio]") if r.get("value").startswith("person:")]
    desk.post(f"/desk/claims/{claim.public_id}/merge/", {"other": radio, "version": 1})
    assert Person.objects.count() == 1


def test_it_shows_both_sides_of_a_question(desk: Client) -> None:
    question = asked()
    shown = page(desk.get(f"/desk/questions/{question.pk}/"))
    sides = [words(s) for s in shown.cssselect(".desk-work > section")]
    assert sorted("Baidu" in side for side in sides) == [False, True]
    assert question.reason in words(shown)


@pytest.mark.parametrize(("verdict", "people"), [("same", 1), ("different", 2)])
def test_it_takes_a_verdict(desk: Client, verdict: str, people: int) -> None:
    question = asked()
    data = {"verdict": verdict, "left": question.left, "right": question.right, "reason": "One page says so."}
    response = desk.post(f"/desk/questions/{question.pk}/", data)
    assert response.headers["Location"] == "/desk/questions/"
    assert (Person.objects.count(), Decision.objects.get().reason) == (people, "One page says so.")


def test_two_verdicts_do_not_overwrite_each_other(desk: Client, other: Client) -> None:
    question = asked()
    data = {"left": question.left, "right": question.right}
    other.post(f"/desk/questions/{question.pk}/", {**data, "verdict": "different"})
    answer = page(desk.post(f"/desk/questions/{question.pk}/", {**data, "verdict": "same"}), 409)
    assert "omar" in words(answer)
    assert Person.objects.count() == 2


def asked_of_companies() -> Judgement:
    tell("One of Ada.", move("Ada Stone", "Larkspur", "Meta"))
    tell("Two of Bo.", move("Bo Reed", "Larkspur Labs", "Meta"))
    return Judgement.objects.unanswered().get(subject="company")


def test_it_asks_of_companies_as_of_people(desk: Client) -> None:
    question = asked_of_companies()
    listed = words(page(desk.get("/desk/questions/")).cssselect(".questions")[0])
    assert "Larkspur / Larkspur Labs company" in listed
    shown = page(desk.get(f"/desk/questions/{question.pk}/"))
    assert "Are these the same company?" in words(shown)
    one, other = [words(side) for side in shown.cssselect(".desk-work > section")]
    assert ("Ada Stone" in one, "Bo Reed" in one) == (True, False)
    assert ("Ada Stone" in other, "Bo Reed" in other) == (False, True)
    assert [b.get("data-key") for b in shown.cssselect(".verdicts button")] == ["u", "s", "d"]


@pytest.mark.parametrize(("verdict", "companies"), [("same", 1), ("different", 2), ("unsure", 2)])
def test_it_takes_a_verdict_on_companies_and_back(desk: Client, verdict: str, companies: int) -> None:
    question = asked_of_companies()
    data = {"verdict": verdict, "left": question.left, "right": question.right}
    desk.post(f"/desk/questions/{question.pk}/", data)
    ours = Company.objects.filter(key__startswith="larkspur", merged_into=None)
    assert (ours.count(), Judgement.objects.unanswered().count()) == (companies, 0)
    desk.post(f"/desk/decisions/{Decision.objects.get().pk}/undo/")
    assert (ours.count(), Judgement.objects.unanswered().count()) == (2, 1)


def test_two_verdicts_on_companies_do_not_overwrite_each_other(desk: Client, other: Client) -> None:
    question = asked_of_companies()
    data = {"left": question.left, "right": question.right}
    other.post(f"/desk/questions/{question.pk}/", {**data, "verdict": "different"})
    answer = page(desk.post(f"/desk/questions/{question.pk}/", {**data, "verdict": "same"}), 409)
    assert "omar" in words(answer)
    assert Judgement.objects.that_stand().get(subject="company").verdict == "different"


def test_it_lists_decisions_and_undoes_them(desk: Client, other: Client) -> None:
    claim = claimed()
    post(other, claim, form(other, claim, action="reject", reason="Wrong."))
    shown = page(desk.get("/desk/decisions/"))
    assert "omar" in words(shown.cssselect(".decisions")[0])
    desk.post(f"/desk/decisions/{Decision.objects.get().pk}/undo/")
    assert Claim.objects.get().review == "unreviewed"
    assert "undone by erin" in words(page(desk.get("/desk/decisions/")))
    assert "Nothing has been decided yet" in words(page(desk.get("/desk/decisions/?mine=1")))


def test_it_tells_which_decision_is_in_the_way_of_an_undo(desk: Client) -> None:
    claim = claimed()
    post(desk, claim, form(desk, claim, action="accept"))
    post(desk, claim, form(desk, claim, action="reject", reason="After all not."))
    first = Decision.objects.order_by("pk").first()
    answer = page(desk.post(f"/desk/decisions/{first.pk}/undo/"), 409)
    assert "After all not." in words(answer)


def test_the_list_of_decisions_asks_the_same_for_any_number(desk: Client, django_assert_num_queries: Any) -> None:
    for number in range(8):
        claim = claimed(f"{TEXT} {number}")
        post(desk, claim, form(desk, claim, action="accept"))
    with django_assert_num_queries(6):
        desk.get("/desk/decisions/")


def test_an_old_address_leads_to_the_corrected_fact(desk: Client, client: Client) -> None:
    claim = claimed()
    old = Move.objects.get().get_absolute_url()
    person = Person.objects.get().get_absolute_url()
    post(desk, claim, form(desk, claim, action="correct", to_org="Anthropic"))
    assert client.get(old).headers["Location"] == Move.objects.get().get_absolute_url()
    assert client.get(person).headers["Location"] == Person.objects.get().get_absolute_url()


def test_a_newer_engine_does_not_undo_an_editor(desk: Client) -> None:
    from talent.record import record

    claim = claimed()
    post(desk, claim, form(desk, claim, action="correct", to_org="Anthropic"))
    record(claim.article, extraction(), engine_version="newer")
    assert Move.objects.get().destination.name == "Anthropic"
