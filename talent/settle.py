"""Facts from claims: writes the people, moves, reports and signals that the standing claims amount to.

A function of the set of claims and judgements: settling twice changes nothing, and the order in which articles came
leaves no trace. It writes facts and people, never a claim's content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import prod
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q

from articles.extraction.names import name_key, script_of
from talent.cluster import cluster_groups, cluster_moves
from talent.dates import day_range, precision
from talent.models import (
    Alias,
    AliasKind,
    AttributionKind,
    Claim,
    ClaimKind,
    CompensationReport,
    Fact,
    Judgement,
    Move,
    MoveKind,
    Person,
    Signal,
    Status,
)
from talent.querysets import STANDING
from talent.resolve import claim_order, claims_about, company_key, group_people, questions, resolve_companies, slug_for

_STATUS_RANK = {
    Status.CONFIRMED: 5,
    Status.DENIED: 4,
    Status.REPORTED: 3,
    Status.PLANNED: 2,
    Status.RUMOURED: 1,
    Status.DECLINED: 0,
}
# Which kind to show where claims differ: the one that says most comes first.
_KIND_RANK = [
    MoveKind.RETURN,
    MoveKind.ACQUIHIRE,
    MoveKind.FOUNDING,
    MoveKind.INTERNAL,
    MoveKind.HIRE,
    MoveKind.DEPARTURE,
]
# Where a claim keeps what it supports.
_COLUMN: dict[type[Any], str] = {
    Person: "person_id",
    Move: "move_id",
    CompensationReport: "report_id",
    Signal: "signal_id",
}

Row = TypeVar("Row", Person, Move, CompensationReport, Signal)
Values = dict[str, Any]
Held = tuple[type[Any], int]


@dataclass(slots=True)
class Subjects:
    """What a change of claims touches: names of people, and groups of claims that may be one fact."""

    person_keys: set[str] = field(default_factory=set)
    group_keys: set[str] = field(default_factory=set)

    def add(self, claim: Claim) -> None:
        self.person_keys |= set(claim.person_keys)
        self.group_keys |= {claim.group_key} - {""}


def settle(subjects: Subjects) -> None:
    """Computes every fact about ``subjects`` anew. The caller holds a transaction.

    One settling at a time: two workers with articles about one person would otherwise each see half of the claims.
    """
    lock()
    before = _release(subjects)
    if subjects.person_keys:
        before.update(_settle_people(subjects.person_keys))
    if subjects.group_keys:
        before.update(_settle_groups(subjects.group_keys))
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


def _settle_people(keys: set[str]) -> set[Held]:
    claims = claims_about(keys)
    held = _held(claims)
    groups = group_people(claims)
    people = _place(Person, groups, [_person_values(g) for g in groups])
    built: list[tuple[Sequence[Claim], Values | None]] = []
    for person, group in zip(people, groups, strict=True):
        _write_aliases(person, group)
        moves = cluster_moves(c for c in group if c.kind == ClaimKind.MOVE)
        built += [(cluster, _move_values(cluster, person)) for cluster in moves]
    _write_facts(Move, built)
    Judgement.objects.bulk_create(questions(groups), ignore_conflicts=True)
    return held


def _person_values(group: Sequence[Claim]) -> Values:
    names = [c.person_name for c in group]
    forms = _forms(group)
    name = _most_common([n for n in names if script_of(n) != "Hani"] or names)
    han = [f for f in forms if script_of(f) == "Hani"]
    # A full transliteration is worth showing; a bare surname only where there is nothing else.
    full = [f for f in han if "·" in f] or han
    slug = f"{slug_for(name)}-{group[0].public_id[:5]}"
    return {"slug": slug, "name": name[:200], "name_zh": (_most_common(full) if full else "")[:200]}


def _forms(group: Sequence[Claim]) -> list[str]:
    """Every written form of the person's name, as often as articles use it."""
    forms = []
    for claim in group:
        person = claim.value.get("person")
        forms += [person["name"], *person["aliases"]] if isinstance(person, dict) else [claim.person_name]
    return forms


def _write_aliases(person: Person, group: Sequence[Claim]) -> None:
    wanted = {form[:200] for form in _forms(group)}
    person.aliases.exclude(name__in=wanted).delete()
    rows = [
        Alias(
            person=person,
            name=form,
            key=name_key(form)[:200],
            language="zh" if script_of(form) == "Hani" else "en",
            script=script_of(form),
            kind=_alias_kind(form, person),
        )
        for form in sorted(wanted)
    ]
    Alias.objects.bulk_create(rows, ignore_conflicts=True)


