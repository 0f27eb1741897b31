"""Columns in words of the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

_LABELS = {
    "amount_max": N_("upper amount"),
    "amount_min": N_("lower amount"),
    "articles_count": N_("articles"),
    "attribution": N_("attribution"),
    "capacity": N_("capacity"),
    "cohort_max": N_("upper size of the group"),
    "cohort_min": N_("lower size of the group"),
    "cohort_of": N_("out of how many"),
    "cohort_text": N_("group"),
    "company_id": N_("company"),
    "component": N_("part of the pay"),
    "confidence": N_("confidence"),
    "currency": N_("currency"),
    "date": N_("date"),
    "destination_id": N_("to"),
    "destination_role": N_("joined as"),
    "destination_team": N_("team joined"),
    "end": N_("end of the quote"),
    "evidence_state": N_("evidence"),
    "indexable": N_("shown to search engines"),
    "kind": N_("kind"),
    "lifted_at": N_("lifted"),
    "metric": N_("what is counted"),
    "move_id": N_("move it supports"),
    "name": N_("name"),
    "name_zh": N_("Chinese name"),
    "origin": N_("found by"),
    "origin_id": N_("from"),
    "origin_role": N_("left as"),
    "origin_team": N_("team left"),
    "parent_id": N_("part of"),
    "period": N_("period"),
    "person_id": N_("person"),
    "population": N_("for whom"),
    "public_id": N_("identifier"),
    "published": N_("published"),
    "quote": N_("quote"),
    "reason": N_("reason"),
    "report_id": N_("report it supports"),
    "reporters": N_("independent reporters"),
    "review": N_("review"),
    "reviewed": N_("reviewed by an editor"),
    "score": N_("score"),
    "signal_id": N_("signal it supports"),
    "slug": N_("address"),
    "start": N_("start of the quote"),
    "status": N_("status"),
    "team": N_("team"),
    "text": N_("text"),
    "undone_at": N_("undone"),
    "unit": N_("unit"),
    "value": N_("content"),
    "value_max": N_("upper number"),
    "value_min": N_("lower number"),
    "value_of": N_("out of"),
    "verdict": N_("verdict"),
    "visibility": N_("visibility"),
    "wikidata_id": N_("item of Wikidata"),
}
# Follows from other columns, or speaks to programs only.
_MACHINE = {
    "anchors",
    "company_keys",
    "date_first",
    "date_last",
    "engine_version",
    "first_seen",
    "group_key",
    "key",
    "last_seen",
    "lead_claim_id",
    "person_keys",
    "replaced_by_id",
    "revision",
    "sort_date",
    "undone_by_id",
    "user_id",
}


def label(column: str) -> str:
    """A column's name for readers; its own, spaced, where no better one is known."""
    return _(_LABELS[column]) if column in _LABELS else column.removesuffix("_id").replace("_", " ")


def of_machine_only(column: str) -> bool:
    """Whether readers would learn nothing from the column."""
    return column in _MACHINE
