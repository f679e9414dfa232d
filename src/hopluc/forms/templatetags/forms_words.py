"""Parts of a definition in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import get_language

from hopluc.forms.presenting import KINDS
from hopluc.forms.schema.definition import Choice, Field

register = template.Library()


@register.filter
def kind_of(field: Field) -> str:
    """`percentage (%)`."""
    return f"{KINDS[field.kind]} ({field.unit})" if field.unit.vi else str(KINDS[field.kind])


@register.filter
def either(words: dict[str, str]) -> str:
    """What a definition says in the language of the page."""
    return words.get(get_language() or "vi") or words["vi"]


@register.filter
def kind_words(kind: str) -> str:
    return str(KINDS[kind])


@register.filter
def dashes(place: str) -> str:
    """A place as the id of an element."""
    return place.replace(".", "-")


@register.filter
def choices_of(choices: Iterable[Choice]) -> str:
    return "; ".join(str(choice.label) for choice in choices)


@register.filter
def labels_of(columns: Iterable[Field]) -> str:
    return ", ".join(f"{column.label} ({KINDS[column.kind]})" for column in columns)
