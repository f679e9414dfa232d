"""Templates that a province changes in Word: their blanks are filled, all else stays as it is.

A blank in a line takes a text. One that is a paragraph of its own also takes the text of a report (blocks). A table row with
blanks as `{{nhiem_vu.ten}}` comes once for each of the rows given as `nhiem_vu`.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from difflib import get_close_matches
from functools import partial

from lxml import etree

from vanban.errors import BlocksInLine, BrokenBlank, Damaged, NotWord, UnknownBlank
from vanban.reading.docx import UNREADABLE
from vanban.reading.docx.names import W
from vanban.reading.docx.package import Package
from vanban.reading.sniff import sniff
from vanban.writing import blanks as found_blanks
from vanban.writing.blanks import PARAGRAPH, Blank, place, unclosed
from vanban.writing.inserting import Insertion, as_part
from vanban.writing.layouts import Layout
from vanban.writing.model import Block
from vanban.writing.package import packed

Rows = Sequence[Mapping[str, str]]
Value = str | tuple[Block, ...] | Rows
PARTS = {"document": "paragraph", "header": "header paragraph", "footer": "footer paragraph"}
MOST_NAMED = 20  # blanks that a refusal lists


def blanks(template: bytes, *, name: str = "template") -> tuple[Blank, ...]:
    """Every blank of a template, in its order. Raises BrokenBlank, NotWord, Damaged, Protected, TooLarge."""
    package = _opened(template, name)
    return tuple(blank for part in _parts(package) for blank in _blanks(_root(package, part), part, name))


def fill(template: bytes, values: Mapping[str, Value], layout: Layout, *, name: str = "template") -> bytes:
    """The template with its blanks filled; styles of the layout that blocks need and the template lacks are added.

    Raises UnknownBlank and BlocksInLine with the place of the blank, and what `blanks` raises.
    """
    package = _opened(template, name)
    try:
        return packed(_filled(package, values, Insertion(package, layout)))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def _filled(
    package: Package, values: Mapping[str, Value], insertion: Insertion
) -> Iterator[tuple[str, list[str | bytes]]]:
    """All parts of the package, those with blanks anew."""
    roots = {part: _root(package, part) for part in _parts(package)}
    for part, root in roots.items():
        for blank in _blanks(root, part, package.name):
            _check(blank, values, package.name)
        _fill(root, part, values, insertion, package.name)
    changed = {part: as_part(root) for part, root in roots.items()} | insertion.parts()
    for part in package.names:
        yield part, [changed.pop(part) if part in changed else package.read(part)]
    for part, data in changed.items():
        yield part, [data]


def _opened(template: bytes, name: str) -> Package:
    if sniff(template, name) != "docx":
        raise NotWord(name=name)
    try:
        return Package(template, name)
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def _parts(package: Package) -> list[str]:
    """The parts that people see: the text, then headers and footers."""
    edges = [
        name for name in package.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
    ]
    return [package.main_part, *sorted(edges)]


def _root(package: Package, part: str) -> etree._Element:
    try:
        root = package.root(part)
    except UNREADABLE as error:
        raise Damaged(name=package.name, reason="its parts cannot be opened") from error
    assert root is not None, "named by the package itself"
    return root


def _paragraphs(root: etree._Element, part: str) -> Iterator[tuple[etree._Element, str]]:
    kind = next((words for stem, words in PARTS.items() if part.startswith(f"word/{stem}")), "paragraph")
    for number, paragraph in enumerate(list(root.iter(PARAGRAPH)), 1):
        yield paragraph, place(number, paragraph, kind)


def _blanks(root: etree._Element, part: str, name: str) -> Iterator[Blank]:
    for paragraph, at in _paragraphs(root, part):
        yield from found_blanks.found(paragraph, at)
        if broken := unclosed(paragraph):
            raise BrokenBlank(name=name, blank=broken, at=at)


def _check(blank: Blank, values: Mapping[str, Value], name: str) -> None:
    table, _, column = blank.key.partition(".")
    value = values.get(table)
    if isinstance(value, str | tuple) and not column and value is not None:
        return
    if column and value is not None and _is_rows(value) and all(column in row for row in _rows(value)):
        return
    known = sorted(_known(values))
    near = get_close_matches(blank.key, known, n=3)
    raise UnknownBlank(
        name=name, blank=f"{{{{{blank.words}}}}}", at=blank.at, known=", ".join(near or known[:MOST_NAMED])
    )


def _is_rows(value: Value) -> bool:
    return not isinstance(value, str | tuple)


def _rows(value: Value) -> Rows:
    return [row for row in value if isinstance(row, Mapping)]


def _known(values: Mapping[str, Value]) -> Iterator[str]:
    for key, value in values.items():
        if _is_rows(value):
            yield from {f"{key}.{column}" for row in _rows(value) for column in row}
        else:
            yield key


def _fill(root: etree._Element, part: str, values: Mapping[str, Value], insertion: Insertion, name: str) -> None:
    for row in list(root.iter(W + "tr")):
        _repeat(row, values)
    for paragraph, at in _paragraphs(root, part):
        blanks = list(found_blanks.found(paragraph, at))
        whole = [blank for blank in blanks if isinstance(values.get(blank.key), tuple)]
        if not whole:
            found_blanks.fill(paragraph, partial(_text, values))
        elif found_blanks.words_of(paragraph).strip() == f"{{{{{whole[0].words}}}}}" and part.startswith(
            "word/document"
        ):
            insertion.put(paragraph, values[whole[0].key])  # type: ignore[arg-type]
        else:
            raise BlocksInLine(name=name, blank=f"{{{{{whole[0].words}}}}}", at=at)


def _text(values: Mapping[str, Value], words: str) -> str:
    value = values[found_blanks.key(words)]
    assert isinstance(value, str), "looked at before"
    return value.upper() if words.isupper() else value


def _repeat(row: etree._Element, values: Mapping[str, Value]) -> None:
    """Put a row once for each of its values; one whose blanks have no dot stays as it is."""
    own = [p for p in row.iter(PARAGRAPH) if next(p.iterancestors(W + "tr")) is row]
    keys = {blank.key for paragraph in own for blank in found_blanks.found(paragraph, "") if "." in blank.key}
    if not keys:
        return
    table = min(keys).partition(".")[0]
    for given in _rows(values[table]):
        made = deepcopy(row)
        scope = {**values, **{f"{table}.{column}": text for column, text in given.items()}}
        for paragraph in made.iter(PARAGRAPH):
            found_blanks.fill(paragraph, partial(_text, scope))
        row.addprevious(made)
    parent = row.getparent()
    assert parent is not None, "a row stands in a table"
    parent.remove(row)
