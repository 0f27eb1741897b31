"""The desk's acts: each changes what stands, settles the facts in the same transaction, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.extraction import Cohort, MoveClaim, MoveEnd, PersonName, Span
from talent import review
from talent.exceptions import Outdated, Refused, UngroundedQuote
from talent.models import Claim, Decision, Judgement, Move, Person, Review
from talent.rebuild import rebuild
from talent.record import record
from tests.knowledge import beliefs
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


# ------------------------------------------------------------------ two events taken for one


def one_fact_of(*texts: str, **more: Any) -> list[Claim]:
    """Claims of that many articles which the rules take for one move of Ada's."""
    for number, text in enumerate(texts):
        claim = move("Ada Stone", "OpenAI", "Meta", date="2025-06", **more)
        told(claim, text=text, outlet=text, published=f"2025-06-{number + 10}")
    claims = list(Claim.objects.filter(article__text__in=texts).order_by("article__published_at"))
    assert len({claim.move_id for claim in claims}) == 1
    return claims


def together() -> list[set[str]]:
    """Texts of the articles under each fact."""
    return sorted(
        ({claim.article.text for claim in fact.claims.select_related("article")} for fact in Move.objects.all()),
        key=min,
    )


def test_it_parts_two_events_that_were_taken_for_one(editor: User) -> None:
    first, second = one_fact_of("One.", "Two.")
    before = beliefs()
    decision = review.part(first.public_id, second.public_id, version=1, user=editor, reason="She came back between.")
    assert together() == [{"One."}, {"Two."}]
    assert (decision.judgement.subject, decision.judgement.verdict) == ("event", "different")
    parted = beliefs()
    rebuild()
    assert beliefs() == parted
    review.undo(decision.pk, user=editor)
    assert beliefs() == before


def test_it_parts_two_groups_of_equal_numbers(editor: User) -> None:
    seven = move(None, "Meta", None, cohort=Cohort("seven of them", min=7, max=7))
    first, second = told(seven, text="Seven went."), told(seven, text="Seven others went.", outlet="B")
    before = beliefs()
    decision = review.part(first.public_id, second.public_id, version=1, user=editor)
    assert together() == [{"Seven others went."}, {"Seven went."}]
    parted = beliefs()
    rebuild()
    assert beliefs() == parted
    review.undo(decision.pk, user=editor)
    assert beliefs() == before


def test_it_takes_a_claim_called_one_event_with_the_parted_one_along(editor: User) -> None:
    first, second, third = one_fact_of("One.", "Two.", "Three.")
    review.part(first.public_id, second.public_id, version=1, user=editor)
    assert together() == [{"One.", "Three."}, {"Two."}]
    review.merge(third.public_id, second.public_id, version=1, user=editor)
    assert together() == [{"One."}, {"Three.", "Two."}]


def test_the_next_claim_of_either_event_goes_to_one_of_them_alone(editor: User) -> None:
    first, second = one_fact_of("One.", "Two.")
    review.part(first.public_id, second.public_id, version=1, user=editor)
    told(move("Ada Stone", "OpenAI", "Meta", date="2025-06"), text="Zero.", outlet="Z", published="2025-06-01")
    assert sorted(map(len, together())) == [1, 2]
    before = beliefs()
    rebuild()
    assert beliefs() == before


def test_what_was_parted_outlives_the_correction_of_either_claim(editor: User) -> None:
    first, second = one_fact_of("One story of Ada.", "Two story of Ada.")
    review.part(first.public_id, second.public_id, version=1, user=editor)
    corrected = draft(to="Meta", date="2025-06", span=Span(0, 9))
    review.correct(second.public_id, corrected, version=1, user=editor)
    assert together() == [{"One story of Ada."}, {"Two story of Ada."}]


def test_calling_parted_claims_one_replaces_the_parting_until_that_is_undone(editor: User, other: User) -> None:
    first, second = one_fact_of("One.", "Two.")
    parting = review.part(first.public_id, second.public_id, version=1, user=editor)
    parted = beliefs()
    merging = review.merge(first.public_id, second.public_id, version=1, user=other)
    assert together() == [{"One.", "Two."}]
    assert [d.stands for d in (Decision.objects.get(pk=parting.pk), merging)] == [False, True]
    with pytest.raises(Outdated) as caught:
        review.undo(parting.pk, user=editor)
    assert caught.value.decision == merging
    review.undo(merging.pk, user=other)
    assert beliefs() == parted
    assert Decision.objects.get(pk=parting.pk).stands


