"""The names of bodies, places and offices as tries to be walked word by word.

The table of kinds (`data/bodies.toml`) is planted with the abbreviations that its forms may take, so that `Sở KH&ĐT` and
`Sở Kế hoạch - Đầu tư` end at the same leaf. Separators (comma, dash, slash, `và`) count as one and may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from vanban.lexicon import Token, load, tokens

SETS = {
    "{huyện+}": ("huyện", "quận", "thị xã", "thị", "tx", "thành phố", "tp", "thành phố thuộc tỉnh"),
    "{xã+}": ("xã", "phường", "thị trấn", "đặc khu"),
    "{thôn+}": ("thôn", "bản", "xóm", "ấp", "khóm", "buôn", "làng", "tiểu khu", "khu phố", "tổ dân phố", "khu dân cư"),
    "{tỉnh+}": ("tỉnh", "thành phố", "tp"),
}
# Of each set the words that one may open with, and how many words those have, the longest first.
LENGTHS = {
    name: {
        first: sorted({len(level.split()) for level in levels if level.split()[0] == first}, reverse=True)
        for first in {level.split()[0] for level in levels}
    }
    for name, levels in SETS.items()
}
LEVELS = frozenset((*(word for name in ("{huyện+}", "{xã+}", "{tỉnh+}") for word in SETS[name]), "thôn", "khu vực"))
LEVEL_WORDS = frozenset(level.split()[0] for level in LEVELS)
SHARED = ("sở", "bộ", "phòng", "hội")  # heads that a list may name once


@dataclass(slots=True)
class Node:
    key: str | None = None
    next: dict[str, Node] = field(default_factory=dict)  # by the word behind a space
    joined: dict[str, Node] = field(default_factory=dict)  # by the word behind a separator
    sets: dict[tuple[str, str], Node] = field(default_factory=dict)  # (separator, {set}) → node
    ways: dict[tuple[str, str], list[tuple[str, Node]]] | None = None  # the same by separator and word that opens a set

    @property
    def children(self) -> tuple[tuple[str, Node], ...]:
        return (*self.next.items(), *self.joined.items())

    @property
    def seconds(self) -> dict[str, set[str]]:
        """Of a root: the words that forms open with, and what may stand behind each: "" where anything may."""
        return {
            word: {*node.next, *node.joined, *([""] if node.key or node.sets else [])}
            for word, node in self.next.items()
        }


@dataclass(frozen=True, slots=True)
class Book:
    """The table of kinds, ready to be walked word by word."""

    names: dict[str, str]
    forms: dict[str, list[tuple[str, str]]]  # of a shared head: (key, form), to compare a misspelt name with
    trie: Node
    bare: Node  # classes that stand for themselves only where no other noun follows
    fields: dict[str, Node]  # of a shared head: the names without it
    provinces: Node
    cities: Node  # the provinces that are a city
    heads: Node
    tails: Node
    persons: Node
    compounds: Node
    matters: Node
    nobody: Node


@cache
def book() -> Book:
    table = load("bodies")
    short: Short = {}
    for full, forms in table["short"].items():
        spoken = [word for _, word in _words(full)]
        short.setdefault(spoken[0], []).append((spoken, [_words(form) for form in forms]))
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
    bare = Node()
    for key, forms in table["bare"].items():
        for form in forms:
            _plant(bare, _words(form), key)
    phrases = ("heads", "tails", "persons", "compounds", "matters", "nobody")
    grammar = [phrase_trie(table["grammar"][name]) for name in phrases]
    return Book(names, spelt, trie, bare, fields, phrase_trie(province_names()), phrase_trie(_cities()), *grammar)


@cache
def province_names() -> tuple[str, ...]:
    """Bare names of all provinces, of today and of before."""
    places = load("places")
    names = [name for one in places["map"] for name in (*one["cities"], *one["provinces"])]
    return tuple(dict.fromkeys([*names, *(one["name"] for one in places["renamed"])]))


def _cities() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in load("places")["map"] for name in one["cities"]))


def phrase_trie(forms: Iterable[str]) -> Node:
    root = Node()
    for form in forms:
        _plant(root, _words(form), form)
    return root


Words = tuple[tuple[str, str], ...]
Hit = tuple[int, str]  # the token behind a form, and its key
Short = dict[str, list[tuple[list[str], list[Words]]]]  # first word → (words, abbreviations)


def _words(form: str) -> Words:
    parts = re.split(r"(\{[^}]+\})", form)
    out: list[tuple[str, str]] = []
    for part in parts:
        if part.startswith("{"):
            out.append(("", part))
        else:
            out.extend((t.sep if t.sep == "," else "", t.word) for t in tokens(part))
    return tuple(out)


def _variants(words: Words, short: Short) -> Iterator[Words]:
    """The form and what it becomes with each usual abbreviation, one or more of them."""
    seen, queue = {words}, [words]
    while queue:
        form = queue.pop()
        yield form
        for at, (sep, word) in enumerate(form):
            for full, shorts in short.get(word, ()):
                if [w for _, w in form[at : at + len(full)]] != full:
                    continue
                for abbreviation in shorts:
                    other = (*form[:at], (sep, abbreviation[0][1]), *abbreviation[1:], *form[at + len(full) :])
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)


def _plant(root: Node, words: Words, key: str) -> None:
    node = root
    for sep, word in words:
        if word.startswith("{"):
            node = node.sets.setdefault((sep, word), Node())
        else:
            node = (node.joined if sep else node.next).setdefault(word, Node())
    node.key = node.key or key


def walk(root: Node, line: list[Token], at: int) -> Hit | None:
    """The longest form from token `at`: the token after it and its key."""
    if at < len(line) and (first := root.next.get(line[at][0])):
        return _walk_on(first, line, at + 1)
    return None


def _walk_on(node: Node, line: list[Token], at: int) -> Hit | None:
    best, stop = (at, node.key) if node.key else None, len(line)
    while at < stop:
        word, sep, _ = line[at]
        if sep == ".":
            return best
        if node.sets and (sep, word) in (node.ways or _ways(node)):
            break
        if sep or not (child := node.next.get(word)):  # nearly always one way leads on
            if not (child := node.joined.get(word)):
                return best
        elif word in node.joined:  # a separator may be missing
            break
        node, at = child, at + 1
        if node.key:
            best = at, node.key
    return longer(best, _branching(node, line, at)) if at < stop else best


def _branching(node: Node, line: list[Token], at: int) -> Hit | None:
    """The longest of several ways."""
    best = None
    word, sep, _ = line[at]
    for edges in (node.joined,) if sep else (node.next, node.joined):
        if child := edges.get(word):
            best = longer(best, _walk_on(child, line, at + 1))
    for name, child in (node.ways or _ways(node)).get((sep, word), ()):
        for end in set_ends(name, line, at):
            best = longer(best, _walk_on(child, line, end))
    return best


def _ways(node: Node) -> dict[tuple[str, str], list[tuple[str, Node]]]:
    """The sets that may follow a node, by what they may open with; reckoned once the whole table is planted."""
    node.ways = {}
    for (sep, name), child in node.sets.items():
        for word in _first_of(name):
            node.ways.setdefault((sep, word), []).append((name, child))
    return node.ways


def longer(a: Hit | None, b: Hit | None) -> Hit | None:
    return b if a is None or (b is not None and b[0] > a[0]) else a


def set_ends(name: str, line: list[Token], at: int) -> list[int]:
    if name == "{tỉnh}":
        end = place_end(line, at)
        return [end] if end > at else []
    ends: list[int] = []
    while at < len(line) and (not ends or line[at].sep == ",") and (step := _one_of_set(name, line, at)):
        at += step
        ends.append(at)
    return ends


def _one_of_set(name: str, line: list[Token], at: int) -> int:
    """How many words the level has that stands here, the longest of the set; 0 where none does."""
    for count in LENGTHS[name].get(line[at].word, ()):
        if count == 1 or said(line, at, count) in SETS[name]:
            return count
    return 0


def place_end(line: list[Token], at: int, *, named: bool = False) -> int:
    """Behind `tỉnh`, `của tỉnh`, `thành phố Cần Thơ`, `Bắc Ninh`: the token after the place, or `at`.

    `thành phố Thanh Hóa` is no province but the town that bears its name.
    """
    if at >= len(line) or line[at].word not in _place_words():
        return at
    end = at + 1 if line[at].word == "của" and not line[at].sep else at
    opening = line[end].word if end < len(line) else ""
    level = 1 if opening in ("tỉnh", "tp") else 2 if opening == "thành" and said(line, end, 2) == "thành phố" else 0
    city = level and opening != "tỉnh"
    end += level
    if end < len(line) and (end == at or not line[end].sep or (city and line[end - 1].word == "tp")):
        name = walk(book().cities if city else book().provinces, line, end)
        if name and all(t.capital for t in line[end : name[0]]):
            return name[0]
        named_alike = city and line[end].capital and line[end].sep != ","
        if named_alike and not (walk(book().heads, line, end) or walk(book().persons, line, end)):
            return at
    return end if level and not named else at


def _first_of(name: str) -> Iterable[str]:
    """Words that one of a set may open with."""
    return _place_words() if name == "{tỉnh}" else LENGTHS[name]


@cache
def _place_words() -> frozenset[str]:
    """Words that a place may open with."""
    return frozenset(("của", "tỉnh", "thành", "tp", *book().provinces.next))


def level_end(line: list[Token], at: int) -> int:
    """Behind `huyện`, `thị xã`, `khu vực`: the token after the level, or `at`."""
    if at >= len(line) or line[at].word not in LEVEL_WORDS:
        return at
    return at + 2 if said(line, at, 2) in LEVELS else at + (line[at].word in LEVELS)


@lru_cache(maxsize=64)
def own_trie(own: tuple[tuple[str, str], ...]) -> Node:
    """What a document calls bodies for short, as a trie that ends at their full names."""
    root = Node()
    for short, name in own:
        _plant(root, _words(short), name)
    return root


def said(line: list[Token], at: int, count: int) -> str:
    """So many words from token `at` on, "" where a separator stands between them."""
    if at + count > len(line):
        return ""
    words = line[at].word
    for token in line[at + 1 : at + count]:
        if token.sep:
            return ""
        words += f" {token.word}"
    return words


@lru_cache(maxsize=4096)
def full_name(raw: str) -> str:
    """A name with its usual abbreviations spelled out: `UBND xã` → `Ủy ban nhân dân xã`."""
    for full, shorts in load("bodies")["short"].items():
        for short in shorts:
            if short in raw:
                raw = re.sub(rf"(?<![\w&]){re.escape(short)}(?![\w&])", full, raw)
    return " ".join(raw.split())


PLACEHOLDERS = {"{tỉnh}": "tỉnh", "{huyện+}": "huyện", "{xã+}": "xã", "{thôn+}": "thôn", "{tỉnh+}": "tỉnh"}
KNOWN_BY = 12  # other names of a body that are worth listing


@cache
def listed() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every kind of body in the table: its key, its full name and the other names it goes by.

    >>> next(body for body in listed() if body[0] == "so-khdt")[1:][0]
    'Sở Kế hoạch và Đầu tư'
    """
    table = load("bodies")
    sections = ("agency", "mass", "party", "central", "group")
    return tuple((key, *_names(forms)) for section in sections for key, forms in table[section].items())


def _names(forms: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    plain = [_readable(form) for form in forms]
    short = [abbreviated(form) for form in plain]
    return plain[0], tuple(dict.fromkeys([*plain[1:], *short]))[:KNOWN_BY]


def _readable(form: str) -> str:
    for mark, word in PLACEHOLDERS.items():
        form = form.replace(mark, word)
    return " ".join(form.split())


def abbreviated(name: str) -> str:
    """A name with its usual abbreviations.

    >>> abbreviated("Ủy ban nhân dân xã Cao Kỳ")
    'UBND xã Cao Kỳ'
    """
    for full, short in _shortenings():
        name = name.replace(full, short)
    return name


@cache
def _shortenings() -> tuple[tuple[str, str], ...]:
    """The long phrases before those that are part of them."""
    short = load("bodies")["short"]
    return tuple((full, short[full][0]) for full in sorted(short, key=len, reverse=True))
