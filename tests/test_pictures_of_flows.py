"""Flows between companies, over time and of one company: against their tables."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.flows import OTHERS, UNKNOWN, Count, End, Flow, Matrix, Partners, Step
from talent.pictures.flows import SHADES, ends_of, heat, sankey, shade
from talent.pictures.net import net_flow, signed
from talent.pictures.partners import partners
from talent.pictures.sankey import lay_out
from tests.pictures import HOSTILE, assert_harmless, roots, said, written

OPEN, META, MOON = (
    End(1, "openai", "OpenAI", ""),
    End(2, "meta", "Meta", ""),
    End(3, "moonshot", "Moonshot AI", "月之暗面"),
)


def _count(moves: int, **figures: int) -> Count:
    return Count(**{"moves": moves, "reports": 2 * moves, "single": 0, **figures})


def _matrix(cells: dict[tuple[int, int], Count]) -> Matrix:
    total = sum(cells.values(), Count())
    return Matrix((OPEN, META), (META, MOON), cells, {}, {}, total)


CELLS = {
    (1, 2): _count(7), (1, 3): _count(2, groups=1, least=6), (2, 3): _count(4), (1, 0): _count(3), (-1, 2): _count(1),
    (-1, -1): _count(9),
}  # fmt: skip


def _address(origin: End | None, destination: End | None) -> str:
    return f"/moves/?{origin.slug if origin else ''}>{destination.slug if destination else ''}"


# ------------------------------------------------------------------ where bands run


def test_bands_are_as_broad_as_their_flows_and_fill_their_nodes() -> None:
    layout = lay_out({(1, 2): 7, (1, 3): 2, (2, 3): 4}, height=300, gap=10)
    breadths = {(band.source.key, band.target.key): band.breadth for band in layout.bands}
    unit = breadths[1, 2] / 7
    assert breadths == pytest.approx({(1, 2): 7 * unit, (1, 3): 2 * unit, (2, 3): 4 * unit})
    for column, side in ((layout.left, 0), (layout.right, 1)):
        for node in column:
            assert node.height == pytest.approx(sum(b for ends, b in breadths.items() if ends[side] == node.key))


def test_nodes_keep_their_distance_and_the_height() -> None:
    flows = {(a, b): float((a * 7 + b * 3) % 5) for a in range(9) for b in range(9)}
    layout = lay_out(flows, height=500, gap=8)
    for column in (layout.left, layout.right):
        assert column[0].y >= -1e-6
        assert column[-1].y + column[-1].height <= 500 + 1e-6
        for upper, lower in pairwise(column):
            assert lower.y - (upper.y + upper.height) >= 8 - 1e-6


_ENDS = st.tuples(st.integers(-1, 8), st.integers(-1, 8))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_ENDS, st.integers(1, 500).map(float), min_size=1, max_size=40))
def test_any_flows_are_laid_out_without_overlap_within_the_height(flows: dict[tuple[int, int], float]) -> None:
    layout = lay_out(flows, height=600, gap=9, last=(-1, 0))
    for column in (layout.left, layout.right):
        assert column[0].y >= -1e-6
        assert column[-1].y + column[-1].height <= 600 + 1e-6
        assert all(lower.y >= upper.y + upper.height + 9 - 1e-6 for upper, lower in pairwise(column))
        keys = [node.key for node in column]
        assert [key for key in keys if key in (-1, 0)] == keys[len(keys) - sum(key in (-1, 0) for key in keys) :]
    assert {(band.source.key, band.target.key): band.value for band in layout.bands} == flows
    for band in layout.bands:
        for node, y in ((band.source, band.y1), (band.target, band.y2)):
            assert node.y - 1e-6 <= y - band.breadth / 2
            assert y + band.breadth / 2 <= node.y + node.height + 1e-6


def test_bands_do_not_cross_where_they_need_not() -> None:
    layout = lay_out({(1, 20): 5, (2, 10): 5, (3, 30): 5}, height=300, gap=10)
    targets = {band.source.key: band.y2 for band in layout.bands}
    sources = {band.source.key: band.y1 for band in layout.bands}
    assert sorted(targets, key=targets.__getitem__) == sorted(sources, key=sources.__getitem__)
    for band in layout.bands:
        assert band.y1 == pytest.approx(band.y2)


def test_the_rest_stays_at_the_foot() -> None:
    layout = lay_out({(1, -1): 50, (1, 2): 1, (3, 2): 9, (3, 0): 2}, height=300, gap=10, last=(-1, 0))
    assert [node.key for node in layout.right] == [2, -1, 0]


def test_it_lays_out_nothing() -> None:
    assert lay_out({}, height=300, gap=10).bands == []
    assert lay_out({(1, 2): 0}, height=300, gap=10).bands == []


# ------------------------------------------------------------------ bands and shades


def test_every_band_is_a_row_of_the_table_and_leads_to_its_list() -> None:
    picture = sankey(_matrix(CELLS), _address, window="2024")
    rows = [[str(cell) for cell in row[:3]] for row in picture.table.rows]
    assert rows == [
        ["OpenAI", "Meta", "7"],
        ["Meta", "Moonshot AI", "4"],
        ["OpenAI", "not stated", "3"],
        ["OpenAI", "Moonshot AI", "2"],
        ["all others", "Meta", "1"],
    ]
    for root in roots(picture):
        drawn = sorted(int(each) for each in root.xpath("//*[@data-from]/@data-value"))
        assert drawn == sorted(row[2].value for row in picture.table.rows)
    links = roots(picture)[0].xpath("//a[@data-from]/@href")
    assert links == [row[2].address for row in picture.table.rows]
    assert "/moves/?openai>moonshot" in links
    assert "/moves/?openai>" in links
    assert "OpenAI → Meta: 7 moves" in said(roots(picture)[0])


def test_it_leaves_out_what_touches_no_company_shown_and_says_so() -> None:
    picture = sankey(_matrix(CELLS), _address, window="2024")
    assert picture.summary == "17 of 26 moves have one of these companies at an end."
    assert (picture.coverage.facts, picture.coverage.reports) == (17, 34)


def test_it_warns_of_bands_of_few_moves() -> None:
    picture = sankey(_matrix(CELLS), _address, window="2024")
    assert picture.warning == "4 of its 5 numbers are below 5: examples, not measures."


def test_the_nodes_say_their_sums() -> None:
    root = roots(sankey(_matrix(CELLS), _address, window="2024"))[0]
    for words in ("OpenAI 12", "Meta 4", "8 Meta", "6 Moonshot AI", "3 not stated", "all others 1"):
        assert words in written(root)


def test_shades_have_the_numbers_of_the_bands() -> None:
    bands, shades = (draw(_matrix(CELLS), _address, window="2024") for draw in (sankey, heat))
    assert shades.table == bands.table
    for root in roots(shades):
        assert sorted(map(int, root.xpath("//*[@data-value]/@data-value"))) == [1, 2, 3, 4, 7]
    assert [end.id for end in ends_of(_matrix(CELLS))[0]] == [1, 2, OTHERS.id]
    assert [end.id for end in ends_of(_matrix(CELLS))[1]] == [2, 3, UNKNOWN.id]


def test_a_shade_is_darker_the_more_there_are_and_none_for_nothing() -> None:
    shades = [shade(moves, 500) for moves in (0, 1, 3, 10, 60, 250, 500)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, SHADES)
    assert shade(1, 1) == 1


@pytest.mark.parametrize("draw", [sankey, heat])
def test_flows_of_hostile_names_and_of_nothing_are_harmless(draw: Any) -> None:
    hostile = End(1, "x", HOSTILE, HOSTILE)
    assert_harmless(
        draw(Matrix((hostile,), (hostile,), {(1, 1): _count(1)}, {}, {}, _count(1)), _address, window=HOSTILE)
    )
    empty = draw(Matrix((), (), {}, {}, {}, Count()), _address, window="2024")
    assert not empty
    assert_harmless(empty)


def test_flows_speak_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert "月之暗面" in written(roots(sankey(_matrix(CELLS), _address, window="2024"))[0])


# ------------------------------------------------------------------ over time


def _steps(*numbers: tuple[int, int]) -> list[Step]:
    return [
        Step(str(2020 + n), date(2020 + n, 1, 1), date(2020 + n, 12, 31), _count(came), _count(went))
        for n, (came, went) in enumerate(numbers)
    ]


def _at(side: str, first: date, last: date) -> str:
    return f"/moves/?{side}={first}:{last}"


def test_bars_up_and_down_are_those_of_the_table() -> None:
    picture = net_flow("Tern AI", _steps((5, 2), (0, 3), (4, 4)), _at)
    assert [[cell.value for cell in row[:4]] for row in picture.table.rows] == [
        ["2020", 5, 2, 3], ["2021", 0, 3, -3], ["2022", 4, 4, 0],
    ]  # fmt: skip
    for root in roots(picture):
        for side, values in (("to", [5, 4]), ("from", [2, 3, 4])):
            assert [int(v) for v in root.xpath(f"//*[@data-side='{side}']/@data-value")] == values
    assert picture.summary == "9 arrivals, 9 departures: a net of 0."
    assert roots(picture)[0].xpath("//a/@href")[0] == "/moves/?to=2020-01-01:2020-12-31"


def test_bars_are_as_high_as_their_numbers_and_stand_on_one_line() -> None:
    root = roots(net_flow("Tern AI", _steps((6, 3), (2, 1)), _at))[0]
    bars = {(a.get("data-side"), a.get("data-value")): a.find("rect") for a in root.iter("a")}
    heights = {key: float(bar.get("height")) for key, bar in bars.items()}
    assert heights["to", "6"] == pytest.approx(2 * heights["from", "3"], abs=0.3)
    assert heights["to", "2"] == pytest.approx(2 * heights["from", "1"], abs=0.3)
    assert float(bars["to", "6"].get("y")) + heights["to", "6"] == pytest.approx(
        float(bars["from", "3"].get("y")), abs=0.2
    )


def test_a_series_of_many_months_keeps_its_labels_apart_and_nothing_is_nothing() -> None:
    many = net_flow(HOSTILE, _steps(*[(n % 7, n % 5) for n in range(120)]), _at)
    assert_harmless(many)
    assert not roots(many)[0].xpath("//circle")
    assert_harmless(net_flow("Tern AI", [], _at))
    assert not net_flow("Tern AI", _steps((0, 0)), _at)


@pytest.mark.parametrize(("value", "words"), [(3, "+3"), (-3, "−3"), (0, "0"), (1200, "+1,200")])
def test_a_difference_has_its_sign(value: int, words: str) -> None:
    assert signed(value) == words


# ------------------------------------------------------------------ of one company


def test_origins_and_destinations_are_those_of_the_table() -> None:
    found = Partners(
        (Flow(OPEN, _count(7)), Flow(OTHERS, _count(2))), (Flow(UNKNOWN, _count(3)),), _count(9), _count(3)
    )
    picture = partners("Tern AI", found, lambda side, slug: f"/moves/?{side}={slug}")
    assert [[str(cell) for cell in row[:3]] for row in picture.table.rows] == [
        ["Came from", "OpenAI", "7"], ["Came from", "all others", "2"], ["Went to", "not stated", "3"],
    ]  # fmt: skip
    for root in roots(picture):
        assert [int(v) for v in root.xpath("//*[@data-side]/@data-value")] == [7, 2, 3]
    assert roots(picture)[0].xpath("//a/@href") == ["/moves/?from=openai", "/moves/?from=", "/moves/?to="]
    assert_harmless(picture)
    assert not partners("Tern AI", Partners((), (), Count(), Count()), lambda side, slug: "")
