"""Picture files of pages: PNG, JPEG, and TIFF with one picture or many."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from vanban.errors import Damaged, TooManyPixels
from vanban.reading.limits import check_pages

FORMATS = ("PNG", "JPEG", "TIFF")
MOST = 60  # million pixels of one picture: a page of A3 at 600 dpi is more than anybody needs
MILLION = 1_000_000
SHORT_SIDE = 8.27  # inches: pictures are taken to be of A4 paper
LEAST, GOOD = 150, 300  # dots an inch that recognition works well with
LARGER = 3  # times at most: larger dots say no more

Pixels = tuple[bytes, tuple[int, int], float]  # grey, row by row; width and height; dots an inch


def frames(data: bytes, name: str) -> Iterator[tuple[int, Pixels]]:
    """The number of pictures, and each with it. Raises Damaged, TooManyPixels, TooManyPages."""
    with _opened(data, name) as picture:
        total = getattr(picture, "n_frames", 1)
        check_pages(name, total)
        for index in range(total):
            picture.seek(index)
            check_pixels(name, picture.width * picture.height)
            yield total, _pixels(picture)


def check_pixels(name: str, pixels: int) -> None:
    """Raises TooManyPixels for a picture that would fill memory once unpacked."""
    if pixels > MOST * MILLION:
        raise TooManyPixels(name=name, size=-(-pixels // MILLION), limit=MOST)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow thinks of the size: it is judged here
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        with picture:
            yield picture
    except Image.DecompressionBombError as error:
        raise TooManyPixels(name=name, size=f"{MOST}+", limit=MOST) from error
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError, struct.error) as error:
        raise Damaged(name=name, reason="the picture in it cannot be opened") from error


def _pixels(picture: Image.Image) -> Pixels:
    """A picture in grey, the right way up as its camera says, at a size that recognition works well with."""
    grey = ImageOps.exif_transpose(_on_white(picture)).convert("L")
    dpi = min(grey.size) / SHORT_SIDE
    scale = min(max(dpi, LEAST), GOOD, LARGER * dpi) / dpi
    if scale != 1:
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
    return grey.tobytes(), grey.size, dpi * scale


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through stands on white paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    clear = picture.convert("RGBA")
    paper = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(paper, clear)
