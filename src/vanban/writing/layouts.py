"""Layouts as data: `data/layouts/<key>.toml`, each figure with the clause that sets it.

What a rule leaves open, or what is not known of it, has no range: it is written by a choice made there and never checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from vanban.errors import LayoutMissing

Range = tuple[float, float]
PREFIX = "Vb"  # Word has styles of its own called Title and Caption
KEYS = ("nd30", "hd36", "hd05")


@dataclass(frozen=True, slots=True)
class Element:
    """How one element of a document looks. `sizes` and other ranges in the plural are what the rule allows."""

    key: str
    name: str
    english: str
    size: float
    align: Literal["left", "center", "right", "justify"]
    article: str = ""
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    underline: bool = False
    sizes: Range | None = None
    firsts: Range | None = None
    lines: Range | None = None
    gap: float | None = None  # points between paragraphs, at least
    free: frozenset[str] = frozenset()
    before: float = 0
    after: float = 0
    boxed: bool = False  # within a drawn frame
    first: float = 0
    left: float = 0
    line: float = 1
    keep_next: bool = False
    outline: int | None = None
    rule: Literal["as long as the text", "from one third to one half of the text", "choice", ""] = ""

    @property
    def style(self) -> str:
        """The id of its style in Word: `place_day` → `VbPlaceDay`."""
        return PREFIX + "".join(word.capitalize() for word in self.key.split("_"))

    def ruled(self, what: Literal["bold", "italic", "capitals", "align"]) -> bool:
        """Whether the rule says something of it."""
        return bool(self.article) and what not in self.free and getattr(self, what) is not None


@dataclass(frozen=True, slots=True)
class Edge:
    write: float
    allowed: Range


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in mm."""

    width: float
    height: float
    top: Edge
    bottom: Edge
    left: Edge
    right: Edge
    article: str
    turned_article: str
    numbers_article: str

    def inner(self, *, turned: bool) -> float:
        """The width of the text."""
        return (self.height if turned else self.width) - self.left.write - self.right.write


@dataclass(frozen=True, slots=True)
class Layout:
    key: str
    name: str
    english: str
    source: str
    font: str
    font_article: str
    motto: str
    motto_below: str
    number_form: str
    empty_number: str
    star: bool
    recipients_title: str
    annex_counts_pages: bool
    page: Page
    authority_article: str
    prefixes: Mapping[str, str]
    numbering_article: str
    forms: Mapping[str, str]
    marks: Mapping[str, str]  # degrees of secrecy and urgency in words; empty where the rule is not at hand
    elements: Mapping[str, Element]


@cache
def layout(key: str) -> Layout:
    """The layout of this key, one of `KEYS`. Raises LayoutMissing where its rules are not at hand."""
    text = files("vanban").joinpath(f"data/layouts/{key}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    if missing := data.get("missing"):
        raise LayoutMissing(name=data["name"], missing=missing)
    plain = {name: data[name] for name in Layout.__dataclass_fields__ if name in data and name not in ("page", "marks")}
    return Layout(
        **plain,
        page=_page(data["page"]),
        authority_article=data["authority"]["article"],
        prefixes=MappingProxyType(data["authority"]["prefixes"]),
        numbering_article=data["numbering"]["article"],
        forms=MappingProxyType(data["numbering"]["forms"]),
        marks=MappingProxyType(data.get("marks", {})),
        elements=MappingProxyType({key: _element(key, said) for key, said in data["element"].items()}),
    )


def _page(data: dict[str, Any]) -> Page:
    for edge in ("top", "bottom", "left", "right"):
        data[edge] = Edge(data[edge]["write"], tuple(data[edge]["allowed"]))
    return Page(**data)


def _element(key: str, said: dict[str, Any]) -> Element:
    ranges: dict[str, Any] = {name: tuple(said[name]) for name in ("sizes", "firsts", "lines") if name in said}
    values: dict[str, Any] = {**said, **ranges, "free": frozenset(said.get("free", ()))}
    return Element(key=key, **values)
