"""One walk over the words of a text, name by name: the table's, the document's own short ones, those of the grammar."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from vanban.bodies.grammar import COMMITTEES, LOWER, Openers, Words, first_words, openers, small_openers, united
from vanban.lexicon import Token, load, slug, tokens
from vanban.names import SHARED, Hit, book, full_name, longer, own_trie, place_end, said, set_ends, walk
from vanban.values import Mention

ONE_OR_MANY = frozenset({"g:ubnd-huyen", "g:ubnd-xa", "g:huyen-uy", "g:dang-uy-xa"})
EACH = {
    "g:thon": "",
    "g:ubnd-xa": "Ủy ban nhân dân ",
    "g:ubnd-huyen": "Ủy ban nhân dân ",
}  # and what stands before the level
JOINED = frozenset("phòng chi trung ban cục vụ".split())  # how names begin that go on behind `và`
STANDING = re.compile(r"^(?:Thường trực|TTr) (?=Hội đồng nhân dân)")  # acts for the council
PLURALS = ("các", "những")
BELONGING = frozenset(("g:lien-quan", "g:don-vi-thuoc-so"))  # classes that may say whose they are
ALONE = frozenset(("tổ công", "tổ giúp"))  # how heads begin that are names by themselves
STEERING = frozenset(
    "đổi mới phát triển củng cố nâng cao hiệu quả kinh tế tập thể hợp tác xã về tổ chức công tác xây dựng của".split()
)
ALIKE = 5  # letters with which a misspelt name opens as the right one does
SURE_BY_GRAMMAR, SURE_BY_LIKENESS, SURE_BY_LEVEL, LIKENESS = 0.7, 0.8, 0.9, 0.86
# What may follow a class that stands for itself.
FOLLOWS = frozenset("căn cần phải có chịu trên không nghiêm được tự theo thuộc tại trong để khi".split())

FOLLOW = frozenset(("định kỳ", "hằng năm", "hàng năm", "hằng quý", "hàng quý", "hằng tháng", "hàng tháng"))

NO_OPENERS: Openers = {}


class Scanner(Words):
    """One walk over the words of a text."""

    def __init__(self, text: str, own: tuple[tuple[str, str], ...]) -> None:
        super().__init__(text)
        self.own = own_trie(own) if own else None
        self.own_openers = own_openers(own) if own else NO_OPENERS
        self.starts = own_starts(own) if own else first_words()
        self.found: list[Mention] = []

    def scan(self) -> list[Mention]:
        """A name is looked for only where a word stands that one may open with, in lower case where it is in lower case."""
        starts, small, end = self.starts, small_openers(), 0
        for at in [i for i, token in enumerate(self.line) if token[0] in starts and (token[2] or token[0] in small)]:
            if at >= end:
                end = self.take(at)
        return self.found

    def opening(self) -> list[Mention]:
        """The names that the text opens with."""
        at = 0
        while at < len(self.line) and (step := self.take(at)):
            at = step
        return self.found

    def take(self, at: int) -> int:
        """The name that begins here, if the word behind may go on with one; the token after it, or 0."""
        line = self.line
        word, _, capital = line[at]
        called, behind = self.own_openers.get(word), (openers() if capital else small_openers()).get(word)
        if not called and not behind:
            return 0
        following = line[at + 1].word if at + 1 < len(line) else ""
        if called and (following in called or "" in called) and (step := self.called(at)):
            return step
        return (self.known(at) or self.built(at)) if behind and (following in behind or "" in behind) else 0

    def add(self, first: int, end: int, key: str, name: str = "", sure: float = 1.0) -> int:
        span = self.span(first, end)
        self.found.append(Mention(key, name or book().names[key], self.text[span[0] : span[1]], span, sure))
        return end

    def known(self, at: int) -> int:
        """A name of the table, with the person or the plural before it and the place behind; the token after it, or 0."""
        first, hit = self.longest(at)
        if hit is None or not self.plausible(first, *hit):
            return 0
        end, key = self.tail(*hit), hit[1]
        if key in BELONGING and (owned := self.belonging(end)):
            name = full_name(self.said(first + (self.line[first].word in PLURALS), owned))
            return self.add(at, owned, slug(name), name, SURE_BY_LEVEL)
        group = key.startswith("g:")
        head = self.shared_head(first, hit[0]) if group else self.line[first].word
        if group and head and (listed := self.listed(hit[0], head, at)):
            return listed
        if key in EACH and self.line[hit[0] - 2].word == "các" and (named := self.each(at, hit[0], EACH[key])):
            return named
        if not group and (self.level(end) or self.goes_on(first, end, key)):
            return self.local(at, first, end)
        self.add(at, end, key)
        if key == "g:lien-quan":
            self.places_within(first, end)
        return (self.shared(end, head) if head in SHARED and not group else 0) or end

    def longest(self, at: int) -> tuple[int, Hit | None]:
        """The longest form behind a person (`Giám đốc`) and `các`, and the token where it begins."""
        line, trie = self.line, book().trie
        first = self.behind_person(at) if line[at].word in book().persons.next else at
        hit = walk(trie, line, first)
        if first > at and (whole := walk(trie, line, at)) and longer(whole, hit) is whole:
            first, hit = at, whole  # `Trưởng các thôn` is a class of its own
        if (
            hit is None and first > at and line[first].word not in PLURALS
        ):  # `Trưởng ban Dân tộc`, `Bộ trưởng, Thủ trưởng cơ quan ngang bộ`
            own = line[first - 1].word in LOWER or walk(trie, line, first - 1)  # `các ông Trưởng thôn`
            first = first - 1 if own else at
            hit = walk(trie, line, first)
        if line[first].word in PLURALS and first + 1 < len(line) and not line[first + 1].sep:
            without = walk(trie, line, first + 1)
            if without and longer(hit, without) is without:
                first, hit = first + 1, without
        if hit is None:
            return first, self.bare(first)
        shared = line[hit[0] - 1].sep and hit[1].startswith("g:")
        return first, self.without_next(first, hit) if shared else hit

    def behind_person(self, at: int) -> int:
        if self.line[at].word == "lãnh" and at and not self.line[at].sep:
            return at  # `chỉ đạo, lãnh đạo`: the verb
        person = walk(book().persons, self.line, at)
        if not person or person[0] >= len(self.line) or self.line[person[0]].sep == ".":
            return at
        return self.behind_person(person[0]) if not self.line[person[0]].sep else person[0]  # `đồng chí Giám đốc`

    def bare(self, at: int) -> Hit | None:
        """`các đơn vị`, with no noun behind that would make them other ones."""
        hit = walk(book().bare, self.line, at)
        if hit is None or hit[0] == len(self.line) or self.line[hit[0]].sep or self.opens_order(hit[0]):
            return hit
        return hit if self.line[hit[0]].word in FOLLOWS or said(self.line, hit[0], 2) in FOLLOW else None

    def without_next(self, first: int, hit: Hit) -> Hit:
        """`các cơ quan báo, Đài Phát thanh …`: the last word of a class may open a longer name of its own."""
        following = walk(book().trie, self.line, hit[0] - 1)
        if following and following[0] > self.tail(*hit):
            return walk(book().trie, self.line[: hit[0] - 1], first) or hit
        return hit

    def plausible(self, first: int, end: int, key: str) -> bool:
        """A body of its own is written with a capital; of classes, `các cấp, các ngành` is nobody."""
        line = self.line
        if not key.startswith("g:"):
            small = line[first].word in LOWER and first + 1 < end and line[first + 1].capital
            return line[first].capital or small
        if key in ONE_OR_MANY and line[first].word not in ("các", "những") and self.named(end):
            return bool({"các", "cấp"} & {t.word for t in line[first:end]})  # `UBND huyện Ba Bể` is one body
        if key != "g:so-nganh" or line[end - 1].word != "ngành" or end - first > 2:
            return True
        return "các cấp" not in (said(line, max(0, first - 2), 2), said(line, end, 2))

    def tail(self, end: int, key: str) -> int:
        """Behind `có liên quan`, `của tỉnh`, the province."""
        line, group = self.line, key.startswith("g:")
        if group and end < len(line) and not line[end].sep and (hit := walk(book().tails, line, end)):
            end = hit[0]
        return place_end(line, end, named=group) if end < len(line) and not line[end].sep else end

    def belonging(self, at: int) -> int:
        """Behind the body that a class belongs to: `thuộc, trực thuộc Liên minh Hợp tác xã tỉnh`; 0 where none is named."""
        line, end = self.line, at
        while end < len(line) and line[end].word in ("thuộc", "trực") and line[end].sep != ".":
            end += 1
        if end == at or end == len(line) or line[end].sep or not line[end].capital:
            return 0
        owner = walk(book().trie, line, end)
        if owner is None or owner[1].startswith("g:"):
            return 0
        return place_end(line, owner[0]) if owner[0] < len(line) and not line[owner[0]].sep else owner[0]

    def goes_on(self, first: int, end: int, key: str) -> bool:
        """The name is longer than the table's: `Phòng Kinh tế và Hạ tầng`, `Ban Quản lý Khu kinh tế Vân Phong`."""
        line = self.line
        if end >= len(line) or line[end].sep == ".":
            return False
        token, pair = line[end], said(line, end, 2)
        if (pair in COMMITTEES and not token.sep) or (pair == "chi nhánh" and self.mark(end) != ","):
            return True
        if key in _named_in_full():
            return False
        if line[first].word in JOINED and (head := walk(book().heads, line, first)):
            return self.name_end(head[0]) > end
        return token.capital and not (token.sep or token.word in first_words() or self.opens_order(end))

    def local(self, at: int, first: int, end: int) -> int:
        """The same body of a lower level: `Công an xã`, `Hội Nông dân huyện Ba Bể`."""
        head = walk(book().heads, self.line, first) if self.line[first].word in JOINED else None
        stop = max(self.name_end(head[0]) if head else end, self.name_end(end))
        name = full_name(self.said(first, stop))
        name = STANDING.sub("", name)
        return self.add(at, stop, slug(name), name, SURE_BY_LEVEL)

    def places_within(self, first: int, end: int) -> None:
        """`các cơ quan, đơn vị, địa phương liên quan` names the localities too."""
        at = next((i for i in range(first, end) if said(self.line, i, 2) == "địa phương"), None)
        if at is not None:
            self.add(at, at + 2, "g:dia-phuong")

    def each(self, start: int, at: int, before: str) -> int:
        """`các thôn Lũng Mười, Khe Nhòi`: each by its name, with the head said once; the token behind them, or 0."""
        line, head = self.line, f"{before}{self.line[at - 1].word}"
        head, end = head[0].upper() + head[1:], at
        while (
            end < len(line)
            and line[end].capital
            and (not line[end].sep if end == at else self.separated(end, soft=True))
        ):
            if self.opens_order(end) or (end > at and (walk(book().heads, line, end) or walk(book().trie, line, end))):
                break
            first, end = end, end + 1
            while end < len(line) and line[end].capital and not line[end].sep:
                end += 1
            name = f"{head} {self.said(first, end)}"
            self.add(start if first == at else first, end, slug(name), name, SURE_BY_LEVEL)
        return end if end > at else 0

    def shared_head(self, first: int, end: int) -> str:
        """The head that the names behind a class share: `sở` of `các sở, ngành: Tài chính, Nội vụ`."""
        return next((t.word for t in self.line[first:end] if t.word in SHARED), "")

    def listed(self, at: int, head: str, start: int) -> int:
        """`các sở, ngành: Tài chính, Nội vụ, Công an tỉnh`: those are meant, not the class; the token behind them, or 0."""
        line = self.line
        if at >= len(line) or not line[at].capital or self.mark(at) != ":":
            return 0
        if hit := walk(book().fields[head], line, at):
            alone = hit[0] < len(line) and not (line[hit[0]].sep and line[hit[0]].capital) and line[hit[0]].sep != "."
            if alone and self.opens_order(at):
                return 0  # `Các sở, ngành: Xây dựng kế hoạch`
            self.add(start, hit[0], hit[1])
            at = hit[0]
        elif not (at := self.known(at)):
            return 0
        while at < len(line) and line[at].capital and self.separated(at):
            if not (end := self.shared(at, head, soft=False) or self.known(at)):
                break
            at = end
        return at

    def shared(self, at: int, head: str, *, soft: bool = True) -> int:
        """Names that share a head: `Nội vụ, Công Thương` behind `Sở Tài chính,`; the token after the list, or 0."""
        line, listed = self.line, 0
        while at < len(line) and line[at].capital and self.separated(at, soft=soft and not listed):
            if not (hit := walk(book().fields[head], line, at)):
                break
            self.add(at, hit[0], hit[1])
            listed = at = hit[0]
        if listed and at < len(line) and not line[at].sep:
            at = place_end(line, at)
        return at if listed else 0

    def separated(self, at: int, *, soft: bool = False) -> bool:
        """A comma or `và` stands before, or (unless `soft`) a semicolon."""
        return self.line[at].sep == "," or (self.mark(at) == ";" and not soft)

    def called(self, at: int) -> int:
        """What the document calls a body for short: an abbreviation that it introduces, `Sở` for the one that issues it."""
        line, first = self.line, self.behind_person(at)
        hit = walk(self.own, line, first) if self.own else None
        if hit is None and self.own and first > at:  # `Bộ trưởng` alone
            first, hit = at, walk(self.own, line, at)
        if not hit or not line[first].capital or self.named(hit[0]) or self.level(hit[0]):
            return 0
        known = self.longest(at)[1]
        if known and (known[0] > hit[0] or (known[0] == hit[0] and line[at].word == "các")):
            return 0
        key, end = exact(hit[1]), hit[0]
        if end < len(line) and not line[end].sep:
            end = place_end(line, end)
        return self.add(at, end, key or slug(hit[1]), "" if key else hit[1], SURE_BY_LEVEL)

    def built(self, at: int) -> int:
        """A name by its grammar: a head and capitalised words."""
        line = self.line
        first = self.behind_person(at) if line[at].word in book().persons.next else at
        word = line[first].word
        if opening := 3 * (word == "ban" and said(line, first, 3) == "ban chỉ đạo") or word == "bcđ":
            return self.steering(at, first + opening)
        if not line[first].capital or walk(book().nobody, line, first) or not (head := walk(book().heads, line, first)):
            return 0
        if line[first].word in SHARED and (like := alike(line, first)):
            return self.add(at, like[0], like[1], sure=SURE_BY_LIKENESS)
        end = self.name_end(head[0])
        if end == head[0] and said(line, first, 2) not in ALONE:
            return 0
        name = full_name(self.said(first, end))
        return self.behind_owner(self.add(at, end, slug(name), name, SURE_BY_GRAMMAR))

    def behind_owner(self, end: int) -> int:
        """`Phòng Kế hoạch - Tài chính Sở`: whose it is adds no body."""
        line = self.line
        owned = end < len(line) and not line[end].sep and line[end].word in ("sở", "bộ") and line[end].capital
        return end + 1 if owned and not self.named(end + 1) else end

    def steering(self, at: int, behind: int) -> int:
        """`Ban Chỉ đạo` (steering committee) for the collective economy, of the province unless it says otherwise."""
        line = self.line
        if matter := walk(book().matters, line, behind):
            return self.other_committee(at, self.level(matter[0]) or matter[0])
        if behind < len(line) and not line[behind].sep and line[behind].word.isdigit():
            return self.other_committee(at, behind + 1)
        end, level = self.steering_level(behind)
        while line[end - 1].word in ("của", "về"):
            end -= 1
        if not level and end < len(line) and not line[end].sep:
            end = place_end(line, end)
            if end < len(line) and line[end].capital and not line[end].sep and not self.opens_order(end):
                return self.other_committee(at, self.name_end(end))
        return self.add(at, end, f"bcd-kttt-{level or 'tinh'}")

    def other_committee(self, at: int, end: int) -> int:
        """Of another matter: `Ban Chỉ đạo Cải cách hành chính`, `Ban Chỉ đạo 389 tỉnh`."""
        line = self.line
        if end < len(line) and not line[end].sep:
            end = place_end(line, end)
        name = full_name(self.said(self.behind_person(at), end))
        return self.add(at, end, slug(name), name, SURE_BY_GRAMMAR)

    def steering_level(self, end: int) -> tuple[int, str]:
        """Behind the committee's matter and level: `… hợp tác xã các huyện, thị xã`, `… cấp tỉnh, huyện`."""
        line, level = self.line, ""
        while end < len(line) and line[end].sep != ".":
            word, pair = line[end].word, said(line, end, 2)
            if pair in ("cấp huyện", "các huyện") or (level == "tinh" and word == "huyện"):
                end += pair in ("cấp huyện", "các huyện")
                end, level = set_ends("{huyện+}", line, end)[-1], "huyen"
            elif not level and (word == "tỉnh" or pair in ("cấp tỉnh", "trung ương")):
                end, level = end + 1 + (pair in ("cấp tỉnh", "trung ương")), "tw" if word == "trung" else "tinh"
            elif word in STEERING and not level:
                end += 1
            else:
                break
        return end, level


