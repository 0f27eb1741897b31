"""A fact as one sentence that says what, how firmly and who says so; the only place where facts become prose.

Every sentence is a whole message for the translators. What did not happen, or not yet, is never worded as if it had.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from markupsafe import Markup

from talent.models import AttributionKind, CompensationReport, Fact, Move, MoveKind, Signal, Status
from talent.templatetags import amounts
from talent.templatetags.names import language_of, linked, outlet, quoted, with_team

BOTH, ARRIVAL, DEPARTURE = "both", "arrival", "departure"

_HAPPENED = {
    (MoveKind.HIRE, BOTH): N_("%(who)s left %(origin)s for %(destination)s"),
    (MoveKind.HIRE, ARRIVAL): N_("%(who)s joined %(destination)s"),
    (MoveKind.HIRE, DEPARTURE): N_("%(who)s left %(origin)s"),
    (MoveKind.FOUNDING, BOTH): N_("%(who)s left %(origin)s to start %(destination)s"),
    (MoveKind.FOUNDING, ARRIVAL): N_("%(who)s started %(destination)s"),
    (MoveKind.FOUNDING, DEPARTURE): N_("%(who)s left %(origin)s to start a new company"),
    (MoveKind.RETURN, BOTH): N_("%(who)s left %(origin)s and returned to %(destination)s"),
    (MoveKind.RETURN, ARRIVAL): N_("%(who)s returned to %(destination)s"),
    (MoveKind.ACQUIHIRE, BOTH): N_("%(who)s went from %(origin)s to %(destination)s as part of a deal"),
    (MoveKind.ACQUIHIRE, ARRIVAL): N_("%(who)s came to %(destination)s as part of a deal"),
    (MoveKind.ACQUIHIRE, DEPARTURE): N_("%(who)s left %(origin)s as part of a deal"),
    (MoveKind.INTERNAL, BOTH): N_("%(who)s changed role or team within %(destination)s"),
    (MoveKind.INTERNAL, ARRIVAL): N_("%(who)s changed role or team within %(destination)s"),
    (MoveKind.INTERNAL, DEPARTURE): N_("%(who)s changed role or team within %(origin)s"),
}
_PLANNED = {
    (MoveKind.HIRE, BOTH): N_("Planned: %(who)s to leave %(origin)s for %(destination)s"),
    (MoveKind.HIRE, ARRIVAL): N_("Planned: %(who)s to join %(destination)s"),
    (MoveKind.HIRE, DEPARTURE): N_("Planned: %(who)s to leave %(origin)s"),
    (MoveKind.FOUNDING, BOTH): N_("Planned: %(who)s to leave %(origin)s and start %(destination)s"),
    (MoveKind.FOUNDING, ARRIVAL): N_("Planned: %(who)s to start %(destination)s"),
    (MoveKind.FOUNDING, DEPARTURE): N_("Planned: %(who)s to leave %(origin)s and start a new company"),
    (MoveKind.RETURN, BOTH): N_("Planned: %(who)s to leave %(origin)s and return to %(destination)s"),
    (MoveKind.RETURN, ARRIVAL): N_("Planned: %(who)s to return to %(destination)s"),
    (MoveKind.ACQUIHIRE, BOTH): N_("Planned: %(who)s to go from %(origin)s to %(destination)s as part of a deal"),
    (MoveKind.ACQUIHIRE, ARRIVAL): N_("Planned: %(who)s to come to %(destination)s as part of a deal"),
    (MoveKind.ACQUIHIRE, DEPARTURE): N_("Planned: %(who)s to leave %(origin)s as part of a deal"),
    (MoveKind.INTERNAL, BOTH): N_("Planned: %(who)s to change role or team within %(destination)s"),
    (MoveKind.INTERNAL, ARRIVAL): N_("Planned: %(who)s to change role or team within %(destination)s"),
    (MoveKind.INTERNAL, DEPARTURE): N_("Planned: %(who)s to change role or team within %(origin)s"),
}
_DECLINED = {
    BOTH: N_("%(who)s of %(origin)s turned down %(destination)s"),
    ARRIVAL: N_("%(who)s turned down %(destination)s"),
    DEPARTURE: N_("%(who)s turned down an approach and stayed at %(origin)s"),
}
_PAY = {
    "paid": (N_("Paid by %(company)s: %(amount)s"), N_("Paid by %(company)s to %(who)s: %(amount)s")),
    "offered": (N_("Offered by %(company)s: %(amount)s"), N_("Offered by %(company)s to %(who)s: %(amount)s")),
    "counteroffer": (
        N_("Counter-offer by %(company)s: %(amount)s"),
        N_("Counter-offer by %(company)s to %(who)s: %(amount)s"),
    ),
    "typical": (N_("Typical at %(company)s: %(amount)s"), N_("Typical at %(company)s for %(who)s: %(amount)s")),
}
_SIGNAL = {
    "headcount": (N_("Headcount at %(company)s"), N_("Headcount at %(company)s: %(number)s")),
    "openings": (N_("Open positions at %(company)s"), N_("Open positions at %(company)s: %(number)s")),
    "hiring_plan": (N_("Hiring plan of %(company)s"), N_("Hiring plan of %(company)s: %(number)s")),
    "layoffs": (N_("Layoffs at %(company)s"), N_("Layoffs at %(company)s: %(number)s")),
    "hiring_freeze": (N_("Hiring freeze at %(company)s"), N_("Hiring freeze at %(company)s: %(number)s")),
    "practice": (N_("Hiring practice at %(company)s"), N_("Hiring practice at %(company)s: %(number)s")),
}
_PREFIXED = {
    Status.RUMOURED: N_("Rumoured: %(sentence)s"),
    Status.DENIED: N_("Denied: %(sentence)s"),
    Status.DECLINED: N_("Turned down: %(sentence)s"),
    Status.PLANNED: N_("Planned: %(sentence)s"),
}
_GLOSSES = {
    AttributionKind.COMPANY: N_("a company statement (%(words)s)"),
    AttributionKind.DOCUMENT: N_("a document (%(words)s)"),
    AttributionKind.OUTLET: N_("another outlet (%(words)s)"),
}


def sentence(fact: Fact, *, attributed: bool = True) -> Markup:
    """What the fact says; with ``attributed`` also who says so according to its lead claim, within the sentence."""
    if isinstance(fact, Move):
        said = move_sentence(fact)
    elif isinstance(fact, CompensationReport):
        said = _hedged(pay_sentence(fact), fact.status)
    elif isinstance(fact, Signal):
        said = _hedged(signal_sentence(fact), fact.status)
    else:
        raise TypeError(f"{type(fact).__name__} has no sentence")
    return _opened(attributed_to(said, fact.lead_claim) if attributed else said)


def claim_sentence(claim: Any) -> Markup:
    """The claim's fact, said on the authority of this claim."""
    return _opened(attributed_to(sentence(claim.fact, attributed=False), claim))


