"""Who says so in Chinese, in the text's own words, and what the wording says about the claim's status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import vicinity
from articles.extraction.attribution import Source, can_confirm, decide, employers_of, organisation_at, person_at
from articles.extraction.claims import Attribution, Status
from articles.extraction.dates import is_recent
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.organisations import family, lookup
from articles.extraction.patterns import either
from articles.extraction.zh.dates import find_date

_WORDS = table("zh/attribution")
_NUMBERS: dict[str, int] = _WORDS["numbers"]

_VERBS = either(_WORDS["verbs"])
_TELLS = re.compile(_VERBS)
_NOT_TELLS = re.compile(either(_WORDS["not_verbs"]))
_ACCORDING = re.compile(
    rf"(?<![数证依占收论单])(?:根据|据)\s?(?P<who>[^，,。；;：:\n]{{1,40}}?)\s?(?P<verb>{_VERBS}|的?消息|的?数据|的?分享|的动态)"
)
_ACCORDING_TO = re.compile(r"(?<![数证依占收论单])(?:根据|据)\s?(?P<who>[^，,。；;：:\n]{2,40})[，,]")
# 据《潮汐科技》报道, Harbour Wire周二援引知情人士报道: who reports is an outlet, whether a list knows it or not.
_REPORTS = re.compile("报道|报导")
_WHEN = (
    r"(?:\s?(?:\d{1,2}月)?\d{1,2}日|(?:当地时间)?(?:上?周|星期)[一二三四五六日天]|(?:今|昨|前)[天日](?:早些时候)?|[本上]周|日前|近日|随后|最新|独家"
    r"|此前|早前|首先|率先|最先|最早|也|还|则|曾|就)"
)
_CITING = re.compile(r"(?:援引|引述|引用|综合|转引|转述|根据|参考|网站|客户端|记者).*$|\s*[(（][^()（）]*[)）]\s*$")
_WHEN_AT_END = re.compile(rf"{_WHEN}+\s?$")
_BEFORE_NAME = re.compile(
    rf"^(?:{_WHEN}|另?据|而|但|不过|同时|另外|美国|英国|中国|日本|韩国|德国|法国|国内|海外|科技)+(?=《|[A-Z])"
)
_TITLE = re.compile(r"《(?P<name>[^《》\n]{1,20})》$")
_OUTLET_NAME = re.compile(
    r"[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,4}"
    rf"|(?:(?!{either(_WORDS['no_outlets'])})[\u4e00-\u9fff]){{2,8}}"
)
_REPORT = re.compile(either(_WORDS["report_prefixes"]))
_BOUNDARY = re.compile(r"[，,。；;：:！!？?\n“”「」]")
_OUTLET = re.compile(either(_WORDS["outlets"]))
_PRESS = re.compile(either(_WORDS["press"]))
_UNNAMED = re.compile(
    rf"(?:(?P<count>\d{{1,3}}|{either(_NUMBERS)})\s?[位名个]\s?)?[^，,。；;：:\n的]{{0,14}}?(?:的\s?)?"
    rf"{either(_WORDS['unnamed'])}(?:的?人士)?"
)
_DOCUMENT = re.compile(either(_WORDS["documents"]))
_OFFICIAL = re.compile(either(_WORDS["official"]))
_SPOKES = re.compile(either(_WORDS["spokespeople"]))
_COMPANY = re.compile(r"该公司|本公司|公司")
_CONFIRMING = re.compile(either(_WORDS["confirming"]))

_ANNOUNCING = re.compile("宣布|证实|确认|官宣|发文|写道|发帖|公布|承认|公告")
_LEAVES_OR_JOINS = re.compile("离|加入|辞|告别|卸任|入职|创业|新项目|新公司|最后一天")

_PAST = re.compile(r"曾|后来|之前|先后|历任|此前|毕业|自\s?\d{4}")

_CUES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("denied", re.compile(either(_WORDS["denied"]))),
    ("declined", re.compile(rf"{either(_WORDS['declined'])}(?!置评|评论|回应|透露)")),
    ("rumoured", re.compile(either(_WORDS["rumoured"]))),
    (
        "planned",
        re.compile(
            rf"{either(_WORDS['planned'])}|计划(?=[在于将到裁招为向从加离推与以年再今明开提收聘增扩发投出建雇解削])"
        ),
    ),
)
_REACH = 40


def attribute(
    reading: Reading,
    sentence: Sentence,
    span: Span,
    *,
    about: str | None = None,
    parties: frozenset[str] = frozenset(),
) -> tuple[Attribution | None, Status | None]:
    """Who says so, and the status where the wording decides it (None: nothing says more than the article).

    ``about`` names whose word confirms the claim: the organisation that pays, or the person who moves; ``parties``
    all who can confirm it, where they are several: people by name, organisations by their family's.
    """
    wording = status_cue(sentence, span)
    if wording is None and (paper := _CONFIRMED_BY.search(sentence.text, max(0, span.end - sentence.start - 2))):
        return Source(paper["who"], "document").as_attribution(), "confirmed"
    source, verb = _find(reading, sentence, span)
    confirming = _CONFIRMING.search(verb) is not None
    if source is None or source.kind in {"outlet", "unnamed"}:
        first_hand = _first_hand(reading, sentence, span, about, parties)
        source, confirming = (first_hand, True) if first_hand is not None else (source, confirming)
    if source is None:
        return None, wording
    party = _knows(source, reading, sentence, span, about, parties)
    return source.as_attribution(), decide(wording, source, party, confirming)


# 公告已确认此消息: what stands before it is confirmed, whoever told it first.
_CONFIRMED_BY = re.compile(
    r"[，,；;。]\s?(?P<who>[^，,。；;：:！？\n的]{0,10}?(?:公告|声明|公司|官方|内部信|方面|发言人))(?:随后|也|均|都|已经|已|现已){0,2}"
    r"(?:确认|證實|證实|证实)(?:了)?(?:此|这|该|上述|相关)(?:一|个|项|则)?(?:消息|任命|变动|说法|事|点|人事)"
)
_ASKS = re.compile(r"(?:还是|是否|是不是|难道)[^，,。；;\n]{0,16}[？?]|[吗么][？?]")
_GUESSES = re.compile(r"(?:推测|猜测|揣测|预测|预言|估计)[^，,。；;：:\n]{0,24}(?:可能|或|要|将|离|加入)")


def is_guessed(sentence: Sentence, span: Span) -> bool:
    """Whether the clause asks if it is so (离职还是留任？), or somebody only guesses it."""
    start, end = max(0, span.start - sentence.start - 30), span.end - sentence.start
    return bool(_ASKS.search(sentence.text, start, end + 8) or _GUESSES.search(sentence.text, start, end))


def _knows(
    source: Source, reading: Reading, sentence: Sentence, span: Span, about: str | None, parties: frozenset[str]
) -> bool:
    """Whether the teller is one of the parties, speaks for one, or leads one."""
    if not parties:
        return can_confirm(source, reading, sentence, span, about=about)
    if source.kind == "company" and source.organisation is None:
        return True
    if source.person is not None and (source.person in parties or _leads(source.person) in parties):
        return True
    employers = {source.organisation} if source.organisation else set()
    if source.person is not None:
        employers |= employers_of(source.person, vicinity.around(reading, sentence.start))
    if source.official and not employers:
        return True
    return not parties.isdisjoint({family(employer) for employer in employers})


def _leads(person: str) -> str:
    """The family's name of the organisation that a well-known chief leads; "" for nobody known."""
    forms = {form: latin for latin, known in table("zh/known_people").items() for form in known}
    employer = {**table("en/leaders"), **table("zh/leaders")}.get(forms.get(person, person))
    return family(str(employer)) if employer else ""


