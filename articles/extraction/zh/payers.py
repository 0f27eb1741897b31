"""Whose pay a figure in a Chinese sentence is: an employer that the text names, one it leaves unnamed, or a trade's."""

from __future__ import annotations

import re

from articles.extraction import vicinity
from articles.extraction.lexicon import table
from articles.extraction.mentions import OrganisationMention, Reading, Sentence
from articles.extraction.money import Amount
from articles.extraction.patterns import either
from articles.extraction.zh import clauses, employer
from articles.extraction.zh.clauses import wording

_WORDS = table("zh/pay")
_NOT_PAYERS = frozenset(_WORDS["not_payers"])
_SOMEBODY = re.compile(
    r"(?:某|一家|一间|多家|几家)|(?:国内|互联网|科技|头部)?大厂$|.*(?:劳工|勞工|商务|商務|财政|財政|国防|國防|教育)部$|.*(?:统计|統計|移民|税务|稅務)局$|"
    r".*\b(?:Engineer|Developer|Manager|Scientist|Researcher)s?$"
)

_JOINS = re.compile(r"加入|入职(?!奖)|跳槽到|加盟|投奔|被\s?$")
_JOINED = re.compile(r"(?:加入|入职|跳槽到|跳槽至|加盟|转投)了?\s?$")
_GIVEN_UP = re.compile(r"辞掉|辞去|放弃|舍弃")
_UNNAMED = re.compile(
    r"某[^,，。;；:：]{0,10}(?:公司|企业|机构|厂商|实验室|大厂)|(?<![这那该])(?:[一两几多]|不少|许多|各)(?:家|间)?"
    r"(?:知名|国内|头部|初创|大型|小型|互联网|科技|AI|海外|外资|美国|中国|\s){1,4}(?:公司|企业|机构|厂商|巨头|大厂|实验室)"
    r"|(?<![这那该])(?:[一两几多](?:家|间)|有的?|不少|许多)(?:[^,，。;；:：\d]{0,6})(?:公司|企业|机构|厂商)|大厂|猎头(?:发布|给出|开)"
    r"|热搜|热词|头部(?:企业|公司|厂商|大厂)|(?:其他|其它|别的|同行|外部|竞对)(?:公司|企业|大厂|厂商|机构)"
)
_POSTING = re.compile(r"招聘信息|招聘启事|职位发布|招聘广告|招聘贴|招聘帖|这个职位|该职位|该岗位|这一职位")
_ANY_PAYER = re.compile(
    r"(?:技术|科技|互联网|各大|多家|不少|其他|竞争|许多|一些|AI\s?)(?:公司|企业|巨头|对手|大厂)们?(?:正在|都|会)?(?:向|给|为)"
    r"[^,，。]{0,24}(?:提供|开出|支付|愿意)|各大公司愿意|一[家份则][^,，。]{0,24}(?:公司|企业|招聘|启事|职位|岗位)"
    r"|(?<!等)(?:各大|各路|一众|众多|科技|互联网|硅谷|AI\s?)(?:科技|AI\s?|互联网)?(?:公司|企业|巨头|大厂|实验室|厂商)们?"
    r"(?:也|都|正|正在|已|纷纷|竞相|争相|开始|不惜){1,3}[^,，。;；]{0,12}(?:提供|开出|支付|砸出|抛出|给出|祭出)"
    r"|(?:^|[:：,，。;；!！-]\s?)发布了?[^,，。]{0,24}(?:职位|招聘|公告)"
)
_TRADE = re.compile(
    r"(?:岗位|职位|校招生|应届生|毕业生?|研究生|本科生?|博士|硕士|程序员|从业者|工程师|人才|研究员|科学家|行业|架构师|专家|产品经理|设计师|开发者|实习生)"
    r"[^,，。]{0,14}(?:薪|收入|总包|给到)|(?:对于|对)[^,，。]{2,16}(?:人才|工程师|研究员|专家|博士|科学家)[,，]"
)
# 目前顶级工程师的年薪已突破…: said of all who do such work, where no employer is named.
_NOWADAYS = re.compile(
    r"目前|如今|当前|今年|近年|已经?(?:从|由|突破|超|达|涨|升|高达|攀升|飙升|屡见)|突破|跃升|飙升|攀升|水涨船高|屡见不鲜|比比皆是|司空见惯|典型的|华人"
)
# Somebody of another trade, to compare with.
_STARS = re.compile(r"球星|巨星|球员|影星|歌手|运动员|足球|篮球|板球|好莱坞")
# 某某公司的数据显示: who counts, not who pays.
_SOURCE = re.compile(
    r"[^,，。;；:：]{0,30}(?:数据|报告|调查|统计|调研)[^,，。;；:：]{0,6}(?:显示|表明|指出)\s?[,，:：]?|向[^,，。;；:：]{2,14}(?:提交|递交|申报)"
)
# A股公司员工平均年薪, 人工智能招聘平均年薪: counted over a market, where no employer is named.
_COUNTED = re.compile(r"平均|均值|均薪|中位数|人均|中值")
_MARKET = re.compile(
    r"(?:A股|港股|上市|科技|互联网|民营|初创|AI|中小|国内)公司(?:员工)?|A股|港股|行业|全国|全市场|招聘(?:平均)?(?:年|月)薪|招聘薪|求职|董秘|董监高|从业|岗位|职位"
)
_USUAL = re.compile(either(_WORDS["of_everyone"]))
_PLAINLY_USUAL = re.compile(either(_WORDS["of_everyone_plainly"]))
# 领 and 开 as verbs, not in 领域 and 开始.
GIVES = rf"(?<![公打展召离带]){either(_WORDS['verbs'])}(?![域先导军袖始发源放启设拓])"
_OFFERS = re.compile(rf"{GIVES}(?:了|到|着)?[^。;；!！?？]{{0,24}}$")
_SAYS = re.compile(r"^[^,，。;；]{0,6}?(?:提到|提及|称|表示|说|透露|指出|认为|声称|证实|评论|回应)")
_ORIGIN = re.compile(
    r"(?:包含|包括|使用|基于|利用|涉及|通过|借助|来自|从|前|原|离开|毕业于|对于?|挖走|超过|高于|不如|相当于)\s?[^,，。;；:：]{0,12}$"
)
_SCHOOLING = re.compile(r"^[^,，。;；给为向对开招]{0,12}?(?:博士|硕士|本科|毕业|应届|校友|学生|出身|实验室)")
_SUMS_UP = re.compile(r"等(?:国内|互联网|头部|科技|多家|一众|AI)?$")
# A trade right behind a name is that employer's staff.
_NEXT_TO_NAME = 6
_REVEALS = re.compile(r"(?:招聘方|雇主|用人单位|招聘单位|这家公司|该公司|公司)[^,，。]{0,3}(?:就是|正是|是|为)\s?$")


