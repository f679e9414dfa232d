"""The outline of a plan and the lists of its filters as choices: hundreds on a page, so written without templates."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.plans.choices import Choice
from hopluc.plans.outline import Node, Outline

register = template.Library()


@register.simple_tag
def options(listed: Iterable[Choice]) -> SafeString:
    """The options of a `<select>`, each with how many tasks it gives."""
    return SafeString("".join(map(_option, listed)))


def _option(choice: Choice) -> str:
    count = "" if choice.count is None else f" ({localize(choice.count)})"
    chosen = " selected" if choice.chosen else ""
    return f'<option value="{escape(choice.value)}"{chosen}>{escape(str(choice.label))}{count}</option>'


@register.simple_tag
def outline(tree: Outline, chosen: str) -> SafeString:
    """Every heading a radio button of the form `filters`, what is below it in <details>; the way to the chosen one is open."""
    node = tree.by_position.get(int(chosen)) if chosen else None
    way = {heading.pk for heading in tree.path(node.heading.pk)} if node else set()
    return SafeString(f"<ul>{_nodes(tree.roots, way, chosen)}</ul>")


def _nodes(nodes: list[Node], way: set[int], chosen: str) -> str:
    return "".join(f"<li>{_choice(node, chosen)}{_below(node, way, chosen)}</li>" for node in nodes)


def _choice(node: Node, chosen: str) -> str:
    position, heading = str(node.heading.position), escape(str(node.heading))
    return (
        f'<label title="{heading}"><input type="radio" form="filters" name="heading" value="{position}"'
        f'{" checked" if position == chosen else ""}><span lang="vi">{heading}</span> <b>{localize(node.tasks)}</b></label>'
    )


def _below(node: Node, way: set[int], chosen: str) -> str:
    if not node.children:
        return ""
    words = _("What is below %(heading)s") % {"heading": node.heading.marker or node.heading.at}
    return (
        f'<details{" open" if node.heading.pk in way else ""}><summary><span class="visually-hidden">{escape(words)}</span>'
        f"</summary><ul>{_nodes(node.children, way, chosen)}</ul></details>"
    )
