"""Search in Vietnamese, with and without tone marks, over core PostgreSQL alone.

A searchable table has a generated column `SearchColumn("title", "body")`: its words as written and folded. A word that
is typed with marks must stand there with them, one without marks finds either.
"""

from __future__ import annotations

import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, GeneratedField, TextField, Value
from django.db.models.functions import Concat, Lower
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hopluc.core.folding import WORD, fold, words

MOST, LONGEST = 20, 100  # words of a query, characters of one: PostgreSQL refuses words of 2 KB


class VnFold(Func):
    """The database's `vn_fold`: small letters without marks."""

    function = "vn_fold"
    output_field = TextField()


class Lexemes(Func):
    """Words of a text, not stemmed: Vietnamese has no endings. `vn_plain` (migration 0001) parts them as `words` does."""

    template = "to_tsvector('simple'::regconfig, vn_plain(%(expressions)s))"
    output_field = SearchVectorField()


def search_column(*fields: str) -> GeneratedField:
    """A column with the words of these fields, kept by the database."""
    text = (
        F(fields[0])
        if len(fields) == 1
        else Concat(*(part for field in fields for part in (F(field), Value(" "))), output_field=TextField())
    )
    both = Concat(Lower(text), Value(" "), VnFold(text), output_field=TextField())
    return GeneratedField(expression=Lexemes(both), output_field=SearchVectorField(), db_persist=True)


def search_query(typed: str) -> SearchQuery | None:
    """Rows that hold every word typed, the last as the beginning of one; None when nothing was typed."""
    if not (found := _typed(typed)):
        return None
    whole = [f"{word} & " for word in found[:-1]]
    return SearchQuery(f"{''.join(whole)}{found[-1]}:*", search_type="raw", config="simple")


def _typed(typed: str) -> list[str]:
    return [word[:LONGEST] for word in words(typed)[:MOST]]


def marked(text: str, typed: str, *, longest: int = 0) -> SafeString:
    """A text with the words that a search found in `<mark>`, all else escaped; cut to `longest` characters round the first.

    >>> marked("Sở Tài chính <b>", "tai")
    'Sở <mark>Tài</mark> chính &lt;b&gt;'
    """
    text = unicodedata.normalize("NFC", text)
    *whole, last = _typed(typed) or [""]
    found = [m.span() for m in WORD.finditer(text) if last and _fits(m[0].lower(), whole, last)]
    start, end = _window(text, found[0][0] if found else 0, longest) if longest else (0, len(text))
    parts, at = ["… " if start else ""], start
    for a, b in found:
        if start <= a and b <= end:
            parts += [conditional_escape(text[at:a]), format_html("<mark>{}</mark>", text[a:b])]
            at = b
    parts += [conditional_escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308  each part is escaped above


def _fits(word: str, whole: list[str], last: str) -> bool:
    """A word typed with marks must stand there with them."""
    bare = fold(word)
    return word in whole or bare in whole or word.startswith(last) or bare.startswith(last)


def _window(text: str, at: int, longest: int) -> tuple[int, int]:
    """Where an excerpt begins and ends, between words."""
    if len(text) <= longest:
        return 0, len(text)
    start = max(0, min(at - longest // 3, len(text) - longest))
    start = text.find(" ", start, at) + 1 if start else 0
    end = min(len(text), start + longest)
    return start, max(text.rfind(" ", at, end), at) if end < len(text) else end
