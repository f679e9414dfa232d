"""Letters of the code pages that Vietnamese offices used before Unicode, recognised and turned into Unicode.

TCVN3 (ABC) and VNI put Vietnamese letters where Western code pages have signs: `Céng hoµ x· héi` and `Coäng hoøa xaõ
hoäi`. Such text looks whole to a program and is noise to a reader. A line is turned where it is sure: its signs are
those of one code page, and what comes out are Vietnamese syllables. Every stretch of such lines earns a notice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from vanban.values import Notice

CodePage = Literal["TCVN3 (ABC)", "VNI"]

TCVN3_LETTERS = dict(
    zip(
        "µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¨©ª«¬\xad®¡¢£¤¥¦§",
        "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
HAT, BOW, HORN = "\u0302", "\u0306", "\u031b"
GRAVE, ACUTE, HOOK, TILDE, DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
VNI_MARKS = {  # signs behind a vowel
    **dict(zip("øùûõï", (GRAVE, ACUTE, HOOK, TILDE, DOT), strict=True)),
    **dict(zip("âàáåãä", (HAT + tone for tone in ("", GRAVE, ACUTE, HOOK, TILDE, DOT)), strict=True)),
    **dict(zip("êèéúüë", (BOW + tone for tone in ("", GRAVE, ACUTE, HOOK, TILDE, DOT)), strict=True)),
}
VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
LETTERS: dict[CodePage, dict[int, str]] = {
    "TCVN3 (ABC)": str.maketrans(TCVN3_LETTERS),
    "VNI": str.maketrans(
        {
            **VNI_MARKS,
            **VNI_LETTERS,
            **{sign.upper(): marks for sign, marks in VNI_MARKS.items()},
            **{sign.upper(): letter.upper() for sign, letter in VNI_LETTERS.items()},
        }
    ),
}
SIGNS: tuple[tuple[CodePage, re.Pattern[str]], ...] = (
    ("TCVN3 (ABC)", re.compile(r"[A-Za-z][¨©ª«¬\xad®µ¶·¸¹]|[®§][a-zµ-þ]|[©ª«¬\xad][b-z]")),
    ("VNI", re.compile(r"a[âáàãåäéèêëúüùøûõï]|[eo][âäåøûïõ]|[iuyöô][øûï]", re.I)),
)
SUSPECT = (  # without one of these a text has no such signs; each begins with a set of letters, which is sought fast
    re.compile("[\xa7-\xb9](?<=[¨©ª«¬\xad®µ¶·¸¹§])"),
    re.compile(
        "[âáàãåäéèêëúüùøûõïÂÁÀÃÅÄÉÈÊËÚÜÙØÛÕÏ\u212b](?:(?<=[aA].)|(?<=[eoiuyöôEOIUYÖÔİı][âäåøûïõÂÄÅØÛÏÕ\u212b]))"
    ),
)
TELLING, FEWEST = 0.25, 2  # share of the letters beyond ASCII from which these signs are no accident: texts have 0.4
MODERN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0-\u01b0\u0300-\u036f\u1ea0-\u1ef9]")
STRANGE = re.compile(r"[\x80-\u02ff]")  # what no ASCII text has
TONES = re.compile(f"[{GRAVE}{ACUTE}{HOOK}{TILDE}{DOT}]")
WORD = re.compile(r"[^\W\d_]+")
SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|tr|th?|v|x)?[aăâeêioôơuưy]{1,3}(?:ch?|m|ng?|nh|p|t)?", re.I
)
WHOLE = 0.8  # of the words with strange letters must become syllables
QUOTED = 60  # letters of a repaired line that a notice shows
MOST_NOTICES = 50
SAMPLE = 200_000  # letters looked at

FONTS = re.compile(r"\.Vn|VNI[- ]", re.I)


def legacy(text: str) -> CodePage | None:
    """The old code page whose letters a text shows when they are taken for Western ones.

    >>> legacy("Céng hoµ x· héi chñ nghÜa ViÖt Nam"), legacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam")
    ('TCVN3 (ABC)', 'VNI')
    >>> legacy("Cộng hòa xã hội chủ nghĩa Việt Nam") is None
    True
    """
    text = text[:SAMPLE]
    strange = len(text) - len(text.encode("ascii", "ignore"))
    for page, pattern in SIGNS:
        if strange and len(pattern.findall(text)) >= max(FEWEST, TELLING * strange):
            return page
    return None


def of_font(name: str | None) -> CodePage | None:
    """The code page that a font stands for, by its name: `.VnTime`, `VNI-Times`."""
    if not name or not (found := FONTS.match(name)):
        return None
    return "TCVN3 (ABC)" if found[0] == ".Vn" else "VNI"


def to_unicode(text: str, page: CodePage) -> str:
    """
    >>> to_unicode("hîp t¸c x·", "TCVN3 (ABC)"), to_unicode("hôïp taùc xaõ", "VNI")
    ('hợp tác xã', 'hợp tác xã')
    """
    return unicodedata.normalize("NFC", text.translate(LETTERS[page]))


def has_modern(text: str) -> bool:
    """It has letters that only Unicode has: not one of its lines is in an old code page."""
    return bool(MODERN.search(text))


def code_page(text: str) -> CodePage | None:
    """The old code page that one line is surely written in."""
    page = None if text.isascii() or has_modern(text) else legacy(text)
    return page if page and _is_sound(to_unicode(text, page)) else None


def code_pages(lines: Sequence[str]) -> list[CodePage | None]:
    """The old code page of each line, None for one that stays as it is.

    A line with few signs follows the sure ones where it gains by it; where no line is in Unicode, all follow.
    """
    found = [code_page(line) for line in lines]
    sure = [page for page in found if page]
    if not sure:
        return found
    usual = max(set(sure), key=sure.count)
    alone = not any(map(has_modern, lines))
    for at, line in enumerate(lines):
        if not found[at] and STRANGE.search(line) and not has_modern(line):
            found[at] = usual if alone or _gains(line, usual) else None
    return found


def _gains(line: str, page: CodePage) -> bool:
    """As it stands it is no Vietnamese, in that code page it is."""
    return not _is_sound(line) and _is_sound(to_unicode(line, page))


def modernise(text: str) -> tuple[str, tuple[Notice, ...]]:
    """The text in Unicode, and a notice for each stretch of lines that was in an old code page."""
    if not any(sign.search(text) for sign in SUSPECT):
        return text, ()
    lines = text.split("\n")
    pages = code_pages(lines)
    if not any(pages):
        return text, ()
    turned = [to_unicode(line, page) if page else line for line, page in zip(lines, pages, strict=True)]
    return "\n".join(turned), tuple(_told(turned, pages))


def _told(lines: Sequence[str], pages: Sequence[CodePage | None]) -> list[Notice]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    # Lines in ASCII alone belong to the stretch that they stand in.
    telling = [at for at, line in enumerate(lines) if pages[at] or not line.isascii()]
    notices = []
    for page, group in groupby(telling, key=lambda at: pages[at]):
        stretch = list(group)
        if page:
            first, quoted = starts[stretch[0]], lines[stretch[0]][:QUOTED]
            notices.append(repaired(page, len(stretch), quoted, (first, first + len(quoted))))
    return notices[:MOST_NOTICES]


def repaired(page: CodePage, lines: int, text: str = "", span: tuple[int, int] | None = None) -> Notice:
    return Notice("R103", f"{lines} lines written in {page} were turned into Unicode", text, span)


def repairs(pages: Iterable[CodePage | None]) -> tuple[Notice, ...]:
    """What to tell of lines whose places are not known."""
    turned = [page for page in pages if page]
    return tuple(repaired(page, turned.count(page)) for page in sorted(set(turned)))


def _is_sound(text: str) -> bool:
    """Its words with Vietnamese letters are Vietnamese syllables."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return sum(map(_is_syllable, words)) >= WHOLE * len(words)


def _is_syllable(word: str) -> bool:
    bare, tones = TONES.subn("", unicodedata.normalize("NFD", word))
    return tones < 2 and bool(SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))
