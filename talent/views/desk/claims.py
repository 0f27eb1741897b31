"""The queue of claims, and a claim beside its passage: accept, correct, reject, split, merge, part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_http_methods

from talent import keyset, review
from talent.drafts import FORMS, ClaimForm
from talent.exceptions import Outdated, Refused
from talent.filters import QueueFilter
from talent.models import Claim, ClaimOrigin, Decision, Judgement, Person, Subject, Verdict
from talent.querysets import HEAVY, STANDING
from talent.templatetags.claims import in_brief
from talent.views.desk.entrance import editor, overtaken, shared
from talent.views.lists import PAGE_SIZE, ListPage
from talent.views.passages import Passage, passages

# Paragraphs shown on either side of the quote, and the most of it.
PARAGRAPHS = 2
AROUND = 1_500
CANDIDATES = 20
COMPANIONS = 100
_FACT = ("move", "report", "signal")


@dataclass
class Marked:
    """Where the quote stands in what is shown."""

    start: int
    end: int


class Queue(ListPage):
    """What waits for an editor."""

    noun = "desk/queue"
    filters = QueueFilter

    def rows(self) -> Any:
        return Claim.objects.select_related("article__source", *_FACT).defer(*HEAVY[:3])

    def beside(self, rows: list[Any]) -> dict[str, Any]:
        waiting = Judgement.objects.unanswered().order_by("-id").values_list("pk", flat=True)[:100]
        return {
            "questions": len(waiting),
            "in_brief": in_brief,
            "asked": _filters(self.request),
            **shared(self.request),
        }


class ClaimPage(View):
    """One claim: its passage at the left, the claim as a form at the right, the machine's version beside it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        claim = _find(public_id)
        return _show(request, claim, FORMS[claim.kind](claim))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponseBase:
        claim = _find(public_id)
        form = FORMS[claim.kind](claim, request.POST)
        onward = _onward(request, claim)
        try:
            decision = self._act(request, claim, form)
        except Outdated as error:
            return overtaken(request, error, again=_address(claim, request), words=_typed(form))
        except Refused as error:
            form.is_valid()
            form.add_error(None, str(error))
            return _show(request, claim, form, status=400)
        if decision is None:
            return _show(request, claim, form, status=400)
        messages.success(request, _told(decision))
        return redirect(onward)

    def _act(self, request: HttpRequest, claim: Claim, form: ClaimForm) -> Decision | None:
        """Does what the pressed button says; None where the form is wrong."""
        given: dict[str, Any] = {"version": _version(request), "user": editor(request)}
        given["reason"] = request.POST.get("reason", "")[:2000]
        action = request.POST.get("action")
        if action == "reject":
            return review.reject(claim.public_id, **given)
        if action == "accept":
            if any(row.changed for row in form.rows(claim)):
                raise Refused(_("You have changed fields: correct the claim, or load it anew to accept it."))
            return review.accept(claim.public_id, **given)
        if action == "correct":
            return review.correct(claim.public_id, form.draft(), **given) if form.is_valid() else None
        raise Refused(_("Press one of the buttons."))


