"""Questions of identity: two mentions side by side, and an editor's verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talent import keyset, review
from talent.exceptions import Outdated, Refused
from talent.models import (
    Alias,
    Claim,
    Company,
    CompensationReport,
    Decision,
    Judgement,
    Move,
    Signal,
    Subject,
    Verdict,
)
from talent.querysets import HEAVY
from talent.templatetags.claims import in_brief
from talent.views.desk.entrance import editor, overtaken, shared

CLAIMS = 12
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called, and what is claimed of it, in order of time."""

    identifier: str
    name: str
    names: list[str]
    claims: list[Claim]
    address: str


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """Questions that nobody has answered, the newest first."""
    stale = False
    query = keyset.query_of("desk/questions", request.GET)
    open_ones = Judgement.objects.unanswered().order_by("-id")
    try:
        page = keyset.paginate(open_ones, query=query, limit=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    except keyset.BadCursor:
        page, stale = keyset.Page([], None, None), True
    names = _names(page.rows)
    rows = [(row, names.get(row.left, row.left), names.get(row.right, row.right)) for row in page.rows]
    context = {"page": page, "rows": rows, "stale": stale, **shared(request)}
    return render(request, "desk/questions.html", context, status=400 if stale else 200)


def _names(questions: Iterable[Judgement]) -> dict[str, str]:
    """What the two ends of each question are called."""
    ends = [end for question in questions for end in (question.left, question.right)]
    people = Claim.objects.filter(public_id__in=ends).values_list("public_id", "person_name")
    return {**dict(Company.objects.filter(key__in=ends).values_list("key", "name")), **dict(people)}


@require_http_methods(["GET", "HEAD", "POST"])
def question_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Both mentions with names, dates, employers and articles; the score with its reasons."""
    question = Judgement.objects.select_related("user").exclude(subject=Subject.EVENT).filter(pk=pk).first()
    if question is None:
        return _gone(request)
    refusal = None
    if request.method == "POST":
        onward = _onward(question)
        try:
            _answer(request, question)
            messages.success(request, _("Judged."))
            return redirect(onward)
        except Outdated as error:
            return overtaken(request, error, again=request.path)
        except Refused as error:
            refusal = error
    newer, older = _neighbours(question)
    context = {
        "question": question,
        "sides": [_side(question, question.left), _side(question, question.right)],
        "refusal": refusal,
        "in_brief": in_brief,
        "previous": newer and reverse("desk-question", args=[newer.pk]),
        "next": older and reverse("desk-question", args=[older.pk]),
        **shared(request),
    }
    return render(request, "desk/question.html", context, status=400 if refusal else 200)


def _gone(request: HttpRequest) -> HttpResponseBase:
    """A question that somebody answered is no longer there; an answer to it finds out who did."""
    left, right = request.POST.get("left", ""), request.POST.get("right", "")
    identities = Judgement.objects.that_stand().exclude(subject=Subject.EVENT)
    answered = identities.filter(left=left, right=right).first()
    if answered is None:
        messages.info(request, _("This question is no longer open."))
        return redirect("desk-questions")
    error = Outdated(Decision.objects.for_list().filter(judgement=answered).first())
    return overtaken(request, error, again=reverse("desk-question", args=[answered.pk]))


def _answer(request: HttpRequest, question: Judgement) -> None:
    verdict = request.POST.get("verdict", "")
    if verdict not in Verdict.values:
        raise Refused(_("Press one of the buttons."))
    reason = request.POST.get("reason", "")[:2000]
    seen = question.pk if question.undone_at is None else None
    review.judge(question.left, question.right, verdict, seen=seen, user=editor(request), reason=reason)


def _side(question: Judgement, identifier: str) -> Side:
    if question.subject == Subject.COMPANY:
        return _company_side(identifier)
    claim = Claim.objects.select_related("person").filter(public_id=identifier).first()
    if claim is None:
        return Side(identifier, identifier, [], [], "")
    if claim.person is None:
        return Side(identifier, claim.person_name, [], _shown(pk=claim.pk), "")
    names = Alias.objects.filter(person=claim.person).order_by("script", "name").values_list("name", flat=True)
    others = [name for name in names if name != claim.person.name]
    return Side(identifier, claim.person.name, others, _shown(person=claim.person), claim.person.get_absolute_url())


def _company_side(key: str) -> Side:
    company = Company.objects.filter(key=key).first()
    if company is None:
        return Side(key, key, [], [], "")
    claims = _shown(pk__in=_newest_of(company))
    names = Alias.objects.filter(company=company).order_by("script", "name").values_list("name", flat=True)
    others = [name for name in names if name != company.name]
    return Side(key, company.name, others, claims, company.get_absolute_url())


def _newest_of(company: Company) -> list[int]:
    """The claims that carry the newest facts of a company best; a walk of an index for each kind, however many there
    are."""
    at: list[tuple[type[Any], str]] = [
        (Move, "origin"), (Move, "destination"), (CompensationReport, "company"), (Signal, "company"),
    ]  # fmt: skip
    leads = (model.objects.filter(**{field: company}).newest().values_list("lead_claim") for model, field in at)
    return [claim for newest in leads for (claim,) in newest[:CLAIMS]]


def _shown(**condition: Any) -> list[Claim]:
    rows = Claim.objects.as_evidence().filter(**condition).defer(*HEAVY[:3])
    return list(rows[:CLAIMS])


def _neighbours(question: Judgement) -> tuple[Judgement | None, Judgement | None]:
    open_ones = Judgement.objects.unanswered()
    newer = open_ones.filter(pk__gt=question.pk).order_by("id").first()
    return newer, open_ones.filter(pk__lt=question.pk).order_by("-id").first()


def _onward(question: Judgement) -> str:
    newer, older = _neighbours(question)
    there = older or newer
    return reverse("desk-question", args=[there.pk]) if there else reverse("desk-questions")
