"""The knowledge base: claims as articles make them, and the people, companies and facts computed from them.

Claims are never edited: an editor's correction is a claim of its own. Facts are never edited at all; ``settle``
computes them from the claims that stand, and ``manage.py rebuild`` does it again from the beginning.
"""

from talent.models.changes import Change
from talent.models.claims import Claim
from talent.models.constraints import CURRENCY_PATTERN, EDTF_PATTERN, PERIOD_PATTERN
from talent.models.corrections import Correction, Notice, Response, Restriction
from talent.models.decisions import Decision, Verb
from talent.models.entities import Alias, Company, Entity, Person
from talent.models.facts import FACTS, CompensationReport, Fact, Move, Signal
from talent.models.judgements import Judgement
from talent.models.vocabulary import (
    AliasKind,
    AttributionKind,
    ChangeNoun,
    ClaimKind,
    ClaimOrigin,
    CompensationKind,
    Component,
    CorrectionCategory,
    CorrectionState,
    Effect,
    EvidenceState,
    Metric,
    MoveKind,
    Noun,
    Operation,
    Requester,
    Review,
    Status,
    Subject,
    Verdict,
    Visibility,
)

__all__ = [
    "CURRENCY_PATTERN",
    "EDTF_PATTERN",
    "FACTS",
    "PERIOD_PATTERN",
    "Alias",
    "AliasKind",
    "AttributionKind",
    "Change",
    "ChangeNoun",
    "Claim",
    "ClaimKind",
    "ClaimOrigin",
    "Company",
    "CompensationKind",
    "CompensationReport",
    "Component",
    "Correction",
    "CorrectionCategory",
    "CorrectionState",
    "Decision",
    "Effect",
    "Entity",
    "EvidenceState",
    "Fact",
    "Judgement",
    "Metric",
    "Move",
    "MoveKind",
    "Notice",
    "Noun",
    "Operation",
    "Person",
    "Requester",
    "Response",
    "Restriction",
    "Review",
    "Signal",
    "Status",
    "Subject",
    "Verb",
    "Verdict",
    "Visibility",
]