def _first_hand(
    reading: Reading, sentence: Sentence, span: Span, about: str | None, parties: frozenset[str]
) -> Source | None:
    """One whom the claim is about and who announces or confirms it: in the sentence, or for a person near it."""
    for source, verb in _tellers(sentence, max(0, span.end - sentence.start)):
        if _ANNOUNCING.search(verb) and _knows(source, reading, sentence, span, about, parties):
            return source
    if _is_history(reading, sentence, span):
        return None
    movers = {about} if about else {p.name for p in sentence.people if span.start <= p.start < span.end}
    for other in vicinity.around(reading, sentence.start):
        if not any(p.name in movers for p in other.people) or not _LEAVES_OR_JOINS.search(other.text):
            continue
        for source, verb in _tellers(other, len(other.text)):
            if _ANNOUNCING.search(verb) and source.person in movers:
                return source
    return None


def _is_history(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True for a step of somebody's past, which the news of today does not confirm."""
    words = sentence.text[max(0, span.start - sentence.start - 20) : span.end - sentence.start]
    return _PAST.search(words) is not None or not is_recent(
        find_date(reading, sentence, span), reading.document.published
    )


def status_cue(sentence: Sentence, span: Span) -> Status | None:
    """Denied, declined, rumoured or planned where the clause of ``span`` says so."""
    clause = _clause(sentence, span)
    return next((status for status, cue in _CUES if cue.search(clause)), None)


def _clause(sentence: Sentence, span: Span) -> str:
    """The text of ``span`` with the words before it up to the last mark."""
    start, end = max(0, span.start - sentence.start), span.end - sentence.start
    left = max([max(0, start - _REACH), *(m.end() for m in _BOUNDARY.finditer(sentence.text, 0, start))])
    return sentence.text[left : max(left, end)]


def _find(reading: Reading, sentence: Sentence, span: Span) -> tuple[Source | None, str]:
    """据X透露 first, then the nearest X表示 before or in the claim, then the speaker of a quotation."""
    limit = max(0, span.end - sentence.start)
    for pattern in (_ACCORDING, _ACCORDING_TO):
        match = pattern.search(sentence.text, 0, limit)
        if match is None:
            continue
        source = _teller(sentence, match.start("who"), match.end("who"), match.groupdict().get("verb") or "")
        if source:
            return source, match.groupdict().get("verb") or ""
    for source, verb in _tellers(sentence, limit):
        return source, verb
    if (report := _REPORT.search(sentence.text, 0, limit)) is not None:
        return Source(report[0], "outlet"), ""
    return _speaker_before(reading, sentence) if _quoted(reading, sentence, span) else (None, "")


def _tellers(sentence: Sentence, limit: int) -> Iterator[tuple[Source, str]]:
    """Every X表示 of ``text[:limit]`` that resolves to a teller, the last first."""
    spoiled = [m.span() for m in _NOT_TELLS.finditer(sentence.text, 0, limit)]
    for match in reversed(list(_TELLS.finditer(sentence.text, 0, limit))):
        if any(start <= match.start() < end for start, end in spoiled):
            continue
        source = _subject(sentence, match.start(), match[0])
        if source is not None:
            yield source, match[0]


_ASIDE = re.compile(r"[(（][^()（）\n]{1,40}[)）]")


def _subject(sentence: Sentence, verb: int, word: str) -> Source | None:
    """The noun phrase between the last mark and the verb; across one comma where nothing stands there."""
    asides = [m.span() for m in _ASIDE.finditer(sentence.text, max(0, verb - 100), verb)]
    marks = [
        m.end()
        for m in _BOUNDARY.finditer(sentence.text, max(0, verb - 80), verb)
        if not any(start < m.start() < end for start, end in asides)
    ]
    start = marks[-1] if marks else max(0, verb - 80)
    source = _teller(sentence, start, verb, word)
    if source is None and len(marks) > 0 and verb - start <= 12:
        return _source(sentence, marks[-2] if len(marks) > 1 else max(0, verb - 80), start)
    return source


def _teller(sentence: Sentence, start: int, end: int, verb: str) -> Source | None:
    """What kind of teller ``text[start:end]`` is before that verb: who reports is an outlet."""
    source = _source(sentence, start, end)
    if _REPORTS.match(verb) is None or (source is not None and source.kind in {"outlet", "document"}):
        return source
    known = next((o for o in sentence.organisations if _is_outlet(sentence, o, start, end)), None)
    if known is not None:
        return Source(_text(sentence, known.start, known.end), "outlet")
    return _reporter(sentence, start, end) or source


def _is_outlet(sentence: Sentence, named: OrganisationMention, start: int, end: int) -> bool:
    entry = lookup(_text(sentence, named.start, named.end))
    return entry is not None and entry.kind == "outlet" and start <= named.start - sentence.start < end


def _reporter(sentence: Sentence, start: int, end: int) -> Source | None:
    """The outlet that ``text[start:end]`` names before 报道; None where it is none, 一名员工."""
    phrase = _CITING.sub("", sentence.text[start:end].strip()).strip()
    phrase = _BEFORE_NAME.sub("", _WHEN_AT_END.sub("", phrase)).strip()
    if title := _TITLE.search(phrase):
        return Source(title["name"], "outlet")
    return Source(phrase, "outlet") if _OUTLET_NAME.fullmatch(phrase) else None


# X 在领英上宣布, X 通过内部信透露: X says it, wherever.
_ON_A_PLATFORM = re.compile(
    r"(?:[\(（][^()（）]{1,40}[\)）])?\s?(?:今日|今天|昨天|昨日|周[一二三四五六日]|上周|本周|近日|日前|随后|也|则|已|刚刚){0,2}"
    r"(?:在|通过|于|透過|透过)[^，,。]{1,24}?(?:上|中|里|裡|信|帖|文)?\s?$"
)


def _source(sentence: Sentence, start: int, end: int) -> Source | None:
    """What kind of teller ``text[start:end]`` (offsets in the sentence) is, or None where it is none."""
    phrase = sentence.text[start:end].strip()
    first, last = sentence.start + start, sentence.start + end
    organisation = organisation_at(sentence, first, last)
    employer = organisation.name if organisation else None
    if (outlet := _OUTLET.search(phrase)) is not None and organisation is None:
        return Source(outlet[0], "outlet")
    if (spokes := _SPOKES.search(phrase)) is not None:
        return Source(phrase[: spokes.end()], "company", organisation=employer, official=True)
    person = person_at(sentence, first, last)
    if person is not None and _ON_A_PLATFORM.match(sentence.text, person.end - sentence.start, end):
        return Source(_text(sentence, person.start, person.end), "person", person=person.name)
    if _DOCUMENT.search(phrase) is not None and (
        person is None or not phrase.endswith(_text(sentence, person.start, person.end))
    ):
        return Source(phrase, "document", organisation=employer, official=_OFFICIAL.search(phrase) is not None)
    if person is not None:
        name = person.name if person.pronoun else _text(sentence, person.start, person.end)
        return Source(name, "person", person=person.name)
    if (unnamed := _UNNAMED.search(phrase)) is not None:
        return Source(unnamed[0].strip(), "unnamed", count=_count(unnamed["count"]))
    if organisation is not None:
        name = _text(sentence, organisation.start, organisation.end)
        entry = lookup(name)
        if entry is not None and entry.kind == "outlet":
            return Source(name, "outlet")
        return Source(name, "company", organisation=employer)
    if (press := _PRESS.search(phrase)) is not None:
        return Source(press[0], "outlet")
    company = _COMPANY.search(phrase)
    return Source(company[0], "company") if company else None


def _text(sentence: Sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def _count(word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdigit() else _NUMBERS[word]


def _quoted(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """True where a quotation that began before the claim is still open."""
    near = vicinity.before(reading, sentence.start, most=30)
    opening = next((s.start for s in near if s.paragraph == sentence.paragraph), sentence.start)
    before = reading.document.text[max(opening, span.start - 1000) : span.start + 1]
    return before.count("“") > before.count("”") or before.count("「") > before.count("」")


def _speaker_before(reading: Reading, sentence: Sentence) -> tuple[Source | None, str]:
    """The teller of the sentence in which the quotation began: the nearest before, in the same paragraph."""
    close = vicinity.before(reading, sentence.start, most=3)
    before = [s for s in close if s.paragraph == sentence.paragraph]
    for other in before[:-4:-1]:
        for source, verb in _tellers(other, len(other.text)):
            if source.kind in {"person", "company"}:
                return source, verb
    return None, ""
