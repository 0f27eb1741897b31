"""The three roles and the least that each needs; migrations and tests read them, the groups in the database decide."""

from __future__ import annotations

USE_DESK = "talent.use_desk"
INGEST = "articles.add_snapshot"
RETRY = "articles.change_article"

READER, EDITOR, ADMINISTRATOR = "Reader", "Editor", "Administrator"

_EDITOR = (
    USE_DESK,
    INGEST,
    RETRY,
    "articles.change_snapshot",
    "articles.view_article",
    "articles.view_snapshot",
    "articles.view_source",
    "talent.view_correction",
    "talent.change_correction",
    "talent.view_response",
    "talent.change_response",
    "talent.view_restriction",
    "talent.add_restriction",
    "talent.view_notice",
    "talent.add_notice",
    "talent.change_notice",
    "talent.view_change",
    "talent.view_claim",
    "talent.view_company",
    "talent.view_compensationreport",
    "talent.view_decision",
    "talent.view_judgement",
    "talent.view_move",
    "talent.view_person",
    "talent.view_signal",
)
_ADMINISTRATOR = (
    *_EDITOR,
    "articles.change_source",
    "articles.view_evaluation",
    "articles.view_modelanswer",
    "articles.view_modelrun",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "auth.view_user",
    "talent.change_person",
    "talent.view_alias",
)
# A reader needs no right: what is public is open to everybody.
ROLES: dict[str, tuple[str, ...]] = {READER: (), EDITOR: _EDITOR, ADMINISTRATOR: _ADMINISTRATOR}
