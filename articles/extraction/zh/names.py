"""Finds the people a Chinese article names: Han names, transliterations and Latin names, each with its other forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.extraction.lexicon import table, words
from articles.extraction.zh.spans import Coverage

_HAN = "\u3400-\u9fff"
_LATIN_WORD = r"(?:[A-Z][a-zà-öø-ÿāéğışöüćčšžłń'’]*(?:[A-Z][a-zà-öø-ÿ]+)?|[A-ZÀ-Þ][a-zà-öø-ÿ]+)(?:-[A-Z][a-zà-öø-ÿ]+)*"
_LATIN_NAME = re.compile(
    rf"(?<![A-Za-z0-9@/._-])(?:(?:[A-Z]\.){{1,3}} ?)?{_LATIN_WORD}"
    r"(?:[ ·](?:[A-Z]\.(?: ?[A-Z]\.)?|de|De|del|van|Van|von|der|den|la|bin|al|el|Al-[A-Z][a-z]+"
    rf"|{_LATIN_WORD}|[A-Z]{{2}}(?![A-Za-z]))){{0,4}}"
    r"(?![A-Za-z0-9_@]|\.[A-Za-z]|-[A-Za-z0-9])"
)
_BRACKET = re.compile(rf"([{_HAN}A-Z·.-]{{2,24}}) ?\(([A-Z][^()\n]{{1,40}})\)")
_LATIN_THEN_HAN = re.compile(
    rf"([A-Z][A-Za-zà-ÿ.'’ -]{{2,40}}) ?(?:\(([{_HAN}·]{{2,12}})\)|/([{_HAN}]{{2,4}})(?![{_HAN}]))"
)
# James (Jim) Stone
_NICKNAME = re.compile(r"(?<![A-Za-z])([A-Z][a-z]+) ?[(“\"]([A-Z][a-z]+)[)”\"] ?([A-Z][a-z]+)(?![A-Za-z])")
_SLASH = re.compile(rf"([{_HAN}]{{2,4}})/([A-Z][a-z]+ [A-Z][a-z]+)")
_DOT = re.compile(rf"[{_HAN}A-Z.]{{1,8}}(?:·[{_HAN}A-Z.]{{1,8}}){{1,4}}")
_PARTICLES = frozenset({"de", "De", "del", "van", "Van", "von", "der", "den", "la", "bin", "al", "el"})
# What only people do: 于 2020 年, 从 A 加入, 是 A 的研究员, 在 A 工作.
_ACTS = re.compile(
    r"(?:于 ?)?\d{4} ?年|于 ?\d{4}|从[^,。;]{2,24}?(?:加入|离职|回到|跳槽|辞职|离开|毕业)"
    r"|(?:曾)?是[^,。;]{2,30}?(?:研究员|负责人|科学家|创始人|成员|工程师|高管|教授|作者|之一|领导)"
    r"|[曾也]?在[^,。;]{2,26}?(?:工作|任职|担任|离职|加入|入职|宣布)"
    r"|因[^,。;]{2,30}?(?:离职|辞职|离开|退)|(?:将|已|也|即将|正)(?:从|加入|离开|担任|出任|离职|入职)"
)
_EDGE = frozenset(" ,。、:;!?()“”\"'《》—-…\n*#>|~/&")


@dataclass(slots=True)
class Person:
    """One human being of an article: every form of the name in the text."""

    name: str
    forms: list[str] = field(default_factory=list)

    def aliases(self) -> tuple[str, ...]:
        return tuple(form for form in self.forms if form != self.name)


@dataclass(frozen=True, slots=True)
class NameHit:
    start: int
    end: int
    person: Person


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is already known about the text: its words, its organisations, and where titles end."""

    text: str
    tags: Sequence[tuple[str, str]]
    organisations: Coverage
    title_ends: frozenset[int]


@cache
def _surnames() -> frozenset[str]:
    return words("zh/surnames")


@cache
def _sounds() -> frozenset[str]:
    return words("zh/transliteration")


@cache
def _beside() -> dict[str, frozenset[str]]:
    names = table("zh/names")
    return {key: frozenset(value) for key, value in names.items()}


