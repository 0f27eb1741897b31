"""Posts in the words of the text: what follows 担任, 为 and their like."""

from __future__ import annotations

import re

from articles.extraction.lexicon import table
from articles.extraction.zh.moves.scene import Scene, Token

_TRIM = " ,。;:、!?“”\"'()的一职兼《》*"


_ROLE_END = re.compile(
    r"[,。;:!?\n()]|并|即被|后被|之后|后,|以来|期间|一职|的职务|职务|职位|的新角色|,|以(?=帮助|加|推|领|扩|进)|长达|直至|[一二两三四五六七八九十]{1,3}多?年|"
    r"达?\d+年|超过\d|(?<=[官裁监EOT师理任员家事授长席])(?:的职|[以来])"
)


_SPAN_OF_TIME = re.compile(r"^[\d一二两三四五六七八九十几多余近超过长达 ]+(?:年|个月|个月之久)$")


_ROLE_VERBS = (
    "担任",
    "任",
    "出任",
    "就任",
    "成为",
    "作为",
    "负责",
    "领导",
    "带领",
    "兼任",
    "做",
    "主管",
    "从事",
    "掌管",
    "当",
    "接任",
    "接手",
    "执掌",
)


_DUTIES = ("负责", "领导", "带领", "主管", "从事", "掌管", "接手", "执掌")


def role_after(scene: Scene, start: int, clause: int, later: bool = True) -> str | None:
    """The post that 担任 and its like give right of ``start``, in this clause or the next."""
    for bound in scene.bounds[clause : clause + (2 if later else 1)]:
        for token in scene.tokens:
            if (
                token.kind in ("hold", "take")
                and token.text in _ROLE_VERBS
                and max(bound[0], start) <= token.start < bound[1]
            ):
                if bound[0] > start and token.start - bound[0] > 4:
                    continue
                if any(t.kind == "person" and start <= t.start and t.end <= token.start for t in scene.tokens):
                    continue
                return role_text(scene, token.end, bound[1], whole=token.text if token.text in _DUTIES else "")
    return None


def role_text(scene: Scene, start: int, end: int, whole: str = "") -> str | None:
    text = scene.text[start:end]
    stop = _ROLE_END.search(text)
    role = text[: stop.start()] if stop else text
    for token in scene.tokens:
        if token.kind == "org" and start <= token.start < start + len(role) and not whole:
            prefix = scene.text[start : token.start].strip()
            if prefix in ("", "了", "为", "在", "该") or len(prefix) <= 2:
                role = scene.text[token.end : start + len(role)]
                break
    if re.match(r"(?:之?后|以来|之?前|时|期间)", role):
        return None
    role = re.sub(
        r"^(?:了|为|成|我们的|首位|首任|公司|该公司|其|旗下|新任|新的|新|的|一名|一位|下一任|该校|,)+",
        "",
        role.strip(_TRIM),
    ).strip(_TRIM)
    role = role.split("的新")[-1] if role.startswith("公司") else role
    if not role or len(role) > 40 or _SPAN_OF_TIME.search(role):
        return None
    return whole + role if whole else role


def given_role(scene: Scene, token: Token) -> str | None:
    """为 R, 担任 R right after the name."""
    after = scene.text[token.end : token.end + 60]
    match = re.match(
        r"(?:\([^)]*\))? ?(?:博士|先生|女士)?(?:加入[^,。]{0,20}?)?(?:,)?(?:为|担任|出任|任|成为|作为)"
        r"(?:其|公司|该公司)?(?:的)?",
        after,
    )
    if not match:
        return None
    start = token.end + match.end()
    bound = next((b for _, b in scene.bounds if b >= start), scene.sentence.end)
    return role_text(scene, start, bound)


def held_at(scene: Scene, token: Token) -> bool:
    """Whether a post at the organisation is told: 在 A 担任, 担任 A 的 R, 就职于 A, 是 A 的 R."""
    lead, tail = scene.text[max(0, token.start - 16) : token.start], scene.text[token.end : token.end + 40]
    if re.search(
        r"(?:做过|当过|干过|管过|带过|(?:上一家|前一家)(?:公司|东家|雇主)(?:是|为)|担任|任职于|就职于|供职于|效力于|历任|曾任|任|是|为|来自|领导|领导过|曾在[^,。]{0,12}|工作于|创办了?|创立了?)"
        r"(?:过|了)?(?:[^,。任在]{0,10})? ?$",
        lead,
    ):
        return True
    return bool(re.search(r"在[^,。]{0,12}$", lead)) and bool(
        re.match(
            r"[^,。]{0,24}?(?:担任|工作|任|供职|就职|效力|领导|负责|从事|度过|当|做|带领|分管|主管|主导|掌管|管着|管(?!理学)|操盘|带队|带|研究|干了|待了)",
            tail,
        )
    )


def role_at(scene: Scene, token: Token) -> str | None:
    """The post told beside an employer: A 的 R, 在 A 担任 R."""
    tail = scene.text[token.end : token.end + 60]
    end = re.search(r"[,。;:!?\n]", tail)
    tail = tail[: end.start()] if end else tail
    held = re.match(r"[^,。]{0,24}?(?:担任|出任|任职?为?|从事|负责(?!人)|领导(?!者|人))(?:过|了)?", tail)
    if held and not re.match(r"的", tail):
        return role_text(scene, token.end + held.end(), token.end + len(tail))
    return (
        role_text(scene, token.end, token.end + len(tail))
        if any(t.kind == "title" and token.end <= t.start < token.end + len(tail) for t in scene.tokens)
        else None
    )


def is_beside(role: str | None) -> bool:
    """Whether the post leaves the holder's employment as it is: an adviser's, a board member's."""
    return any(word in (role or "") for word in table("zh/moves")["company"]["beside"])
