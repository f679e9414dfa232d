"""What a search found, with its words marked."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from hopluc.core.search import marked

register = template.Library()


@register.filter
def lit(text: str, typed: str) -> SafeString:
    return marked(text, typed)


@register.filter
def excerpt(text: str, typed: str) -> SafeString:
    """Some 240 characters of a long text, round the first word found."""
    return marked(text, typed, longest=240)
