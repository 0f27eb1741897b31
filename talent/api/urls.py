"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from rest_framework.routers import SimpleRouter

from talent.api import views
from talent.api.documentation import DocsView, IndexView, NowhereView, SchemaView

router = SimpleRouter()
router.register("companies", views.CompanyViewSet, basename="api-company")
router.register("people", views.PersonViewSet, basename="api-person")
router.register("moves", views.MoveViewSet, basename="api-move")
router.register("compensation", views.CompensationReportViewSet, basename="api-compensation-report")
router.register("signals", views.SignalViewSet, basename="api-signal")
router.register("articles", views.ArticleViewSet, basename="api-article")
router.register("claims", views.ClaimViewSet, basename="api-claim")
router.register("sources", views.SourceViewSet, basename="api-source")

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", IndexView.as_view(), name="api-index"),
    path("v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("v1/docs/", DocsView.as_view(), name="api-docs"),
    path("v1/", include(router.urls)),
    re_path(r"^(?P<path>(?s:.*))\Z", NowhereView.as_view(), name="api-nowhere"),
]
