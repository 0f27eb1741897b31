"""Facts from claims: writes the people, moves, reports and signals that the standing claims amount to.

A function of the set of claims and judgements: settling twice changes nothing, and the order in which articles came
leaves no trace. It writes facts and people, never a claim's content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q

from articles.extraction.names import name_key, script_of
from talent.cluster import cluster_groups, cluster_moves
from talent.events import linked_groups, ties_on
from talent.keys import organisations
from talent.models import (
    Alias,
    AliasKind,
    Claim,
    ClaimKind,
    Company,
    CompensationReport,
    Fact,
    Judgement,
    Move,
    Person,
    Signal,
)
from talent.querysets import STANDING
from talent.resolve import (
    Directory,
    ask_about_people,
    claim_order,
    claims_about,
    directory,
    group_people,
    resolve_companies,
    surroundings,
    verdicts_on,
    written_forms,
)
from talent.restrictions import required, strictest
from talent.usefulness import usefulness
from talent.values import Values, move_values, person_values, report_values, signal_values

# Where a claim keeps what it supports.
_COLUMN: dict[type[Any], str] = {
    Person: "person_id",
    Move: "move_id",
    CompensationReport: "report_id",
    Signal: "signal_id",
}

Row = TypeVar("Row", Person, Move, CompensationReport, Signal)
Held = tuple[type[Any], int]


@dataclass(slots=True)
class Subjects:
    """What a change of claims touches: names of people, keys of names near them, groups of claims that may be one fact,
    and articles."""

    person_keys: set[str] = field(default_factory=set)
    group_keys: set[str] = field(default_factory=set)
    candidates: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)

    def add(self, claim: Claim) -> None:
        self.person_keys |= set(claim.person_keys)
        self.candidates |= set(claim.person_candidates)
        self.group_keys |= {claim.group_key} - {""}
        self.articles.add(claim.article_id)


def settle(subjects: Subjects) -> None:
    """Computes every fact about ``subjects`` anew. The caller holds a transaction.

    One settling at a time: two workers with articles about one person would otherwise each see half of the claims.
    """
    lock()
    companies = directory()
    before = _release(subjects)
    groups = set(subjects.group_keys)
    if subjects.person_keys or subjects.articles:
        people = {pk for model, pk in before if model is Person}
        claims = claims_about(subjects.person_keys | _named_in(subjects.articles), companies, people)
        before |= _held(claims)
        _settle_people(claims, companies, subjects.candidates)
        # Whose pay it is follows from who is who.
        groups |= {claim.group_key for claim in claims if claim.kind == ClaimKind.COMPENSATION}
    if groups:
        before |= _settle_groups(groups, companies)
    _drop_unsupported(before)


def lock() -> None:
    """Waits until nobody else settles; held to the end of the transaction, and may be asked for again within it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('talent.settle'))")


def _release(subjects: Subjects) -> set[Held]:
    """Takes claims that no longer stand off their facts; gives what they held."""
    touched = Q(person_keys__overlap=sorted(subjects.person_keys)) | Q(group_key__in=subjects.group_keys)
    fallen = Claim.objects.filter(touched).exclude(review__in=STANDING)
    held = _held(fallen.only("person_id", "move_id", "report_id", "signal_id"))
    ids = list(fallen.values_list("public_id", flat=True))
    Judgement.objects.unanswered().filter(Q(left__in=ids) | Q(right__in=ids)).delete()
    fallen.update(person=None, move=None, report=None, signal=None)
    return held


def _held(claims: Iterable[Claim]) -> set[Held]:
    return {(model, pk) for claim in claims for model, column in _COLUMN.items() if (pk := getattr(claim, column))}


def _drop_unsupported(held: set[Held]) -> None:
    """Removes facts, then people, that no claim supports any more."""
    for model in (Move, CompensationReport, Signal):
        model.objects.filter(pk__in=[pk for m, pk in held if m is model], claims=None).delete()
    people = [pk for m, pk in held if m is Person]
    Person.objects.filter(pk__in=people, claims=None, moves=None, compensation=None).delete()