def _alias_kind(form: str, person: Person) -> AliasKind:
    if form == person.name:
        return AliasKind.NAME
    return AliasKind.TRANSLITERATION if script_of(form) != script_of(person.name) else AliasKind.ALIAS


def _move_values(cluster: Sequence[Claim], person: Person | None) -> Values | None:
    """A move's fields; None where no claim of the cluster names a company, for a move needs an end."""
    ends = {side: _end(cluster, side) for side in ("from", "to")}
    companies = resolve_companies(e["org"] for e in ends.values() if e["org"])
    origin, destination = (companies.get(company_key(ends[s]["org"])) for s in ("from", "to"))
    if origin is None and destination is None:
        return None
    cohort = {} if person else (cluster[0].value.get("cohort") or {})
    return {
        "person": person,
        "cohort_text": (cohort.get("text") or "")[:300],
        "cohort_min": cohort.get("min"),
        "cohort_max": cohort.get("max"),
        "cohort_of": cohort.get("of"),
        "origin": origin,
        "origin_team": ends["from"]["team"],
        "origin_role": ends["from"]["role"],
        "destination": destination,
        "destination_team": ends["to"]["team"],
        "destination_role": ends["to"]["role"],
        "kind": _kind([c.value["kind"] for c in cluster]),
        **_fact_values(cluster),
    }


def _end(cluster: Sequence[Claim], side: str) -> dict[str, str]:
    """What the claims say of one end: the organisation most of them name, with its team and role."""
    ends = [c.value[side] for c in cluster if c.value.get(side)]
    org = _most_common([e["org"] for e in ends if e["org"]])
    same = [e for e in ends if e["org"] == org or not e["org"]]
    return {
        "org": org,
        "team": _most_common([e["team"] for e in same if e["team"]])[:200],
        "role": _most_common([e["role"] for e in same if e["role"]])[:200],
    }


def _kind(kinds: Sequence[str]) -> str:
    counted = Counter(k for k in kinds if k != MoveKind.DEPARTURE)
    if not counted:
        return MoveKind.DEPARTURE
    return min(counted, key=lambda kind: (-counted[kind], _KIND_RANK.index(MoveKind(kind))))


# ------------------------------------------------------------------ cohorts, pay, signals


def _settle_groups(keys: set[str]) -> set[Held]:
    standing = Claim.objects.standing().filter(group_key__in=keys)
    claims = sorted(standing.for_settling(), key=claim_order)
    held = _held(claims) - {(Person, c.person_id) for c in claims}
    builders: list[tuple[type[Any], str, Callable[[Sequence[Claim]], Values | None]]] = [
        (Move, ClaimKind.MOVE, lambda cluster: _move_values(cluster, None)),
        (CompensationReport, ClaimKind.COMPENSATION, _report_values),
        (Signal, ClaimKind.SIGNAL, _signal_values),
    ]
    for model, kind, build in builders:
        clusters = cluster_groups(c for c in claims if c.kind == kind)
        _write_facts(model, [(cluster, build(cluster)) for cluster in clusters])
    return held


def _report_values(cluster: Sequence[Claim]) -> Values:
    lead = cluster[0].value
    companies = resolve_companies([lead["org"]] if lead["org"] else [])
    return {
        "company": companies.get(company_key(lead["org"] or "")),
        "person": next((c.person for c in cluster if c.person), None),
        "population": _most_common([c.value["population"] for c in cluster if c.value["population"]])[:300],
        "amount_min": lead["min"],
        "amount_max": lead["max"],
        "currency": lead["currency"],
        "period": _most_common([c.value["period"] for c in cluster]),
        "component": _most_common([c.value["component"] for c in cluster]),
        "kind": _most_common([c.value["kind"] for c in cluster]),
        **_fact_values(cluster),
    }


def _signal_values(cluster: Sequence[Claim]) -> Values:
    lead = cluster[0].value
    companies = resolve_companies([lead["org"]] if lead["org"] else [])
    return {
        "company": companies.get(company_key(lead["org"] or "")),
        "team": _most_common([c.value["team"] for c in cluster if c.value["team"]])[:200],
        "metric": lead["metric"],
        "value_min": lead["min"],
        "value_max": lead["max"],
        "value_of": next((c.value["of"] for c in cluster if c.value["of"] is not None), None),
        "unit": (lead["unit"] or "")[:20],
        **_fact_values(cluster),
    }


# ------------------------------------------------------------------ what all facts share


