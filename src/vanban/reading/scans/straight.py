"""Sets a picture of a page straight: quarter turns, and the few degrees by which a sheet lay askew."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import pairwise

from PIL import Image

SMALL = 800  # pixels of the longer side: enough to see lines of text
MOST = 5.0  # degrees that a sheet may lie askew
COARSE, FINE = 0.5, 0.1
LEAST = 0.08  # degrees: less is not worth the blur of turning
CLEARER = 1.5  # times more contrast between lines, and the text runs up or down the page
WHITE = 255


def set_straight(grey: Image.Image) -> Image.Image:
    """The picture turned so that its lines of text run level; they may still stand on their heads.

    Level lines are told by the contrast between rows of pixels with text and rows without.
    """
    small = _ink(grey)
    across, up = _lean(small), _lean(small.transpose(Image.Transpose.ROTATE_90))
    if up[0] > CLEARER * across[0]:
        grey, across = grey.transpose(Image.Transpose.ROTATE_90), up
    angle = across[1]
    if abs(angle) < LEAST:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=WHITE)


def inked(grey: Image.Image) -> float:
    """The share of a page that is dark."""
    return _mean(grey.point(_dark))


def _ink(grey: Image.Image) -> Image.Image:
    """A small negative: text light, paper dark."""
    step = max(1, max(grey.size) // SMALL)
    return grey.reduce(step).point(lambda value: WHITE - value).convert("F")


def _lean(small: Image.Image) -> tuple[float, float]:
    """The contrast between rows at the best angle, and that angle in degrees, counter-clockwise."""
    steps = int(MOST / COARSE)
    _, about = _best(small, (step * COARSE for step in range(-steps, steps + 1)))
    steps = int(COARSE / FINE)
    return _best(small, (about + step * FINE for step in range(-steps, steps + 1)))


def _best(small: Image.Image, angles: Iterable[float]) -> tuple[float, float]:
    return max((_contrast(small, angle), angle) for angle in angles)


def _contrast(small: Image.Image, angle: float) -> float:
    turned = small.rotate(angle, Image.Resampling.BILINEAR) if angle else small
    rows = array("f", turned.resize((1, small.height), Image.Resampling.BOX).tobytes())
    return sum((a - b) ** 2 for a, b in pairwise(rows))


def _mean(picture: Image.Image) -> float:
    pixel = picture.convert("F").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(pixel, float)
    return pixel / WHITE


def _dark(value: int) -> int:
    return WHITE if value < WHITE // 2 else 0
