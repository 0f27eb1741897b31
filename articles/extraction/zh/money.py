"""Amounts of money in Chinese: 100 万到 200 万美元, 数百万美元, 超过1亿元, 年薪百万, 30-60K."""

from __future__ import annotations

import re
from re import Match

from articles.extraction import money
from articles.extraction.lexicon import table
from articles.extraction.money import Amount, Bound
from articles.extraction.patterns import either

_WORDS = table("zh/money")
_SYMBOLS: dict[str, str] = _WORDS["symbols"]
_NAMES: dict[str, str] = _WORDS["names"]
_MULTIPLIERS: dict[str, int] = _WORDS["multipliers"]
_VAGUE: dict[str, int] = _WORDS["vague"]
_HAN_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}

_ABOUT = rf"(?:{either(_WORDS['about'])}\s?)*"
_ONE = re.compile(
    rf"(?P<symbol>{either(_SYMBOLS)}\s?)?"
    r"(?P<digits>(?<![\d.A-Za-z])\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|(?<![\d.A-Za-z])"
    r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]{1,9}(?=\s?[万亿多余几美元港欧英日韩块人]))"
    rf"\s?(?P<early>[多余几](?=\s?[万亿])|\+(?=[kKwW万]))?\s?(?P<times>{either(_MULTIPLIERS)}(?!(?!RMB|USD|CNY|HKD|EUR)[A-Za-z]))?(?P<many>\s?{either(_WORDS['many'])})?"
    rf"(?P<plus>\+|\s\+(?!\s?\w))?\s?(?P<unit>{either(_NAMES)}(?![素件首月老旦宝]))?"
)
_SEPARATOR = re.compile(
    rf"\s?(?:/年|/月|每年|/小时)?\s?(?:--|-|—|–|~|～|到|至|和|与|或|或者)\s?(?:高达|最高|[A-Z]\d\s?的?)?\s?(?:每年|每月)?\s?{_ABOUT}"
)
_VAGUE_AFTER_MANY = re.compile(
    rf"(?:数|上|几|好几|多达数|动辄)\s?(?P<word>{either(_VAGUE)})\s?(?P<unit>{either(_NAMES)})?(?!\s?(?:[人名次台张颗条件]|用户))"
)
_VAGUE_LEVEL = re.compile(
    rf"(?<![\d一二三四五六七八九十两几数百千.])(?P<word>{either(_VAGUE)})\s?(?:(?P<unit>{either(_NAMES)})"
    rf"\s?)?(?=级|年薪|薪酬|薪资|高薪|薪水|奖金)"
)
_PAID_UNIT = re.compile(
    r"(?:年薪|月薪|薪酬|薪资|薪水|年入|工资|起薪|总包|年包)\s?"
    r"(?:往往|已经?|都|也|就|能|可以?|将|甚至|普遍|直接|轻松|基本|可能|大多|\s){0,4}"
    r"(?:达到?|近|约|超过?|过|高达|逾|突破|冲破|飙至|升至|涨到|逼近|接近)?了?\s?"
    rf"(?P<word>{either(_VAGUE)})(?!分)\s?(?:以上)?\s?(?P<unit>{either(_NAMES)})?"
)
_FIGURES = re.compile(r"(?P<word>[六七八九6-9]位数)\s?(?:的)?(?P<unit>美元|美金|元|人民币)?")
_PERIOD = r"(?:每年|每月|[\d一二两三四五六七八十]{1,2}\s?年)?"
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("least", re.compile(rf"{either(_WORDS['least'])}[过了]{{0,2}}\s?[“\"]?{_PERIOD}\s?{_ABOUT}$")),
    ("most", re.compile(rf"(?<!不){either(_WORDS['most'])}\s?[“\"]?{_PERIOD}\s?{_ABOUT}$")),
)
_TOP_PAY = re.compile(rf"最高(?:的)?(?:基本|基础)?(?:年薪|月薪|薪资|薪酬|薪水|工资|总包)\s?{_ABOUT}$")
# 年薪肯定过千万; no 开出过, 给过, 通过.
_PAST = re.compile(r"(?:年薪|月薪|薪酬|薪资|薪水|总包|收入|肯定|早|已|都|均|可|能|会|将|必|轻松)过\s?$")
# 年薪高达201万元 wonders at one pay; 开出高达… is open below.
_AS_HIGH = re.compile(rf"(?:^|[^的位名])(?:年薪|月薪|时薪|日薪)\s?(?:就|便|已|竟)?(?:高达|多达)\s?{_ABOUT}$")
# 500元一天起, 3万元以上.
_MORE = re.compile(rf"(?:\s?[/每一](?:天|日|周|月|年|小时|个月))?(?!\s?\+\s?\w)\s?{either(_WORDS['more_after'])}")
_MOST = re.compile(rf"\s?{either(_WORDS['most_after'])}")
_PART_OF_PAY = either(noun for noun, part in table("zh/pay")["nouns"].items() if part != "equity")
_NOTHING_FOLLOWS = re.compile(
    rf"\s?的?{_PART_OF_PAY}|\s?(?:$|[^\w\s]|\n|以上|以下|左右|起|不等|的\s?(?:offer|Offer|待遇|薪)|的?(?:年|月|底|高|总)薪|薪|年终奖|奖金|之间|到|至|并非|不|都|也|就|算|来说|而言|为例|计)"
)
_LOOK_BACK = 12


