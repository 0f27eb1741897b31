"""The three roles and the least that each needs; migrations and tests read them, the groups in the database decide."""

from __future__ import annotations

from typing import Any

USE_DESK = "talent.use_desk"
INGEST = "articles.add_snapshot"
RETRY = "articles.change_article"
# The press room: who may look, and who may send back or discard what failed.
SEE_PRESS = "articles.view_snapshot"
RUN_PRESS = "talent.run_press"

READER, EDITOR, ADMINISTRATOR = "Reader", "Editor", "Administrator"

_EDITOR = (
    USE_DESK,
    INGEST,
    RETRY,
    "articles.change_snapshot",
    "articles.view_article",
    "articles.view_entry",
    "articles.view_feed",
    "articles.view_host",
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
    RUN_PRESS,
    "articles.change_feed",
    "articles.change_source",
    "articles.view_evaluation",
    "articles.view_job",
    "articles.view_modelanswer",
    "articles.view_modelrun",
    "articles.view_shard",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "auth.view_user",
    "talent.change_apikey",
    "talent.change_letter",
    "talent.change_person",
    "talent.change_webhook",
    "talent.view_alert",
    "talent.view_alias",
    "talent.view_apikey",
    "talent.view_delivery",
    "talent.view_digest",
    "talent.view_factevent",
    "talent.view_letter",
    "talent.view_pressact",
    "talent.view_pulse",
    "talent.view_submission",
    "talent.view_webhook",
)
# A reader needs no right: what is public is open to everybody.
ROLES: dict[str, tuple[str, ...]] = {READER: (), EDITOR: _EDITOR, ADMINISTRATOR: _ADMINISTRATOR}


def has_role(user: Any) -> bool:
    """Whether an administrator gave the account anything to do that readers do not."""
    if user.is_staff or user.is_superuser:
        return True
    return bool(user.groups.exclude(name=READER).exists() or user.user_permissions.exists())
