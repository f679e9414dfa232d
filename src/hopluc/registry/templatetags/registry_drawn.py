"""What the directory has by the hundred, written without templates: the places to choose from, the lines of organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from django import template
from django.utils.dateformat import format as written
from django.utils.formats import get_format, localize
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hopluc.core.templatetags.interface import icon
from hopluc.registry.presenting import Row
from hopluc.registry.selectors import PlaceChoice

register = template.Library()
INDENT = "&nbsp;" * 3


@register.simple_tag
def place_options(places: Iterable[PlaceChoice], *chosen: int | None) -> SafeString:
    """The options of a `<select>`: provinces, below their own one its communes; `chosen` are ids, or none."""
    listed = list(places)
    below = "".join(_option(one, chosen) for one in listed if one.above)
    above = next((one.above for one in listed if one.above), None)
    drawn = (_option(one, chosen) + (below if one.pk == above else "") for one in listed if not one.above)
    return SafeString("".join(drawn))


def _option(place: PlaceChoice, chosen: Collection[int | None]) -> str:
    selected, before = " selected" if place.pk in chosen else "", INDENT if place.above else ""
    return f'<option value="{place.key}"{selected}>{before}{escape(place.kind)} {escape(place.name)}</option>'


@register.simple_tag
def organisation_rows(rows: Iterable[Row], sees: bool) -> SafeString:
    """The lines of the directory; with numbers of members for those who may see any."""
    members, day = escape(_("Number of members")), str(get_format("DATE_FORMAT"))
    return SafeString("".join(_row(row, members if sees else "", day) for row in rows))


def _row(row: Row, members: str, day: str) -> str:
    one = row.organisation
    tone, drawing, word = row.status
    code = f" · {escape(one.code)}" if one.code else ""
    title = f' title="{escape(row.capital_exact)}"' if row.capital_exact else ""
    return (
        f'<tr><th scope="row" class="main-cell"><a href="{row.url}" lang="vi">{escape(one.name)}</a><br>'
        f'<span class="quiet small">{escape(capfirst(row.kind))}{code}</span></th>'
        f'<td lang="vi" class="card-off">{escape(one.unit.full_name)}</td>'
        f'<td class="card-off registry-sector">{escape(row.sector)}</td>'
        f'<td class="card-off nowrap">{written(one.founded_on, day)}</td>{_members(row.members, members)}'
        f'<td class="num card-off"{title}>{row.capital}</td>'
        f'<td><span class="state {tone}">{icon(drawing, "icon-s")}{escape(word)}</span></td></tr>'
    )


def _members(count: int | None, label: str) -> str:
    if not label:
        return ""
    if count is None:
        return f'<td class="num card-off" data-label="{label}"></td>'
    return f'<td class="num" data-label="{label}">{localize(count)}</td>'