def find_people(around: Surroundings) -> list[NameHit]:
    """Every mention of a person by name in ``around.text``, in order; pronouns are not its business."""
    people = _Register()
    _bracketed(around, people)
    _dotted(around, people)
    _latin(around, people)
    _han(around, people)
    _known(around, people)
    people.join_short_forms()
    return list(_mentions(around, people))


class _Register:
    """The people found so far, by each form of their names."""

    def __init__(self) -> None:
        self.by_form: dict[str, Person] = {}

    def add(self, *forms: str) -> Person:
        person = next((self.by_form[f] for f in forms if f in self.by_form), None) or Person(name=forms[0])
        for form in forms:
            if self.by_form.setdefault(form, person) is person and form not in person.forms:
                person.forms.append(form)
        person.name = _fullest(person.forms)
        return person

    def join_short_forms(self) -> None:
        """Surnames and given names of full names, where only one person has them; Russ and Ruslan with one surname."""
        self._join_variants()
        owners: dict[str, list[Person]] = {}
        for person in self.people():
            for short in set(_short_forms(person.forms)):
                owners.setdefault(short, []).append(person)
        for short, people in owners.items():
            alone = self.by_form.get(short)
            if len(people) == 1 and (alone is None or alone.forms == [short]):
                self.by_form[short] = people[0]
                people[0].forms.append(short)

    def _join_variants(self) -> None:
        """One person for "Russ X" and "Ruslan X", and for a name with two letters swapped."""
        by_given: dict[str, list[Person]] = {}
        by_surname: dict[str, list[Person]] = {}
        for person in self.people():
            if person.name.count(" ") == 1:
                given, surname = person.name.split(" ")
                by_surname.setdefault(surname, []).append(person)
                by_given.setdefault(given, []).append(person)
        for first, *others in by_surname.values():
            for other in others:
                if first.name[:3] == other.name[:3]:
                    self._join(first, other)
        for first, *others in by_given.values():
            for other in others:
                if sorted(first.name) == sorted(other.name):
                    self._join(first, other)

    def _join(self, first: Person, other: Person) -> None:
        first.forms += [form for form in other.forms if form not in first.forms]
        self.by_form.update(dict.fromkeys(other.forms, first))

    def people(self) -> list[Person]:
        return list({id(p): p for p in self.by_form.values()}.values())


def _fullest(forms: Iterable[str]) -> str:
    """The Latin form with most words, else the longest form."""
    return max(forms, key=lambda form: (form.isascii() or "\u00c0" <= form[0] <= "\u024f", form.count(" "), len(form)))