def move_sentence(move: Move) -> Markup:
    """ "X left A for B", worded by kind, by the ends that are known and by status."""
    ends = BOTH if move.origin and move.destination else ARRIVAL if move.destination else DEPARTURE
    names = {
        "who": who(move),
        "origin": with_team(move.origin, move.origin_team),
        "destination": with_team(move.destination, move.destination_team),
    }
    if move.status == Status.DECLINED:
        return _fill(_DECLINED[ends], **names)
    table = _PLANNED if move.status == Status.PLANNED else _HAPPENED
    said = _fill(table.get((MoveKind(move.kind), ends)) or table[MoveKind.HIRE, ends], **names)
    return _hedged(said, move.status) if move.status in (Status.RUMOURED, Status.DENIED) else said


def who(move: Move) -> Markup:
    """The person, or the group by its bounds, else in the source's own words."""
    if move.person:
        return linked(move.person)
    size = cohort_size(move)
    return Markup("{}").format(size) if size else quoted(move.cohort_text, language_of(move.cohort_text))


def cohort_size(move: Move) -> str:
    """ "at least 7 of 14 people", "3 people"; "" where nobody counted."""
    low, high, whole = move.cohort_min, move.cohort_max, move.cohort_of
    counted = amounts.bounds(*(None if n is None else amounts.number(n) for n in (low, high)))
    if whole is not None:
        values = {"counted": counted or _("some"), "whole": amounts.number(whole)}
        return _("%(counted)s of %(whole)s people") % values
    if not counted:
        return ""
    return ngettext("%(number)s person", "%(number)s people", high or low or 0) % {"number": counted}


