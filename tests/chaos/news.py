"""Invented articles with known claims, in both languages, the same for the same seed; some are reposts of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from random import Random

GIVEN = ("Ada", "Bruno", "Clara", "Daniel", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Karla", "Leon")
FAMILY = ("Whitfield", "Marchetti", "Lindqvist", "Okafor", "Delacroix", "Petrov", "Hoffmann", "Castellano", "Reyes")
SURNAMES, NAMES = (
    "王李张刘陈杨赵黄周吴",
    ("思远", "雨桐", "子轩", "佳宁", "浩然", "梓涵", "志强", "慧敏", "文博", "晓峰"),
)
FIRMS = ("OpenAI", "Anthropic", "Meta", "Google DeepMind", "xAI", "Microsoft", "Apple", "Nvidia")
CHINESE_FIRMS = ("字节跳动", "阿里巴巴", "腾讯", "百度", "月之暗面", "智谱", "商汤科技", "华为")
FIRST_DAY = date(2025, 1, 6)
REPOSTS = 0.15

MOVES = (
    "{person} has left {origin} to join {target}, two people familiar with the matter said.",
    "{target} has hired {person} from {origin} as a research scientist, the company said.",
    "{person}, a researcher at {origin}, is joining {target}, according to a memo.",
)
PAY = "{target} offered researchers packages of ${amount} million a year, two people said."
SIGNAL = "{origin} laid off {number} employees this week, the company said."
CHINESE_MOVES = (
    "{person}已从{origin}离职，加入{target}，两位知情人士表示。",
    "{target}宣布，原{origin}研究员{person}加入公司。",
)
CHINESE_SIGNAL = "{origin}本周裁员{number}人，公司方面表示。"
FILLER = (
    "The change was first noticed on an internal page on a {day}.",
    "Colleagues gathered for lunch near the river that {day} and spoke of other things.",
    "A spokesperson answered questions by e-mail late on {day}.",
)
CHINESE_FILLER = (
    "消息传出时正值{day}，办公楼前一切如常。",
    "公司发言人在{day}晚间通过邮件作了答复。",
    "{day}上午的例会照常举行。",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
CHINESE_DAYS = ("周一", "周二", "周三", "周四", "周五")


@dataclass(frozen=True, slots=True)
class Story:
    """One article: how it is called, what its page says, and whether it is fetched or sent in as a file."""

    number: int
    language: str
    title: str
    paragraphs: tuple[str, ...]
    published: date
    fetched: bool

    @property
    def path(self) -> str:
        """Where the local site serves it."""
        return f"/{self.language}/{self.number}.html"

    def page(self) -> bytes:
        """The article as a page of a news site."""
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        lang = "zh-CN" if self.language == "zh" else "en"
        return (
            f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(self.title)}</title>'
            f'<meta property="article:published_time" content="{self.published}T09:00:00+00:00"></head>'
            f"<body><article><h1>{escape(self.title)}</h1>{body}</article></body></html>"
        ).encode()

    def text(self) -> bytes:
        """The article as a text file."""
        head = f"Title: {self.title}\nDate: {self.published}\nSource: Desk {self.number % 7}\n\n"
        return (head + "\n\n".join(self.paragraphs) + "\n").encode()


def stories(number: int, *, seed: int) -> list[Story]:
    """``number`` articles; people and firms recur, so that many articles touch one fact."""
    random = Random(f"stories {seed}")
    told: list[Story] = []
    for each in range(number):
        if told and random.random() < REPOSTS:
            told.append(_repost(random.choice(told), each, random))
        else:
            told.append(_story(each, random))
    return told


def _story(number: int, random: Random) -> Story:
    chinese = random.random() < 0.5
    published = FIRST_DAY + timedelta(days=random.randrange(200))
    paragraphs = _chinese(number, random) if chinese else _english(number, random)
    title = paragraphs[0].rstrip(".。")[:80]
    return Story(number, "zh" if chinese else "en", title, paragraphs, published, fetched=random.random() < 0.6)


def _repost(story: Story, number: int, random: Random) -> Story:
    """The same words with another last line, a day later."""
    last = f"本文编号{number}。" if story.language == "zh" else f"This copy has the number {number}."
    published = story.published + timedelta(days=1 + random.randrange(3))
    return Story(number, story.language, story.title, (*story.paragraphs, last), published, random.random() < 0.6)


def _english(number: int, random: Random) -> tuple[str, ...]:
    origin, target = random.sample(FIRMS, 2)
    person = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
    lines = [random.choice(MOVES).format(person=person, origin=origin, target=target)]
    lines += [each.format(day=random.choice(DAYS)) for each in random.sample(FILLER, 2)]
    if random.random() < 0.4:
        lines.append(PAY.format(target=target, amount=random.randrange(2, 40)))
    if random.random() < 0.4:
        lines.append(SIGNAL.format(origin=origin, number=random.randrange(3, 90) * 10))
    lines.append(
        f"This report was filed under the number {number} and has not been changed since it was first printed."
    )
    return tuple(lines)


def _chinese(number: int, random: Random) -> tuple[str, ...]:
    origin, target = random.sample(CHINESE_FIRMS, 2)
    person = random.choice(SURNAMES) + random.choice(NAMES)
    lines = [random.choice(CHINESE_MOVES).format(person=person, origin=origin, target=target)]
    lines += [each.format(day=random.choice(CHINESE_DAYS)) for each in random.sample(CHINESE_FILLER, 2)]
    if random.random() < 0.4:
        lines.append(CHINESE_SIGNAL.format(origin=origin, number=random.randrange(3, 90) * 10))
    lines.append(f"本报道编号为{number}，刊出后未作改动，读者可以凭编号查询原文。")
    return tuple(lines)
