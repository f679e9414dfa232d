"""Which words are bold: their strokes keep more of their ink when a pixel is taken off all round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from PIL import Image, ImageFilter

HEAVIER = 1.35  # times what the words of the page usually keep
INK = 128
WHITE, BLACK = 255, 0

Pixels = tuple[int, int, int, int]  # left, top, right, bottom


class Weights:
    def __init__(self, grey: Image.Image) -> None:
        self._ink = grey.point(lambda value: WHITE if value < INK else BLACK)
        self._core = self._ink.filter(ImageFilter.MinFilter(3))
        self._usual = 1.0

    def learn(self, boxes: Iterable[Pixels]) -> None:
        """What the words of this page usually keep: most are not bold."""
        self._usual = median(map(self._kept, boxes))

    def is_bold(self, boxes: Sequence[Pixels]) -> bool:
        """Whether the words of a line are, taken together."""
        return median(map(self._kept, boxes)) > HEAVIER * self._usual

    def _kept(self, box: Pixels) -> float:
        return _amount(self._core, box) / (_amount(self._ink, box) or 1)


def _amount(picture: Image.Image, box: Pixels) -> int:
    return picture.crop(box).histogram()[WHITE]
