"""The shapes of the API's answers: declared for its document, and built by hand from the columns they read."""

from talent.serializers.base import RowSerializer
from talent.serializers.entities import (
    CompanyDetailSerializer,
    CompanySerializer,
    PersonDetailSerializer,
    PersonSerializer,
)
from talent.serializers.evidence import (
    ArticleDetailSerializer,
    ArticleSerializer,
    ClaimSerializer,
    EditionReference,
    SourceSerializer,
)
from talent.serializers.facts import (
    CompensationReportDetailSerializer,
    CompensationReportSerializer,
    MoveDetailSerializer,
    MoveSerializer,
    SignalDetailSerializer,
    SignalSerializer,
)
from talent.serializers.problem import ProblemSerializer

__all__ = [
    "ArticleDetailSerializer",
    "ArticleSerializer",
    "ClaimSerializer",
    "CompanyDetailSerializer",
    "CompanySerializer",
    "CompensationReportDetailSerializer",
    "CompensationReportSerializer",
    "EditionReference",
    "MoveDetailSerializer",
    "MoveSerializer",
    "PersonDetailSerializer",
    "PersonSerializer",
    "ProblemSerializer",
    "RowSerializer",
    "SignalDetailSerializer",
    "SignalSerializer",
    "SourceSerializer",
]
