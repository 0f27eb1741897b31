"""Pictures as pixels."""

from __future__ import annotations

import struct

import pytest

from talent.pictures.raster import SANS, SERIF, png


def _written(words: str, family: str = SANS) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
        f'<text x="4" y="28" font-family="{family}" font-size="20">{words}</text></svg>'
    )


def _size(image: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def test_it_draws_twice_as_many_pixels_as_the_picture_has_units() -> None:
    image = png(_written("Quill"))
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert _size(image) == (240, 80)
    assert _size(png(_written("Quill"), 1)) == (120, 40)


@pytest.mark.parametrize("family", [SANS, SERIF, "sans-serif", "serif", "a face that nobody has"])
def test_it_has_a_glyph_for_every_chinese_word(family: str) -> None:
    # Without glyphs both would be the same empty boxes.
    assert png(_written("月之暗面", family)) != png(_written("深度求索", family))


def test_it_refuses_what_is_no_svg() -> None:
    with pytest.raises(ValueError, match="SVG"):
        png("<p>no picture</p>")