def test_it_refuses_to_part_what_editors_called_one_by_way_of_others(editor: User) -> None:
    first, second = two_events()
    third = told(move("Ada Stone", "OpenAI", "Meta", date="2020-01"), text="Three story of Ada.", outlet="C")
    one = review.merge(first.public_id, second.public_id, version=1, user=editor)
    two = review.merge(second.public_id, third.public_id, version=1, user=editor)
    with pytest.raises(Refused) as caught:
        review.part(first.public_id, third.public_id, version=1, user=editor)
    assert [judgement.decision for judgement in caught.value.judgements] == [one, two]
    review.undo(two.pk, user=editor)
    with pytest.raises(Refused, match="one fact"):
        review.part(first.public_id, third.public_id, version=1, user=editor)


def test_it_refuses_to_call_one_what_editors_parted_by_way_of_others(editor: User) -> None:
    first, second = one_fact_of("One.", "Two.")
    parting = review.part(first.public_id, second.public_id, version=1, user=editor)
    third = told(move("Ada Stone", "OpenAI", "Meta", date="2020-01"), text="Three.", outlet="C")
    review.merge(third.public_id, first.public_id, version=1, user=editor)
    with pytest.raises(Refused) as caught:
        review.merge(third.public_id, second.public_id, version=1, user=editor)
    assert [judgement.decision for judgement in caught.value.judgements] == [parting]
    review.undo(parting.pk, user=editor)
    assert together() == [{"One.", "Three.", "Two."}]


def test_it_parts_only_claims_of_one_fact(editor: User) -> None:
    first, second = two_events()
    with pytest.raises(Refused):
        review.part(first.public_id, second.public_id, version=1, user=editor)


def test_the_second_of_two_editors_parts_nothing(editor: User, other: User) -> None:
    first, second = one_fact_of("One.", "Two.")
    review.accept(first.public_id, version=1, user=other)
    with pytest.raises(Outdated):
        review.part(first.public_id, second.public_id, version=1, user=editor)


# ------------------------------------------------------------------ what took the place of what


def test_undoing_a_verdict_lets_the_one_before_it_stand_again(editor: User, other: User) -> None:
    question = namesakes()
    first = review.judge(question.left, question.right, "same", seen=question.pk, user=editor)
    joined = beliefs()
    second = review.judge(question.left, question.right, "different", seen=first.judgement_id, user=other)
    third = review.judge(question.left, question.right, "unsure", seen=second.judgement_id, user=other)
    assert list(Decision.objects.that_stand()) == [third]
    review.undo(third.pk, user=editor)
    assert list(Decision.objects.that_stand()) == [second]
    review.undo(second.pk, user=editor)
    assert list(Decision.objects.that_stand()) == [first]
    assert beliefs() == joined


def test_a_replaced_verdict_cannot_be_undone_before_the_one_in_its_place(editor: User, other: User) -> None:
    question = namesakes()
    first = review.judge(question.left, question.right, "same", seen=question.pk, user=editor)
    second = review.judge(question.left, question.right, "different", seen=first.judgement_id, user=other)
    with pytest.raises(Outdated) as caught:
        review.undo(first.pk, user=editor)
    assert caught.value.decision == second
    assert Person.objects.count() == 2


def test_a_later_item_of_wikidata_takes_the_place_of_the_one_before(editor: User) -> None:
    told(move("Ada Stone", "OpenAI", "Meta"))
    person = Person.objects.get()
    first = review.identify(person, "Q42", user=editor)
    second = review.identify(person, "Q43", user=editor)
    assert (list(Decision.objects.that_stand()), Person.objects.get().wikidata_id) == ([second], "Q43")
    review.undo(second.pk, user=editor)
    assert (list(Decision.objects.that_stand()), Person.objects.get().wikidata_id) == ([first], "Q42")


