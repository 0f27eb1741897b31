"""Which engine reads an article: the rules, a language model, or both, as the setting EXTRACTOR says."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from articles.extraction import ENGINE_VERSION, Document, Extraction, extract
from articles.extraction.agreement import agree
from articles.extraction.document import language_of
from articles.models import Article, ModelAnswer, ModelRun

if TYPE_CHECKING:
    # With pydantic behind it 11 MB: only where a model reads.
    from articles.extraction.llm import Answer, Endpoint

ENGINES = ("rules", "llm", "both")


def read(article: Article) -> tuple[Extraction, str]:
    """The article's claims by the engine in force, and that engine's version.

    ModelError (with ``permanent``) where a language model fails; ImproperlyConfigured for a wrong setting.
    """
    document = document_of(article)
    if settings.EXTRACTOR == "rules":
        return extract(document), ENGINE_VERSION
    if settings.EXTRACTOR not in ENGINES:
        raise ImproperlyConfigured(f"EXTRACTOR is {settings.EXTRACTOR!r}; set it to one of {', '.join(ENGINES)}.")
    found, version = _read_with_model(article, document)
    if settings.EXTRACTOR == "llm":
        return found, version
    return agree(extract(document), found, document.text), f"{ENGINE_VERSION}+{version}"


def document_of(article: Article) -> Document:
    """What the engines see of a stored article."""
    return Document(
        id=article.public_id,
        text=article.text,
        lang=article.language[:2] if article.language[:2] in ("en", "zh") else language_of(article.text),
        title=article.title,
        published=article.published_on or (article.published_at.date() if article.published_at else None),
        url=article.address,
    )


def endpoint() -> Endpoint:
    """The configured endpoint; ImproperlyConfigured where its address or model is missing."""
    from articles.extraction.llm import Endpoint

    if not (settings.LLM_BASE_URL and settings.LLM_MODEL):
        raise ImproperlyConfigured("EXTRACTOR needs a language model: set LLM_BASE_URL and LLM_MODEL.")
    return Endpoint(
        base_url=settings.LLM_BASE_URL,
        model=settings.LLM_MODEL,
        api_key=settings.LLM_API_KEY,
        timeout_seconds=settings.LLM_TIMEOUT_SECONDS,
        max_characters=settings.LLM_MAX_CHARACTERS,
        prompt_price=settings.LLM_PROMPT_PRICE,
        completion_price=settings.LLM_COMPLETION_PRICE,
    )


def _read_with_model(article: Article, document: Document) -> tuple[Extraction, str]:
    from articles.extraction.llm import ModelReader

    at = endpoint()
    found, usage = ModelReader(at, AnswerTable(at.model)).extract(document)
    version = at.engine_version[:120]
    ModelRun.objects.create(article=article, engine_version=version, cost_usd=usage.cost(at), **asdict(usage))
    return found, version


class AnswerTable:
    """The model's answers kept in the database by content."""

    def __init__(self, model: str) -> None:
        self._model = model[:200]

    def get(self, key: str) -> Answer | None:
        from articles.extraction.llm import Answer

        row = ModelAnswer.objects.filter(key=key).first()
        # What was paid before is not paid again.
        return replace(Answer(**row.answer), prompt_tokens=0, completion_tokens=0) if row else None

    def put(self, key: str, answer: Answer) -> None:
        ModelAnswer.objects.update_or_create(
            key=key,
            defaults={
                "model": self._model,
                "answer": asdict(answer),
                "prompt_tokens": answer.prompt_tokens,
                "completion_tokens": answer.completion_tokens,
            },
        )
