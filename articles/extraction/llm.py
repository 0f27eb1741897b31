"""The same promise kept by a language model behind an OpenAI-compatible endpoint, hosted or local.

The model proposes, the text decides: a record whose quote or names do not stand in the text is dropped and counted,
so neither an invention nor an instruction hidden in an article can become a claim. The only file of this package
that opens a socket.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from articles.extraction.claims import (
    Attribution,
    Claim,
    Cohort,
    CompensationClaim,
    Extraction,
    MoveClaim,
    MoveEnd,
    PersonName,
    SignalClaim,
)
from articles.extraction.document import Document, Span
from articles.extraction.llm_schema import PROMPT, Compensation, End, Move, Signal, reply_schema
from articles.extraction.organisations import canonical, gazetteer

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletion

# Part of the cache's key: another prompt or schema asks anew.
PROMPT_VERSION = "1"
_SMALLEST_PIECE = 400
_PARAGRAPH_END = re.compile(r"\n+|(?<=[.!?。！？])\s*")
_RecordModel = TypeVar("_RecordModel", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers, and the bounds it is held to. Prices are in US dollars for a million tokens."""

    base_url: str
    model: str
    api_key: str = ""
    timeout_seconds: float = 60.0
    max_retries: int = 4
    max_characters: int = 6_000
    max_answer_tokens: int = 4_000
    prompt_price: Decimal = Decimal(0)
    completion_price: Decimal = Decimal(0)

    @property
    def engine_version(self) -> str:
        return f"{self.model}/prompt-{PROMPT_VERSION}"


@dataclass(slots=True)
class Usage:
    """What reading one article took, and what had to be dropped."""

    calls: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    ungrounded: int = 0
    malformed: int = 0

    def cost(self, endpoint: Endpoint) -> Decimal:
        """US dollars by the endpoint's prices."""
        prompt = self.prompt_tokens * endpoint.prompt_price
        return (prompt + self.completion_tokens * endpoint.completion_price) / 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """A model's JSON for one piece of text; ``cut`` where it ran out of tokens."""

    content: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cut: bool = False


class Cache(Protocol):
    """Answers kept by content."""

    def get(self, key: str) -> Answer | None: ...

    def put(self, key: str, answer: Answer) -> None: ...


class ModelError(Exception):
    """The endpoint gave no usable answer; the text says why and what to do."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(slots=True)
class ModelReader:
    """Reads documents with one endpoint; answers come from ``cache`` where it has them."""

    endpoint: Endpoint
    cache: Cache
    client: OpenAI | None = field(default=None)

    def extract(self, document: Document) -> tuple[Extraction, Usage]:
        """Grounded claims of ``document``, and what they took. ModelError where the endpoint fails for good."""
        usage = Usage()
        found = [
            c
            for piece in pieces(document.text, self.endpoint.max_characters)
            for c in self._read(document, piece, usage)
        ]
        found = list(dict.fromkeys(found))
        return (
            Extraction(
                id=document.id,
                moves=tuple(c for c in found if isinstance(c, MoveClaim)),
                compensation=tuple(c for c in found if isinstance(c, CompensationClaim)),
                signals=tuple(c for c in found if isinstance(c, SignalClaim)),
            ),
            usage,
        )

    def _read(self, document: Document, piece: Span, usage: Usage) -> Iterator[Claim]:
        for attempt in (1, 2):
            answer = self._answer(document, piece, usage, again=attempt > 1)
            if answer.cut and piece.end - piece.start > _SMALLEST_PIECE:
                for half in pieces(document.text, (piece.end - piece.start + 1) // 2, within=piece):
                    yield from self._read(document, half, usage)
                return
            reply = _loaded(answer.content)
            if reply is not None:
                yield from _grounded(reply, document, piece, usage)
                return
            usage.malformed += 1
        raise ModelError(
            "The model's answer is not JSON, twice; try another model or a smaller LLM_MAX_CHARACTERS.", permanent=False
        )

    def _answer(self, document: Document, piece: Span, usage: Usage, *, again: bool) -> Answer:
        messages = _messages(document, piece)
        key = _key(self.endpoint, messages)
        kept = None if again else self.cache.get(key)
        if kept is not None:
            usage.cached += 1
            return kept
        answer = self._ask(messages)
        usage.calls += 1
        usage.prompt_tokens += answer.prompt_tokens
        usage.completion_tokens += answer.completion_tokens
        if _loaded(answer.content) is not None or answer.cut:
            self.cache.put(key, answer)
        return answer

    def _ask(self, messages: list[dict[str, str]]) -> Answer:
        """One call with the schema; without it for a server that knows no schemas. Retries are the client's."""
        import openai  # slow to import, and needed only here

        client = self.client or self._connect()
        schema = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": reply_schema()}}
        try:
            try:
                completion = self._complete(client, messages, schema)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                completion = self._complete(client, messages, {"type": "json_object"})
        except openai.OpenAIError as error:
            raise _explained(error, self.endpoint) from error
        except ValueError as error:  # a body that is not JSON at all
            raise ModelError(
                f"{self.endpoint.base_url} answered something that is not JSON.", permanent=False
            ) from error
        return _as_answer(completion)

    def _complete(self, client: OpenAI, messages: Any, response_format: Any) -> ChatCompletion:
        return client.chat.completions.create(
            model=self.endpoint.model,
            messages=messages,
            response_format=response_format,
            temperature=0,
            max_tokens=self.endpoint.max_answer_tokens,
        )

    def _connect(self) -> OpenAI:
        from openai import OpenAI

        self.client = OpenAI(
            base_url=self.endpoint.base_url,
            api_key=self.endpoint.api_key or "none",
            timeout=self.endpoint.timeout_seconds,
            max_retries=self.endpoint.max_retries,
        )
        return self.client


