"""What a project has that follows the tutorial: ModelViewSets with nested ModelSerializers, page numbers, a count."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from rest_framework import pagination, renderers, routers, serializers, viewsets

from articles.models import Article
from talent.models import Claim, Company, Move, Person


class CompanySerializer(serializers.ModelSerializer[Company]):
    class Meta:
        model = Company
        fields = ("public_id", "slug", "name", "name_zh")


class PersonSerializer(serializers.ModelSerializer[Person]):
    class Meta:
        model = Person
        fields = ("public_id", "slug", "name", "name_zh")


class ArticleSerializer(serializers.ModelSerializer[Article]):
    outlet = serializers.CharField(source="source.name")

    class Meta:
        model = Article
        fields = ("public_id", "address", "title", "outlet", "published_at", "language", "version")


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    article = ArticleSerializer()

    class Meta:
        model = Claim
        fields = (
            *("public_id", "kind", "value", "status", "date", "quote", "prefix", "suffix", "start", "end"),
            *("attribution", "attribution_kind", "confidence", "article"),
        )


class MoveSerializer(serializers.ModelSerializer[Move]):
    person = PersonSerializer()
    origin = CompanySerializer()
    destination = CompanySerializer()
    lead_claim = ClaimSerializer()

    class Meta:
        model = Move
        fields: tuple[str, ...] = (
            *("public_id", "person", "cohort_text", "origin", "origin_role", "destination", "destination_role", "kind"),
            *("status", "date", "date_first", "date_last", "reporters", "articles_count", "confidence", "lead_claim"),
            *("first_seen", "last_seen", "revision", "updated_at"),
        )


class MoveDetailSerializer(MoveSerializer):
    claims = ClaimSerializer(many=True)

    class Meta(MoveSerializer.Meta):
        fields: tuple[str, ...] = (*MoveSerializer.Meta.fields, "claims")


class Pages(pagination.PageNumberPagination):
    page_size = 50


class MoveViewSet(viewsets.ReadOnlyModelViewSet[Move]):
    lookup_field = "public_id"
    pagination_class = Pages
    filter_backends = ()
    renderer_classes = (renderers.JSONRenderer,)

    def get_serializer_class(self) -> type[MoveSerializer]:
        return MoveDetailSerializer if self.action == "retrieve" else MoveSerializer

    def get_queryset(self) -> Any:
        moves = Move.objects.order_by("-sort_date", "-id")
        company = self.request.query_params.get("company")
        return moves.filter(destination__slug=company) if company else moves


router = routers.SimpleRouter()
router.register("moves", MoveViewSet, basename="moves")
urlpatterns = [path("", include(router.urls))]
