"""Values as people read them."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.formats import date_format
from django.utils.timezone import localtime

from hopluc.core.shortening import shortened

register = template.Library()


@register.filter
def moment(value):
    """`10:42 21/11/2026`, of a time with its zone."""
    return date_format(localtime(value), "SHORT_DATETIME_FORMAT") if value else ""


@register.filter("shortened")
@stringfilter
def _shortened(text, longest):
    """`{{ plan.name|shortened:60 }}`: no word is cut in two."""
    return shortened(text, int(longest))


@register.filter
def last_day(validity):
    """The last day of a range of days; nothing where no end is known."""
    return validity.upper - timedelta(days=1) if validity and validity.upper else None


@register.simple_tag(takes_context=True)
def with_query(context, **changes: object) -> str:
    """The address of this list with some of its settings changed; an empty value drops one, a new filter starts at page 1."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        query.pop(key, None) if value in ("", None) else query.__setitem__(key, str(value))
    return f"?{query.urlencode()}"
