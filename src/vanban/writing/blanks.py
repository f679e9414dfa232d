"""Blanks in a template: `{{ten_co_quan}}`, `{{Tên cơ quan}}` is the same one, `{{TÊN CƠ QUAN}}` fills it in capitals.

Word parts what somebody types into runs as it likes: a blank is looked for in the whole paragraph, and takes the looks of the
letters that it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from vanban.lexicon import unmarked
from vanban.reading.docx.names import W
from vanban.writing.words import BREAKS, FORBIDDEN

BLANK = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
OPEN = re.compile(r"\{\{.{0,30}")
WORDS = 50  # letters that name a place
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TEXT, PARAGRAPH = W + "t", W + "p"


@dataclass(frozen=True, slots=True)
class Blank:
    """`key` as it is filled, `words` as it is written, `at` where it stands."""

    key: str
    words: str
    at: str

    @property
    def capitals(self) -> bool:
        return self.words.isupper()


def key(words: str) -> str:
    """
    >>> key("Tên cơ quan"), key("nhiem_vu.ten")
    ('ten_co_quan', 'nhiem_vu.ten')
    """
    return ".".join("_".join(re.findall(r"[a-z0-9]+", part)) for part in unmarked(words).split("."))


def words_of(paragraph: etree._Element) -> str:
    return "".join(text for _, text in _pieces(paragraph))


def found(paragraph: etree._Element, at: str) -> Iterator[Blank]:
    """The blanks of a paragraph, text boxes in it aside: their paragraphs come by themselves."""
    yield from (Blank(key(m[1]), m[1], at) for m in BLANK.finditer(words_of(paragraph)))


def unclosed(paragraph: etree._Element) -> str | None:
    """What begins as a blank and does not end as one."""
    m = OPEN.search(BLANK.sub("", words_of(paragraph)))
    return m[0] if m else None


def place(number: int, paragraph: etree._Element, part: str) -> str:
    """`paragraph 12 “Kính gửi: {{noi_gui}}”`."""
    words = " ".join(words_of(paragraph).split())
    return f"{part} {number} “{words if len(words) <= WORDS else words[: WORDS - 1] + '…'}”"


def fill(paragraph: etree._Element, value: Callable[[str], str]) -> None:
    """Put its value, by the words of the blank, in the place of each blank."""
    pieces = _pieces(paragraph)
    text = "".join(words for _, words in pieces)
    for m in reversed(list(BLANK.finditer(text))):
        _replace(pieces, m.start(), m.end(), value(m[1]))
    for node, words in pieces:
        if node is not None and node.text != words:
            _set(node, words)


def _pieces(paragraph: etree._Element) -> list[tuple[etree._Element | None, str]]:
    """Its text nodes with their words; a tab or line break is a piece without a node."""
    pieces: list[tuple[etree._Element | None, str]] = []
    for node in paragraph.iter(TEXT, W + "tab", W + "br", W + "cr"):
        if next(node.iterancestors(PARAGRAPH)) is not paragraph or _is_property(node):
            continue
        pieces.append((node, node.text or "") if node.tag == TEXT else (None, "\n"))
    return pieces


def _is_property(node: etree._Element) -> bool:
    """A tab stop, which is no tab."""
    parent = node.getparent()
    return parent is not None and parent.tag == W + "tabs"


def _replace(pieces: list[tuple[etree._Element | None, str]], start: int, end: int, value: str) -> None:
    at = 0
    for index, (node, words) in enumerate(pieces):
        low, high = max(start - at, 0), min(end - at, len(words))
        if low < high:
            pieces[index] = node, words[:low] + value + words[high:]
            value = ""
        at += len(words)


def _set(node: etree._Element, words: str) -> None:
    """The words of a text node; tabs and line ends become what Word has for them."""
    words = FORBIDDEN.sub("", BREAKS.sub("\n", words))
    first, *rest = re.split("([\t\n])", words)
    _text(node, first)
    for part in rest:
        if part in ("\t", "\n"):
            following = node.makeelement(W + ("tab" if part == "\t" else "br"))
        else:
            following = node.makeelement(TEXT)
            _text(following, part)
        node.addnext(following)
        node = following


def _text(node: etree._Element, words: str) -> None:
    node.text = words
    node.set(SPACE, "preserve")
