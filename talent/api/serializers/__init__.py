"""The shapes of the API's answers: declared for its document, and built by hand from the columns they read."""

from talent.api.serializers.base import Shape
from talent.api.serializers.entities import CompanyDetail, CompanyShape, PersonDetail, PersonShape
from talent.api.serializers.evidence import ArticleDetail, ArticleShape, ClaimShape, SourceShape
from talent.api.serializers.facts import (
    CompensationReportDetail,
    CompensationReportShape,
    MoveDetail,
    MoveShape,
    SignalDetail,
    SignalShape,
)
from talent.api.serializers.problem import ProblemShape

__all__ = [
    "ArticleDetail",
    "ArticleShape",
    "ClaimShape",
    "CompanyDetail",
    "CompanyShape",
    "CompensationReportDetail",
    "CompensationReportShape",
    "MoveDetail",
    "MoveShape",
    "PersonDetail",
    "PersonShape",
    "ProblemShape",
    "Shape",
    "SignalDetail",
    "SignalShape",
    "SourceShape",
]
