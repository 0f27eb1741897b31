"""The shapes of the API's answers: declared for its document, and built by hand from the columns they read."""

from talent.api.serializers.base import RowSerializer
from talent.api.serializers.entities import (
    CompanyDetailSerializer,
    CompanySerializer,
    PersonDetailSerializer,
    PersonSerializer,
)
from talent.api.serializers.evidence import (
    ArticleDetailSerializer,
    ArticleSerializer,
    ClaimSerializer,
    SourceSerializer,
)
from talent.api.serializers.facts import (
    CompensationReportDetailSerializer,
    CompensationReportSerializer,
    MoveDetailSerializer,
    MoveSerializer,
    SignalDetailSerializer,
    SignalSerializer,
)
from talent.api.serializers.problem import ProblemSerializer

__all__ = [
    "ArticleDetailSerializer",
    "ArticleSerializer",
    "ClaimSerializer",
    "CompanyDetailSerializer",
    "CompanySerializer",
    "CompensationReportDetailSerializer",
    "CompensationReportSerializer",
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