def is_nobody(name: str) -> bool:
    """Whether a name in the text is none of a payer's: a job board, a place, a department, 某大厂."""
    return name in _NOT_PAYERS or _SOMEBODY.match(name) is not None


def payers(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> list[str] | None:
    """Who pays: whom the clause speaks of, the firm joined at that pay, a chief, what the text speaks of.

    None where the text tells of somebody whom it does not name, or of a whole trade; empty where it tells of nobody.
    """
    start, end = sentence.start + amount.start, sentence.start + amount.end
    around = clauses.clause(text, amount.start, amount.end)
    if _says_nothing(sentence, text, amount):
        return []
    if _of_nobody_named(reading, sentence, text, amount):
        revealed = _revealed(reading, sentence)
        return [revealed] if revealed else None
    if _GIVEN_UP.search(text[around.start : amount.start]):
        left = [o for o in sentence.organisations if around.start <= o.start - sentence.start and o.end <= start]
        return [left[-1].name] if left else []
    if (meant := _former_or_latter(reading, sentence, text[: amount.start])) is not None:
        return [meant]
    later = [
        o
        for o in sentence.organisations
        if end <= o.start < sentence.start + around.end and not employer.is_outlet(text, sentence, o)
    ]
    for o in later:
        if _JOINS.search(text[amount.end : o.start - sentence.start]):
            return [o.name]
    found = _governing(reading, sentence, text, amount) or _remaining(reading, sentence, text, amount, later)
    return found if found or not _TRADE.search(text[around.start : around.end]) else None


_OF_TWO = re.compile(r"(?:^|[,，。;；\s])(?P<which>前者|后者)")


def _former_or_latter(reading: Reading, sentence: Sentence, before: str) -> str | None:
    """前者 or 后者, of the two firms that the sentence before names."""
    told = None if sentence.organisations else _OF_TWO.search(before)
    if told is None:
        return None
    for other in reversed(vicinity.before(reading, sentence.start, most=4)):
        names = list(dict.fromkeys(o.name for o in other.organisations))
        if len(names) == 2:
            return names[0] if told["which"] == "前者" else names[1]
    return None


def _revealed(reading: Reading, sentence: Sentence) -> str | None:
    """The name that the next sentence gives to who was left unnamed: 招聘方就是某某."""
    for other in vicinity.after(reading, sentence.start, most=1):
        for o in other.organisations:
            if _REVEALS.search(wording(reading, other)[: o.start - other.start]):
                return o.name
    return None


def of_any_payer(text: str) -> bool:
    """Whether ``text`` tells of firms in general that offer: 各大公司愿意."""
    return _ANY_PAYER.search(text) is not None


def _of_nobody_named(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> bool:
    anyone = _ANY_PAYER.search(text[: amount.start])
    if (anyone and not _published(sentence, text, anyone)) or _speaks_of_everyone(sentence, text, amount):
        return True
    unnamed = [m for m in _UNNAMED.finditer(text[: amount.start]) if not _names_one(sentence, m)]
    nearest = max((o.end - sentence.start for o in _before(sentence, text, amount)), default=-1)
    if nearest < 0 and _POSTING.search(text[: amount.end]) and not sentence.organisations:
        return employer.topic(reading) is None
    return bool(unnamed) and unnamed[-1].start() > nearest


# 甲公司发布了一则招聘信息
_PUBLISHES = re.compile(
    r"\s?(?:近日|最近|近期|日前|官网|也|就|还|在官网|公开){0,2}(?:发布|挂出|贴出|放出|发出|推出|更新)了?\s?"
)


def _published(sentence: Sentence, text: str, anyone: re.Match[str]) -> bool:
    """Whether the notice is that of a firm named right before it."""
    start = anyone.start()
    return any(
        o.end - sentence.start <= start and _PUBLISHES.fullmatch(text, o.end - sentence.start, start)
        for o in sentence.organisations
    )


def _says_nothing(sentence: Sentence, text: str, amount: Amount) -> bool:
    """Whether a figure of words is only a manner of speaking: 百万年薪已经成为…."""
    if not amount.vague or sentence.organisations or _OFFERS.search(text[: amount.start]):
        return False
    return not (
        employer.refers_back(text) or employer.chief(text) or _USUAL.search(text) or _PLAINLY_USUAL.search(text)
    )


def _names_one(sentence: Sentence, unnamed: re.Match[str]) -> bool:
    """ "某实验室" inside or right before a name, or that sums names up: 一家公司甲, 甲、乙等大厂."""
    if _SUMS_UP.search(sentence.text[: unnamed.start()]):
        return True
    at, end = sentence.start + unnamed.start(), sentence.start + unnamed.end()
    return any(o.start <= at < o.end or 0 <= o.start - end <= 1 for o in sentence.organisations)


def _before(sentence: Sentence, text: str, amount: Amount) -> list[OrganisationMention]:
    """The organisations before the figure that may pay: no outlet, no school somebody studied at, none left."""
    upto = sentence.start + amount.start
    return [
        o
        for o in sentence.organisations
        if o.end <= upto
        and not employer.is_outlet(text, sentence, o)
        and not employer.is_product(text, sentence, o)
        and not _ORIGIN.search(text[: o.start - sentence.start])
        and not _SCHOOLING.match(text[o.end - sentence.start : amount.start])
    ]


def _governing(reading: Reading, sentence: Sentence, text: str, amount: Amount) -> list[str]:
    """The subject of the clause, or a chief who stands for his firm and does not only speak."""
    around = clauses.clause(text, amount.start, amount.end)
    heads = employer.governing(reading, sentence, sentence.start + amount.start)
    heads = [o for o in heads if not _SCHOOLING.match(text[o.end - sentence.start : amount.start])]
    chief = employer.chief(text[around.start : amount.start])
    if heads and (heads[0].start >= sentence.start + around.start or chief is None):
        return [o.name for o in heads]
    if chief is not None and not _only_speaks(text[around.start : amount.start]):
        return [chief]
    rival = employer.speaker(reading, sentence) if "我们" in text else None
    whole = employer.chief(text[: amount.start])
    return [whole] if whole is not None and whole != rival and not _only_speaks(text[: amount.start]) else []


def _only_speaks(text: str) -> bool:
    """Whether the last chief of ``text`` tells of the pay: 奥尔特曼提到1亿美元的奖金."""
    return _SAYS.match(employer.after_chief(text)) is not None


def _remaining(
    reading: Reading, sentence: Sentence, text: str, amount: Amount, later: list[OrganisationMention]
) -> list[str]:
    """The nearest name before the figure, the first after it, or whom the text has been speaking of."""
    if before := _before(sentence, text, amount):
        return [before[-1].name]
    near = [
        o for o in later if not _JOINS.search(text[max(0, o.start - sentence.start - 4) : o.start - sentence.start])
    ]
    if near:
        return [near[0].name]
    joined = [o for o in sentence.organisations if _JOINED.search(text[: o.start - sentence.start])]
    if joined:
        return [joined[-1].name]
    rival = employer.speaker(reading, sentence) if "我们" in text else None
    carried = employer.carried(reading, sentence, without=rival, so_far=True)
    return [carried] if carried else []


def _speaks_of_everyone(sentence: Sentence, text: str, amount: Amount) -> bool:
    """True where the words give the usual pay of a trade, not of an employer: 自然语言处理岗位的平均月薪."""
    around = clauses.clause(text, amount.start, amount.end)
    if any(sentence.start + around.start <= o.start < sentence.start + around.end for o in sentence.organisations):
        return False
    named = max(
        (o.end - sentence.start for o in sentence.organisations if o.end <= sentence.start + amount.start), default=0
    )
    words = _SOURCE.sub("", text[named : max(around.end, amount.end)])
    if not named and _COUNTED.search(words) and _MARKET.search(words):
        counted = _MARKET.sub("", words)
        if not employer.refers_back(counted) and "员工" not in counted:
            return True
    if _STARS.search(text[around.start : amount.end]):
        return True
    if employer.refers_back(words) or employer.chief(words):
        return False
    if _PLAINLY_USUAL.search(text[named : amount.end + 24]):
        return True
    trade = _TRADE.search(words)
    if trade is None or (named and trade.start() <= _NEXT_TO_NAME):
        return False
    if not named and _NOWADAYS.search(text[around.start : around.end]):
        return True
    return _USUAL.search(words) is not None and _OFFERS.search(text[around.start : amount.start]) is None
