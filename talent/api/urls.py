"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import SimpleRouter

from talent.api import quick, quoted, views
from talent.api.annotations import AnnotationView
from talent.api.citing import NOUNS as CITED
from talent.api.citing import CitationView
from talent.api.documentation import DocsView, IndexView, NowhereView, SchemaView
from talent.api.feed import EventStreamView, EventsView
from talent.api.flows import CompanyFlowsView, FlowsView, short_matrix
from talent.api.mentions import MentionsView
from talent.api.reconciliation import PropertiesView, ReconciliationView, SuggestView, preview
from talent.api.submissions import ArticlesView, SubmissionView
from talent.api.suggestions import SuggestionsView
from talent.short import Short, short

router = SimpleRouter()
router.register("companies", views.CompanyViewSet, basename="api-company")
router.register("people", views.PersonViewSet, basename="api-person")
router.register("moves", views.MoveViewSet, basename="api-move")
router.register("compensation", views.CompensationReportViewSet, basename="api-compensation-report")
router.register("signals", views.SignalViewSet, basename="api-signal")
router.register("articles", ArticlesView, basename="api-article")
router.register("claims", views.ClaimViewSet, basename="api-claim")
router.register("sources", views.SourceViewSet, basename="api-source")

# What is asked for most, where anybody may ask: see ``talent.short``.
short_ways: list[Short] = [
    way
    for view, way in [
        (views.MoveViewSet, short(r"/api/v1/moves/([-\w]{1,160})/", "api-move-detail", quick.move)),
        (views.MoveViewSet, short(r"/api/v1/moves/", "api-move-list", quick.moves)),
        (SuggestionsView, short(r"/api/v1/suggest/", "api-suggest", quick.suggestions)),
        (views.PersonViewSet, short(r"/api/v1/people/", "api-person-list", quick.people)),
        (views.CompanyViewSet, short(r"/api/v1/companies/", "api-company-list", quick.companies)),
        (views.ClaimViewSet, short(r"/api/v1/claims/", "api-claim-list", quoted.claims)),
        (FlowsView, short(r"/api/v1/flows/", "api-flows", short_matrix)),
    ]
    if quick.is_open(view)
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", IndexView.as_view(), name="api-index"),
    path("v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("v1/docs/", DocsView.as_view(), name="api-docs"),
    path("v1/flows/", FlowsView.as_view(), name="api-flows"),
    path("v1/companies/<slug:slug>/flows/", CompanyFlowsView.as_view(), name="api-company-flows"),
    path("v1/events/", EventsView.as_view(), name="api-events"),
    path("v1/events/stream/", EventStreamView.as_view(), name="api-event-stream"),
    path("v1/reconcile/", ReconciliationView.as_view(), name="api-reconcile"),
    path("v1/reconcile/properties/", PropertiesView.as_view(), name="api-reconcile-properties"),
    path("v1/reconcile/preview/", preview, name="api-reconcile-preview"),
    re_path(
        r"^v1/reconcile/suggest/(?P<what>entity|property|type)/$", SuggestView.as_view(), name="api-reconcile-suggest"
    ),
    path("v1/mentions/", MentionsView.as_view(), name="api-mentions"),
    path("v1/suggest/", SuggestionsView.as_view(), name="api-suggest"),
    path("v1/submissions/<slug:public_id>/", SubmissionView.as_view(), name="api-submission"),
    path("v1/claims/<slug:public_id>/annotation/", AnnotationView.as_view(), name="api-annotation"),
    *(
        path(f"v1/{noun}/<slug:public_id>/citation/", CitationView.as_view(noun=noun), name=f"api-citation-{noun}")
        for noun in CITED
    ),
    path("v1/", include(router.urls)),
    re_path(r"^(?P<path>(?s:.*))\Z", NowhereView.as_view(), name="api-nowhere"),
]
