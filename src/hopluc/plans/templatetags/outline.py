"""The outline of a plan as choices of its filter."""

from __future__ import annotations

from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.plans.outline import Node, Outline

register = template.Library()


@register.simple_tag
def outline(tree: Outline, chosen: str) -> SafeString:
    """Every heading a radio button of the form `filters`, what is below it in <details>; the way to the chosen one is open."""
    node = tree.by_position.get(int(chosen)) if chosen else None
    way = {heading.pk for heading in tree.path(node.heading.pk)} if node else set()
    return format_html("<ul>{}</ul>", _nodes(tree.roots, way, chosen))


def _nodes(nodes: list[Node], way: set[int], chosen: str) -> SafeString:
    return format_html_join("", "<li>{}{}</li>", ((_choice(node, chosen), _below(node, way, chosen)) for node in nodes))


def _choice(node: Node, chosen: str) -> SafeString:
    position, heading = str(node.heading.position), str(node.heading)
    return format_html(
        '<label title="{}"><input type="radio" form="filters" name="heading" value="{}"{}><span lang="vi">{}</span> <b>{}</b></label>',
        heading,
        position,
        SafeString(" checked") if position == chosen else "",
        heading,
        localize(node.tasks),
    )


def _below(node: Node, way: set[int], chosen: str) -> SafeString:
    if not node.children:
        return SafeString("")
    return format_html(
        '<details{}><summary><span class="visually-hidden">{}</span></summary><ul>{}</ul></details>',
        SafeString(" open") if node.heading.pk in way else "",
        _("What is below %(heading)s") % {"heading": node.heading.marker or node.heading.at},
        _nodes(node.children, way, chosen),
    )