def test_an_item_of_wikidata_taken_back_leaves_no_decision_standing(editor: User, other: User) -> None:
    told(move("Ada Stone", "OpenAI", "Meta"))
    person = Person.objects.get()
    review.identify(person, "Q42", user=editor)
    review.identify(person, "Q43", user=editor)
    review.identify(person, "", user=other)
    assert not Decision.objects.that_stand().exists()
    assert Person.objects.get().wikidata_id == ""
    assert Decision.objects.latest("pk").undone_by == other


def test_it_takes_back_what_was_said_on_a_claim_that_was_corrected_since(editor: User) -> None:
    claim = told(move("Ada Stone", "OpenAI", "Meta"))
    review.identify(Person.objects.get(), "Q42", user=editor)
    review.correct(claim.public_id, draft(), version=1, user=editor)
    assert Person.objects.get().wikidata_id == "Q42"
    review.identify(Person.objects.get(), "", user=editor)
    assert Person.objects.get().wikidata_id == ""


def test_undoing_a_verdict_parts_a_claim_that_was_renamed_since(editor: User) -> None:
    question = namesakes()
    joining = review.judge(question.left, question.right, "same", seen=question.pk, user=editor)
    claim = Claim.objects.get(public_id=question.left)
    review.correct(question.left, draft("Zhang Wei Min", span=Span(0, 9)), version=claim.version, user=editor)
    review.undo(joining.pk, user=editor)
    after = beliefs()
    rebuild()
    assert beliefs() == after
    assert Person.objects.count() == 2


def test_it_refuses_a_verdict_on_people_that_contradicts_others(editor: User) -> None:
    for number, ends in enumerate([("Google", "Meta"), ("Baidu", "ByteDance"), ("Tencent", "Alibaba")]):
        told(move("Wei Zhang", *ends), text=f"Story {number} of Wei Zhang.", published=f"2025-07-0{number + 1}")
    one, two, three = (c.public_id for c in Claim.objects.order_by("article__published_at"))

    def say(left: str, right: str, verdict: str) -> Decision:
        asked = Judgement.objects.unanswered().filter(left=min(left, right), right=max(left, right)).first()
        return review.judge(left, right, verdict, seen=asked and asked.pk, user=editor)

    first, second = say(one, two, "same"), say(two, three, "same")
    with pytest.raises(Refused) as caught:
        say(one, three, "different")
    assert [judgement.decision for judgement in caught.value.judgements] == [first, second]
    review.undo(second.pk, user=editor)
    parting = say(one, three, "different")
    with pytest.raises(Refused) as caught:
        say(two, three, "same")
    assert [judgement.decision for judgement in caught.value.judgements] == [parting]


def test_it_refuses_a_verdict_on_companies_that_contradicts_others(editor: User) -> None:
    for name in ("Larkspur", "Quillon", "Tern"):
        told(move(f"Ada of {name}", name, "Meta"), text=f"A story of {name}.")
    review.judge("larkspur", "quillon", "same", seen=None, user=editor)
    review.judge("quillon", "tern", "different", seen=None, user=editor)
    with pytest.raises(Refused):
        review.judge("larkspur", "tern", "same", seen=None, user=editor)


def test_it_refuses_to_call_two_one_that_are_two_items_of_wikidata(editor: User) -> None:
    question = namesakes()
    people = [Claim.objects.get(public_id=end).person for end in (question.left, question.right)]
    first, second = (
        review.identify(person, item, user=editor) for person, item in zip(people, ("Q42", "Q43"), strict=True)
    )
    standing = Judgement.objects.unanswered().filter(left=question.left, right=question.right).first()
    with pytest.raises(Refused) as caught:
        review.judge(question.left, question.right, "same", seen=standing and standing.pk, user=editor)
    assert [judgement.decision for judgement in caught.value.judgements] == [first, second]
    review.undo(second.pk, user=editor)
    standing = Judgement.objects.unanswered().get(left=question.left, right=question.right)
    review.judge(question.left, question.right, "same", seen=standing.pk, user=editor)
    assert Person.objects.get().wikidata_id == "Q42"