# ------------------------------------------------------------------ asking


def pieces(text: str, most: int, *, within: Span | None = None) -> list[Span]:
    """``text`` (or a part of it) in runs of whole paragraphs or sentences of at most ``most`` characters.

    A run without any end of sentence is cut hard, so that the number of pieces is bounded by the length.
    """
    part = within or Span(0, len(text))
    spans: list[Span] = []
    start = cut = part.start
    for match in _PARAGRAPH_END.finditer(text, part.start, part.end):
        if match.end() - start > most and cut > start:
            spans.append(Span(start, cut))
            start = cut
        while match.end() - start > most:
            spans.append(Span(start, start + most))
            start += most
        cut = match.end()
    if part.end - start > most and cut > start:
        spans.append(Span(start, cut))
        start = cut
    while part.end - start > most:
        spans.append(Span(start, start + most))
        start += most
    spans.append(Span(start, part.end))
    return [span for span in spans if text[span.start : span.end].strip()]


def _messages(document: Document, piece: Span) -> list[dict[str, str]]:
    """The article goes in as a JSON string, so that nothing in it can pass for the frame around it."""
    article = {
        "language": document.lang,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "text": document.text[piece.start : piece.end],
    }
    return [
        {"role": "system", "content": PROMPT},
        {"role": "user", "content": json.dumps({"article": article}, ensure_ascii=False)},
    ]


def _key(endpoint: Endpoint, messages: list[dict[str, str]]) -> str:
    asked = json.dumps([endpoint.model, PROMPT_VERSION, reply_schema(), messages], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(asked.encode()).hexdigest()


def _as_answer(completion: Any) -> Answer:
    """A completion as an answer; ModelError where the server sent none."""
    choice = completion.choices[0] if getattr(completion, "choices", None) else None
    if choice is None or choice.message is None:
        raise ModelError("The endpoint answered without any choice.", permanent=False)
    tokens = completion.usage
    return Answer(
        content=choice.message.content or "",
        prompt_tokens=tokens.prompt_tokens if tokens else 0,
        completion_tokens=tokens.completion_tokens if tokens else 0,
        cut=choice.finish_reason == "length",
    )


def _explained(error: Exception, endpoint: Endpoint) -> ModelError:
    """The client's error as ours: what happened, what to do, and whether trying again can help."""
    import openai

    where = f"{endpoint.base_url} ({endpoint.model})"
    known: list[tuple[type[Exception], str, bool]] = [
        (
            openai.APITimeoutError,
            f"{where} gave no answer in {endpoint.timeout_seconds:g} s; raise LLM_TIMEOUT_SECONDS.",
            False,
        ),
        (openai.RateLimitError, f"{where} refuses more requests for now; fewer workers or a higher limit help.", False),
        (openai.AuthenticationError, f"{where} does not accept the key; set LLM_API_KEY.", True),
        (openai.PermissionDeniedError, f"{where} does not let this key use the model.", True),
        (openai.NotFoundError, f"{where} does not know this model or address; check LLM_BASE_URL and LLM_MODEL.", True),
        (openai.BadRequestError, f"{where} refuses the request: {error}", True),
        (openai.APIConnectionError, f"{where} cannot be reached: {error.__cause__ or error}", False),
    ]
    for kind, message, permanent in known:
        if isinstance(error, kind):
            return ModelError(message, permanent=permanent)
    return ModelError(f"{where}: {error}", permanent=False)


# ------------------------------------------------------------------ checking


def _loaded(content: str) -> dict[str, Any] | None:
    """The answer's object; None where it is no JSON object."""
    try:
        reply = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) else None