def pay_sentence(report: CompensationReport) -> Markup:
    """ "Offered by A to X: $1 million per year"."""
    words = report.population and quoted(report.population, language_of(report.population))
    subject = linked(report.person) if report.person else words
    message = _PAY[report.kind][bool(subject)]
    return _fill(message, company=with_team(report.company, ""), who=subject, amount=amounts.pay(report))


def signal_sentence(signal: Signal) -> Markup:
    """ "Layoffs at A: at least 200 people"."""
    number = amounts.signal_value(signal)
    company = with_team(signal.company, signal.team)
    return _fill(_SIGNAL[signal.metric][bool(number)], company=company, number=number)


def attributed_to(said: Markup, claim: Any) -> Markup:
    """The sentence with its source in it: "…, according to two current employees" or "…, as Reuters reports"."""
    if not claim.attribution or claim.attribution_kind == AttributionKind.ARTICLE:
        return _fill(N_("%(sentence)s, as %(outlet)s reports"), sentence=said, outlet=outlet(claim.article.source))
    return _fill(N_("%(sentence)s, according to %(source)s"), sentence=said, source=source_words(claim))


def source_words(claim: Any) -> Markup:
    """Who says so: the article's own words, and for readers of the other language what kind of source that is.

    The number of unnamed sources is said only where the article gives it.
    """
    if not claim.attribution:
        return Markup("{}").format(outlet(claim.article.source))
    language = claim.article.language
    own_language = language[:2] == (get_language() or "en")[:2]
    if own_language or claim.attribution_kind == AttributionKind.PERSON:
        return Markup('<span lang="{}">{}</span>').format(language, claim.attribution)
    words = quoted(claim.attribution, language)
    if claim.attribution_kind == AttributionKind.UNNAMED:
        return _unnamed(claim.attribution_count, words)
    gloss = _GLOSSES.get(claim.attribution_kind)
    return _fill(gloss, words=words) if gloss else words


def _unnamed(count: int | None, words: Markup) -> Markup:
    if count is None:
        return _fill(N_("sourcing that is not named (%(words)s)"), words=words)
    message = ngettext("%(count)s unnamed source (%(words)s)", "%(count)s unnamed sources (%(words)s)", count)
    return Markup.escape(message) % {"count": count, "words": words}


def before(claim: Any) -> str:
    """The words before a quote, from a whole word on."""
    _cut, space, rest = claim.prefix.partition(" ")
    return rest if space and claim.start > len(claim.prefix) and claim.article.language != "zh" else str(claim.prefix)


def after(claim: Any) -> str:
    """The words behind a quote, up to a whole word."""
    rest, space, _cut = claim.suffix.rpartition(" ")
    return rest if space and claim.article.language != "zh" else str(claim.suffix)


def reporters(fact: Fact) -> str:
    """How many outlets report it independently of one another."""
    number = fact.reporters
    return ngettext("%(n)s independent reporter", "%(n)s independent reporters", number) % {"n": number}


def _hedged(said: Markup, status: str) -> Markup:
    prefix = _PREFIXED.get(Status(status))
    return _fill(prefix, sentence=said) if prefix else said


def _opened(said: Markup) -> Markup:
    """The sentence with a capital where it begins with a number in words: "At least 7 of 14 people left A"."""
    return said[:1].upper() + said[1:]


def _fill(message: str, **values: Any) -> Markup:
    """The translated message with its gaps filled; values that are no markup are escaped."""
    return Markup.escape(_(message)) % values
