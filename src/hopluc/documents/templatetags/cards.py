"""The parts of a card that a page of the review has by the hundred: written without templates, which would take twice as long."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.documents.models import Item
from hopluc.documents.presenting import Card, Fact

register = template.Library()
State = Item.State


@register.simple_tag
def facts(card: Card) -> SafeString:
    """The values of an item, each with its places in the source."""
    return SafeString("".join(map(_fact, card.facts)))


def _fact(fact: Fact) -> str:
    doubtful = " fact-doubtful" if fact.doubtful else ""
    return (
        f'<div class="fact fact-{fact.field}{doubtful}" data-spans="{escape(fact.spans)}">'
        f"<dt>{escape(str(fact.label))}</dt><dd>{_value(fact)}</dd></div>"
    )


def _value(fact: Fact) -> str:
    if not fact.shown:
        return f'<span class="fact-none">{escape(_("not stated"))}</span>'
    if not fact.inherited:
        return escape(fact.shown)
    origin = _("from %(at)s") % {"at": fact.inherited}
    return f'{escape(fact.shown)} <span class="fact-origin">({escape(origin)})</span>'


@register.simple_tag
def acts(card: Card) -> SafeString:
    """The buttons of what can be done to an item."""
    buttons = [
        _button(card, "accept", "post", _("Accept"), " btn-primary")
        if card.state == State.PENDING
        else _button(card, "reopen", "post", _("Review again")),
        _button(card, "edit", "get", _("Edit")),
    ]
    if card.kind == Item.Kind.TASK:
        buttons += [_button(card, "split", "get", _("Split")), _button(card, "merge", "get", _("Merge"))]
    if card.state != State.REJECTED:
        buttons.append(_button(card, "reject", "post", _("Reject")))
    return SafeString("".join(buttons))


def _button(card: Card, act: str, method: str, label: str, classes: str = "") -> str:
    return (
        f'<button type="button" class="btn btn-sm{classes}" data-act="{act}" hx-{method}="{card.address}{act}/">'
        f"{escape(label)}</button>\n"
    )