def _short_forms(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        if " " in form:
            parts = form.split(" ")
            yield from (p for p in (parts[0], parts[-1]) if len(p) > 2 and p[0].isupper() and p not in _PARTICLES)
            if len(parts) > 2 and parts[-2] in _PARTICLES:
                yield " ".join(parts[-2:])
        elif "·" in form:
            parts = form.split("·")
            yield from (p for p in (parts[-1], parts[0]) if len(p) > 1 or (p == parts[-1] and p in _surnames()))


def _bracketed(around: Surroundings, people: _Register) -> None:
    """张三(San Zhang), 马克·扎克伯格(Mark Zuckerberg), San Zhang(张三), 张三/San Zhang."""
    text = around.text
    for match in _BRACKET.finditer(text):
        latin = match[2].strip()
        if not _is_latin_name(latin):
            continue
        han = _name_before(around, match.end(1))
        if han and (" " in latin or "·" in han or _left_weight(around, match.end(1) - len(han)) >= 2):
            people.add(latin, han)
    for match in _NICKNAME.finditer(text):
        if not around.organisations.touches(match.start(), match.end()):
            people.add(f"{match[1]} {match[3]}", f"{match[2]} {match[3]}", match[0])
    for match in _SLASH.finditer(text):
        if _is_latin_name(match[2]) and _surname_length(match[1]):
            people.add(match[2], match[1])
    for match in _LATIN_THEN_HAN.finditer(text):
        latin, han = match[1].strip(), match[2] or match[3]
        if around.organisations.touches(match.start(), match.end()):
            continue
        if " " in latin and _is_latin_name(latin) and _whole_han_name(han):
            people.add(latin, han)


def _is_latin_name(latin: str) -> bool:
    match = _LATIN_NAME.fullmatch(latin)
    return bool(match) and not _beside()["not_latin"] & set(latin.split()) and not latin.isupper()


def _whole_han_name(han: str) -> bool:
    if "·" in han:
        return all(c in _sounds() for c in han.replace("·", ""))
    return _surname_length(han) > 0 and len(han) - _surname_length(han) in (1, 2)


def _surname_length(han: str) -> int:
    if han[:2] in _surnames() and len(han) > 2:
        return 2
    return 1 if han[:1] in _surnames() else 0


def _name_before(around: Surroundings, end: int) -> str:
    """The Han name that ends at ``end``: with dots, a bare transliteration, or surname and given name."""
    text, floor = around.text, max(0, end - 20)
    floor = max(floor, around.organisations.end_before(end))
    start = end
    while start > floor and (text[start - 1] in _sounds() or text[start - 1] in "·-"):
        start -= 1
    start = _skip_honorific(text, start, end)
    foreign = text[start:end].strip("·-.")
    if "·" in foreign:
        return foreign
    native = _native_before(around, end, floor)
    if native and (len(native) >= len(foreign) or end - len(native) in around.title_ends):
        return native
    return foreign if len(foreign) >= 2 and not foreign.isascii() else native


def _native_before(around: Surroundings, end: int, floor: int) -> str:
    text = around.text
    for length in (3, 2, 4):
        start = end - length
        if start < floor or not _whole_han_name(text[start:end]):
            continue
        if length == 4 and text[start : start + 2] not in _surnames():
            continue
        if start in around.title_ends or start == floor or _left_weight(around, start):
            return text[start:end]
    return ""


def _skip_honorific(text: str, start: int, end: int) -> int:
    """博士马克 begins after 博士: 士 is a sound, but not here."""
    if text[start - 1 : start + 1] in _beside()["tails"]:
        return start + 1
    for position in range(start, min(end, start + 3)):
        if text[position] == "士" and text[position - 1 : position] in tuple("博女爵院骑人硕"):
            return position + 1
    return start


def _dotted(around: Surroundings, people: _Register) -> None:
    text = around.text
    for match in _DOT.finditer(text):
        first_dot, last_dot = text.index("·", match.start()), text.rindex("·", match.start(), match.end())
        start = first_dot
        while start > match.start() and _is_sound(text[start - 1]) and not around.organisations.ends_at(start):
            if start in around.title_ends and start < first_dot:
                break
            start -= 1
        start = _skip_honorific(text, start, first_dot)
        start -= text[start - 1 : start + 1] == "大卫"
        end = _end_of_sounds(text, last_dot + 1, match.end())
        if start < first_dot and end > last_dot + 1 and not around.organisations.touches(start, end):
            people.add(text[start:end].strip("."))


def _is_sound(character: str) -> bool:
    return character in _sounds() or "A" <= character <= "Z" or character == "."


def _end_of_sounds(text: str, start: int, limit: int) -> int:
    """The end of the sounds from ``start``, before a word that follows names (加入 begins with a sound)."""
    end = start
    while end < limit and _is_sound(text[end]):
        if text[end] == "因" and not (end + 1 < limit and _is_sound(text[end + 1])):
            break
        if end > start and any(text[end : end + n] in _beside()["after"] for n in (2, 3)):
            break
        end += 1
    return end


def _latin(around: Surroundings, people: _Register) -> None:
    """Two and more capitalised words with a given name or a person's surroundings; one word only beside a verb."""
    given, common = words("en/given_names"), _beside()["not_alone"]
    single: list[tuple[str, int, int]] = []
    for name, left, right in _latin_candidates(around):
        if " " not in name:
            single.append((name, left, right))
        elif name.split(" ")[0] in given or left + right >= 3 or (left and right and _is_romanised(name)):
            people.add(name)
    for name, left, right in single:
        if name in people.by_form or name in common:
            continue
        if (name in given and right and (left or f"{name}、" in around.text)) or (
            len(name) > 3
            and left >= 2
            and right >= 2
            and not re.search(rf"{re.escape(name)} ?(?:公司|任命|宣布任命|聘|的?首席|的?CEO|董事会|团队)", around.text)
        ):
            people.add(name)


def _is_romanised(name: str) -> bool:
    """Whether the last word is a known surname, romanised Chinese ones among them: Bowen Zhang."""
    last = name.split(" ")[-1]
    return last in _beside()["romanised"] or last in words("en/surnames")


def _latin_candidates(around: Surroundings) -> Iterator[tuple[str, int, int]]:
    """Runs of capitalised words that no organisation covers, with the weights of both sides."""
    for match in _LATIN_NAME.finditer(around.text):
        name, start, end = match[0], match.start(), match.end()
        if (
            around.organisations.touches(start, end)
            or name.isupper()
            or _beside()["not_latin"].intersection(name.split(" "))
        ):
            continue
        yield name, _left_weight(around, start), _right_weight(around.text, end)


def _left_weight(around: Surroundings, start: int) -> int:
    """How much the words before ``start`` look like what comes before a person: 0 to 3."""
    text, beside = around.text, _beside()
    at = start - 1 if start and text[start - 1] == " " else start
    if at in around.title_ends or start in around.title_ends:
        return 3
    if any(text[at - n : at] in beside["before"] for n in (2, 3, 4) if at >= n):
        return 2
    if at == 0 or text[at - 1] in beside["before_characters"] or text[at - 1] in _EDGE:
        return 1
    return 0


def _right_weight(text: str, end: int) -> int:
    """How much the words from ``end`` look like what follows a person: 0 to 2."""
    at = end + 1 if text[end : end + 1] == " " else end
    if any(text[at : at + n] in _beside()["after"] for n in (2, 1, 3)) or _ACTS.match(text, at):
        return 2
    following = text[at : at + 1]
    return 1 if following in _EDGE or following == "" or following in _beside()["after_characters"] else 0


def _han(around: Surroundings, people: _Register) -> None:
    """Surname and given name where the tagger says so, or where a title before and a verb after do."""
    text, ignored = around.text, words("zh/not_names")
    counts: dict[str, int] = {}
    at = 0
    following = (*around.tags[1:], ("", ""))
    for (word, tag), after in zip(around.tags, following, strict=False):
        start, at = at, at + len(word)
        if _is_transliteration(around, word, tag, start):
            people.add(word)
            continue
        if (
            (word[0] not in _surnames() and text[start : start + 2] not in _surnames())
            or word[:2] in ignored
            or text[start : start + 2] in ignored
            or around.organisations.touches(start, at)
        ):
            continue
        if around.title_ends & {start + 1, start + 2} and start not in around.title_ends:
            continue
        best = max(_lengths(around, start, word, tag, after), default=(0, 0))
        if best[0] >= 4:
            name = text[start : start + best[1]]
            if name not in people.by_form:
                counts[name] = counts.get(name, 0) + best[0]
    for start in around.title_ends:
        name = _after_title(around, start)
        if name and name[:2] not in ignored and name not in people.by_form:
            counts.setdefault(name, 4)
    for name, weight in counts.items():
        if weight >= 4:
            people.add(name)


def _after_title(around: Surroundings, start: int) -> str:
    """The name that follows a title, wherever the tagger cut the words."""
    text = around.text
    if text[start : start + 1] not in _surnames() and text[start : start + 2] not in _surnames():
        return ""
    weight, length = max(_lengths(around, start, "", "", ("", "")), default=(0, 0))
    end = start + length
    return text[start:end] if weight >= 4 and not around.organisations.touches(start, end) else ""


def _is_transliteration(around: Surroundings, word: str, tag: str, start: int) -> bool:
    """A name of sounds alone, without a dot, between a title and a verb: 首席执行官阿莫代表示."""
    if len(word) < 3 or tag not in ("nrt", "nr") or not all(c in _sounds() for c in word):
        return False
    end = start + len(word)
    weight = _left_weight(around, start) + _right_weight(around.text, end)
    return weight >= 3 and not around.organisations.touches(start, end)


def _lengths(
    around: Surroundings, start: int, word: str, tag: str, after: tuple[str, str]
) -> Iterator[tuple[int, int]]:
    """(weight, length) of each Han name that could begin at ``start``."""
    text = around.text
    if text[start - 1 : start] == "“" and "”" in text[start + 2 : start + 4]:
        return
    surname = 2 if text[start : start + 2] in _surnames() else 1
    left = _left_weight(around, start)
    for length in (surname + 1, surname + 2):
        given = text[start + surname : start + length]
        if len(given) < length - surname or not all("\u3400" <= c <= "\u9fff" for c in given):
            continue
        if (
            given[-1] in _beside()["after_characters"]
            or text[start + length - 1 : start + length + 1] in _beside()["after"]
        ):
            continue
        tagged = tag.startswith("nr") and len(word) >= 2
        right = _right_weight(text, start + length)
        exact = tagged and len(word) == length
        exact = exact or (len(word) == surname and len(word) + len(after[0]) == length and after[1].startswith("nr"))
        left = left or int(exact and text[start - 1 : start] == "的")
        weight = left + right + (2 if exact else 1 if tagged or (tag == "nr" and right == 2 and left) else 0)
        if text[start - 1 : start] in ("、", "和") and text[start + length : start + length + 1] in (
            "、",
            "和",
            "等",
            "与",
        ):
            weight += 2
        if text[start - 1 : start] == "由" and right == 2:
            yield weight + 1 + length // 3, length
            continue
        # A dictionary word of two characters or more is a name only between a title and a verb.
        listed = text[start - 1 : start] == "、" and text[start + length : start + length + 1] in ("、", "和", "等")
        if not tagged and len(word) > 1 and not ((left == 3 or listed) and right >= 1 and len(word) <= length):
            continue
        if (left or (exact and right == 2)) and (right or (left == 3 and tagged and len(word) == length)):
            yield weight, length


def _known(around: Surroundings, people: _Register) -> None:
    """Names so well known that articles give them without their Latin form: 奥特曼 is Sam Altman."""
    for latin, forms in table("zh/known_people").items():
        present = [form for form in forms if form in around.text]
        if present and not any(form.endswith("·" + p) for form in people.by_form for p in present if "·" not in p):
            latin_here = [latin] if latin in people.by_form else []
            people.add(*latin_here, *(p for p in present if p in people.by_form), *present)


def _mentions(around: Surroundings, people: _Register) -> Iterator[NameHit]:
    forms = sorted(people.by_form)
    if not forms:
        return
    text = around.text
    used: dict[int, set[str]] = {}
    hits = []
    for index, start, end in AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        form = forms[index]
        if around.organisations.touches(start, end) or not _whole_word(text, start, end):
            continue
        if len(form) == 1 and not _alone(text, start, end):
            continue
        person = people.by_form[form]
        used.setdefault(id(person), set()).add(form)
        hits.append(NameHit(start, end, person))
    for person in people.people():
        person.forms = sorted(used.get(id(person), set()), key=lambda f: (f != person.name, -len(f), f))
    yield from hits


def _alone(text: str, start: int, end: int) -> bool:
    """Whether one character stands for a person: 随后王加入了."""
    return _right_weight(text, end) == 2 and text[max(0, start - 2) : start] in ("随后", "之后", "此后", "而后", "后来")


def _whole_word(text: str, start: int, end: int) -> bool:
    if text[start].isascii() or text[start] < "\u2e80":
        before, after = text[start - 1 : start], text[end : end + 1]
        return not (_joins(before) or _joins(after) or (after == "." and text[end + 1 : end + 2].isalpha()))
    # 王 in 亚历山大·王 or 瓦尔科夫 would be the middle of another name.
    return not (text[start - 1 : start] == "·" or text[end : end + 1] == "·")


def _joins(character: str) -> bool:
    return (character.isalnum() and character < "\u2e80") or (character in ("@", "_") and character != "")
