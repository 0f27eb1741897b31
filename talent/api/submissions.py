"""Sending articles in: the one writing call so far, and the address that tells what became of a submission."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from articles.clock import database_now
from articles.exceptions import IntakeError, Offline, TooLarge
from articles.tasks import hand_on_snapshot
from talent import access, submissions
from talent.api import idempotency
from talent.api.documentation import problems
from talent.api.keys import KeyAuthentication, KeyedView, KeyThrottle, NeedsScope
from talent.api.parsers import BodyTooLarge, FormParser, JSONParser
from talent.api.problems import InvalidParameters, Problem
from talent.api.views import ArticleViewSet
from talent.models import ApiKey, Submission
from talent.submissions import HTML, TEXT, Document

LABELS = (HTML, TEXT, "application/xhtml+xml", "application/pdf", "application/epub+zip", "message/rfc822")
# While a submission waits, so many seconds are a good time to ask again.
ASK_AGAIN = "2"


class NotTaken(Problem):
    """The document cannot be taken, whoever sends it."""

    status_code = 422
    default_code = "not-taken"


class NotNow(Problem):
    """This installation takes no addresses."""

    status_code = 503
    default_code = "offline"


class Words(serializers.CharField):
    """Text, as it was sent: a number is none."""

    def to_internal_value(self, data: Any) -> str:
        """The text; a ValidationError for anything else."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ArticleIn(serializers.Serializer[Any]):
    """An article to read: an address to be fetched, or the article itself as text, HTML or a file."""

    address = serializers.URLField(
        required=False, max_length=2000, help_text="where it is; alone, it is fetched from there"
    )
    text = Words(required=False, trim_whitespace=False, help_text="the article as plain text")
    html = Words(required=False, trim_whitespace=False, help_text="the article's page")
    file = serializers.FileField(required=False, help_text="the article as a file; in a form only")
    title = Words(required=False, max_length=500, help_text="beside text or html")
    author = Words(required=False, max_length=200, help_text="beside text or html")
    publisher = Words(required=False, max_length=200, help_text="beside text or html")
    published = Words(required=False, max_length=40, help_text="beside text or html: a day or a moment of ISO 8601")

    def validate_published(self, value: str) -> str:
        """The day or moment as ISO 8601 writes it."""
        try:
            found: date | datetime | None = parse_datetime(value) or parse_date(value)
        except ValueError:
            found = None
        if found is None:
            raise serializers.ValidationError("Give a day or a moment of ISO 8601: 2025-03-18, 2025-03-18T09:30:00Z.")
        if isinstance(found, datetime) and found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found.isoformat()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One article, and nothing that would be left unread."""
        bodies = [name for name in ("text", "html", "file") if attrs.get(name)]
        if len(bodies) > 1 or not (bodies or attrs.get("address")):
            raise serializers.ValidationError({"text": "Give an address, or one of text, html and file."})
        unread = [] if bodies and bodies != ["file"] else list(_ABOUT & attrs.keys())
        if unread:
            raise serializers.ValidationError(dict.fromkeys(unread, "This is taken beside text or html only."))
        return attrs


_ABOUT = {"title", "author", "publisher", "published"}


class SubmissionOut(serializers.Serializer[Any]):
    """What became of a submission."""

    id = serializers.CharField()
    url = serializers.URLField(help_text="this status address")
    state = serializers.ChoiceField(choices=[state.value for state in submissions.State])
    reason = serializers.CharField(allow_null=True, help_text="why it failed, or waits for another try")
    article = serializers.URLField(allow_null=True, help_text="the article in this API, once it is read")
    submitted = serializers.DateTimeField()


_PAGE = "https://news.example/2025/quill-joins-lanternlight"
_TEXT = "Ada Quill has left Northwind AI to join Lanternlight, two people said."
EXAMPLES = [
    OpenApiExample(name, value=value, request_only=True, media_type="application/json")
    for name, value in (
        ("An address", {"address": _PAGE}),
        ("A text", {"text": _TEXT, "title": "Quill joins", "published": "2025-03-18", "address": _PAGE}),
        ("A page", {"html": f"<article><p>{_TEXT}</p></article>", "published": "2025-03-18T09:30:00+08:00"}),
    )
]
IDEMPOTENCY = OpenApiParameter(
    idempotency.HEADER, str, OpenApiParameter.HEADER,
    description="repeats of the request with this key within a day are answered as the first one was",
)  # fmt: skip
LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[202], description="the status address"
)  # fmt: skip


class ArticlesView(ArticleViewSet):
    """Articles that were read; never their text. With a key, articles can be sent in."""

    scope = access.ARTICLES_WRITE
    parser_classes = [JSONParser, FormParser]

    def get_authenticators(self) -> Any:
        """Reading needs no key, and none is looked at."""
        return [KeyAuthentication()] if self._writes() else []

    def get_permissions(self) -> Any:
        """Writing needs the scope."""
        return [NeedsScope()] if self._writes() else super().get_permissions()

    def get_throttles(self) -> Any:
        """Writing is counted by key."""
        return [KeyThrottle()] if self._writes() else super().get_throttles()

    def _writes(self) -> bool:
        request = getattr(self, "request", None)
        # A record takes no POST: that is said before anybody is asked for a key.
        return request is not None and request.method == "POST" and "post" in getattr(self, "action_map", {})

    @extend_schema(
        tags=["Evidence"],
        summary="Send an article in",
        description="The article is taken, or refused, at once; it is read a little later. The answer's Location tells "
        "what becomes of it. Needs a key with the scope “articles:write”.",
        parameters=[IDEMPOTENCY, LOCATION],
        request={"application/json": ArticleIn, "multipart/form-data": ArticleIn},
        responses={(202, "application/json"): SubmissionOut, **problems(400, 401, 403, 409, 413, 415, 422, 429, 503)},
        examples=EXAMPLES,
    )
    def create(self, request: Request) -> Response:
        """Takes one article."""
        document = _document(request)
        return idempotency.once(request, digest=document.digest(), work=partial(_take, request, document))


def _take(request: Request, document: Document) -> Response:
    assert isinstance(request.auth, ApiKey)
    try:
        submission, snapshot = submissions.submit(document, key=request.auth, now=database_now())
    except TooLarge as error:
        raise BodyTooLarge(str(error)) from error
    except Offline as error:
        raise NotNow(str(error)) from error
    except IntakeError as error:
        raise NotTaken(str(error)) from error
    hand_on_snapshot(snapshot)
    body = _told(request, submission)
    return Response(body, status=202, headers={"Location": body["url"], "Cache-Control": "no-store"})


def _document(request: Request) -> Document:
    """What was sent, once it is in order. Raises InvalidParameters, which names what is not."""
    unknown = sorted(set(request.data) - set(ArticleIn().fields))
    if unknown:
        raise InvalidParameters(*((name, "There is no such field.") for name in unknown))
    form = ArticleIn(data=request.data)
    if not form.is_valid():
        raise InvalidParameters(*((name, " ".join(map(str, errors))) for name, errors in form.errors.items()))
    sent = form.validated_data
    if file := sent.get("file"):
        return _from_file(file)
    for name, label in (("text", TEXT), ("html", HTML)):
        if sent.get(name):
            about = {each: sent[each] for each in (*_ABOUT, "address") if sent.get(each)}
            return Document(body=_bytes(name, sent[name]), content_type=label, about=about)
    return Document(address=sent["address"])


def _bytes(name: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InvalidParameters((name, "It holds half of a character (a lone surrogate).")) from error


def _from_file(file: UploadedFile[Any]) -> Document:
    # The label is a guess of the sender's; the bytes decide.
    label = file.content_type if file.content_type in LABELS else ""
    return Document(body=file.read(), content_type=label or "", name=file.name or "upload")


class SubmissionView(KeyedView):
    """What became of something that was sent in."""

    scope = access.ARTICLES_WRITE

    @extend_schema(
        tags=["Evidence"],
        summary="What became of a submission",
        description="For the account that sent it in. While it waits, Retry-After says when to ask again.",
        responses={(200, "application/json"): SubmissionOut, **problems(401, 403, 404, 406, 429)},
    )
    def get(self, request: Request, public_id: str) -> Response:
        """Its state, and its article once there is one."""
        assert isinstance(request.auth, ApiKey)
        submission = Submission.objects.filter(public_id=public_id, key__user=request.auth.user).first()
        if submission is None:
            raise Http404
        body = _told(request, submission)
        headers = {"Cache-Control": "private, no-store"}
        if body["state"] == submissions.State.WAITING:
            headers["Retry-After"] = ASK_AGAIN
        return Response(body, headers=headers)


def _told(request: Request, submission: Submission) -> dict[str, Any]:
    fate = submissions.fate_of(submission)
    site = request.build_absolute_uri("/")[:-1]
    article = reverse("api-article-detail", args=[fate.article]) if fate.article else None
    return {
        "id": submission.public_id,
        "url": site + reverse("api-submission", args=[submission.public_id]),
        "state": fate.state.value,
        "reason": fate.reason or None,
        "article": site + article if article else None,
        "submitted": submission.created_at.isoformat(),
    }
