"""The rows of the ledger of moves, written from strings that are made once: names, dates and numbers repeat.

A page has fifty rows of some forty values. Through macros of a template they took most of its time; here a row is one
string. A row is told by plain values, so that it can be written without making a model of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from talent.models import AttributionKind, MoveKind, Status
from talent.serializers.base import quoted
from talent.templatetags import dates, wording
from talent.templatetags.names import language_of, other_name, outlet, own_name

Row = Mapping[str, Any]
_NAMES = ("slug", "name", "name_zh")
_ENDS = ("person", "origin", "destination")
# What a row is written from.
COLUMNS = (
    "public_id", "status", "kind", "date", "sort_date", "reporters", "cohort_text", "cohort_min", "cohort_max",
    "cohort_of", "origin_team", "origin_role", "destination_team", "destination_role",
    *(f"{end}__{name}" for end in _ENDS for name in _NAMES),
    "lead_claim__public_id", "lead_claim__quote", "lead_claim__attribution", "lead_claim__attribution_kind",
    "lead_claim__attribution_count", "lead_claim__article__public_id", "lead_claim__article__language",
    "lead_claim__article__published_at", "lead_claim__article__source__name", "lead_claim__article__source__kind",
    "lead_claim__article__source__host",
)  # fmt: skip
_ARROWS = {
    Status.DECLINED: '<span class="arrow not" aria-hidden="true">↛</span>',
    Status.DENIED: '<span class="arrow not" aria-hidden="true">↛</span>',
    Status.PLANNED: '<span class="arrow open" aria-hidden="true">⇢</span>',
    Status.RUMOURED: '<span class="arrow open" aria-hidden="true">⇢</span>',
}
_ARROW = '<span class="arrow" aria-hidden="true">→</span>'


def values_of(move: Any) -> dict[str, Any]:
    """The values of a move that was read as a model, with its lead claim."""
    values = {}
    for column in COLUMNS:
        found = move
        for name in column.split("__"):
            found = getattr(found, name, None)
        values[column] = found
    return values


def move_row(move: Any, mark: str = "") -> Markup:
    """One of the table's bodies; ``mark`` stands behind the move's sources. What is written already stays as it is."""
    if written := getattr(move, "html", None):
        return Markup(written)  # noqa: S704  # by this file
    return Markup(_row(values_of(move), str(escape(mark))))  # noqa: S704  # every value is escaped where it is put in


def rows_of(rows: Iterable[Row]) -> Markup:
    """All of them, of plain values of ``COLUMNS``."""
    return Markup("".join(_row(row, "") for row in rows))  # noqa: S704  # as above


def company_options(names: Mapping[str, str]) -> Markup:
    """The names of companies by slug, as a form suggests them."""
    return Markup("\n").join(Markup('<option value="{}"></option>').format(name) for name in names.values())


@lru_cache(maxsize=20_000)
def called(name: str, name_zh: str, reader: str) -> str:
    """A company's name as the ``reader`` whose language is active has it."""
    return own_name(SimpleNamespace(name=name, name_zh=name_zh))


def _row(row: Row, mark: str) -> str:
    reader = get_language() or "en"
    told, status = _words(reader), row["status"]
    language = f'lang="{escape(row["lead_claim__article__language"])}"'
    nowhere = told["new"] if row["kind"] == MoveKind.FOUNDING else told["nowhere"]
    return f"""
<tbody role="rowgroup" class="fact is-{status}">
<tr role="row">
<td role="cell" class="when" data-label="{told["when"]}">{_when(row, reader)}</td>
<td role="cell" class="who" data-label="{told["who"]}">{_who(row, reader)}</td>
<td role="cell" class="ends" data-label="{told["from"]}">{_end(row, "origin", told["nowhere"], reader)}</td>
<td role="cell" class="ends to" data-label="{told["to"]}">
{_ARROWS.get(status, _ARROW)}
<span>{_end(row, "destination", nowhere, reader)}</span>
</td>
<td role="cell" class="how" data-label="{told["status"]}">
<span class="badge badge-{status}">{_status(status, reader)}</span>
<span class="detail">{_kind(row["kind"], reader)}</span>
</td>
</tr>
<tr role="row" class="evidence">
<td role="cell" colspan="5"><blockquote {language}>
{escape(row["lead_claim__quote"])}
</blockquote>
<p class="sources">{_sources(row, reader)} {mark}</p></td>
</tr>
</tbody>"""


# ------------------------------------------------------------------ the cells
#
# ``reader`` is the language that is active now: what is remembered is remembered for it.


@lru_cache(maxsize=8)
def _words(reader: str) -> dict[str, str]:
    """What every row says."""
    words = {
        "when": _("When"), "who": _("Who"), "from": _("From"), "to": _("To"), "status": _("Status"),
        "new": _("a new company"), "nowhere": _("not stated"), "details": _("Details"),
    }  # fmt: skip
    return {name: str(escape(said)) for name, said in words.items()}


@lru_cache(maxsize=64)
def _status(status: str, reader: str) -> str:
    return str(escape(Status(status).label))


@lru_cache(maxsize=64)
def _kind(kind: str, reader: str) -> str:
    return str(escape(MoveKind(kind).label))