# ------------------------------------------------------------------ people and their moves


def _named_in(articles: set[int]) -> set[str]:
    """Keys of everybody named in these articles: who stands beside whom tells namesakes apart."""
    beside = Claim.objects.standing().filter(article__in=articles).exclude(person_keys=[])
    return set().union(*beside.values_list("person_keys", flat=True).order_by())


def _settle_people(claims: Sequence[Claim], companies: Directory, candidates: set[str]) -> None:
    verdicts = verdicts_on(claim.public_id for claim in claims)
    around = surroundings(claims, companies)
    groups = group_people(claims, around, verdicts)
    people = _place(Person, groups, [person_values(g, wikidata=verdicts.wikidata(g)) for g in groups])
    rows = _companies_of(claims, companies)
    built: list[tuple[Sequence[Claim], Values | None]] = []
    _write_aliases(people, groups)
    ties = ties_on(claim for claim in claims if claim.kind == ClaimKind.MOVE)
    for person, group in zip(people, groups, strict=True):
        moves = cluster_moves((c for c in group if c.kind == ClaimKind.MOVE), companies, ties)
        built += [(cluster, move_values(cluster, person, rows)) for cluster in moves]
    _write_facts(Move, built, companies)
    ask_about_people(groups, around, candidates)


def _companies_of(claims: Iterable[Claim], companies: Directory) -> dict[str, Company]:
    """A row for every company that the claims name, shown or not: which rows there are depends on no order."""
    return resolve_companies((org for claim in claims for org in organisations(claim.value)), companies)


def _write_aliases(people: Sequence[Person], groups: Sequence[Sequence[Claim]]) -> None:
    """The written forms of everybody's name; writes only what differs."""
    known = {(a.person_id, a.name): a for a in Alias.objects.filter(person__in=people)}
    wanted = {
        (person.pk, form): alias_row(person, form)
        for person, group in zip(people, groups, strict=True)
        for form in sorted({form[:200] for form in written_forms(group)})
    }
    differing = [a.pk for at, a in known.items() if at not in wanted or wanted[at].kind != a.kind]
    Alias.objects.filter(pk__in=differing).delete()
    gone = set(differing)
    kept = {at for at, a in known.items() if a.pk not in gone}
    Alias.objects.bulk_create([alias for at, alias in wanted.items() if at not in kept])


def alias_row(person: Person, form: str) -> Alias:
    """The unsaved row of one written form of somebody's name."""
    script = script_of(form)
    language = "zh" if script == "Hani" else "en"
    kind = _alias_kind(form, person)
    return Alias(person=person, name=form, key=name_key(form)[:200], language=language, script=script, kind=kind)


def _alias_kind(form: str, person: Person) -> AliasKind:
    if form == person.name:
        return AliasKind.NAME
    return AliasKind.TRANSLITERATION if script_of(form) != script_of(person.name) else AliasKind.ALIAS


# ------------------------------------------------------------------ cohorts, pay, signals


def _settle_groups(keys: set[str], companies: Directory) -> set[Held]:
    standing = Claim.objects.standing().filter(group_key__in=linked_groups(keys))
    claims = sorted(standing.for_settling(), key=claim_order)
    held = _held(claims) - {(Person, c.person_id) for c in claims}
    rows = _companies_of(claims, companies)
    builders: list[tuple[type[Any], str, Callable[[Sequence[Claim]], Values | None]]] = [
        (Move, ClaimKind.MOVE, lambda cluster: move_values(cluster, None, rows)),
        (CompensationReport, ClaimKind.COMPENSATION, lambda cluster: report_values(cluster, rows)),
        (Signal, ClaimKind.SIGNAL, lambda cluster: signal_values(cluster, rows)),
    ]
    ties = ties_on(claims)
    for model, kind, build in builders:
        clusters = cluster_groups((c for c in claims if c.kind == kind), ties)
        _write_facts(model, [(cluster, build(cluster)) for cluster in clusters], companies)
    return held


# ------------------------------------------------------------------ writing


