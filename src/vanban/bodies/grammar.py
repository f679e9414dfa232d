"""The grammar of names: how far one goes that begins with `Trung tâm`, `Chi cục`, `Phòng` …

Capitals, their second syllables (`Kinh tế`), phrases of the table (`bảo vệ thực vật`), levels and places (`huyện Ba Bể`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

from vanban.lexicon import Places, Token, load, tokens_of, verbs
from vanban.names import LEVEL_WORDS, Node, book, level_end, place_end, said, set_ends, walk
from vanban.values import Span

LOCAL = frozenset("huyện quận xã phố tp tx phường trấn khu tỉnh thôn vực".split())  # how a level ends
LOWER = frozenset("sở bộ ban phòng hội cục đài".split())  # heads that some write small: `sở Tài chính`
# `Ủy ban nhân dân (UBND) xã`: an abbreviation that is introduced within a name; `các ông (bà) Trưởng thôn`.
IN_BRACKETS = re.compile(
    r"(?<=[Ôô]ng) \(bà\)| \([A-ZĐ]{2,10}\)(?= (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu|Việt Nam|Trung ương)\b)"
)
NUMBERED = frozenset(("trường", "viện", "tâm", "cục"))  # how heads end whose names may end in a number
LONGEST_REST = 10  # words in lower case with which a name goes on
OPEN_LEVEL = LEVEL_WORDS | {"các", "cấp"}
COMMITTEES = frozenset(("huyện ủy", "thị ủy", "quận ủy", "thành ủy", "đảng ủy"))


def blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


class Words:
    """The words of a text, and where the names among them end."""

    def __init__(self, text: str) -> None:
        self.text = text
        bare = IN_BRACKETS.sub(blank, text) if "(" in text else text
        self.pieces = bare.split(" ")
        self.line = tokens_of(self.pieces)
        self.places: Places | None = None  # where each word stands; a text without names asks for none

    def span(self, first: int, end: int) -> Span:
        """Where the words from one up to before another stand."""
        places = self.places = self.places or Places(self.pieces)
        return places[first][0], places[end - 1][1]

    def said(self, first: int, end: int) -> str:
        """The text from one word up to before another."""
        return IN_BRACKETS.sub("", self.text[slice(*self.span(first, end))])

    def mark(self, at: int) -> str:
        """What stands between the word before and this one: "", `,`, `và`."""
        places = self.places = self.places or Places(self.pieces)
        return self.text[places[at - 1][1] : places[at][0]].strip()

    def opens_order(self, at: int) -> bool:
        return self.line[at].word in verbs() or said(self.line, at, 2) in verbs()

    def named(self, at: int) -> bool:
        """The name or number of a place follows: `Ba Bể`, `5`."""
        line = self.line
        if at >= len(line) or not (line[at].capital or line[at].word.isdigit()):
            return False
        return not line[at].sep or self.dotted(at)

    def dotted(self, at: int) -> bool:
        """`TP. Nha Trang`"""
        return self.line[at - 1].word in ("tp", "tx", "tt") and self.mark(at) == "."

    def level(self, at: int) -> int:
        """Behind a level below the province, `huyện`, `cấp xã`, `các huyện, thị xã`, `khu vực`; 0 where none stands at `at`."""
        line = self.line
        if at >= len(line):
            return 0
        word, sep, _ = line[at]
        if sep or word not in OPEN_LEVEL:
            return 0
        if word in ("các", "cấp"):
            if said(line, at, 2) == "các cấp":
                return at + 2
            if said(line, at, 3) == "các khu vực":
                return at + 3
            ends = [end for name in ("{tỉnh+}", "{huyện+}", "{xã+}") for end in set_ends(name, line, at + 1)[-1:]]
            end = max(ends, default=0)
            return end + 4 if end and said(line, end, 4) == "trực thuộc trung ương" else end
        end = level_end(line, at)
        return end if end > at and line[end - 1].word != "tỉnh" else 0

    def name_end(self, at: int) -> int:
        """Behind the words that still belong to a name whose head ends at `at`."""
        end = at
        while end < len(self.line) and (step := self.step(at, end) or self.small(at, end)):
            end = step
        return end

    def small(self, at: int, i: int) -> int:
        """Behind the words in lower case with which a name goes on: `… doanh nghiệp tư nhân và kinh tế tập thể`; 0 where it ends."""
        line = self.line
        if i == at or line[i - 1].word in LOCAL or (line[i - 1].capital and line[i - 2].capital):
            return 0  # behind a level, or the name of a place
        end = i
        while end < len(self.line) and end - i < LONGEST_REST and (count := self.words_of_name(end)):
            end += count
        return 0 if end == i else end

    def words_of_name(self, i: int) -> int:
        """How many words here belong to a name: none at a mark, a word of grammar, an order, a class of bodies behind `và`."""
        token = self.line[i]
        if token.capital or token.sep == "." or token.word.isdigit():
            return 0
        if not token.sep and (hit := walk(book().compounds, self.line, i)):
            return hit[0] - i
        if self.names_work(i):
            return 2
        if self.is_one_of(ending_words(), i) or self.opens_order(i):
            return 0
        if not token.sep:
            return 1
        return int(self.one_of_small(i) if self.mark(i) == "," else not self.is_one_of(sharing_words(), i))

    def is_one_of(self, words: frozenset[str], i: int) -> bool:
        """The word here, or the pair that it opens."""
        return self.line[i].word in words or said(self.line, i, 2) in words

    def names_work(self, i: int) -> bool:
        """`phát triển` of `Tư vấn phát triển công nghiệp`, `giám sát` of `Quản lý, giám sát bảo hiểm`: work that a name goes on with."""
        if said(self.line, i, 2) not in works():
            return False
        if self.line[i].sep and self.mark(i) != ",":
            return True
        return self.line[i - 2].capital and said(self.line, i - 2, 2) in verbs()

    def one_of_small(self, i: int) -> bool:
        """`chính sách thuế, phí và lệ phí`: the comma stands within the name, as `và` follows soon."""
        line = self.line
        if self.is_one_of(sharing_words(), i):
            return False
        after = next((j for j in range(i + 1, min(i + 4, len(line))) if line[j].sep or line[j].capital), 0)
        return bool(after) and self.mark(after) == "và" and self.words_of_name(after) > 0

    def step(self, at: int, i: int) -> int:
        """Behind the next part of a name: a level, a phrase, a capital or its second syllable; 0 where the name ends."""
        line, token = self.line, self.line[i]
        if token.sep == ".":
            return i + 1 if token.capital and self.dotted(i) else 0
        if said(line, i, 2) == "chi nhánh" and self.mark(i) != ",":
            return i + 2
        if token.sep:
            return self.step_behind_mark(i)
        if said(line, i, 2) in COMMITTEES and (token.capital or i > at):
            return i + 2
        if whole := self.level(i) or next((hit[0] for hit in [walk(book().compounds, line, i)] if hit), 0):
            return whole
        if (
            i > at
            and token.word in ("sở", "bộ")
            and line[i - 1].word not in ("cán", "cơ")
            and not (i + 1 < len(line) and line[i + 1].capital)
        ):
            return 0  # whose it is: `Phòng Kế hoạch - Tài chính Sở`
        number = token.word.isdigit() and (
            line[i - 1].word in LOCAL or said(line, i - 2, 2) == "cơ sở" or self.last_number(at, i)
        )
        return i + 1 if token.capital or number or token.word == "tỉnh" or (i > at and self.inner(i)) else 0

    def last_number(self, at: int, i: int) -> bool:
        """`Trường Cán bộ quản lý nông nghiệp và môi trường 2 chủ trì`: a school or the like is one of several."""
        line, end = self.line, i + 1 == len(self.line)
        counted = line[at - 1].word in NUMBERED and i > at and len(line[i].word) == 1
        return counted and (end or bool(line[i + 1].sep) or self.opens_order(i + 1))

    def step_behind_mark(self, i: int) -> int:
        """Behind a comma, a dash or `và` a name goes on with a capital that opens no other name, or a phrase."""
        token, line, mark = self.line[i], self.line, self.mark(i)
        if mark != "," and (whole := walk(book().compounds, line, i)):
            return whole[0]
        other = walk(book().heads, line, i) and not walk(book().nobody, line, i)
        if not token.capital or other or walk(book().trie, line, i):
            return 0
        return i + 1 if mark != "," or self.one_of_three(i) else 0

    def one_of_three(self, i: int) -> bool:
        """`Phòng Kinh tế, Hạ tầng và Đô thị`: the comma stands within the name, as `và` follows."""
        line = self.line
        if self.opens_order(i) or walk(book().fields["sở"], line, i):
            return False
        after = next((j for j in range(i + 1, min(i + 6, len(line))) if line[j].sep), 0)
        return bool(after) and self.mark(after) == "và" and line[after].capital

    def inner(self, i: int) -> bool:
        """A syllable in lower case that is part of a name: `tế` of `Kinh tế`, and some nouns."""
        token, prior = self.line[i], self.line[i - 1]
        one_word = f"{prior.word} {token.word}" in verbs() or token.word in inner_words()  # `Đào tạo`
        if said(self.line, i, 2) in verbs() or (token.word in verbs() and not one_word):
            return False
        second = prior.capital and prior.word not in LOCAL and not ends_place(self.line, i)
        return second or token.word in inner_words()


@cache
def ending_words() -> frozenset[str]:
    """Words that stand in no name, in lower case."""
    return frozenset(load("bodies")["grammar"]["ends"])


@cache
def sharing_words() -> frozenset[str]:
    """Words that open another body or class behind `và`."""
    return frozenset(load("bodies")["grammar"]["others"])


@cache
def works() -> frozenset[str]:
    """Orders that are also the work of a body, as its name says it."""
    return frozenset(load("bodies")["grammar"]["works"])


Openers = dict[str, frozenset[str]]  # words that names open with → those that may stand behind: "" where anything may


@cache
def openers() -> Openers:
    """How a name, a person or a class of bodies may open."""
    return united(_plurals(), *(root.seconds for root in (book().trie, book().bare, book().persons, book().heads)))


@cache
def first_words() -> frozenset[str]:
    """The first of these words: a name may begin with it."""
    return frozenset(openers())


@cache
def small_openers() -> Openers:
    """How they may in lower case: classes, persons, and heads before a capital (`sở Tài chính`)."""
    names = book().trie.seconds
    classes = {
        word: names[word] & {"", *(second for second, below in node.children if _names_class(below))}
        for word, node in book().trie.next.items()
        if _names_class(node)
    }
    heads = {word: names.get(word, set()) for word in LOWER}
    return united(_plurals(), classes, heads, book().bare.seconds, book().persons.seconds)


def _plurals() -> dict[str, set[str]]:
    """`các` and `những` before what opens a name; and the short name of a steering committee."""
    names = {*book().trie.next, *book().bare.next}
    return {"các": names, "những": names, "ban": {"chỉ"}, "bcđ": {""}}


def united(*tables: Mapping[str, Iterable[str]]) -> Openers:
    words = {word for table in tables for word in table}
    return {word: frozenset(chain.from_iterable(table.get(word, ()) for table in tables)) for word in words}


def _names_class(node: Node) -> bool:
    below = (*(child for _, child in node.children), *node.sets.values())
    return (node.key or "").startswith("g:") or any(_names_class(child) for child in below)


@cache
def inner_words() -> frozenset[str]:
    return frozenset(load("bodies")["grammar"]["inner"].split())


def ends_place(line: list[Token], end: int) -> bool:
    """A province ends right before token `end`, so that what follows is no syllable of it."""
    return any(place_end(line, start, named=True) == end for start in range(max(0, end - 4), end))
