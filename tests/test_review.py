"""The desk's acts: each changes what stands, settles the facts in the same transaction, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.extraction import MoveClaim, MoveEnd, PersonName, Span
from talent import review
from talent.exceptions import Outdated, Refused, UngroundedQuote
from talent.models import Claim, Decision, Judgement, Move, Person, Review
from talent.rebuild import rebuild
from talent.record import record
from tests.test_settle import extraction, move, tell

pytestmark = pytest.mark.django_db

TEXT = "Ada Stone has left OpenAI for Meta. Bo Reed went to Meta as well. Ada Stone has left OpenAI for Meta."


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("erin")


@pytest.fixture
def other() -> User:
    return User.objects.create_user("omar")


def told(*claims: Any, text: str = TEXT, **about: Any) -> Claim:
    """The last of the claims of a new article."""
    tell(text, *(claims or [move("Ada Stone", "OpenAI", "Meta")]), **about)
    return Claim.objects.order_by("pk").last()


def draft(who: str = "Ada Stone", to: str = "Anthropic", **more: Any) -> MoveClaim:
    more = {"status": "reported", "span": Span(0, 35), "kind": "hire", **more}
    return MoveClaim(person=PersonName(who), origin=MoveEnd("OpenAI"), destination=MoveEnd(to), **more)


def state() -> list[Any]:
    """Everything a reader can see, and what stands."""
    facts = Move.objects.order_by("public_id").values_list(
        "public_id", "person__slug", "origin__slug", "destination__slug", "status", "reporters", "reviewed"
    )
    standing = Claim.objects.standing().order_by("key").values_list("key", "review", "move__public_id")
    return [*facts, *standing, *Person.objects.order_by("slug").values_list("slug", "public_id")]


def test_it_accepts(editor: User) -> None:
    claim = told()
    review.accept(claim.public_id, version=1, user=editor)
    claim.refresh_from_db()
    assert (claim.review, claim.version) == ("accepted", 2)
    assert Move.objects.get().reviewed


def test_it_rejects_and_the_fact_goes(editor: User) -> None:
    review.reject(told().public_id, version=1, user=editor, reason="It is about a film.")
    assert not Move.objects.exists()
    assert not Person.objects.exists()
    assert Decision.objects.get().reason == "It is about a film."


def test_it_wants_a_reason_to_reject(editor: User) -> None:
    with pytest.raises(Refused):
        review.reject(told().public_id, version=1, user=editor, reason=" ")
    assert Claim.objects.get().review == "unreviewed"


def test_it_corrects_by_a_claim_of_its_own(editor: User) -> None:
    claim = told()
    before = Claim.objects.values("value", "quote", "start", "end").get()
    review.correct(claim.public_id, draft(), version=1, user=editor)
    ours = Claim.objects.get(origin="editor")
    claim.refresh_from_db()
    assert (ours.corrects, ours.review, claim.review, claim.move) == (claim, "accepted", "corrected", None)
    assert Claim.objects.filter(pk=claim.pk).values("value", "quote", "start", "end").get() == before
    fact = Move.objects.get()
    assert (fact.destination.name, fact.reviewed, fact.public_id) == ("Anthropic", True, ours.public_id)


def test_a_newer_engine_leaves_a_correction_alone(editor: User) -> None:
    claim = told()
    review.correct(claim.public_id, draft(), version=1, user=editor)
    record(claim.article, extraction(move("Ada Stone", "OpenAI", "Meta")), engine_version="newer")
    record(claim.article, extraction(), engine_version="newest")
    assert [m.destination.name for m in Move.objects.all()] == ["Anthropic"]


def test_it_refuses_a_correction_that_changes_nothing(editor: User) -> None:
    claim = told()
    same = draft(to="Meta", span=Span(claim.start, claim.end))
    with pytest.raises(Refused):
        review.correct(claim.public_id, same, version=1, user=editor)


def test_it_moves_a_quote_to_words_that_stand_in_the_text(editor: User) -> None:
    claim = told()
    review.correct(claim.public_id, draft(to="Meta"), version=1, user=editor)
    ours = Claim.objects.get(origin="editor")
    assert ours.quote == TEXT[:35] == ours.article.text[ours.start : ours.end]


@pytest.mark.parametrize(("near", "start"), [(0, 0), (60, 66)])
def test_it_finds_the_nearest_place_of_a_quote(near: int, start: int) -> None:
    assert review.locate(TEXT, "Ada Stone has left", near) == Span(start, start + 18)


@pytest.mark.parametrize("quote", ["ada stone", "Ada  Stone", "", "  ", "Ada Stone has joined"])
def test_it_never_places_a_quote_that_is_not_there_letter_for_letter(quote: str) -> None:
    with pytest.raises(UngroundedQuote):
        review.locate(TEXT, quote, 0)


def test_it_splits_a_claim_in_two(editor: User) -> None:
    claim = told()
    parts = [draft(to="Meta"), draft("Bo Reed", "Meta", span=Span(36, 65))]
    review.split(claim.public_id, parts, version=1, user=editor)
    assert sorted(m.person.name for m in Move.objects.all()) == ["Ada Stone", "Bo Reed"]
    assert Claim.objects.get(pk=claim.pk).review == "corrected"


@pytest.mark.parametrize("parts", [[draft()], [draft(), draft()]], ids=["one", "twice the same"])
def test_it_splits_into_different_parts_only(editor: User, parts: list[MoveClaim]) -> None:
    with pytest.raises(Refused):
        review.split(told().public_id, parts, version=1, user=editor)
    assert Claim.objects.count() <= 1


def two_events() -> tuple[Claim, Claim]:
    """Two claims that the rules keep apart: years lie between them."""
    first = told(move("Ada Stone", "OpenAI", "Meta", date="2023-01"), text="One story of Ada.", outlet="A")
    second = told(move("Ada Stone", "OpenAI", "Meta", date="2025-06"), text="Two story of Ada.", outlet="B")
    assert Move.objects.count() == 2
    return first, second


def test_it_merges_two_claims_into_one_event(editor: User) -> None:
    first, second = two_events()
    review.merge(first.public_id, second.public_id, version=1, user=editor)
    assert (Move.objects.get().reporters, Move.objects.get().claims.count()) == (2, 2)


def test_a_merged_event_outlives_a_rebuild(editor: User) -> None:
    first, second = two_events()
    review.merge(first.public_id, second.public_id, version=1, user=editor)
    before = state()
    rebuild()
    assert state() == before


def test_it_merges_groups_that_are_counted_differently(editor: User) -> None:
    from articles.extraction import Cohort

    seven, eight = (move(None, "Meta", None, cohort=Cohort(f"{n} of them", min=n, max=n)) for n in (7, 8))
    first, second = told(seven, text="Seven went."), told(eight, text="Eight went.", outlet="B")
    assert Move.objects.count() == 2
    review.merge(first.public_id, second.public_id, version=1, user=editor)
    assert Move.objects.get().articles_count == 2


def test_it_merges_no_claims_of_two_people(editor: User) -> None:
    first = told(text="One.")
    second = told(move("Bo Reed", "OpenAI", "Meta"), text="Two.")
    with pytest.raises(Refused):
        review.merge(first.public_id, second.public_id, version=1, user=editor)


def namesakes() -> Judgement:
    """A question: two people with one name and nothing else in common."""
    told(move("Wei Zhang", "Google", "Meta"), text="About one Wei Zhang.")
    told(move("Wei Zhang", "Baidu", "ByteDance"), text="About another Wei Zhang.")
    return Judgement.objects.unanswered().get()


@pytest.mark.parametrize(("verdict", "people"), [("same", 1), ("different", 2), ("unsure", 2)])
def test_it_answers_a_question_and_undoes_the_answer(editor: User, verdict: str, people: int) -> None:
    question = namesakes()
    before = state()
    decision = review.judge(question.left, question.right, verdict, seen=question.pk, user=editor)
    assert Person.objects.count() == people
    assert not Judgement.objects.unanswered().exists()
    review.undo(decision.pk, user=editor)
    assert state() == before
    assert Judgement.objects.unanswered().exists()


def acts(claim: Claim, user: User) -> dict[str, Any]:
    given = {"version": claim.version, "user": user}
    parts = [draft(to="Meta"), draft("Bo Reed", "Meta")]
    return {
        "accept": lambda: review.accept(claim.public_id, **given),
        "reject": lambda: review.reject(claim.public_id, reason="No.", **given),
        "correct": lambda: review.correct(claim.public_id, draft(), **given),
        "split": lambda: review.split(claim.public_id, parts, **given),
    }


@pytest.mark.parametrize("act", ["accept", "reject", "correct", "split"])
def test_it_undoes_every_act(editor: User, other: User, act: str) -> None:
    claim = told()
    before = state()
    decision = acts(claim, editor)[act]()
    assert state() != before
    review.undo(decision.pk, user=other)
    decision.refresh_from_db()
    assert state() == before
    assert decision.undone_by == other


def test_it_undoes_a_merge(editor: User) -> None:
    first, second = two_events()
    before = state()
    decision = review.merge(first.public_id, second.public_id, version=1, user=editor)
    review.undo(decision.pk, user=editor)
    assert state() == before


@pytest.mark.parametrize("act", ["accept", "reject", "correct", "split"])
def test_it_does_again_what_was_undone(editor: User, act: str) -> None:
    claim = told()
    first = acts(claim, editor)[act]()
    after = state()
    review.undo(first.pk, user=editor)
    claim.refresh_from_db()
    acts(claim, editor)[act]()
    assert state() == after


def test_it_undoes_the_last_act_first(editor: User) -> None:
    claim = told()
    first = review.accept(claim.public_id, version=1, user=editor)
    second = review.reject(claim.public_id, version=2, user=editor, reason="No.")
    with pytest.raises(Outdated) as caught:
        review.undo(first.pk, user=editor)
    assert caught.value.decision == second
    review.undo(second.pk, user=editor)
    review.undo(first.pk, user=editor)
    assert Claim.objects.get().review == "unreviewed"


def test_it_undoes_nothing_twice(editor: User) -> None:
    decision = review.accept(told().public_id, version=1, user=editor)
    review.undo(decision.pk, user=editor)
    with pytest.raises(Outdated):
        review.undo(decision.pk, user=editor)


@pytest.mark.parametrize("act", ["accept", "reject", "correct", "split"])
def test_the_second_of_two_editors_overwrites_nothing(editor: User, other: User, act: str) -> None:
    claim = told()
    first = review.reject(claim.public_id, version=1, user=other, reason="Wrong.")
    before = state()
    with pytest.raises(Outdated) as caught:
        acts(claim, editor)[act]()
    assert caught.value.decision == first
    assert state() == before


def test_the_second_of_two_verdicts_overwrites_nothing(editor: User, other: User) -> None:
    question = namesakes()
    first = review.judge(question.left, question.right, "different", seen=question.pk, user=other)
    with pytest.raises(Outdated) as caught:
        review.judge(question.left, question.right, "same", seen=question.pk, user=editor)
    assert caught.value.decision == first
    assert Person.objects.count() == 2


def test_an_editor_is_told_of_a_newer_engine(editor: User) -> None:
    claim = told()
    record(claim.article, extraction(), engine_version="newer")
    with pytest.raises(Outdated):
        review.accept(claim.public_id, version=1, user=editor)


def test_all_or_nothing(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = told()
    before = state()

    def fail(subjects: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(review, "settle", fail)
    with pytest.raises(RuntimeError):
        review.correct(claim.public_id, draft(), version=1, user=editor)
    assert state() == before
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("act", ["accept", "reject", "correct", "split"])
def test_a_rebuild_changes_nothing_an_editor_did(editor: User, act: str) -> None:
    acts(told(), editor)[act]()
    before = state()
    rebuild()
    assert state() == before


def test_it_ranks_what_an_editor_should_see_first(editor: User) -> None:
    unsure = replace(move("Ada Stone", "OpenAI", "Meta"), confidence=0.5)
    sure = replace(move("Bo Reed", "OpenAI", "Meta"), confidence=0.95)
    told(unsure, text="Ada."), told(sure, text="Bo.")
    by_name = dict(Claim.objects.values_list("person_name", "usefulness"))
    assert by_name["Ada Stone"] > by_name["Bo Reed"]
    told(replace(move("Bo Reed", "OpenAI", "Meta", status="denied"), confidence=0.95), text="Bo says no.", outlet="B")
    disputed = Claim.objects.filter(person_name="Bo Reed").values_list("usefulness", flat=True)
    assert min(disputed) > by_name["Bo Reed"]
    review.accept(Claim.objects.get(status="denied").public_id, version=1, user=editor)
    assert Claim.objects.get(person_name="Bo Reed", review=Review.UNREVIEWED).usefulness < min(disputed)


def test_a_judgement_outlives_the_correction_of_the_claim_it_was_made_on(editor: User) -> None:
    question = namesakes()
    review.judge(question.left, question.right, "same", seen=question.pk, user=editor)
    claim = Claim.objects.get(public_id=question.left)
    ends = {
        "origin": MoveEnd(claim.value["from"]["org"]),
        "destination": MoveEnd(claim.value["to"]["org"], role="chief"),
    }
    corrected = replace(draft("Wei Zhang", span=Span(claim.start, claim.end)), **ends)
    review.correct(claim.public_id, corrected, version=claim.version, user=editor)
    assert Person.objects.count() == 1


def test_a_merged_event_outlives_the_correction_of_either_claim(editor: User) -> None:
    first, second = two_events()
    review.merge(first.public_id, second.public_id, version=1, user=editor)
    corrected = draft(to="Meta", date="2023-02", span=Span(0, 9))
    review.correct(first.public_id, corrected, version=first.version, user=editor)
    assert Move.objects.get().articles_count == 2
