"""Names in the reader's script, with the other one beside."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from articles.models import Source


def own_name(entity: Any) -> str:
    """A company's or person's name in the reader's script, as far as one is known."""
    reads_chinese = (get_language() or "").startswith("zh")
    return _chinese_name(entity) or str(entity.name) if reads_chinese else str(entity.name)


def other_name(entity: Any) -> str:
    """The name in the other script; "" where it is the same or unknown."""
    other = {_chinese_name(entity), str(entity.name)} - {"", own_name(entity)}
    return other.pop() if other else ""


def _chinese_name(entity: Any) -> str:
    """The Chinese name; "" where it is but the Latin one with a word behind it, as in "OpenAI公司"."""
    name = str(entity.name_zh)
    return "" if entity.name.lower() in name.lower() and entity.name != name else name


def language_of(text: str) -> str:
    """What to say in a ``lang`` attribute of a name: "zh-Hans" where it holds Han characters, else "en"."""
    return "zh-Hans" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"


def language_name(code: str) -> str:
    """The language of an article in words."""
    known = {"en": _("English"), "zh": _("Chinese")}
    return known.get(code[:2], code)


def outlet(source: Any) -> str:
    """Who published it; files that name nobody share one source, which has no name worth printing."""
    return _("an uploaded text") if is_nameless(source) else str(source.name)


def is_nameless(source: Any) -> bool:
    """Whether it stands for all texts of which nobody knows who published them."""
    return bool(source.kind == Source.Kind.UPLOAD and not source.host and source.name == "Uploads")


def name_of_row(row: dict[str, str]) -> str:
    """``own_name`` of a company that came as plain values."""
    return own_name(SimpleNamespace(**row))


def companies_of(facts: Iterable[Any]) -> list[Any]:
    """The companies that these facts are about, each once, for suggestions in a form."""
    found = {}
    for fact in facts:
        for side in ("company", "origin", "destination"):
            company = getattr(fact, side, None)
            # A claim's origin is a word, the engine that found it.
            if company is not None and not isinstance(company, str):
                found[company.pk] = company
    return sorted(found.values(), key=own_name)


def linked(entity: Any) -> Markup:
    """The name as a link to the entity's page."""
    name = own_name(entity)
    return Markup('<a href="{}" lang="{}">{}</a>').format(entity.get_absolute_url(), language_of(name), name)


def with_team(company: Any, team: str) -> Markup:
    """A linked company with the team that the source names, in the source's words."""
    link = linked(company) if company else Markup("{}").format(_("a company that is not named"))
    if not team:
        return link
    words = Markup('<span class="team" lang="{}">{}</span>').format(language_of(team), team)
    return Markup.escape(_("%(company)s (%(team)s)")) % {"company": link, "team": words}


def quoted(text: str, language: str) -> Markup:
    """Words of a source, marked as its own and in its language."""
    return Markup('<q lang="{}">{}</q>').format(language, text)
