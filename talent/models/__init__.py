"""The knowledge base: claims as articles make them, and the people, companies and facts computed from them.

Claims are never edited: an editor's correction is a claim of its own. Facts are never edited at all; ``settle``
computes them from the claims that stand, and ``manage.py rebuild`` does it again from the beginning.
"""

from talent.models.access import ApiKey, ApiUsage, KeptAnswer, Submission
from talent.models.alerts import Alert, AlertCursor, Found, Letter, Reader
from talent.models.attempts import SignInAttempt
from talent.models.changes import Change
from talent.models.claims import Claim
from talent.models.constraints import CURRENCY_PATTERN, EDTF_PATTERN, PERIOD_PATTERN
from talent.models.corrections import Correction, Notice, Response, Restriction
from talent.models.decisions import Decision, Verb
from talent.models.entities import Alias, Company, Entity, Person
from talent.models.events import EventCounter, FactEvent
from talent.models.facts import FACTS, CompensationReport, Fact, Move, Signal
from talent.models.judgements import Judgement
from talent.models.pressroom import Digest, PressAct, PressVerb, Pulse
from talent.models.quotes import QuoteWords
from talent.models.tallies import CompanyTally, Grade, KindTally, PairTally, Side, TallyRule
from talent.models.vocabulary import (
    AlertPage,
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
    EventType,
    EvidenceState,
    Frequency,
    Metric,
    MoveKind,
    Noun,
    Operation,
    Requester,
    Review,
    RoleFamily,
    Status,
    Subject,
    Verdict,
    Visibility,
)
from talent.models.webhooks import Delivery, Webhook

__all__ = [
    "CURRENCY_PATTERN",
    "EDTF_PATTERN",
    "FACTS",
    "PERIOD_PATTERN",
    "Alert",
    "AlertCursor",
    "AlertPage",
    "Alias",
    "AliasKind",
    "ApiKey",
    "ApiUsage",
    "AttributionKind",
    "Change",
    "ChangeNoun",
    "Claim",
    "ClaimKind",
    "ClaimOrigin",
    "Company",
    "CompanyTally",
    "CompensationKind",
    "CompensationReport",
    "Component",
    "Correction",
    "CorrectionCategory",
    "CorrectionState",
    "Decision",
    "Delivery",
    "Digest",
    "Effect",
    "Entity",
    "EventCounter",
    "EventType",
    "EvidenceState",
    "Fact",
    "FactEvent",
    "Found",
    "Frequency",
    "Grade",
    "Judgement",
    "KeptAnswer",
    "KindTally",
    "Letter",
    "Metric",
    "Move",
    "MoveKind",
    "Notice",
    "Noun",
    "Operation",
    "PairTally",
    "Person",
    "PressAct",
    "PressVerb",
    "Pulse",
    "QuoteWords",
    "Reader",
    "Requester",
    "Response",
    "Restriction",
    "Review",
    "RoleFamily",
    "Side",
    "SignInAttempt",
    "Signal",
    "Status",
    "Subject",
    "Submission",
    "TallyRule",
    "Verb",
    "Verdict",
    "Visibility",
    "Webhook",
]