def _when(row: Row, reader: str) -> str:
    return _dated(row["date"], reader) if row["date"] else _undated(row["sort_date"], reader)


@lru_cache(maxsize=4096)
def _dated(edtf: str, reader: str) -> str:
    return f'<span class="date">{escape(dates.in_words(edtf))}</span>'


@lru_cache(maxsize=4096)
def _undated(day: date, reader: str) -> str:
    reported = escape(_("reported %(day)s") % {"day": dates.day(day)})
    unsaid = escape(_("date not stated"))
    return f'<span class="date undated">{unsaid}</span>\n<span class="detail">{reported}</span>'


def _who(row: Row, reader: str) -> str:
    if row["person__slug"]:
        return named("person", row["person__slug"], row["person__name"], row["person__name_zh"], reader)
    size = _size(row["cohort_min"], row["cohort_max"], row["cohort_of"], reader)
    return f"{size}\n{_own_words(row['cohort_text'], 'cohort-words')}"


@lru_cache(maxsize=1024)
def _size(low: int | None, high: int | None, whole: int | None, reader: str) -> str:
    group: Any = SimpleNamespace(cohort_min=low, cohort_max=high, cohort_of=whole)
    size = wording.cohort_size(group)
    return f'<span class="cohort">{escape(size)}</span>' if size else ""


def _end(row: Row, side: str, nobody: str, reader: str) -> str:
    """A company with the team and the role that the source names."""
    slug = row[f"{side}__slug"]
    if slug:
        end = named("company", slug, row[f"{side}__name"], row[f"{side}__name_zh"], reader)
    else:
        end = f'<span class="unknown">{nobody}</span>'
    for words in (row[f"{side}_team"], row[f"{side}_role"]):
        if words:
            end = f"{end}\n{_own_words(words, 'detail')}"
    return end


@lru_cache(maxsize=20_000)
def named(noun: str, slug: str, name: str, name_zh: str, reader: str) -> str:
    """Somebody's name as a link to the page of that noun, and the name in the other script."""
    entity = SimpleNamespace(name=name, name_zh=name_zh)
    own, other = own_name(entity), other_name(entity)
    link = f'<a href="{_base(noun, reader)}{quoted(slug)}/" lang="{_tongue(own)}">{escape(own)}</a>'
    return f'{link}\n<span class="other" lang="{_tongue(other)}">{escape(other)}</span>' if other else link


def _tongue(text: str) -> str:
    return "en" if text.isascii() else language_of(text)


@lru_cache(maxsize=10_000)
def _own_words(text: str, kind: str) -> str:
    return f'<span class="{kind}" lang="{_tongue(text)}">{escape(text)}</span>' if text else ""


def _sources(row: Row, reader: str) -> str:
    """Who says so, which outlet, how many independently, and the way to all of it."""
    claim, article = row["lead_claim__public_id"], row["lead_claim__article__public_id"]
    attribution, kind = row["lead_claim__attribution"], row["lead_claim__attribution_kind"]
    according = ""
    if attribution and kind != AttributionKind.ARTICLE:
        language = row["lead_claim__article__language"]
        according = _according(attribution, kind, row["lead_claim__attribution_count"], language, reader)
    source = [row[f"lead_claim__article__source__{name}"] for name in ("name", "kind", "host")]
    tagged, name = _outlet(*source, reader)
    return (
        f'<span class="according">\n{according}'
        f'<cite lang="{tagged}"><a href="{_base("article", reader)}{article}/#claim-{claim}">{name}</a></cite>'
        f"{_published(row['lead_claim__article__published_at'], reader)}"
        f" · {_reporters(row['reporters'], reader)} ·"
        f' <a href="{_base("move", reader)}{row["public_id"]}/">{_words(reader)["details"]}</a>\n</span>'
    )


@lru_cache(maxsize=8)
def _base(noun: str, reader: str) -> str:
    """What the addresses of that noun begin with."""
    return reverse(noun, args=["0"]).removesuffix("0/")


@lru_cache(maxsize=4096)
def _according(attribution: str, kind: str, count: int | None, language: str, reader: str) -> str:
    article = SimpleNamespace(language=language)
    claim = SimpleNamespace(
        attribution=attribution, attribution_kind=kind, attribution_count=count, article=article
    )  # fmt: skip
    said = Markup.escape(_("according to %(source)s")) % {"source": wording.source_words(claim)}
    return f"{said} ·\n"


@lru_cache(maxsize=4096)
def _outlet(name: str, kind: str, host: str, reader: str) -> tuple[str, str]:
    """The language of an outlet's name, and the name."""
    said = outlet(SimpleNamespace(name=name, kind=kind, host=host))
    return language_of(said), str(escape(said))


def _published(when: datetime | None, reader: str) -> str:
    return _published_on(when.date(), reader) if when else ""


@lru_cache(maxsize=4096)
def _published_on(day: date, reader: str) -> str:
    return f', <time datetime="{day.isoformat()}">{escape(dates.day(day))}</time>'


@lru_cache(maxsize=256)
def _reporters(number: int, reader: str) -> str:
    fact: Any = SimpleNamespace(reporters=number)
    return str(escape(wording.reporters(fact)))
