"""What invented articles say, in both languages: sentences that claim something, and others between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from articles.extraction.claims import Attribution
from talent.world.words import Soul, words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERS = {2: ("two", "两"), 3: ("three", "三"), 4: ("four", "四")}


@dataclass(slots=True)
class Saying:
    """One claim in the making: what it is about, and the words in which an article says it."""

    zh: bool
    said: dict[str, Any]
    by: Attribution | None
    date: str = ""
    sentence: str = field(default="", init=False)

    def write(self) -> str:
        """The sentence, which is the quote, too."""
        clause = _WRITE[self.said["claim"]](self.said, self.zh)
        when = _when(self.date, zh=self.zh)
        if self.zh:
            self.sentence = f"{f'{self.by.text}称，' if self.by else ''}{when}{clause}"
        else:
            self.sentence = f"{f'{self.by.text} said that ' if self.by else ''}{clause}{when}"
            self.sentence = self.sentence[0].upper() + self.sentence[1:] if not self.by else self.sentence
        return self.sentence


def attribution(random: Random, outlets: list[str], *, zh: bool) -> Attribution | None:
    """Who says so; nobody but the article for two in five."""
    draw = random.random()
    if draw < 0.4:
        return None
    if draw < 0.75:
        count = random.choice((2, 2, 3, 4))
        text = f"{_NUMBERS[count][1]}名知情人士" if zh else f"{_NUMBERS[count][0]} people familiar with the matter"
        return Attribution(text, "unnamed", count)
    if draw < 0.9:
        return Attribution("公司声明" if zh else "A company statement", "company")
    return Attribution(random.choice(outlets), "outlet")


def edtf(day: date, precision: str) -> str:
    """The day as closely as ``precision`` says: "day", "month", "year" or ""."""
    return {"day": day.isoformat(), "month": f"{day:%Y-%m}", "year": str(day.year), "": ""}[precision]


def _when(edtf: str, *, zh: bool) -> str:
    parts = [int(part) for part in edtf.split("-")] if edtf else []
    if not parts:
        return ""
    if zh:
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False)) + "，"
    named = [str(parts[0]), *(_MONTHS[part - 1] for part in parts[1:2]), *(str(part) for part in parts[2:])]
    return f" {'on' if len(parts) == 3 else 'in'} {' '.join(reversed(named))}"


def written(soul: Soul, *, zh: bool, both: bool) -> str:
    """The name as the text has it, with the other script behind it where ``both`` are given."""
    if zh:
        return f"{soul.han}（{soul.name}）"
    return f"{soul.name} ({soul.han})" if both else soul.name


# ------------------------------------------------------------------ moves

_LEAVES = {
    "confirmed": ("has left {a} to join {b}", "已离开{a}，加入{b}"),
    "reported": ("left {a} and joined {b}", "从{a}离职，转投{b}"),
    "planned": ("will leave {a} for {b}", "将离开{a}，前往{b}"),
    "rumoured": ("may be about to leave {a} for {b}", "或将离开{a}，加盟{b}"),
    "declined": ("turned down an offer to leave {a} for {b}", "拒绝了离开{a}、加入{b}的邀请"),
    "denied": ("is not leaving {a} for {b}", "否认离开{a}、加入{b}"),
}
_JOINS = {
    "confirmed": ("has joined {b}", "已加入{b}"),
    "reported": ("joined {b}", "加入{b}"),
    "planned": ("will join {b}", "将加入{b}"),
    "rumoured": ("may soon join {b}", "或将加入{b}"),
    "declined": ("turned down an offer of {b}", "拒绝了{b}的邀请"),
    "denied": ("is not joining {b}", "否认加入{b}"),
}
_QUITS = {
    "confirmed": ("has left {a}", "已离开{a}"),
    "reported": ("left {a}", "从{a}离职"),
    "planned": ("will leave {a}", "将离开{a}"),
    "rumoured": ("may be about to leave {a}", "或将离开{a}"),
    "declined": ("decided not to leave {a}", "决定不离开{a}"),
    "denied": ("is not leaving {a}", "否认离开{a}"),
}
_FOUNDS = {
    "founding": ("left {a} to found {b}", "离开{a}，创办{b}"),
    "acquihire": ("moved from {a} to {b} when it was bought", "随收购从{a}转入{b}"),
}


def _move(said: dict[str, Any], zh: bool) -> str:
    a, b = said["origin"], said["destination"]
    if a and b:
        forms = _FOUNDS.get(said["kind"]) or _LEAVES[said["status"]]
    else:
        forms = (_JOINS if b else _QUITS)[said["status"]]
    clause = forms[zh].format(a=a, b=b)
    if not (role := said["role"]):
        return f"{said['who']}{clause}" if zh else f"{said['who']} {clause}"
    if zh:
        return f"{said['who']}{clause}，{'担任' if b else '此前担任'}{role}"
    return f"{said['who']} {clause}{' as ' if b else ', where the title was '}{role}"


def _pay(said: dict[str, Any], zh: bool) -> str:
    low, high = f"{said['min'] // 10_000:,}", f"{said['max'] // 10_000:,}"
    if zh:
        return f"{said['org']}为{said['who']}开出每年{low}万至{high}万美元的总薪酬"
    return f"{said['org']} offered {said['who']} between {said['min']:,} and {said['max']:,} dollars a year in all"


_COUNTS = {
    "headcount": ("{org} now employs {n} people", "{org}目前有{n}名员工"),
    "openings": ("{org} has {n} open positions", "{org}有{n}个空缺职位"),
    "hiring_plan": ("{org} plans to hire {n} people", "{org}计划招聘{n}人"),
    "layoffs": ("{org} cut {n} jobs", "{org}裁员{n}人"),
}


def _signal(said: dict[str, Any], zh: bool) -> str:
    return _COUNTS[said["metric"]][zh].format(org=said["org"], n=f"{said['min']:,}")


_WRITE = {"move": _move, "compensation": _pay, "signal": _signal}


# ------------------------------------------------------------------ the rest


def filler(random: Random, *, zh: bool) -> str:
    """A sentence that claims nothing."""
    tail = "_zh" if zh else ""
    parts = [random.choice(words()[f"filler_{part}{tail}"]) for part in ("subjects", "verbs", "objects", "ends")]
    return "".join(parts) + "。" if zh else " ".join(parts) + "."