@require_http_methods(["GET", "HEAD", "POST"])
def split_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A claim that says two things as two forms."""
    claim = _find(public_id)
    posted = request.POST if request.method == "POST" else None
    forms = [FORMS[claim.kind](claim, posted, prefix=part) for part in ("first", "second")]
    status = 200
    if posted is not None:
        status = 400
        try:
            # Both, so that both show what is wrong.
            if sum(form.is_valid() for form in forms) == len(forms):
                drafts = [form.draft() for form in forms]
                reason = posted.get("reason", "")[:2000]
                decision = review.split(
                    public_id, drafts, version=_version(request), user=editor(request), reason=reason
                )
                messages.success(request, _told(decision))
                return redirect(_onward(request, claim))
        except Outdated as error:
            return overtaken(request, error, again=_address(claim, request), words=_typed(*forms))
        except Refused as error:
            forms[0].add_error(None, str(error))
    original = _machines(claim)
    parts = [(form, list(form.rows(original))) for form in forms]
    context = {"parts": parts, **_about(request, claim)}
    return render(request, "desk/split.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Claims that may tell of the same event, and people who may be the same."""
    claim = _find(public_id)
    answer = _try(request, claim, _merge)
    if isinstance(answer, HttpResponseBase):
        return answer
    context = {"events": _events(claim), "people": _namesakes(claim), "refusal": answer, **_about(request, claim)}
    return render(request, "desk/merge.html", context, status=400 if answer else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def part_page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The other claims of one fact, of which some may tell of another event."""
    claim = _find(public_id)
    answer = _try(request, claim, _part)
    if isinstance(answer, HttpResponseBase):
        return answer
    context = {"events": _companions(claim), "refusal": answer, **_about(request, claim)}
    return render(request, "desk/part.html", context, status=400 if answer else 200)


def _try(
    request: HttpRequest, claim: Claim, act: Callable[[HttpRequest, Claim], Decision]
) -> HttpResponseBase | Refused | None:
    """Does the act of a posted form and leads on; why it was refused, None where nothing was posted."""
    if request.method != "POST":
        return None
    try:
        messages.success(request, _told(act(request, claim)))
        return redirect(_onward(request, claim))
    except Outdated as error:
        return overtaken(request, error, again=_address(claim, request))
    except Refused as error:
        return error


def _merge(request: HttpRequest, claim: Claim) -> Decision:
    what, _colon, other = request.POST.get("other", "").partition(":")
    reason = request.POST.get("reason", "")[:2000]
    if what == "event":
        return review.merge(claim.public_id, other, version=_version(request), user=editor(request), reason=reason)
    person = Person.objects.filter(public_id=other).first()
    if what != "person" or person is None or claim.person is None or person == claim.person:
        raise Refused(_("Choose what the claim is to be merged with."))
    low, high = sorted((claim.person.public_id, person.public_id))
    standing = Judgement.objects.that_stand().filter(subject=Subject.PERSON, left=low, right=high).first()
    seen = standing.pk if standing else None
    return review.judge(low, high, Verdict.SAME, seen=seen, user=editor(request), reason=reason)


def _part(request: HttpRequest, claim: Claim) -> Decision:
    other, reason = request.POST.get("other", ""), request.POST.get("reason", "")[:2000]
    if not other:
        raise Refused(_("Choose the claim that tells of another event."))
    return review.part(claim.public_id, other, version=_version(request), user=editor(request), reason=reason)


def _companions(claim: Claim) -> QuerySet[Claim]:
    """The other claims of the fact, in order of publication."""
    if claim.fact is None:
        return Claim.objects.none()
    shown: QuerySet[Claim] = claim.fact.claims.as_evidence().exclude(pk=claim.pk)
    return shown[:COMPANIONS]


def _events(claim: Claim) -> QuerySet[Claim]:
    """Claims of one kind about the same person or company that support another fact, the nearest in time first."""
    others = Claim.objects.standing().filter(kind=claim.kind).exclude(pk=claim.pk)
    if claim.person_id:
        others = others.filter(person=claim.person_id)
    else:
        others = others.filter(person=None, company_keys__overlap=claim.company_keys).exclude(group_key="")
    field = next((name for name in _FACT if getattr(claim, f"{name}_id")), None)
    if field:
        others = others.exclude(**{f"{field}_id": getattr(claim, f"{field}_id")})
    shown: QuerySet[Claim] = others.select_related("article__source").defer(*HEAVY[:3]).order_by("-id")
    return shown[:CANDIDATES]


def _namesakes(claim: Claim) -> list[Person]:
    """Other people who share a name with the claim's."""
    if claim.person_id is None:
        return []
    sharing = Claim.objects.standing().naming(claim.person_keys).exclude(person=claim.person_id)
    return list(Person.objects.filter(pk__in=sharing.order_by().values("person")).order_by("pk")[:CANDIDATES])


def _find(public_id: str) -> Claim:
    claims = Claim.objects.select_related("article__source", "corrects", "person", *_FACT)
    found: Claim = get_object_or_404(claims.defer(*HEAVY[1:3]), public_id=public_id)
    return found


def _show(request: HttpRequest, claim: Claim, form: ClaimForm, *, status: int = 200) -> HttpResponse:
    original = _machines(claim)
    rows = list(form.rows(original))
    context = {"form": form, "rows": rows, "original": original, **_about(request, claim)}
    return render(request, "desk/claim.html", context, status=status)


def _about(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What the pages on one claim share."""
    before, after = _neighbours(request, claim)
    return {
        "claim": claim,
        "standing": claim.review in STANDING,
        "passage": around(claim.article.text, claim.start, claim.end),
        "decisions": Decision.objects.touching(claim.public_id)[:10],
        "corrections": claim.corrections.order_by("pk") if claim.review == "corrected" else [],
        "in_brief": in_brief,
        "previous": before and _address(before, request),
        "next": after and _address(after, request),
        "asked": _filters(request),
        # As the editor saw it, where the form comes back to them.
        "version": request.POST.get("version", claim.version),
        **shared(request),
    }


def around(text: str, start: int, end: int) -> list[Passage]:
    """The quote marked among a few paragraphs on either side."""
    breaks = [match.end() for match in re.finditer(r"\n+", text)]
    before = [place for place in breaks if place <= start]
    after = [place for place in breaks if place > end]
    low = before[-PARAGRAPHS - 1] if len(before) > PARAGRAPHS else 0
    high = after[PARAGRAPHS] if len(after) > PARAGRAPHS else len(text)
    low, high = max(low, start - AROUND), min(high, end + AROUND)
    shown = passages(text[low:high], [Marked(start - low, end - low)], whole=True)
    return [Passage(each.paragraphs, cut_before=low > 0, cut_after=high < len(text)) for each in shown]


def _machines(claim: Claim) -> Claim:
    """What the machine said, at the beginning of all corrections."""
    while claim.origin == ClaimOrigin.EDITOR and claim.corrects is not None:
        claim = claim.corrects
    return claim


def _neighbours(request: HttpRequest, claim: Claim) -> tuple[Claim | None, Claim | None]:
    """The claims before and after this one in the queue that the editor came from."""
    rows = QueueFilter(QueryDict(_filters(request).removeprefix("?")), queryset=Claim.objects.only("public_id"))
    if not rows.form.is_valid():
        return None, None
    key = [getattr(claim, name.lstrip("-")) for name in rows.order]
    before, after = (rows.qs.filter(keyset.beyond(rows.order, key, back=back)) for back in (True, False))
    return _first(before.reverse()), _first(after)


def _first(rows: Any) -> Claim | None:
    """The first of a page of rows: asked for one alone, the planner hopes to meet it soon, and walks a long queue in
    vain where none matches the filters."""
    return next(iter(rows[:PAGE_SIZE]), None)


def _filters(request: HttpRequest) -> str:
    """The queue's filters, which go along from claim to claim; "" or "?kind=move"."""
    names = set(QueueFilter.base_filters)
    pairs = [(name, value) for name, values in request.GET.lists() if name in names for value in values]
    return f"?{urlencode(pairs)}" if pairs else ""


def _address(claim: Claim, request: HttpRequest) -> str:
    return reverse("desk-claim", args=[claim.public_id]) + _filters(request)


def _onward(request: HttpRequest, claim: Claim) -> str:
    """Where an act leads: the next claim of the queue, else the one before, else the queue."""
    before, after = _neighbours(request, claim)
    there = after or before
    return _address(there, request) if there else reverse("desk") + _filters(request)


def _version(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _typed(*forms: ClaimForm) -> dict[str, str]:
    """What the editor had changed, by label: it was not written, and they may want it."""
    changed = [bound for form in forms for bound in form if bound.name in form.changed_data]
    return {f"{bound.label}": str(bound.value() or "") for bound in changed}


def _told(decision: Decision) -> str:
    told = {
        "accept": _("Accepted."),
        "reject": _("Rejected."),
        "correct": _("Corrected."),
        "split": _("Split."),
        "merge": _("Merged."),
        "part": _("Parted: the two claims support two facts now."),
        "judge": _("Judged."),
    }
    return told[decision.verb]
