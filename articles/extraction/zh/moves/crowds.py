"""Whether a clause speaks of people whom nobody names, so that no name is carried past it."""

from __future__ import annotations

import re

from articles.extraction.zh.moves.scene import Scene

# A crowd that a clause counts, or a trade that it describes and the next one speaks of: 精心培养的工程师，被 B 挖走.
_CROWD = re.compile(
    r"[\d.一二三四五六七八九十百千数几] ?[万千百余多]{0,2} ?[余多]?[名位]?(?:员工|人)(?!工|民|次|才)[^,。的]{2,}"
)
_TRADE = re.compile(
    r"^[ “]*(?:甚至|就连|连|许多|不少|大量|很多|大批|一些|有些|这些|那些|部分|众多|越来越多|更多)?[^,。;]{2,}的"
    r"(?:工程师|研究员|科学家|员工|高管|人才|程序员|毕业生|博士|学者|人|开发者|骨干|团队|中高层|高层)[ ”]*$"
)


def has_crowd(scene: Scene, clause: int) -> bool:
    """Whether people whom nobody names are what the clause speaks of."""
    if any(t.kind in ("person", "group") for t in scene.clause_tokens(clause)):
        return False
    text = scene.text[slice(*scene.bounds[clause])]
    follows = scene.text[scene.bounds[clause][1] + 1 : scene.bounds[clause][1] + 3].lstrip()
    return bool(_CROWD.search(text) or (_TRADE.search(text) and follows[:1] in tuple("被也都纷正已就却便")))