def find_amounts(text: str) -> list[Amount]:
    """Every amount in ``text`` with its bounds, in order; ``currency`` is None where the text names none.

    Plain numbers without a currency or a multiplier are left out, 4-digit and longer ones apart.
    """
    figures = list(_ONE.finditer(text))
    amounts, used = [], set()
    for index, first in enumerate(figures):
        if index in used:
            continue
        second = figures[index + 1] if index + 1 < len(figures) else None
        if second is not None and _pair(text, first, second):
            amounts.append(_range(text, first, second))
            used.add(index + 1)
        elif _is_amount(first) and (_currency(first) or _stands_alone(text, first.end())):
            amounts.append(_single(text, first))
    for pattern in (_VAGUE_AFTER_MANY, _VAGUE_LEVEL, _PAID_UNIT, _FIGURES):
        amounts += [_unspecific(m, m.start("word" if pattern is _PAID_UNIT else 0)) for m in pattern.finditer(text)]
    return money.without_overlaps(amounts)


def _currency(match: Match[str]) -> str | None:
    symbol, unit = (match["symbol"] or "").strip(), match["unit"]
    if unit and unit != "元":
        return _NAMES[unit]
    return _SYMBOLS.get(symbol) or (_NAMES[unit] if unit else None)


def _is_amount(match: Match[str]) -> bool:
    if _currency(match) is not None or (match["times"] or "") not in {"", "百", "千"}:
        return True
    digits = match["digits"].replace(",", "").replace("，", "")
    return digits.isdigit() and 4 <= len(digits) <= 9 and not 1900 <= int(digits) <= 2100


def _stands_alone(text: str, end: int) -> bool:
    """A number without a currency is money only where no other noun follows it."""
    return _NOTHING_FOLLOWS.match(text, end) is not None


def _digits(written: str) -> float:
    if written[0] in _HAN_DIGITS or written[0] in _HAN_UNITS:
        return _han(written)
    return money.number(written)


def _han(written: str) -> int:
    """三百五十 as 350; a missing leading digit counts as one."""
    total, digit = 0, 0
    for character in written:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            digit = _HAN_DIGITS[character]
    return total + digit


def _value(match: Match[str], times: str | None) -> float:
    return money.exactly(_digits(match["digits"]) * (_MULTIPLIERS[times] if times else 1))


def _pair(text: str, first: Match[str], second: Match[str]) -> bool:
    """Two figures make a range where the second is an amount; 和 and 与 only between 在/介于 … 之间."""
    joint = _SEPARATOR.fullmatch(text, first.end(), second.start())
    if joint is None or not (_is_amount(second) or (_currency(first) or first["times"])):
        return False
    if not (_currency(second) or second["times"] or _currency(first)):
        return False
    if joint[0].strip()[:1] in {"和", "与", "或"}:
        return text.startswith("之间", second.end()) or "介于" in text[max(0, first.start() - 6) : first.start()]
    return True


def _range(text: str, first: Match[str], second: Match[str]) -> Amount:
    times = second["times"]
    smaller = _digits(first["digits"]) < min(10_000, _digits(second["digits"]))
    bare = first["times"] is None and (smaller or (_currency(first) is None and _digits(first["digits"]) < 10_000))
    low = _value(first, first["times"] or (times if bare else None))
    currency = _currency(second) or _currency(first)
    return money.ranged(first.start(), second.end(), low=low, high=_value(second, times), currency=currency)


# 千万美元, 百万元: a unit without a number.
_BARE_UNIT = {"百": 100, "千": 1000}


def _single(text: str, match: Match[str]) -> Amount:
    if match["digits"] in _BARE_UNIT and match["times"] in {"万", "亿"} and not match["many"]:
        unit = _BARE_UNIT[match["digits"]] * _MULTIPLIERS[match["times"]]
        return money.vague(match.start(), match.end(), unit=unit, currency=_currency(match))
    bound = _bound(text, match.start(), match.end())
    if (match["plus"] or match["many"] or match["early"]) and bound == "exact":
        bound = "least"
    value = _value(match, match["times"])
    return money.bounded(match.start(), match.end(), value=value, currency=_currency(match), bound=bound)


def _bound(text: str, start: int, end: int) -> Bound:
    if _MORE.match(text, end):
        return "least"
    lead = text[max(0, start - _LOOK_BACK) : start]
    if _AS_HIGH.search(lead):
        return "exact"
    for bound, pattern in _BEFORE:
        if pattern.search(lead):
            return bound
    if _TOP_PAY.search(lead):
        return "most"
    if _PAST.search(lead):
        return "least"
    return "most" if _MOST.match(text, end) else "exact"


def _unspecific(match: Match[str], start: int) -> Amount:
    currency = _NAMES.get(match["unit"]) if match["unit"] else None
    return money.vague(start, match.end(), unit=_VAGUE[match["word"]], currency=currency)