def _grounded(reply: dict[str, Any], document: Document, piece: Span, usage: Usage) -> Iterator[Claim]:
    """Valid records of the reply whose quote and names stand in the piece; the others are counted."""
    builders: list[tuple[str, type[BaseModel], Callable[[Any, Span], Claim | None]]] = [
        ("moves", Move, _move_claim),
        ("compensation", Compensation, _compensation_claim),
        ("signals", Signal, _signal_claim),
    ]
    for name, model, build in builders:
        for record in _records(reply.get(name), model, usage):
            span = _place(record.quote, document.text, piece)  # type: ignore[attr-defined]  # every record model has a quote
            claim = build(record, span) if span and _names_stand(record, document.text) else None
            if claim is None:
                usage.ungrounded += 1
            else:
                yield claim


def _records(value: Any, model: type[_RecordModel], usage: Usage) -> Iterator[_RecordModel]:
    for item in value if isinstance(value, list) else []:
        try:
            yield model.model_validate(item)
        except ValidationError:
            usage.malformed += 1


def _place(quote: str, text: str, piece: Span) -> Span | None:
    """Where the quote stands, letter for letter; never a look-alike."""
    start = text.find(quote, piece.start, piece.end) if quote.strip() else -1
    return Span(start, start + len(quote)) if start >= 0 else None


def _names_stand(record: BaseModel, text: str) -> bool:
    """Whether every person and organisation of the record is named in the text, in some form of its name."""
    if isinstance(record, Move):
        people = [record.person.name, *record.person.aliases] if record.person else []
        orgs = [end.org for end in (record.origin, record.destination) if end]
        return (not people or any(p in text for p in people if p)) and all(_org_stands(org, text) for org in orgs)
    return _org_stands(getattr(record, "org", None), text)


def _org_stands(org: str | None, text: str) -> bool:
    if not org or org in text:
        return True
    name = canonical(org)
    return any(alias in text for alias, entry in gazetteer().items() if entry.name == name)


def _move_claim(record: Move, span: Span) -> Claim | None:
    if record.person is None and record.cohort is None:
        return None
    person = record.person
    return MoveClaim(
        person=PersonName(person.name, tuple(dict.fromkeys(a for a in person.aliases if a != person.name)))
        if person
        else None,
        cohort=Cohort(**record.cohort.model_dump()) if record.cohort and not person else None,
        origin=_end(record.origin),
        destination=_end(record.destination),
        kind=record.kind,
        **_shared(record, span),
    )


def _compensation_claim(record: Compensation, span: Span) -> Claim | None:
    amounts = [a for a in (record.min, record.max) if a is not None]
    if not amounts or min(amounts) < 0 or amounts != sorted(amounts):
        return None
    return CompensationClaim(
        org=canonical(record.org) if record.org else None,
        person=record.person,
        population=record.population,
        min=record.min,
        max=record.max,
        currency=record.currency,
        period=record.period,
        component=record.component,
        kind=record.kind,
        **_shared(record, span),
    )


def _signal_claim(record: Signal, span: Span) -> Claim | None:
    numberless = record.metric in ("practice", "hiring_freeze")
    return SignalClaim(
        org=canonical(record.org) if record.org else None,
        team=record.team,
        metric=record.metric,
        min=None if numberless else record.min,
        max=None if numberless else record.max,
        of=None if numberless else record.of,
        unit=None if numberless else record.unit,
        **_shared(record, span),
    )


def _end(end: End | None) -> MoveEnd | None:
    return MoveEnd(canonical(end.org) if end.org else None, end.team, end.role) if end else None


def _shared(record: Move | Compensation | Signal, span: Span) -> dict[str, Any]:
    words, kind = record.attribution, record.attribution_kind
    attribution = Attribution(words, kind, record.attribution_count) if words and kind else None
    return {
        "status": record.status,
        "span": span,
        "attribution": attribution,
        "date": record.date,
        "confidence": 0.6,
        "rule": "model",
        "engine": "model",
    }
