"""The history of a page in words: what was changed, from what to what, when, by whom and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.history.labels import label, of_machine_only
from talent.models import (
    Change,
    ChangeNoun,
    Claim,
    Company,
    CompensationReport,
    Fact,
    Judgement,
    Move,
    Operation,
    Person,
    Response,
    Restriction,
    Signal,
)

MOST = 200
LONGEST_VALUE = 300
# Columns that lead to rows with a name of their own; what is gone by now keeps its number.
_NAMED: dict[str, type[Model]] = {
    "person_id": Person,
    "origin_id": Company,
    "destination_id": Company,
    "company_id": Company,
    "parent_id": Company,
    "move_id": Move,
    "report_id": CompensationReport,
    "signal_id": Signal,
}
_MODELS: dict[str, type[Model]] = {
    ChangeNoun.CLAIM: Claim,
    ChangeNoun.MOVE: Move,
    ChangeNoun.COMPENSATION: CompensationReport,
    ChangeNoun.SIGNAL: Signal,
    ChangeNoun.PERSON: Person,
    ChangeNoun.COMPANY: Company,
    ChangeNoun.JUDGEMENT: Judgement,
    ChangeNoun.RESPONSE: Response,
    ChangeNoun.RESTRICTION: Restriction,
}
# The column of a claim that leads to a fact of that kind.
FACT_COLUMNS = {ChangeNoun.MOVE: "move", ChangeNoun.COMPENSATION: "report", ChangeNoun.SIGNAL: "signal"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column in words; an empty string stands for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row, ready to be shown."""

    at: datetime
    noun: str
    operation: str
    row: int
    what: str
    quote: str
    fields: list[FieldChange]
    who: str
    why: str


def of_fact(noun: str, fact: Any) -> list[Entry]:
    """Changes of a fact, of the claims under it and those once under it, and what editors said of it."""
    column = FACT_COLUMNS[ChangeNoun(noun)]
    claims = dict(fact.claims.values_list("pk", "public_id"))
    former = Change.objects.filter(former_fact=f"{column}:{fact.pk}").values("row")
    wanted = Q(noun=noun, row=fact.pk) | Q(noun="claim", row__in=list(claims)) | Q(noun="claim", row__in=former)
    ids = list(claims.values())
    judged = Judgement.objects.filter(Q(left__in=ids) | Q(right__in=ids), subject="event")
    wanted |= Q(noun="judgement", row__in=_pks(judged))
    return entries(wanted | _about(noun, claims.values()))


def of_person(person: Person) -> list[Entry]:
    """Changes of a person's row, and of the judgements that say who they are."""
    claims = list(person.claims.values_list("public_id", flat=True))
    judged = Judgement.objects.filter(Q(left__in=claims) | Q(right__in=claims), subject="person")
    wanted = Q(noun="person", row=person.pk) | Q(noun="judgement", row__in=_pks(judged))
    return entries(wanted | _about("person", claims))


def of_company(company: Company) -> list[Entry]:
    """Changes of a company's row, and of the judgements about its name."""
    judged = Judgement.objects.filter(Q(left=company.key) | Q(right=company.key), subject="company")
    wanted = Q(noun="company", row=company.pk) | Q(noun="judgement", row__in=_pks(judged))
    return entries(wanted | _about("company", [company.key]))


def _about(noun: str, anchors: Iterable[str]) -> Q:
    anchors = list(anchors)
    responses = Response.objects.about(noun, anchors)
    restrictions = Restriction.objects.about(noun, anchors)
    return Q(noun="response", row__in=_pks(responses)) | Q(noun="restriction", row__in=_pks(restrictions))


def _pks(rows: Any) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def entries(wanted: Q) -> list[Entry]:
    """The newest changes first, in words; changes of nothing that readers would know are left out."""
    changes = list(Change.objects.filter(wanted).order_by("-id")[:MOST])
    names = _names(changes)
    quotes = dict(Claim.objects.filter(pk__in={c.row for c in changes if c.noun == "claim"}).values_list("pk", "quote"))
    said = Judgement.objects.filter(pk__in={c.row for c in changes if c.noun == "judgement"})
    verdicts = {judgement.pk: judgement.get_verdict_display() for judgement in said}
    shown = [_entry(change, names, quotes, verdicts) for change in changes]
    return [e for e in shown if e.fields or e.operation != Operation.UPDATE]


def _entry(change: Change, names: dict[str, dict[int, str]], quotes: dict[int, str], verdicts: dict[int, str]) -> Entry:
    verdict = f" ({verdicts[change.row]})" if change.noun == "judgement" and change.row in verdicts else ""
    return Entry(
        at=change.at,
        noun=change.noun,
        operation=change.operation,
        row=change.row,
        what=f"{change.get_noun_display()}: {change.get_operation_display()}{verdict}",
        quote=str(quotes.get(change.row) or change.fields.get("quote", "")) if change.noun == "claim" else "",
        fields=_fields(change, names) if change.operation == Operation.UPDATE else [],
        who=who(change.context),
        why=why(change.context),
    )


def _fields(change: Change, names: dict[str, dict[int, str]]) -> list[FieldChange]:
    return [
        FieldChange(
            label(column), *(_in_words(change.noun, column, value, names.get(column, {})) for value in (before, after))
        )
        for column, (before, after) in sorted(change.fields.items())
        if not of_machine_only(column)
    ]


def _names(changes: Sequence[Change]) -> dict[str, dict[int, str]]:
    """Names of the people and companies that columns lead to, identifiers of facts; a query for each kind of them."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for change in changes:
        if change.operation == Operation.UPDATE:
            for column, model in _NAMED.items():
                wanted[model] |= {v for v in change.fields.get(column, ()) if v is not None}
    found = {
        model: dict(
            model._default_manager.filter(pk__in=pks).values_list(
                "pk", "public_id" if issubclass(model, Fact) else "name"
            )
        )
        for model, pks in wanted.items()
        if pks
    }
    return {column: found.get(model, {}) for column, model in _NAMED.items()}


def _in_words(noun: str, column: str, value: Any, names: dict[int, str]) -> str:
    if value is None or value in ("", []):
        return ""
    if column in _NAMED:
        return names.get(value, f"#{value}")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(_choices(noun, column).get(value, value) if isinstance(value, str) else value)[:LONGEST_VALUE]


@lru_cache(maxsize=256)
def _choices(noun: str, column: str) -> dict[str, Any]:
    """The labels of a closed list of words, still to be translated."""
    model = _MODELS.get(noun)
    field = next((f for f in model._meta.concrete_fields if f.attname == column), None) if model else None
    return dict(field.flatchoices) if field is not None and field.choices else {}


def who(context: dict[str, Any]) -> str:
    """Who changed something: an editor, the machine at some task, a command, or somebody at the database itself."""
    if name := context.get("name"):
        return str(name)
    if "user" in context:
        return _("an editor")
    if task := context.get("task"):
        return _("the machine (%(task)s)") % {"task": task}
    if command := context.get("command"):
        return _("the operator, by %(command)s") % {"command": command}
    if role := context.get("role"):
        return _("directly in the database, as %(role)s") % {"role": role}
    return _("a reader, by a form of this site")


def why(context: dict[str, Any]) -> str:
    """The reason that was given, or the articles that were read; "" where nobody gave one."""
    if reason := context.get("why"):
        return str(reason)
    if article := context.get("article"):
        return _("article %(article)s was read") % {"article": article}
    if articles := context.get("articles"):
        return ngettext("%(num)s article was read", "%(num)s articles were read together", articles) % {"num": articles}
    return ""
