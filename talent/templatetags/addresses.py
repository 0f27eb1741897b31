"""Addresses that pages are made of: the page in the other language, its canonical form, the place in an article."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.translation import override

from talent import keyset

# Longer quotes are named in a text fragment by their two ends.
WHOLE_QUOTE = 90
FRAGMENT_WORDS = 5
FRAGMENT_CHARACTERS = 14


def in_language(request: HttpRequest, language: str) -> str:
    """This page, with its filters, in another language; that language's front page where there is none."""
    if request.resolver_match is None:
        with override(language):
            return "/" if language == "en" else f"/{language}/"
    parameters = request.GET.copy()
    parameters.pop("cursor", None)
    path = translate_url(request.path, language)
    return f"{path}?{parameters.urlencode()}" if parameters else path


def canonical(request: HttpRequest, language: str) -> str:
    """The one absolute address of this page in a language."""
    return request.build_absolute_uri(in_language(request, language))


def with_cursor(request: HttpRequest, cursor: str) -> str:
    """The neighbouring page of this list."""
    parameters = request.GET.copy()
    parameters["cursor"] = cursor
    return f"?{parameters.urlencode()}"


def without_cursor(request: HttpRequest) -> str:
    """This list from its beginning."""
    parameters = request.GET.copy()
    parameters.pop("cursor", None)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def without(parameters: QueryDict, name: str, value: str) -> str:
    """The list without one value of one filter."""
    rest = parameters.copy()
    rest.setlist(name, [v for v in rest.getlist(name) if v != value])
    for page_parameter in keyset.PARAMETERS:
        rest.pop(page_parameter, None)
    return f"?{rest.urlencode()}"


def without_parameter(parameters: QueryDict, name: str) -> str:
    """The list without one filter, however many values of it were chosen."""
    rest = parameters.copy()
    for parameter in (name, *keyset.PARAMETERS):
        rest.pop(parameter, None)
    return f"?{rest.urlencode()}"


def original(claim: Any) -> str:
    """The original article opened at the quote, by a text fragment; "" where it has no web address."""
    address = web_address(claim.article)
    return f"{address}#:~:text={text_fragment(claim.quote)}" if address else ""


def web_address(article: Any) -> str:
    """Where the article was published, without a fragment; "" where it has no web address."""
    address = str(article.address)
    return address.partition("#")[0] if address.startswith(("http://", "https://")) else ""


def text_fragment(text: str) -> str:
    """The value of a text directive that finds the quote: whole, or its beginning and end."""
    plain = " ".join(text.split())
    if len(plain) <= WHOLE_QUOTE:
        return _encoded(plain)
    words = plain.split(" ")
    if len(words) < 3 * FRAGMENT_WORDS:
        return f"{_encoded(plain[:FRAGMENT_CHARACTERS])},{_encoded(plain[-FRAGMENT_CHARACTERS:])}"
    return f"{_encoded(' '.join(words[:FRAGMENT_WORDS]))},{_encoded(' '.join(words[-FRAGMENT_WORDS:]))}"


def _encoded(text: str) -> str:
    # A hyphen, a comma and an ampersand are syntax in a text directive.
    return quote(text, safe="").replace("-", "%2D")
