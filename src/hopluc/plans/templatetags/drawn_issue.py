"""What the page that issues a plan has by the hundred, written without templates: items, places to choose from, bodies with
their agencies.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.documents.presenting import Line
from hopluc.plans.expansion import Line as Given
from hopluc.plans.expansion import Setting

register = template.Library()


@register.simple_tag
def item_links(items: Iterable[Line], review: str) -> SafeString:
    """Each a link into the review."""
    return SafeString("".join(_item(line, review) for line in items))


def _item(line: Line, review: str) -> str:
    at = f"<b>{escape(line.at)}</b> " if line.at else ""
    return f'<li><a href="{review}#item-{line.pk}" lang="vi">{at}{escape(line.text)}</a></li>'


@register.simple_tag
def province_options(setting: Setting) -> SafeString:
    """The provinces of the day; the place itself stands chosen."""
    chosen = setting.unit.pk if setting.unit else None
    return SafeString(
        "".join(
            f'<option value="{each.pk}"{" selected" if each.pk == chosen else ""}>{escape(str(each))}</option>'
            for each in setting.provinces
        )
    )


@register.simple_tag
def bodies_met(lines: Iterable[Given]) -> SafeString:
    """Each body with its agency, or with all of them folded away."""
    made = _small(_("named for the first time: kept from now on"))
    return SafeString("".join(_met(line, made) for line in lines))


def _met(line: Given, made: str) -> str:
    first = made if line.made else ""
    return f"<li><span>{escape(str(line.body))}</span> {_agencies(line.names)}{first}{_small(line.note)}</li>"


def _small(words: str) -> str:
    return f'<span class="quiet small">{escape(words)}</span>' if words else ""


def _agencies(names: list[str]) -> str:
    if len(names) == 1:
        return f"<span>{escape(names[0])}</span>"
    count = escape(ngettext("%(n)s agency", "%(n)s agencies", len(names)) % {"n": localize(len(names))})
    listed = "".join(f"<li>{escape(name)}</li>" for name in names)
    return f"<details><summary>{count}</summary><ul>{listed}</ul></details>"
