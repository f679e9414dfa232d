"""Bodies named in a text: by the table of kinds, by the grammar of their names, by abbreviations the text introduces.

`mentions(text)` reads

- names of the table, whatever their case, separators and usual abbreviations: `Sở KH&ĐT`, `UBND các huyện, thị xã`;
- the persons who stand for them: `Giám đốc các Sở`, `Chủ tịch UBND tỉnh`;
- lists with a shared head: `các Sở: Tài chính, Nội vụ, Kế hoạch và Đầu tư`;
- names built like names of bodies: `Trung tâm Hỗ trợ Nông dân`, `UBND huyện Ba Bể`, `Công an xã`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from vanban.lexicon import Token, load, slug, tokens, verbs
from vanban.names import HEADS, SHARED, Node, book, full_name, longer, phrase_trie, place_end, said, set_ends, walk
from vanban.values import Mention

LOCAL = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu", "tỉnh", "thôn")
BELOW = ("huyện", "quận", "thị", "xã", "phường", "đặc")  # how a level below the province begins
# Second and later syllables that a name may carry in lower case: `Phát triển nông thôn`, `Giáo dục nghề nghiệp`.
INNER = frozenset(
    "nông lâm thủy sản thôn nghiệp nghề dân tộc tôn giáo chất lượng kỹ thuật môi trường thương mại dịch vụ tín dụng "
    "nhân xã hội hợp tác kinh tế tập thể du lịch khoa học công nghệ thông tin điện tử hành chính công".split()
)
STEERING = frozenset(
    "đổi mới phát triển củng cố nâng cao hiệu quả kinh tế tập thể hợp tác xã về tổ chức công tác xây dựng của".split()
)
SURE_BY_GRAMMAR, SURE_BY_LIKENESS, SURE_BY_LEVEL, LIKENESS = 0.7, 0.8, 0.9, 0.86

Hit = tuple[int, str]  # the token behind a name, and its key


def mentions(text: str, own: Mapping[str, str] | None = None) -> list[Mention]:
    """Bodies named in `text`, in order; `own` maps abbreviations that the document introduces to full names.

    >>> [m.key for m in mentions("Sở KH&ĐT, UBND các huyện, thị xã và các đơn vị có liên quan")]
    ['so-khdt', 'g:ubnd-huyen', 'g:lien-quan']
    """
    return Scanner(text, own or {}).scan()


class Scanner:
    """One walk over the words of a text."""

    def __init__(self, text: str, own: Mapping[str, str]) -> None:
        self.text, self.own = text, own
        self.line = tokens(text)
        self.found: list[Mention] = []

    def scan(self) -> list[Mention]:
        at, openers = 0, first_words()
        while at < len(self.line):
            step = 0
            if self.line[at].word in openers:
                step = self.known(at) or self.built(at)
            elif self.own:
                step = self.abbreviated(at)
            at = step or at + 1
        return self.found

    def add(self, first: int, end: int, key: str, name: str = "", sure: float = 1.0) -> int:
        span = self.line[first].start, self.line[end - 1].end
        self.found.append(Mention(key, name or book().names[key], self.text[slice(*span)], span, sure))
        return end

    def known(self, at: int) -> int:
        """A name of the table, with the person or the plural before it and the place behind; the token after it, or 0."""
        first, hit = self.longest(at)
        if hit is None or not self.plausible(first, *hit):
            return 0
        end, key = self.tail(*hit), hit[1]
        group = key.startswith("g:")
        head = self.line[hit[0] - 1].word if group else self.line[first].word
        if group and head in SHARED and (listed := self.shared(hit[0], head, at)):
            return listed
        if not group and self.below(end):
            return self.local(at, first, end)
        self.add(at, end, key)
        if key == "g:lien-quan":
            self.places_within(first, end)
        return (self.shared(end, head, end) if head in SHARED and not group else 0) or end

    def longest(self, at: int) -> tuple[int, Hit | None]:
        """The longest form behind a person (`Giám đốc`) and `các`, and the token where it begins."""
        line, trie = self.line, book().trie
        person = walk(book().persons, line, at)
        first = person[0] if person and person[0] < len(line) and line[person[0]].sep != "." else at
        hit = walk(trie, line, first)
        if line[first].word in ("các", "những") and first + 1 < len(line) and not line[first + 1].sep:
            without = walk(trie, line, first + 1)
            if longer(hit, without) is without:
                first, hit = first + 1, without
        return first, self.without_next(first, hit)

    def without_next(self, first: int, hit: Hit | None) -> Hit | None:
        """`các cơ quan báo, Đài Phát thanh …`: the last word of a class may open a longer name of its own."""
        if hit is None or not hit[1].startswith("g:") or not self.line[hit[0] - 1].sep:
            return hit
        following = walk(book().trie, self.line, hit[0] - 1)
        if following and following[0] > hit[0]:
            return walk(book().trie, self.line[: hit[0] - 1], first) or hit
        return hit

    def plausible(self, first: int, end: int, key: str) -> bool:
        """A body of its own is written with a capital; of classes, `các cấp, các ngành` is nobody."""
        line = self.line
        if not key.startswith("g:"):
            return line[first].capital
        if key in ("g:ubnd-huyen", "g:ubnd-xa") and line[first].word in ("ubnd", "ủy"):
            one = line[end - 1].word in LOCAL and end < len(line) and line[end].capital and not line[end].sep
            return not one or bool({"các", "cấp"} & {t.word for t in line[first:end]})  # `UBND huyện Ba Bể` is one body
        everybody = first >= 2 and said(line, first - 2, 2) == "các cấp"
        return not (key == "g:so-nganh" and line[end - 1].word == "ngành" and end - first <= 2 and everybody)

    def tail(self, end: int, key: str) -> int:
        """Behind `có liên quan`, `của tỉnh`, the province."""
        line, group = self.line, key.startswith("g:")
        if group and end < len(line) and not line[end].sep and (hit := walk(book().tails, line, end)):
            end = hit[0]
        return place_end(line, end, named=group) if end < len(line) and not line[end].sep else end

    def below(self, end: int) -> bool:
        return end < len(self.line) and not self.line[end].sep and self.line[end].word in BELOW

    def local(self, at: int, first: int, end: int) -> int:
        """The same body of a lower level: `Công an xã`, `Hội Nông dân huyện Ba Bể`."""
        stop = self.name_end(end)
        name = full_name(self.text[self.line[first].start : self.line[stop - 1].end])
        return self.add(at, stop, slug(name), name, SURE_BY_LEVEL)

    def places_within(self, first: int, end: int) -> None:
        """`các cơ quan, đơn vị, địa phương liên quan` names the localities too."""
        at = next((i for i in range(first, end) if said(self.line, i, 2) == "địa phương"), None)
        if at is not None:
            self.add(at, at + 2, "g:dia-phuong")

    def shared(self, at: int, head: str, start: int) -> int:
        """Names that share a head: `Tài chính, Nội vụ` behind `các Sở:`; the token after the list, or 0."""
        line, listed = self.line, 0
        while at < len(line) and line[at].capital and self.lists(at, begun=bool(listed)):
            if not (hit := walk(book().fields[head], line, at)):
                break
            self.add(start if not listed and start < at else at, hit[0], hit[1])
            listed, at = listed + 1, hit[0]
        if listed and at < len(line) and not line[at].sep:
            at = place_end(line, at)
        return at if listed else 0

    def lists(self, at: int, *, begun: bool) -> bool:
        mark = self.text[self.line[at - 1].end : self.line[at].start].strip()
        return self.line[at].sep == "," or mark == (";" if begun else ":")

    def abbreviated(self, at: int) -> int:
        """An abbreviation that the document introduced."""
        token = self.line[at]
        if not (name := self.own.get(self.text[token.start : token.end])):
            return 0
        key = exact(name)
        return self.add(at, at + 1, key or slug(name), "" if key else name, SURE_BY_LEVEL)

    def built(self, at: int) -> int:
        """A name by its grammar: a head and capitalised words."""
        line = self.line
        if said(line, at, 3) == "ban chỉ đạo":
            return self.steering(at)
        if not line[at].capital or not (head := walk(heads(), line, at)):
            return self.abbreviated(at)
        if line[at].word in SHARED and (like := alike(line, at)):
            return self.add(at, like[0], like[1], sure=SURE_BY_LIKENESS)
        end = self.name_end(head[0])
        if end == head[0]:
            return 0
        name = full_name(self.text[line[at].start : line[end - 1].end])
        return self.add(at, end, slug(name), name, SURE_BY_GRAMMAR)

    def name_end(self, at: int) -> int:
        """Behind the words that still belong to a name: capitals, their second syllables, local places."""
        end, named, line = at, False, self.line
        for i in range(at, len(line)):
            token, prior = line[i], line[i - 1]
            if token.sep == "." or (token.sep and (not token.capital or walk(heads(), line, i))):
                break
            verb = i + 1 < len(line) and f"{token.word} {line[i + 1].word}" in verbs()
            second = prior.capital and i > at and prior.word not in LOCAL and not verb and not ends_place(line, i)
            if not (token.capital or token.word in LOCAL or (named and (second or token.word in INNER))):
                break
            named = named or token.capital or token.word in LOCAL
            end = i + 1
        return end

    def steering(self, at: int) -> int:
        """`Ban Chỉ đạo` (steering committee) for the collective economy, of the province unless it says otherwise."""
        end, level = self.steering_level(at + 3)
        while self.line[end - 1].word in ("của", "về"):
            end -= 1
        if not level and end < len(self.line) and not self.line[end].sep:
            end = place_end(self.line, end)
            if end < len(self.line) and self.line[end].capital and not self.line[end].sep:
                stop = self.name_end(end)  # of another matter: `Ban Chỉ đạo Cải cách hành chính`
                name = self.text[self.line[at].start : self.line[stop - 1].end]
                return self.add(at, stop, slug(name), name, SURE_BY_GRAMMAR)
        return self.add(at, end, f"bcd-kttt-{level or 'tinh'}")

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


@cache
def first_words() -> frozenset[str]:
    """Words that a name, a person or a class of bodies may open with."""
    roots = (book().trie, book().persons, heads())
    return frozenset({"các", "những", "ban", *(word for root in roots for _, word in root.next)})


@cache
def heads() -> Node:
    return phrase_trie([head.casefold() for head in HEADS])


def ends_place(line: list[Token], end: int) -> bool:
    """A province ends right before token `end`, so that what follows is no syllable of it."""
    return any(place_end(line, start, named=True) == end for start in range(max(0, end - 4), end))


@cache
def exact(name: str) -> str | None:
    line = tokens(name)
    hit = walk(book().trie, line, 0)
    return hit[1] if hit and hit[0] == len(line) else None


def alike(line: list[Token], at: int) -> Hit | None:
    """The kind whose name differs only by a slip: `Sở lao động, Thương và Xã hội`."""
    stop = next((i for i in range(at + 1, len(line)) if line[i].sep == "."), len(line))
    best, score = None, LIKENESS
    for key, form in book().forms[line[at].word]:
        for end in range(at + form.count(" "), min(at + form.count(" ") + 3, stop + 1)):
            words = " ".join(t.word for t in line[at:end])
            ratio = SequenceMatcher(None, words, form).ratio() if words[:5] == form[:5] else 0.0
            if ratio >= score:
                best, score = (end, key), ratio
    return best


def shown_name(body: Mention) -> str:
    """The full name of a body; a class that the guide does not name is called as the text writes it."""
    if body.key.startswith("g:") and body.key not in load("bodies")["guide"]:
        return full_name(body.raw)
    return body.name


_INTRODUCED = re.compile(
    r"((?:[A-ZĐÂÊÔƠƯĂÀ-Ỹ][\w&]*[\s,-]+(?:\w+[\s,-]+){0,9}?))\((?:sau đây )?(?:(?:gọi|viết)(?: tắt)?(?: là|:)?\s*)?[“\"']?([A-ZĐ][A-ZĐ&-]{1,9}[A-ZĐ])[”\"']?\)"
)


def introduced(text: str) -> dict[str, str]:
    """Abbreviations that the text explains: `Bảo hiểm xã hội (BHXH)`, `… (sau đây gọi tắt là VPĐP)`.

    >>> introduced("Văn phòng Điều phối nông thôn mới tỉnh (VPĐP) tham mưu")
    {}
    >>> introduced("Trung tâm Hỗ trợ Nông dân (TTHTND) chủ trì")
    {'TTHTND': 'Trung tâm Hỗ trợ Nông dân'}
    """
    found: dict[str, str] = {}
    for m in _INTRODUCED.finditer(text):
        words, letters = m[1].split(), re.sub(r"\W", "", m[2])
        while words and "".join(w[0] for w in words if w[0].isalpha()).upper() != letters:
            words = words[1:]
        if words:
            found.setdefault(m[2], " ".join(words).strip(" ,-"))
    return found
