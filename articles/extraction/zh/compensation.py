"""Finds figures of pay in Chinese: whose, how much, for how long, of which part, paid or only offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.extraction import compensation
from articles.extraction.claims import CompensationClaim, CompensationKind, Component
from articles.extraction.compensation import Pay
from articles.extraction.document import Span
from articles.extraction.lexicon import table
from articles.extraction.mentions import Reading, Sentence
from articles.extraction.money import Amount
from articles.extraction.patterns import either
from articles.extraction.zh import clauses, employer
from articles.extraction.zh.attribution import attribute
from articles.extraction.zh.clauses import wording
from articles.extraction.zh.dates import find_date
from articles.extraction.zh.firms import with_firms
from articles.extraction.zh.money import find_amounts

_WORDS = table("zh/pay")
_NOUNS: dict[str, Component] = _WORDS["nouns"]

_NOUN = rf"(?P<noun>{either(_NOUNS)})"
_CUE = re.compile(either([*_NOUNS, "薪", "每年", "/年", "万/月"]))
_TRAP = re.compile(either(_WORDS["traps"]))
# "$120K + 股票期权 的薪资": what comes on top.
_PLUS = r"(?:[+＋]\s?(?:\d[\d.%-]*\s?)?(?:的)?(?:股票期权|期权|股权|股票|奖金|equity)\s?)?"
# 1亿美元签约奖金, 数百万美元的限制性股票, 10 亿美元的个人薪酬方案, 2亿美元年薪.
_AFTER = re.compile(
    rf"^(?:不等|以上|左右|之间|/年|/月|/小时|\([^)]{{0,20}}\)|（[^）]{{0,20}}）)*\s?{_PLUS}(?:的|级)?\s?[“\"]?"
    rf"[^,，。;；:：、!！?？\d(（+]{{0,12}}?{_NOUN}"
)
# 年薪在 100 万到 200 万美元之间, 薪酬范围从 … 到 ….
_BEFORE = re.compile(rf"{_NOUN}(?!竞争|差距|与)(?P<link>[^。;；!！?？]{{0,28}})$")
# 以每年 900 万元挽留; 2023 年董事长领了 512 万元.
_TEMPTED = re.compile(r"^的?(?:年薪|条件|价格|待遇|总包)?\s?(?:挽留|留人|留住|挖|聘请|请|招揽|招募|相邀|邀请)")
_TEMPTED_WITH = re.compile(r"以\s?(?:每年|每月|年薪|约|超过|近|高达|总额|\s)*$")
_TOOK = re.compile(r"(?:领|拿|挣|赚)(?:了|到|到了|取|走)?\s?(?:约|近|超过)?\s?$")
# 每位员工平均可获得近 150 万元.
_EACH = re.compile(
    r"(?:每[位名个]?员工|人均|每人)[^,，。;；]{0,6}(?:获得|拿到|分得|领到|到手)\s?(?:约|近|超过|高达)?\s?$"
)
_PEOPLE_PAID = re.compile(r"董事长|总裁|高管|经理|首席|CEO|CTO|创始人|员工|工程师|研究员|他|她|架构师|科学家")
_YEARLY = re.compile(r"^\s?(?:美元|美金|元)?\s?(?:/|每|一)\s?年|^[^,，。;；]{0,3}/年")
_VERB = re.compile(rf"{either(_WORDS['verbs'])}(?:了|到|着)?[^。;；!！?？]{{0,24}}$")
_PEOPLE = re.compile(either(_WORDS["people"]))
_MANY_PEOPLE = re.compile(either([w for w in _WORDS["people"] if w not in {"他", "她", "负责人"}]))

_PERIODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hour", re.compile(r"时薪|每小时|/小时|/时|/hr|一小时")),
    ("month", re.compile(r"月薪|每月|每个月|/月|月均|一个月|月工资|平均月|月收入|月入|每人每月")),
    ("year", re.compile(r"年薪|每年|/年|一年|年均|年收入|年度|年包|年入|年总|全年|年化|总年薪|第一年|首年")),
    ("one_time", re.compile(r"一次性|签约|签字|入职奖")),
)
_YEARS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "十": 10}
_MANY_YEARS = re.compile(
    rf"(?<![\d第])(?P<n>{either(_YEARS)}|[2-9]|10)\s?年(?:期|内|间|总|合计|共|的|合约|合同|"
    rf"薪|高达|最高)|(?:为期|未来|分|超过|至少)\s?(?P<m>{either(_YEARS)}|[2-9]|10)\s?年"
)
_YEARS_BEFORE = re.compile(rf"(?<![\d第])(?P<n>{either(_YEARS)}|[2-9]|10)\s?年\s?(?:共|总计|合计|高达|最高|总额)?\s?$")
_CONVERTED = re.compile(
    r"(?:美元|英镑|欧元|日元|卢比|港元|新台币|加元|澳元|韩元|法郎|元)[(（]\s?[^)）\d]{0,4}$|[(（]\s?(?:约合|约为|约|折合|合|相当于|人民币)[^)）]{0,6}$|(?:约合|折合)[^,，。]{0,6}$"
)
_STAFF = re.compile(r"员工|研究员|研究人员|工程师|挖|薪|年终|留任|绩效|入职|科学家|高管|跳槽|人才")
_EARNERS = re.compile(r"员工|研究员|研究人员|工程师|程序员|人均|个人|薪")
_BUSINESS = re.compile(r"集团|业务|上市|客户|重复性|营业|部门|季度|增长率|同比")
_CHANGE = re.compile(r"(?:增加|上涨|上调|涨|减少|下降|下调|缩水)了?\s?(?:约|近|超过)?$")
_CONTEST = re.compile(
    r"比赛|竞赛|大赛|黑客松|参加|活动|参与者|参赛|优胜|第一名|赢取|赢得|瓜分|项目|漏洞|夺冠|选手|推荐"
)
_NOBODY: list[str | None] = [None]
_OFFERING = re.compile(either(_WORDS["offering"]))
_PAID = re.compile(either(_WORDS["paid"]))
_GIVES = re.compile(r"给[^,，。;；]{1,14}的(?:年薪|月薪|条件|薪酬|待遇|底薪|薪资|总包)|以[^,，。;；]{1,16}(?:请|聘|挖)")
_RAISED = re.compile(r"把[^,，。;；]{1,8}(?:加到|提到|涨到|提高到|加码到)")
_USUAL = re.compile(r"平均|中位数|人均|普遍")
_TYPICAL = re.compile(either(_WORDS["typical"]))
_COUNTER = re.compile(either(_WORDS["counter"]))
_JOINS = re.compile(r"加入|入职|跳槽到|加盟|被")
_RECEIVER = re.compile(
    r"(?:向|为|给|对)\s?(?P<who>[^,，。;；:：\d]{2,24}?)(?:提供|开出|支付|发放|给出|提出|透露|抛出|授予|给予|的)"
)
_EARNER = re.compile(
    r"(?P<who>[^,，。;；:：\d]{0,16}(?:研究员|研究人员|工程师|员工|人才|科学家|专家|高管|程序员|岗位|开发者|博士|毕业生))"
)
_SOME_EMPLOYER = re.compile(
    r"某大厂|大厂|某公司|多家公司|不少公司|有公司|有企业|一家公司|某企业|某初创|招聘信息|招聘启事|职位发布"
)
_TRADE = re.compile(
    r"(?:岗位|职位|校招生|应届生|毕业生|研究生|博士|硕士|程序员|从业者|工程师|人才|研究员|科学家|行业)[^,，。]{0,14}薪"
)
# 要求时薪提高到15英镑 asks for pay; 找到年薪5万美元以上的工作 hopes for it.
_ASKED = re.compile(
    r"(?:要求|呼吁|争取|希望|期望)(?:将|把|获得|得到)?(?:最低)?(?:时薪|工资|薪资|薪水|月薪|年薪|每小时|每月)?(?:能|可以)?"
    r"(?:提高|涨|增加|达)?[到至]?[^,，。\d]{0,4}$|(?:取代|替代|代替)\s?(?:年薪|月薪)?[^,，。\d]{0,4}$|找到(?:一份|了)?(?:年薪|月薪|时薪)?[^,，。\d]{0,3}$"
)
# 工资加年终奖接近60万.
_SUM = re.compile(r"(?:工资|薪资|薪水|月薪|底薪|年薪)\s?[+＋和加与]\s?(?:年终奖|奖金|绩效|股票|期权)[^,，。\d]{0,6}$")
_ANY_PAYER = re.compile(
    r"(?:技术|科技|互联网|各大|多家|不少|其他|竞争|许多|一些|AI\s?)(?:公司|企业|巨头|对手|大厂)们?(?:正在|都|会)?(?:向|给|为)"
    r"[^,，。]{0,24}(?:提供|开出|支付|愿意)|各大公司愿意|一[家份则][^,，。]{0,24}(?:公司|企业|招聘|启事|职位|岗位)"
    r"|(?:^|[:：,，。;；!！-]\s?)发布了?[^,，。]{0,24}(?:职位|招聘|公告)"
)
_GIVEN_UP = re.compile(r"辞掉|辞去|放弃|舍弃")
_SALARY_TOTAL = re.compile(r"总包|股票形式|股权|薪酬|总薪")


def find_compensation(reading: Reading) -> list[CompensationClaim]:
    """Every figure of pay that an organisation pays, offers or is said to pay; in the order of the text."""
    found = list(compensation.within_reason(_amounts(reading)))
    if not found:
        return []
    reading = with_firms(reading)
    sentences = {s.start: s for s in reading.sentences}
    claims: list[CompensationClaim] = []
    for sentence, amount in found:
        claims += _claims(reading, sentences[sentence.start], wording(reading, sentence), amount)
    return compensation.stated_once(claims)


def _amounts(reading: Reading) -> Iterator[tuple[Sentence, list[Amount]]]:
    for sentence in reading.sentences:
        text = wording(reading, sentence)
        if _CUE.search(text) is not None and (amounts := find_amounts(text)):
            yield sentence, amounts


def _claims(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> Iterator[CompensationClaim]:
    judged = None if _is_conversion(text, amount) else _judge(text, amount)
    if judged is None:
        return
    component, rule, confidence = judged
    kind = _kind(text, amount)
    period = "year" if rule in {"sum", "each"} else _period(text, amount, component, kind)
    component = "salary" if component == "total" and period == "hour" else component
    if not compensation.is_sane(amount, period, component):
        return
    quote = _quote(text, amount)
    span = Span(sentence.start + quote.start, sentence.start + quote.end)
    organisations = _employers(reading, sentence, text, amount)
    nobody = _SOME_EMPLOYER.search(text) or _ANY_PAYER.search(text)
    if not organisations and kind != "typical" and nobody is None:
        return
    person = _recipient(sentence, text, amount)
    pay = Pay(
        amount=amount,
        currency=amount.currency or _currency_nearby(text) or "CNY",
        component=component,
        period=period,
        kind=kind,
        span=span,
        rule=f"zh.pay.{rule}",
        confidence=confidence if organisations else 0.5,
        person=person,
        population=None if person else _population(text, amount),
        date=find_date(reading, sentence, span),
    )
    for org in organisations or _NOBODY:
        attribution, status = attribute(reading, sentence, span, about=org)
        yield compensation.claim(pay, org, attribution, status)


def _currency_nearby(text: str) -> str | None:
    """The currency of the other amounts in the sentence, where they agree."""
    named = {a.currency for a in find_amounts(text) if a.currency}
    return named.pop() if len(named) == 1 else None


def _judge(text: str, amount: Amount) -> tuple[Component, str, float] | None:
    """The component that makes the figure pay, with the rule that saw it; None where it is something else."""
    right, left = text[amount.end : amount.end + 26], text[max(0, amount.start - 44) : amount.start]
    around = clauses.clause(text, amount.start, amount.end)
    if _ASKED.search(left) or (
        _TRAP.search(text[around.start : around.end]) and "薪" not in text[around.start : around.end]
    ):
        return None
    if _SUM.search(left):
        return "total", "sum", 0.75
    after = _AFTER.search(right)
    if after is not None and _TRAP.search(right[: after.end() + 4]) is None and _about_people(after["noun"], text):
        return _NOUNS[after["noun"]], "noun-after", 0.9
    before = _last(_BEFORE, left)
    plain_number = amount.currency is None and text[amount.start : amount.end].isdigit()
    if (
        before is not None
        and not (plain_number and len(before["link"]) > 6)
        and _TRAP.search(before["link"] + re.split(r"[,，。;；:：(（]", right[:8])[0]) is None
        and _CHANGE.search(before["link"]) is None
        and _about_people(before["noun"], text)
    ):
        return _NOUNS[before["noun"]], "noun-before", 0.85
    if (_TEMPTED.match(right) and left.rstrip().endswith("以")) or (
        _TEMPTED_WITH.search(left) and _TEMPTED.match(right)
    ):
        return "total", "tempted", 0.7
    if _EACH.search(left):
        return ("bonus" if re.search(r"奖金|分红|年终奖", text[: amount.start]) else "total"), "each", 0.7
    if _TOOK.search(left) and _PEOPLE_PAID.search(text):
        return "total", "took", 0.65
    if _YEARLY.search(right) and _VERB.search(left) and _PEOPLE.search(text):
        return ("total" if _SALARY_TOTAL.search(text) else "salary"), "verb", 0.7
    return None


def _is_conversion(text: str, amount: Amount) -> bool:
    """(约合7400万英镑): the figure before it in another currency."""
    return _CONVERTED.search(text[max(0, amount.start - 8) : amount.start]) is not None


def _about_people(noun: str, text: str) -> bool:
    """Nouns that also speak of trade or prizes are pay only where the sentence is about people at work."""
    if noun.endswith("数字"):
        return "薪" in text
    if noun in {"收入", "年收入"}:
        return _EARNERS.search(text) is not None and _BUSINESS.search(text) is None
    if noun in {"奖金", "奖励"}:
        return _STAFF.search(text) is not None and _CONTEST.search(text) is None
    if noun not in {
        "报价",
        "价码",
        "合同",
        "收入",
        "年收入",
        "回报",
        "奖励",
        "股票",
        "股权",
        "期权",
        "股份",
        "奖金",
        "待遇",
        "条件",
        "offer",
        "Offer",
        "邀约",
    }:
        return True
    return _PEOPLE.search(text) is not None


def _last(pattern: re.Pattern[str], left: str) -> re.Match[str] | None:
    """The match that begins last, so nearest to the figure; 基本年薪 stands before its own 年薪."""
    best, at = None, 0
    while (match := pattern.search(left, at)) is not None:
        if best is None or match.start() >= best.end(1):
            best = match
        at = match.start() + 1
    return best


def _period(text: str, amount: Amount, component: Component, kind: CompensationKind) -> str:
    """The period named nearest to the figure; by the component where the text names none."""
    if component == "signing_bonus":
        return "one_time"
    around = clauses.clause(text, amount.start, amount.end)
    left = text[max(around.start, amount.start - 30) : amount.start]
    right = text[amount.end : min(around.end, amount.end + 16)]
    vesting = _MANY_YEARS.search(text[max(0, amount.start - 24) : amount.start]) if component == "equity" else None
    if vesting is not None:
        written = str(vesting["n"] or vesting["m"])
        return f"multi_year:{_YEARS.get(written) or int(written)}"
    for window in (right, left):
        years = _MANY_YEARS.search(window) or (_YEARS_BEFORE.search(window) if window is left else None)
        if years is not None:
            written = str(years["n"] or years.groupdict().get("m"))
            return f"multi_year:{_YEARS.get(written) or int(written)}"
        hits = [(m.start(), name) for name, p in _PERIODS if (m := p.search(window)) is not None]
        hits = [hit for hit in hits if not (component == "equity" and hit[1] == "one_time")]
        if hits:
            return min(hits)[1] if window is right else max(hits)[1]
    return compensation.default_period(component, amount, kind)


def _kind(text: str, amount: Amount) -> CompensationKind:
    around = clauses.clause(text, amount.start, amount.end)
    near = text[max(0, around.start - 30) : min(len(text), around.end + 10)]
    if _COUNTER.search(near) or _RAISED.search(near):
        return "counteroffer"
    if _GIVES.search(near) and not _USUAL.search(near):
        return "offered"
    if _OFFERING.search(near) and "平均" not in near and "中位数" not in near:
        return "offered"
    if _TYPICAL.search(near):
        return "typical"
    if _PAID.search(near):
        return "paid"
    if _ANY_PAYER.search(text[: amount.start]):
        return "offered"
    return "typical" if _MANY_PEOPLE.search(text[max(0, around.start - 20) : amount.start]) else "offered"


def _employers(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> list[str]:
    """Who pays: whom the clause speaks of, the firm joined at that pay, a chief, what the text speaks of."""
    start, end = sentence.start + amount.start, sentence.start + amount.end
    around = clauses.clause(text, amount.start, amount.end)
    later = [o for o in sentence.organisations if end <= o.start < sentence.start + around.end]
    if _speaks_of_everyone(sentence, text, amount) or _ANY_PAYER.search(text[: amount.start]):
        return []
    if _GIVEN_UP.search(text[around.start : amount.start]):
        left = [o for o in sentence.organisations if around.start <= o.start - sentence.start and o.end <= start]
        return [left[-1].name] if left else []
    for o in later:
        if _JOINS.search(text[amount.end : o.start - sentence.start]):
            return [o.name]
    clause_text = text[around.start : amount.start]
    heads = employer.governing(reading, sentence, start)
    chief = employer.chief(clause_text)
    if heads and (heads[0].start >= sentence.start + around.start or chief is None):
        return [o.name for o in heads]
    if chief is not None:
        return [chief]
    rival = employer.speaker(reading, sentence) if "我们" in text else None
    whole = employer.chief(text[: amount.start])
    if whole is not None and whole != rival:
        return [whole]
    staff = [o for o in sentence.organisations if o.end <= start and not employer.is_outlet(text, sentence, o)]
    if staff:
        return [staff[-1].name]
    if later:
        return [later[0].name]
    named = [o for o in sentence.organisations if not employer.is_outlet(text, sentence, o)]
    if named:
        return [named[0].name]
    carried = employer.carried(reading, sentence, without=rival)
    return [carried] if carried else []


def _speaks_of_everyone(sentence: Sentence, text: str, amount: Amount) -> bool:
    """True where the clause gives the usual pay of a trade, not of an employer: 自然语言处理岗位的平均月薪."""
    around = clauses.clause(text, amount.start, amount.end)
    words = text[around.start : around.end]
    if employer.refers_back(words) or employer.chief(words) or _VERB.search(text[around.start : amount.start]):
        return False
    if any(sentence.start + around.start <= o.start < sentence.start + around.end for o in sentence.organisations):
        return False
    return _TRADE.search(words) is not None


def _recipient(sentence: Sentence, text: str, amount: Amount) -> str | None:
    """The one person who is paid the figure: the nearest named one in its clause who does not speak."""
    around = clauses.clause(text, amount.start, amount.end)
    for person in sorted(sentence.people, key=lambda p: abs(p.start - sentence.start - amount.start)):
        start, end = person.start - sentence.start, person.end - sentence.start
        if not around.start <= start < around.end or employer.chief(text[start:end]) or employer.chief(person.name):
            continue
        if re.match(r"[^,，。]{0,6}(?:表示|称|透露|说|指出|创业公司|的公司)", text[end : end + 12]):
            continue
        return person.name
    return None


def _population(text: str, amount: Amount) -> str | None:
    receivers = list(_RECEIVER.finditer(text[max(0, amount.start - 60) : amount.end + 30]))
    if receivers:
        return receivers[-1]["who"].strip()
    earners = list(_EARNER.finditer(text[max(0, amount.start - 50) : amount.start]))
    return earners[-1]["who"].strip() if earners else None


def _quote(text: str, amount: Amount) -> Span:
    """The clause of the figure, with the clause before where it alone names who pays or for what."""
    around = clauses.clause(text, amount.start, amount.end)
    if _CUE.search(text[around.start : around.end]) and around.end - around.start >= 12:
        return around
    wider = clauses.clause(text, max(0, around.start - 2), amount.end)
    return clauses.trimmed(text, wider.start, around.end)
