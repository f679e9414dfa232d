"""The lists of a Word document: each (`w:num`) is one use of a list form (`w:abstractNum`)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from vanban.reading.docx.names import W, child, number, switched, value
from vanban.reading.docx.styles import Styles
from vanban.reading.numbers import Counting, Level, List


class Numbering:
    """Gives each paragraph its number; paragraphs must come in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root, styles)
        self._counting = Counting()

    def label(self, paragraph: etree._Element) -> str:
        """`2.1.`, `a)`, `-`; empty for a paragraph without a number."""
        found, level = self._place(paragraph)
        return self._counting.label(*found, level) if found else ""

    def _place(self, paragraph: etree._Element) -> tuple[tuple[str, List] | None, int]:
        own = child(paragraph, "pPr", "numPr")
        name, level = value(own, "numId"), number(own, "ilvl")
        style = None
        if name is None:
            name, styled, style = self._styles.numbering(self._styles.of_paragraph(paragraph))
            level = styled if level is None else level
        form = self._lists.get(name or "")
        if form is None or name is None:
            return None, 0
        if level is None:
            level = next((i for i, x in form.levels.items() if style and x.style == style), 0)
        return (name, form), level


def _lists(root: etree._Element | None, styles: Styles) -> dict[str, List]:
    if root is None:
        return {}
    forms = {x.get(f"{W}abstractNumId", ""): x for x in root.findall(f"{W}abstractNum")}
    uses = {x.get(f"{W}numId", ""): x for x in root.findall(f"{W}num")}
    lists = {}
    for name, use in uses.items():
        form = value(use, "abstractNumId") or ""
        if name != "0" and form in forms:
            linked = _follow(form, forms, uses, styles)
            lists[name] = _with_overrides(List(linked, _levels(forms[linked]), {}), use)
    return lists


def _follow(form: str, forms: dict[str, etree._Element], uses: dict[str, etree._Element], styles: Styles) -> str:
    """A form that only points to a list style (`numStyleLink`) stands for that style's form."""
    link = value(forms[form], "numStyleLink")
    target = value(uses.get(styles.list_of(link) or ""), "abstractNumId")
    return target if target in forms else form


def _levels(form: etree._Element) -> dict[int, Level]:
    levels = ((x.get(f"{W}ilvl", ""), x) for x in form.findall(f"{W}lvl"))
    return {int(at): _level(x) for at, x in levels if at.isdecimal()}


def _level(element: etree._Element) -> Level:
    start = number(element, "start")
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        style=value(element, "pStyle"),
        legal=bool(switched(element, "isLgl")),
    )


def _with_overrides(base: List, use: etree._Element) -> List:
    levels, starts = dict(base.levels), {}
    for override in use.findall(f"{W}lvlOverride"):
        at = override.get(f"{W}ilvl", "")
        if not at.isdecimal():
            continue
        own, start = child(override, "lvl"), number(override, "startOverride")
        if own is not None:
            levels[int(at)] = _level(own)
        if start is not None:
            starts[int(at)] = start
    return replace(base, levels=levels, starts=starts)
