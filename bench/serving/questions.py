"""What is asked of each contender: the same moves, companies and words, in proportion to how much there is of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from bench.serving.contenders import DATASETTE, PLAIN, SITE, THIN

# So many different addresses of each kind: far more than are asked for in a round, so that what was kept of an answer
# helps nobody who is not asked twice by the world itself.
SAMPLE = 4_000
_WORDS = (
    "robotics", "compilers engineer", "chief scientist", "head of safety", "left joined March", "confirmed alignment",
    "training data centre", "staff engineer", "vice-president research", "distinguished engineer", "director",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Workload:
    """One kind of question: paths by contender."""

    name: str
    paths: dict[str, Sequence[str]]


def workloads(seed: int = 5) -> list[Workload]:
    """All of them, about the rows of the database that Django is connected to."""
    random = Random(seed)
    moves = _sampled_moves(random)
    ids = [move["public_id"] for move in moves]
    slugs = [move["destination__slug"] for move in moves if move["destination__slug"]]
    names = [move["person__name"] for move in moves if move["person__name"]]
    parts = [_part(random, name) for name in names]
    heads = [name[: random.randrange(2, 6)] for name in names]
    database = "moves"
    return [
        Workload("move detail with evidence", {
            SITE: [f"/api/v1/moves/{i}/" for i in ids],
            DATASETTE: [f"/{database}/detail.json?id={i}&_shape=array" for i in ids],
            PLAIN: [f"/moves/{i}/" for i in ids],
            THIN: [f"/moves/{i}" for i in ids],
        }),
        Workload("list of a company", {
            SITE: [f"/api/v1/moves/?to={s}" for s in slugs],
            DATASETTE: [f"/{database}/list_to.json?company={s}&_shape=array" for s in slugs],
            PLAIN: [f"/moves/?company={s}" for s in slugs],
            THIN: [f"/moves/?company={s}" for s in slugs],
        }),
        Workload("list of a company, table API", {
            SITE: [f"/api/v1/moves/?to={s}" for s in slugs],
            DATASETTE: [
                f"/{database}/move.json?destination_id={move['destination_id']}&_sort_desc=sort_date&_size=50"
                "&_labels=on&_nofacet=1&_shape=array" for move in moves if move["destination_id"]
            ],
        }),
        Workload("first page", {SITE: ["/api/v1/moves/"], THIN: ["/moves/"]}),
        Workload("deep page", {
            SITE: [f"/api/v1/moves/?cursor={quote(cursor)}" for cursor in _cursors(random)],
            THIN: [f"/moves/?day={move['sort_date']}&pk={move['pk']}" for move in moves],
        }),
        Workload("name search", {
            SITE: [f"/api/v1/people/?limit=20&q={quote(part)}" for part in parts],
            DATASETTE: [f"/{database}/people.json?_shape=array&q={quote(part)}" for part in parts],
            THIN: [f"/people/?q={quote(part)}" for part in parts],
        }),
        Workload("typeahead", {
            SITE: [f"/api/v1/suggest/?q={quote(head)}" for head in heads],
            THIN: [f"/suggest/?q={quote(head)}" for head in heads],
        }),
        Workload("full text of quotes", {
            SITE: [f"/api/v1/claims/?limit=20&q={quote(words)}" for words in _quoted(random, names)],
            DATASETTE: [f"/{database}/quotes.json?_shape=array&q={quote(words)}" for words in _quoted(random, names)],
        }),
        Workload("flow matrix 50 x 50", {
            SITE: ["/api/v1/flows/?top=50"],
            DATASETTE: [f"/{database}/flows.json?_shape=array&_size=max"],
        }),
        Workload("page of 50 rows", {
            SITE: [f"/moves/?to={s}" for s in slugs],
            DATASETTE: [
                f"/{database}/move?destination_id={move['destination_id']}&_sort_desc=sort_date&_size=50&_nofacet=1"
                for move in moves if move["destination_id"]
            ],
        }),
    ]  # fmt: skip


def _sampled_moves(random: Random) -> list[dict[str, Any]]:
    """Moves by chance: companies come in proportion to what there is of them."""
    from django.db.models import Max

    from talent.models import Move

    most = Move.objects.aggregate(most=Max("pk"))["most"]
    columns = ("pk", "public_id", "sort_date", "destination_id", "destination__slug", "person__name")
    known: dict[int, dict[str, Any]] = {}
    for _ in range(20):
        wanted = [random.randrange(1, most + 1) for _ in range(4 * SAMPLE)]
        known |= {row["pk"]: row for row in Move.objects.filter(pk__in=wanted).values(*columns)}
        if len(known) >= SAMPLE:
            break
    rows = [known[pk] for pk in sorted(known)]
    random.shuffle(rows)
    return rows[:SAMPLE]


def _part(random: Random, name: str) -> str:
    """Letters from the middle of a name."""
    start = random.randrange(max(1, len(name) - 5))
    return name[start : start + 5].strip() or name


def _quoted(random: Random, names: Sequence[str]) -> list[str]:
    """Half of the questions are words that many quotes have, half are a name."""
    return [random.choice(_WORDS) if n % 2 else name for n, name in enumerate(names[:1000])]


def _cursors(random: Random) -> list[str]:
    """Places in the middle half of the list of all moves."""
    from django.http import QueryDict

    from talent import keyset
    from talent.models import Move

    newest = Move.objects.order_by("-sort_date", "-id").values("sort_date", "id")
    query, found = keyset.query_of("/api/v1/moves/", QueryDict()), []
    for move in _sampled_moves(random)[:400]:
        page = keyset.paginate(newest.filter(sort_date__lte=move["sort_date"]), query=query, limit=1)
        found += [page.next] if page.next else []
    return found
