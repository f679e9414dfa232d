"""The names of bodies, places and offices as tries to be walked word by word.

The table of kinds (`data/bodies.toml`) is planted with the abbreviations that its forms may take, so that `Sở KH&ĐT` and
`Sở Kế hoạch - Đầu tư` end at the same leaf. Separators (comma, dash, slash, `và`) count as one and may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from vanban.lexicon import Token, load, tokens

SETS = {
    "{huyện+}": ("huyện", "quận", "thị xã", "thành phố", "thành phố thuộc tỉnh"),
    "{xã+}": ("xã", "phường", "thị trấn", "đặc khu"),
    "{tỉnh+}": ("tỉnh", "thành phố"),
}
GROUP_TAIL = (
    "có liên quan của tỉnh|liên quan của tỉnh|có liên quan cấp tỉnh|có liên quan|liên quan|của tỉnh|thuộc tỉnh|cấp tỉnh|"
    "tỉnh|thành phố|cấp thành phố|trên địa bàn tỉnh|trên địa bàn thành phố|trên địa bàn|trong tỉnh|của thành phố|"
    "trực thuộc tỉnh|khác có liên quan|khác|chuyên môn|theo chức năng, nhiệm vụ được giao"
).split("|")
PERSONS = (
    "giám đốc|tổng giám đốc|thủ trưởng|thủ trưởng cơ quan|chủ tịch|trưởng|trưởng ban|chánh|bộ trưởng|lãnh đạo|"
    "người đứng đầu|bí thư|trưởng phòng|các đồng chí|đồng chí|chánh án|viện trưởng|cục trưởng|chi cục trưởng|hiệu trưởng"
).split("|")
HEADS = (
    "Sở|Bộ|Ban|Cục|Chi cục|Tổng cục|Vụ|Văn phòng|Phòng|Trung tâm|Hội|Liên đoàn|Liên minh|Liên hiệp|Đoàn|Trường|Viện|"
    "Ngân hàng|Quỹ|Công ty|Tổng công ty|Kho bạc|Thanh tra|Tòa án|Viện Kiểm sát|Viện kiểm sát|Chi nhánh|Hiệp hội|"
    "Ủy ban|Đảng ủy|Đài|Học viện|Công an|UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Huyện ủy|Thị ủy|Ban Chỉ huy|Bộ Chỉ huy"
).split("|")
SHARED = ("sở", "bộ")  # heads that a list may name once


@dataclass(slots=True)
class Node:
    key: str | None = None
    next: dict[tuple[str, str], Node] = field(default_factory=dict)  # (separator, word) → node
    sets: dict[tuple[str, str], Node] = field(default_factory=dict)  # (separator, {set}) → node


@dataclass(frozen=True, slots=True)
class Book:
    """The table of kinds, ready to be walked word by word."""

    names: dict[str, str]
    forms: dict[str, list[tuple[str, str]]]  # of a shared head: (key, form), to compare a misspelt name with
    trie: Node
    fields: dict[str, Node]  # of a shared head: the names without it
    provinces: Node
    tails: Node
    persons: Node


@cache
def book() -> Book:
    table = load("bodies")
    short = {_words(full): [_words(s) for s in forms] for full, forms in table["short"].items()}
    names, trie = {}, Node()
    fields: dict[str, Node] = {head: Node() for head in SHARED}
    spelt: dict[str, list[tuple[str, str]]] = {head: [] for head in SHARED}
    for section in ("agency", "mass", "party", "central", "group"):
        for key, forms in table[section].items():
            names[key] = forms[0]
            for form in forms:
                for words in _variants(_words(form), short):
                    _plant(trie, words, key)
                    if words[0][1] in SHARED and len(words) > 1 and not key.startswith("g:"):
                        _plant(fields[words[0][1]], (("", words[1][1]), *words[2:]), key)
                        spelt[words[0][1]].append((key, " ".join(w for _, w in words)))
    provinces = Node()
    for name in province_names():
        _plant(provinces, _words(name), name)
    return Book(names, spelt, trie, fields, provinces, phrase_trie(GROUP_TAIL), phrase_trie(PERSONS))


@cache
def province_names() -> tuple[str, ...]:
    """Bare names of all provinces, of today and of before."""
    places = load("places")
    names = [name for one in places["map"] for name in (*one["cities"], *one["provinces"])]
    return tuple(dict.fromkeys([*names, *(one["name"] for one in places["renamed"])]))


def phrase_trie(forms: list[str]) -> Node:
    root = Node()
    for form in forms:
        _plant(root, _words(form), form)
    return root


Words = tuple[tuple[str, str], ...]


def _words(form: str) -> Words:
    parts = re.split(r"(\{[^}]+\})", form)
    out: list[tuple[str, str]] = []
    for part in parts:
        if part.startswith("{"):
            out.append(("", part))
        else:
            out.extend((t.sep if t.sep == "," else "", t.word) for t in tokens(part))
    return tuple(out)


def _variants(words: Words, short: dict[Words, list[Words]]) -> Iterator[Words]:
    """The form and what it becomes with each usual abbreviation, one or more of them."""
    seen, queue = {words}, [words]
    while queue:
        form = queue.pop()
        yield form
        for full, shorts in short.items():
            for at in range(len(form) - len(full) + 1):
                if [w for _, w in form[at : at + len(full)]] != [w for _, w in full]:
                    continue
                for abbreviation in shorts:
                    head = ((form[at][0], abbreviation[0][1]), *abbreviation[1:])
                    other = (*form[:at], *head, *form[at + len(full) :])
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)


def _plant(root: Node, words: Words, key: str) -> None:
    node = root
    for step in words:
        edges = node.sets if step[1].startswith("{") else node.next
        node = edges.setdefault(step, Node())
    node.key = node.key or key


def walk(node: Node, line: list[Token], at: int, begun: bool = False) -> tuple[int, str] | None:
    """The longest form from token `at`: the token after it and its key."""
    best = (at, node.key) if node.key and begun else None
    if at >= len(line):
        return best
    token = line[at]
    seps = ("",) if not begun else ("", ",") if token.sep == "" else (",",) if token.sep == "," else ()
    if not begun:
        seps = ("", ",")
    for sep in seps:
        if child := node.next.get((sep, token.word)):
            best = longer(best, walk(child, line, at + 1, True))
    for (sep, name), child in node.sets.items():
        if sep in seps:
            for end in set_ends(name, line, at):
                best = longer(best, walk(child, line, end, True))
    return best


def longer(a: tuple[int, str] | None, b: tuple[int, str] | None) -> tuple[int, str] | None:
    return b if a is None or (b is not None and b[0] > a[0]) else a


def set_ends(name: str, line: list[Token], at: int) -> list[int]:
    if name == "{tỉnh}":
        end = place_end(line, at)
        return [end] if end > at else []
    ends: list[int] = []
    while at < len(line) and (not ends or line[at].sep in ("", ",")):
        step = next((n for n in (4, 2, 1) if said(line, at, n) in SETS[name]), 0)
        if not step or (ends and line[at].sep != ","):
            break
        at += step
        ends.append(at)
    return ends


def place_end(line: list[Token], at: int, *, named: bool = False) -> int:
    """Behind `tỉnh`, `của tỉnh`, `thành phố Cần Thơ`, `Bắc Ninh`: the token after the place, or `at`."""
    end = at
    if end < len(line) and line[end].word == "của" and not line[end].sep:
        end += 1
    level = next((n for n, w in ((1, "tỉnh"), (2, "thành phố")) if said(line, end, n) == w), 0)
    end += level
    name = walk(book().provinces, line, end) if end < len(line) and (end == at or not line[end].sep) else None
    if name and all(t.capital for t in line[end : name[0]]):
        return name[0]
    return end if level and not named else at


def said(line: list[Token], at: int, count: int) -> str:
    part = line[at : at + count]
    return " ".join(t.word for t in part) if len(part) == count and not any(t.sep for t in part[1:]) else ""


@cache
def full_name(raw: str) -> str:
    """A name with its usual abbreviations spelled out: `UBND xã` → `Ủy ban nhân dân xã`."""
    for full, shorts in load("bodies")["short"].items():
        for short in shorts:
            raw = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, raw)
    return " ".join(raw.split())
