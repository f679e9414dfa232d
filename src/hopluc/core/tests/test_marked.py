"""A search finds words as people write them, whatever stands between them and whatever else is typed."""

from __future__ import annotations

import pytest

from hopluc.core.search import marked, search_query
from hopluc.units.models import Body

NAME = "Kế hoạch 1627/KH-UBND giai đoạn 2021-2025 của Sở/ngành “Tài chính”, KH&ĐT"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kế hoạch", True), ("ke hoach", True), ("KẾ HOẠCH", True), ("kể hoạch", False), ("kế hoach", True),
        ("1627/KH-UBND", True), ("1627", True), ("kh-ubnd", True), ("2025", True), ("2021-2025", True),
        ("ngành", True), ("nganh", True), ("sở/ngành", True), ("tài chí", True), ("chí tài", False), ("tài chính", True),
        ("kh&đt", True), ("'; drop table", False), ("tài & !chính | (", True), ("a:* <-> b", False), ("\\", None), ("   ", None),
        ("tài\x00chính", True), ("½", False), ("x" * 5000, False), ("tài " * 500, True), ("ta\u0300i", True),
    ],
)  # fmt: skip
def test_words_are_found(typed, found):
    Body.objects.create(key="thu", name=NAME)
    query = search_query(typed)
    if found is None:
        assert query is None
    else:
        assert Body.objects.filter(key="thu", words=query).exists() is found


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Sở Tài chính", "tai chi", "Sở <mark>Tài</mark> <mark>chính</mark>"),
        ("Sở Tài chính", "tải", "Sở Tài chính"),
        ("<b>tài</b>", "tài", "&lt;b&gt;<mark>tài</mark>&lt;/b&gt;"),
        ("a < b", "", "a &lt; b"),
    ],
)
def test_found_words_are_marked_and_all_else_is_escaped(text, typed, shown):
    assert marked(text, typed) == shown


def test_an_excerpt_is_cut_between_words_round_the_first_found():
    text = "một hai ba bốn " * 40 + "tài chính " + "năm sáu " * 40
    shown = marked(text, "tài", longest=60)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "<mark>tài</mark>" in shown
    assert set(shown.replace("<mark>", "").replace("</mark>", "").split()) <= set(text.split()) | {"…"}