def _write_facts(
    model: type[Any], built: Sequence[tuple[Sequence[Claim], Values | None]], companies: Directory
) -> None:
    """A fact for each cluster that amounts to one; claims of the other clusters support nothing."""
    kept = [(cluster, values) for cluster, values in built if values is not None]
    ranked = _rank([cluster for cluster, _ in built], companies)
    _place(model, [cluster for cluster, _ in kept], [values for _, values in kept])
    column = _COLUMN[model]
    idle = [c for cluster, values in built if values is None for c in cluster if getattr(c, column)]
    for claim in idle:
        setattr(claim, column, None)
    _write_column(column, idle)
    _write_column("usefulness", ranked)


def _rank(clusters: Iterable[Sequence[Claim]], companies: Directory) -> list[Claim]:
    """Notes on each claim how much an editor's look at it would tell; the claims for which that changed."""
    changed = []
    for cluster in clusters:
        for claim, now in zip(cluster, usefulness(cluster, companies), strict=True):
            if claim.usefulness != now:
                claim.usefulness = now
                changed.append(claim)
    return changed


def _write_column(column: str, claims: Sequence[Claim]) -> None:
    """One column of many claims in one statement: a bulk_update would spell out a CASE of as many branches."""
    if not claims:
        return
    kind = Claim._meta.get_field(column).db_type(connection)
    values = [[claim.pk for claim in claims], [getattr(claim, column) for claim in claims]]
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE talent_claim SET "{column}" = new.value '  # noqa: S608  # names of the model's own columns and types
            f"FROM unnest(%s::bigint[], %s::{kind}[]) AS new (id, value) WHERE talent_claim.id = new.id",
            values,
        )


def _place(model: type[Row], groups: Sequence[Sequence[Claim]], values: Sequence[Values]) -> list[Row]:
    """A row for each group, named by the group's first claim; a row its claims already had is kept, and renamed
    where an earlier claim has come in, so that whatever else points at it goes on pointing."""
    column = _COLUMN[model]
    wanted = [group[0].public_id for group in groups]
    known = {row.public_id: row for row in model.objects.filter(public_id__in=wanted)}
    ids = {getattr(c, column) for group in groups for c in group} - {None} - {row.pk for row in known.values()}
    spare = {row.pk: row for row in model.objects.filter(pk__in=ids).order_by("pk")} if ids else {}
    rows = []
    for identifier, group, fields, least in zip(wanted, groups, values, required(model, groups), strict=True):
        row = known.get(identifier) or _take_spare(spare, group, column) or model()
        visibility = strictest([row.visibility, least])
        _change(row, {"public_id": identifier, "visibility": visibility, **fields})
        rows.append(row)
    model.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    _hang(column, groups, rows)
    return rows


def _hang(column: str, groups: Sequence[Sequence[Claim]], rows: Sequence[Row]) -> None:
    """Notes on the claims of each group which row they support."""
    moved = []
    for group, row in zip(groups, rows, strict=True):
        moved += [claim for claim in group if getattr(claim, column) != row.pk]
        for claim in group:
            setattr(claim, column, row.pk)
    _write_column(column, moved)


def _take_spare(spare: dict[int, Row], group: Sequence[Claim], column: str) -> Row | None:
    held = sorted({getattr(c, column) for c in group} & spare.keys())
    return spare.pop(held[0]) if held else None


def _change(row: Row, fields: Values) -> None:
    """Gives a new row its fields; of one that is kept, writes what differs. A fact's revision counts its changes."""
    if row.pk is None:
        for name, value in fields.items():
            setattr(row, name, value)
        return
    changed: list[str] = [name for name, value in fields.items() if _kept(row, name) != getattr(value, "pk", value)]
    if not changed:
        return
    for name in changed:
        setattr(row, name, fields[name])
    if isinstance(row, Fact):
        row.revision += 1
        changed.append("revision")
    row.save(update_fields=[*changed, "updated_at"])


def _kept(row: Row, name: str) -> Any:
    """What the row holds; of another row its key alone, so that nothing is read for it."""
    return getattr(row, f"{name}_id", None) if hasattr(row, f"{name}_id") else getattr(row, name)
