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
from functools import lru_cache

from vanban.bodies.scanner import Scanner, exact
from vanban.lexicon import Places, load, tokens
from vanban.names import book, full_name, walk
from vanban.values import Mention

INTRODUCED = re.compile(
    r"\((?:sau đây )?(?:(?:gọi|viết)(?: tắt| chung)*(?: là|:)?\s*)?[“\"']?((?:[A-ZĐ]\w+ )?[A-ZĐ][A-ZĐ&-]{1,11}[A-ZĐ])[”\"']?\)"
)
CALLED = re.compile(
    r"\(sau đây (?:gọi|viết)(?: tắt| chung)*(?: là|:)?\s*[“\"']?([A-ZĐ]\w*(?: [a-zà-ỹđ]\w*)?)[”\"']?\)"
)  # … by the word that its name opens with
ABBREVIATED = re.compile(r"[A-ZĐ&]{2}")
LONGEST_NAME = 120


def mentions(text: str, own: Mapping[str, str] | None = None) -> list[Mention]:
    """Bodies named in `text`, in order; `own` maps abbreviations that the document introduces to full names.

    >>> [m.key for m in mentions("Sở KH&ĐT, UBND các huyện, thị xã và các đơn vị có liên quan")]
    ['so-khdt', 'g:ubnd-huyen', 'g:lien-quan']
    """
    return list(_scanned(text, tuple(own.items()) if own else ()))


@lru_cache(maxsize=512)
def _scanned(text: str, own: tuple[tuple[str, str], ...]) -> tuple[Mention, ...]:
    """The stages ask of one block after another, each several times."""
    return tuple(Scanner(text, own).scan())


@lru_cache(maxsize=256)
def opening(text: str) -> tuple[Mention, ...]:
    """The bodies that a text opens with, side by side; what stands behind another word is not looked at.

    >>> [m.key for m in opening("Sở Tài chính, Sở Nội vụ tham mưu cho Thanh tra tỉnh")]
    ['so-tc', 'so-nv']
    """
    return tuple(Scanner(text, ()).opening())


def shown_name(body: Mention) -> str:
    """The full name of a body: the guide's, else as the text writes it, where that is no abbreviation."""
    if body.key in load("bodies")["guide"] or body.key not in book().names:
        return body.name
    line = tokens(body.raw)
    person = walk(book().persons, line, 0)
    raw = body.raw[Places(body.raw.split(" "))[person[0]][0] :] if person and person[0] < len(line) else body.raw
    name = full_name(raw)
    if body.key.startswith("g:"):
        if not person or walk(book().persons, tokens(body.name), 0):
            return full_name(body.raw)
        one = re.sub(r"^(?:các|những) ", "", name, flags=re.I)
        return name if body.key in (exact(name), exact(one)) else body.name  # `Trưởng các bản` stand for `các bản`
    opening = [tokens(words)[0].word for words in (name, body.name)]
    whole = exact(name) == body.key or (body.sure == 1.0 and opening[0] == opening[1])
    return name if whole and not ABBREVIATED.search(name) else body.name


def introduced(text: str) -> dict[str, str]:
    """Abbreviations that the text explains: `Bảo hiểm xã hội (BHXH)`, `… (sau đây gọi tắt là VPĐP)`.

    >>> introduced("Văn phòng Điều phối nông thôn mới tỉnh (VPĐP) tham mưu")
    {}
    >>> introduced("Trung tâm Hỗ trợ Nông dân (TTHTND) chủ trì")
    {'TTHTND': 'Trung tâm Hỗ trợ Nông dân'}
    >>> introduced("Cục Kinh tế hợp tác và Phát triển nông thôn (viết tắt là Cục KTHT&PTNT)")
    {'Cục KTHT&PTNT': 'Cục Kinh tế hợp tác và Phát triển nông thôn'}
    >>> introduced("Trung tâm Hỗ trợ phát triển kinh tế tập thể (sau đây gọi là Trung tâm) chủ trì")
    {'Trung tâm': 'Trung tâm Hỗ trợ phát triển kinh tế tập thể'}
    """
    found: dict[str, str] = {}
    for m in INTRODUCED.finditer(text):
        before = text[max(0, m.start() - LONGEST_NAME) : m.start()]
        *head, short = m[1].split()
        words, letters = before.split(), re.sub(r"\W", "", short)
        while words and not (words[: len(head)] == head and _stands_for(words, head, letters)):
            words = words[1:]
        if words and words[0][0].isupper():
            found.setdefault(m[1], " ".join(words).strip(" ,-"))
    for m in CALLED.finditer(text):
        before = text[max(0, m.start() - LONGEST_NAME) : m.start()].rstrip()
        named = next((each for each in mentions(before)[-1:] if each.span[1] == len(before)), None)
        if named and named.raw.startswith(f"{m[1]} "):
            found.setdefault(m[1], " ".join(named.raw.split()))
    return found


def _stands_for(words: list[str], head: list[str], letters: str) -> bool:
    """The letters are the first ones of the words behind the head, or of the last of them where it stands once; `và` counts or not."""
    rest = words[len(head) :]
    initials = [(w[0].upper(), w) for w in rest if w[0].isalpha()]
    ways = ("".join(i for i, _ in initials), "".join(i for i, w in initials if w != "và"))
    return letters in ways or (head != [] and head[0] not in rest and any(way.endswith(letters) for way in ways))
