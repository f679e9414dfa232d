"""Search in Vietnamese, with and without tone marks, over core PostgreSQL alone.

A searchable table has a generated column `SearchColumn("title", "body")`: its words as written and folded. A word that
is typed with marks must stand there with them, one without marks finds either.
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, GeneratedField, TextField, Value
from django.db.models.functions import Concat, Lower

from hopluc.core.folding import words

PARTS = "/-–.:@&+~="  # what PostgreSQL may take for a part of a word


class VnFold(Func):
    """The database's `vn_fold`: small letters without marks."""

    function = "vn_fold"
    output_field = TextField()


class Lexemes(Func):
    """Words of a text, not stemmed: Vietnamese has no endings.

    PostgreSQL would keep `1627/KH-UBND` whole, as a path; what parts words for `folding.words` parts them here too.
    """

    template = f"to_tsvector('simple'::regconfig, translate(%(expressions)s, '{PARTS}', '{' ' * len(PARTS)}'))"
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
    """Rows that hold every word typed, each as the beginning of a word; None when nothing was typed."""
    if not (found := words(typed)):
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in found), search_type="raw", config="simple")