@lru_cache(maxsize=64)
def own_openers(own: tuple[tuple[str, str], ...]) -> Openers:
    """How the short names of a document may open, with the person before them."""
    return united(own_trie(own).seconds, book().persons.seconds)


@lru_cache(maxsize=64)
def own_starts(own: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The words with which a name may begin, those of the document's own short names among them."""
    return first_words().union(own_openers(own))


@cache
def _named_in_full() -> frozenset[str]:
    """Keys of bodies of the centre and of the Party, whose names the table has whole."""
    return frozenset((*load("bodies")["central"], *load("bodies")["party"]))


@lru_cache(maxsize=4096)
def exact(name: str) -> str | None:
    line = tokens(name)
    hit = walk(book().trie, line, 0)
    return hit[1] if hit and hit[0] == len(line) else None


def alike(line: list[Token], at: int) -> Hit | None:
    """The kind whose name differs only by a slip: `Sở lao động, Thương và Xã hội`."""
    stop = next((i for i in range(at + 1, len(line)) if line[i].sep == "."), len(line))
    best, score = None, LIKENESS
    opening = " ".join(t.word for t in line[at : at + ALIKE])[:ALIKE]
    for key, form in _forms_by_opening(line[at].word).get(opening, ()):
        for end in range(at + form.count(" "), min(at + form.count(" ") + 3, stop + 1)):
            words = " ".join(t.word for t in line[at:end])
            if 2 * min(len(words), len(form)) < score * (len(words) + len(form)):
                continue  # they cannot be so much alike
            ratio = likeness(words, form) if words[:ALIKE] == opening else 0.0
            if ratio >= score:
                best, score = (end, key), ratio
    return best


@lru_cache(maxsize=4096)
def likeness(words: str, form: str) -> float:
    """How much of two names is the same, 0 to 1."""
    return SequenceMatcher(None, words, form).ratio()


@cache
def _forms_by_opening(head: str) -> dict[str, list[tuple[str, str]]]:
    """The names that share a head by their first letters, which a slip leaves alone."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, form in book().forms[head]:
        found.setdefault(form[:ALIKE], []).append((key, form))
    return found
