"""Words of official Vietnamese: folding, tokens, numbers, dates, and the tables under `data/`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from vanban.forms import Form

_NEW_STYLE = dict(
    zip(
        "oà oá oả oã oạ uỳ uý uỷ uỹ uỵ oè oé oẻ oẽ oẹ".split(),
        "òa óa ỏa õa ọa ùy úy ủy ũy ụy òe óe ỏe õe ọe".split(),
        strict=True,
    )
)
_TONE = re.compile(r"[ou][àáảãạèéẻẽẹỳýỷỹỵ](?!\w)(?<!q..)")
WORD = re.compile(r"[^\W_]+")
CLAUSE_END = re.compile(r"[.;](?:\s|$)")
THOUSANDS, DECIMAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"), re.compile(r"\d+(?:[.,]\d+)?")
_PLAIN = re.compile(r"[a-z0-9]+")


@cache
def load(name: str) -> dict[str, Any]:
    """The table `data/<name>.toml`; not to be changed."""
    return tomllib.loads(files("vanban").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def fold(text: str) -> str:
    """Lower case, tone marks where the older spelling puts them, so that `Uỷ` is `ủy` and `khoá` is `khóa`."""
    return _TONE.sub(lambda m: _NEW_STYLE.get(m[0], m[0]), text.casefold())


fold_word = lru_cache(maxsize=50_000)(fold)  # words come again and again; whole texts are not kept


def unmarked(text: str) -> str:
    """Text without tone and vowel marks: `Đặng Ủy` → `dang uy`."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(c for c in parts if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """`Hội Làm vườn` → `hoi-lam-vuon`."""
    return "-".join(_PLAIN.findall(unmarked(name)))


class Token(NamedTuple):
    """A word with its folded form; `sep` is what stands between it and the word before: "" a space, "," a
    separator inside names (comma, dash, slash, &, và), "." anything stronger.
    """

    word: str
    sep: str
    capital: bool


_NO_SEPARATOR = re.compile(r"[^\s,\-–—/&]")
_KEPT, _SHORT = 30_000, 60  # pieces of texts that are kept, and letters of the longest


def tokens(text: str) -> list[Token]:
    """The words of a text; `và` is a separator, as are commas and dashes.

    >>> [(t.sep, t.word) for t in tokens("Sở Kế hoạch và Đầu tư; UBND xã")]
    [('.', 'sở'), ('', 'kế'), ('', 'hoạch'), (',', 'đầu'), ('', 'tư'), ('.', 'ubnd'), ('', 'xã')]
    """
    return tokens_of(text.split(" "))


def tokens_of(pieces: list[str]) -> list[Token]:
    """The words of a text that is split at its spaces."""
    found: list[Token] = []
    table = _PIECES["."]
    for piece in pieces:
        words, _, table = table[piece]
        found += words
    return found


class Places:
    """Where each of the `tokens_of` the pieces of a text begins and ends; reckoned for the few that are asked for."""

    __slots__ = ("at", "counts", "last", "pieces")

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.counts = list(accumulate(map(_SIZES.__getitem__, pieces)))
        self.last = self.at = 0  # the piece asked for last, and where it begins

    def __getitem__(self, index: int) -> tuple[int, int]:
        piece = bisect_right(self.counts, index)
        text = self.pieces[piece]
        if piece != self.last:
            self.move(piece)
        start, end = _PIECES["."][text][1][index - self.counts[piece]]  # counted from the last word of the piece
        return self.at + start, self.at + end

    def move(self, piece: int) -> None:
        """To another piece; names are asked for one behind the other, so it is never far."""
        last, self.last = self.last, piece
        if piece > last:
            self.at += sum(map(len, self.pieces[last:piece])) + piece - last
        else:
            self.at -= sum(map(len, self.pieces[piece:last])) + last - piece


# The words of a piece, their places, and how what stands behind it is read.
Piece = tuple[tuple[Token, ...], tuple[tuple[int, int], ...], "_Pieces"]


class _Pieces(dict[str, Piece]):
    """What stands between two spaces, behind a separator. The same pieces come again and again: each is read once."""

    def __init__(self, sep: str) -> None:
        self.sep = sep

    def __missing__(self, piece: str) -> Piece:
        words, spans, sep, at = [], [], self.sep, 0
        if not piece.strip("_.,;:()"):  # nothing, or a citation blanked out
            return (), (), _PIECES[max(sep, _separator(piece))]
        for m in WORD.finditer(piece):
            sep, at = max(sep, _separator(piece[at : m.start()])), m.end()
            if (folded := fold(m[0])) == "và":
                sep = sep or ","
                continue
            words.append(Token(folded, sep, m[0][0].isupper()))
            spans.append(m.span())
            sep = ""
        found = tuple(words), tuple(spans), _PIECES[max(sep, _separator(piece[at:]))]
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = found
        return found


def _separator(gap: str) -> str:
    """Nothing for spaces, "," for separators inside names, "." for anything stronger: the stronger is the greater."""
    return "." if _NO_SEPARATOR.search(gap) else "," if gap.strip() else ""


_PIECES = {sep: _Pieces(sep) for sep in ("", ",", ".")}


class _Sizes(dict[str, int]):
    """How many words stand between two spaces: that does not hang on what stands before them."""

    def __missing__(self, piece: str) -> int:
        size = len(_PIECES["."][piece][0])
        if len(piece) <= _SHORT and len(self) < _KEPT:
            self[piece] = size
        return size


_SIZES = _Sizes()


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(letters: str) -> int:
    """Value of a Roman numeral, 0 where it is none.

    >>> [roman(n) for n in ("I", "IV", "XVIII", "XC", "IIX")]
    [1, 4, 18, 90, 0]
    """
    values = [ROMAN.get(c, 0) for c in letters.upper()]
    total = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return total if all(values) and numeral(total) == letters.upper() else 0


def numeral(number: int) -> str:
    """A number as a Roman numeral.

    >>> numeral(14)
    'XIV'
    """
    steps = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    out = ""
    for value, letters in steps:
        out += letters * (number // value)
        number %= value
    return out


_SMALL = dict(zip("không một hai ba bốn năm sáu bảy tám chín mười".split(), range(11), strict=True))


def number(text: str) -> float | None:
    """A number as written in Vietnam: `1.200`, `12,5`, `01`, `hai`; None where it is none.

    >>> [number(t) for t in ("1.200", "12,5", "01", "hai", "2.5", "ba mươi")]
    [1200.0, 12.5, 1.0, 2.0, 2.5, None]
    """
    if THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    value = _SMALL.get(fold(text))
    return None if value is None else float(value)


DATE = (
    r"(?P<day>\d{1,2})\s*(?:[/.\-]\s*|\s+tháng\s+)(?P<month>\d{1,2})\s*(?:[/.\-]\s*|,?\s+năm\s+)(?P<year>(?:19|20)\d\d)"
)


def day(year: int, month: int, dom: int) -> date | None:
    """The day, or None where the calendar has none (30 February, month 13)."""
    try:
        return date(year, month, dom)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@cache
def verbs() -> frozenset[str]:
    """Words that open an order (động từ), two syllables or one, folded."""
    return frozenset(fold(w) for w in load("phrases")["verbs"])


def starts_with_verb(text: str) -> bool:
    """The text opens with a word of `phrases.toml` that gives an order.

    >>> starts_with_verb("Đẩy mạnh chuyển đổi số"), starts_with_verb("Tổ hợp tác là tổ chức")
    (True, False)
    """
    words = text[:60].lstrip(' -–+*•“"(').split(None, 3)[:3]
    if not words or fold_word(words[0]).rstrip(" ,.;:") not in _opening_words():
        return False
    said = fold(" ".join(words)).split()
    return any(" ".join(said[:n]).rstrip(" ,.;:") in verbs() for n in (1, 2, 3))


@cache
def _opening_words() -> frozenset[str]:
    return frozenset(verb.split()[0] for verb in verbs())


def clause_start(text: str, at: int, marks: str = ".;") -> int:
    """Where the clause that `at` stands in begins: behind the last mark with a space.

    >>> clause_start("Năm 2.025. Rà soát; báo cáo", 22)
    20
    """
    end = 0
    for m in _behind(marks).finditer(text, 0, at):
        end = m.end()
    return end


@cache
def _behind(marks: str) -> re.Pattern[str]:
    return re.compile(rf"[{marks}]\s")


def clause_end(text: str, at: int) -> int:
    """Where the clause that `at` stands in ends: before its full stop or semicolon.

    >>> clause_end("Năm 2.025. Rà soát; báo cáo", 4)
    9
    """
    m = CLAUSE_END.search(text, at)
    return m.start() if m else len(text)


def one_of(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest that fits, which shares their beginnings: far faster than `a|b|…`.

    >>> one_of(["hợp tác", "hợp tác xã", "hợp đồng"])
    'hợp\\\\ (?:tác(?:\\\\ xã)?|đồng)'
    """
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for letter in form:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict[str, Any]) -> str:
    branches = [re.escape(letter) + _branches(rest) for letter, rest in sorted(node.items()) if letter]
    if not branches:
        return ""
    ends = "" in node
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if ends or len(branches) > 1 else branches[0]


@cache
def phrases(name: str) -> Form:
    """One form for a list of phrases of `data/phrases.toml`, longest first, whole words, any case."""
    forms = sorted(load("phrases")[name], key=len, reverse=True)
    words = (max(map(str.strip, _NOT_LITERAL.split(form)), key=len) for form in forms)
    return Form(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", *dict.fromkeys(words))


_NOT_LITERAL = re.compile(r"\(.*?\)\??|\[.*?\](?:\{.*?\})?")  # of the phrases: groups and sets of letters
