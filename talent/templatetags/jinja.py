"""The Jinja2 environment of the site's pages: what every template can call."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from talent.indexing import is_indexable
from talent.templatetags import addresses, amounts, dates, highlights, ledger, names, reasons, rights, titles, wording


def url(name: str, *args: Any) -> str:
    """The address of a named page in the reader's language."""
    return reverse(name, args=args)


def asset(path: str) -> str:
    """The address of a static file; its plain one where nobody collected it: a bare page is better than none."""
    try:
        return static(path)
    except ValueError:
        return f"/{settings.STATIC_URL.lstrip('/')}{path}"


def translated(message: str) -> str:
    """``gettext``, remembered: a page of 50 rows asks for the same few words a thousand times."""
    return _translated(message, get_language())


@lru_cache(maxsize=4096)
def _translated(message: str, language: str | None) -> str:
    return gettext(message)


def page_language() -> str:
    """The reader's language as HTML tags it."""
    return "zh-Hans" if (get_language() or "").startswith("zh") else "en"


def environment(**options: Any) -> Environment:
    """Jinja2 with the site's functions and filters. A name that is not there is an error, not an empty string."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701  # Django switches autoescape on
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        translated, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals.update(
        url=url,
        static=asset,
        site_name=settings.SITE_NAME,
        page_language=page_language,
        in_language=addresses.in_language,
        canonical=addresses.canonical,
        with_cursor=addresses.with_cursor,
        without_cursor=addresses.without_cursor,
        counted=amounts.counted,
        language_name=names.language_name,
        child_name=names.name_of_row,
        companies_of=names.companies_of,
        move_row=ledger.move_row,
        attributed=wording.claim_sentence,
        sentence=wording.sentence,
        source_words=wording.source_words,
        cohort_size=wording.cohort_size,
        reporters=wording.reporters,
        before=wording.before,
        after=wording.after,
        is_indexable=is_indexable,
        original=addresses.original,
        web_address=addresses.web_address,
        page_title=titles.page_title,
        linked=names.linked,
        own_rooms=rights.own_rooms,
        signed_in=rights.signed_in,
        messages_of=rights.messages_of,
        sign_up_open=rights.sign_up_open,
        mail_folder=rights.mail_folder,
        with_marks=highlights.with_marks,
    )
    made.filters.update(
        json_script=json_script,
        edtf=dates.in_words,
        day=dates.day,
        moment=dates.moment,
        number=amounts.number,
        pay=amounts.pay,
        signal_value=amounts.signal_value,
        own_name=names.own_name,
        other_name=names.other_name,
        language_of=names.language_of,
        outlet=names.outlet,
        reason=reasons.in_words,
    )
    return made
