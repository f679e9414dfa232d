"""Departures from a layout as they go out: in Vietnamese for people, as JSON for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.writing.checking import Departure
from vanban.writing.layouts import Layout

RULES = {
    "align": "canh lề",
    "bold": "kiểu chữ",
    "capitals": "chữ hoa, chữ thường",
    "first line": "thụt đầu dòng",
    "font": "phông chữ",
    "form": "cách ghi",
    "gap": "khoảng cách đoạn",
    "italic": "kiểu chữ",
    "line below": "đường kẻ bên dưới",
    "line spacing": "giãn dòng",
    "margin": "lề trang",
    "missing": "thiếu",
    "number": "số thứ tự",
    "page number": "số trang",
    "paper": "khổ giấy",
    "size": "cỡ chữ",
}
PHRASES = {
    "nothing": "không có",
    "left": "trái",
    "right": "phải",
    "center": "giữa",
    "justify": "đều hai bên",
    "bold": "đậm",
    "not bold": "không đậm",
    "italic": "nghiêng",
    "upright": "đứng",
    "capitals": "in hoa",
    "small letters": "in thường",
    "typed dashes": "dấu gạch gõ tay",
    "underlined words": "gạch chân chữ",
    "a drawn line": "đường kẻ liền",
    "landscape": "khổ ngang",
    "portrait": "khổ dọc",
    "in the top margin": "ở giữa lề trên",
    "in the bottom margin": "ở lề dưới",
    "shown on page 1": "hiện ở trang 1",
    "hidden on page 1": "không hiện ở trang 1",
    "goes on counting": "đánh tiếp theo văn bản",
    "counted from 1": "đánh riêng từ số 1",
    "no font": "không nêu phông chữ",
}
PAGE = "Trang"
EDGES = {"top": "trên", "right": "phải", "bottom": "dưới", "left": "trái"}

Json = dict[str, object]


def row(departure: Departure, layout: Layout) -> tuple[str, ...]:
    """Paragraph, its words, the element, what of it, as found, as the rule wants it, the clause, in how many places."""
    place = departure.place
    return (
        str(place.paragraph or ""),
        re.sub(r"^section (\d+)$", r"phần \1", place.words),
        element(departure, layout),
        RULES[departure.rule],
        vietnamese(departure.found),
        vietnamese(departure.expected),
        departure.article,
        str(departure.times),
    )


def sentence(departure: Departure, layout: Layout) -> str:
    """`Đoạn 4 “…”: Quốc hiệu, cỡ chữ 15 pt; quy định 12–13 pt (Phụ lục I, …).`"""
    paragraph, words, name, rule, found, expected, article, times = row(departure, layout)
    told = f"{name}: không có" if departure.rule == "missing" else f"{name}, {rule}: {found}; quy định: {expected}"
    at = f"Đoạn {paragraph} “{words}”: " if paragraph else f"{words.capitalize()}: " if words else ""
    more = f" Có {times} chỗ như vậy." if departure.times > 1 else ""
    return f"{at}{told} ({article}).{more}"


def element(departure: Departure, layout: Layout) -> str:
    known = layout.elements.get(departure.element)
    return known.name if known else PAGE


def vietnamese(words: str) -> str:
    """
    >>> vietnamese("left 20 mm"), vietnamese("1–1.5 lines"), vietnamese("10 mm or 12.7 mm"), vietnamese("bold")
    ('trái 20 mm', '1–1,5 dòng', '10 mm hoặc 12,7 mm', 'đậm')
    """
    if words in PHRASES:
        return PHRASES[words]
    if not re.fullmatch(r"(?:\w+ |≥ )?[\d.–]+ (?:mm|pt|lines)(?: or [\d.]+ mm)?|[\d.]+ mm × [\d.]+ mm", words):
        return words  # of the document, or of the rule
    words = re.sub(r"^[a-z]+", lambda edge: EDGES[edge[0]], words).replace(" or ", " hoặc ").replace("lines", "dòng")
    return re.sub(r"(?<=\d)\.(?=\d)", ",", words)


def as_json(departures: Sequence[Departure], layout: Layout, *, name: str) -> Json:
    """For programs: the words of the checker, as they are."""
    return {
        "name": name,
        "layout": layout.key,
        "source": layout.source,
        "departures": [
            {
                "rule": each.rule,
                "element": each.element,
                "article": each.article,
                "paragraph": each.place.paragraph,
                "words": each.place.words,
                "found": each.found,
                "expected": each.expected,
                "times": each.times,
            }
            for each in departures
        ],
    }