def _fact_values(cluster: Sequence[Claim]) -> Values:
    status = max((Status(c.status) for c in cluster), key=lambda s: _STATUS_RANK[s])
    dated = min((c for c in cluster if c.date), key=lambda c: (precision(c.date), claim_order(c)), default=None)
    edtf = dated.date if dated else ""
    first, last = day_range(edtf)
    seen = sorted(_seen(c) for c in cluster)
    return {
        "status": status,
        "date": edtf,
        "date_first": first,
        "date_last": last,
        "sort_date": first or last or seen[0].date(),
        "reporters": len({reporter_key(c) for c in cluster}),
        "articles_count": len({c.article_id for c in cluster}),
        "confidence": _joint_confidence(cluster),
        "lead_claim": min(cluster, key=lambda c: _lead_order(c, status)),
        "first_seen": seen[0],
        "last_seen": seen[-1],
    }


def reporter_key(claim: Claim) -> str:
    """Who reported it first, as far as the article says: the outlet it quotes, else the one whose words it prints."""
    if claim.attribution_kind == AttributionKind.OUTLET:
        return name_key(claim.attribution)
    return name_key((claim.article.original or claim.article).source.name)


def _joint_confidence(cluster: Sequence[Claim]) -> float:
    """The chance that not all independent reporters err, each taken at its best claim; never quite certain."""
    best: dict[str, float] = {}
    for claim in cluster:
        key = reporter_key(claim)
        best[key] = max(best.get(key, 0.0), claim.confidence)
    return round(min(0.99, 1 - prod(1 - c for c in sorted(best.values()))), 4)


def _lead_order(claim: Claim, status: str) -> tuple[object, ...]:
    ends = sum(bool((claim.value.get(side) or {}).get("org")) for side in ("from", "to"))
    return claim.status != status, -ends, -claim.confidence, claim_order(claim)


def _seen(claim: Claim) -> datetime:
    return claim.article.published_at or claim.article.retrieved_at


def _most_common(values: Sequence[str]) -> str:
    """The value that most claims give; the longest, then the first in the alphabet, where several do. "" for none."""
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], -len(v), v), default="")


# ------------------------------------------------------------------ writing


def _write_facts(model: type[Any], built: Sequence[tuple[Sequence[Claim], Values | None]]) -> None:
    """A fact for each cluster that amounts to one; claims of the other clusters support nothing."""
    kept = [(cluster, values) for cluster, values in built if values is not None]
    _place(model, [cluster for cluster, _ in kept], [values for _, values in kept])
    column = _COLUMN[model]
    idle = [c.pk for cluster, values in built if values is None for c in cluster if getattr(c, column)]
    Claim.objects.filter(pk__in=idle).update(**{column: None})


def _place(model: type[Row], groups: Sequence[Sequence[Claim]], values: Sequence[Values]) -> list[Row]:
    """A row for each group, named by the group's first claim; a row its claims already had is kept, and renamed
    where an earlier claim has come in, so that whatever else points at it goes on pointing."""
    column = _COLUMN[model]
    wanted = [group[0].public_id for group in groups]
    known = {row.public_id: row for row in model.objects.filter(public_id__in=wanted)}
    ids = {getattr(c, column) for group in groups for c in group} - {None} - {row.pk for row in known.values()}
    spare = {row.pk: row for row in model.objects.filter(pk__in=ids).order_by("pk")}
    rows = []
    for identifier, group, fields in zip(wanted, groups, values, strict=True):
        row = known.get(identifier) or _take_spare(spare, group, column) or model()
        _save_if_changed(row, {"public_id": identifier, **fields})
        moved = [c.pk for c in group if getattr(c, column) != row.pk]
        for claim in group:
            setattr(claim, column, row.pk)
        Claim.objects.filter(pk__in=moved).update(**{column: row.pk})
        rows.append(row)
    return rows


def _take_spare(spare: dict[int, Row], group: Sequence[Claim], column: str) -> Row | None:
    held = sorted({getattr(c, column) for c in group} & spare.keys())
    return spare.pop(held[0]) if held else None


def _save_if_changed(row: Row, fields: Values) -> None:
    """Writes only what differs; a fact's revision counts its changes."""
    if row.pk is None:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        return
    changed: list[str] = [name for name, value in fields.items() if _plain(getattr(row, name)) != _plain(value)]
    if not changed:
        return
    for name in changed:
        setattr(row, name, fields[name])
    if isinstance(row, Fact):
        row.revision += 1
        changed.append("revision")
    row.save(update_fields=[*changed, "updated_at"])


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
