"""The cards that a page of the review has by the hundred: written without templates, which would take twice as long."""

from __future__ import annotations

from functools import cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from hopluc.core.templatetags.interface import icon, state
from hopluc.documents.differences import Run, compared
from hopluc.documents.models import Item
from hopluc.documents.presenting import LABELS, Card, Fact, language
from vanban.doubts import Language

register = template.Library()
State = Item.State
ADDRESS = "{address}"  # stands for that of the item


@register.simple_tag
def drawn(card: Card, closed: object, problem: object = "") -> SafeString:
    """A whole card: what it is, why it is doubtful, its words and values, what can be done to it unless the review is closed."""
    if card.state == State.REPLACED:
        return SafeString(f"{_opening(card)}</li>")
    parts = (_opening(card), _heading(card), _problem(problem), _reasons(card.reasons), _words(card))
    return SafeString(f'{"".join(parts)}<dl class="item-facts">{facts(card)}</dl>{"" if closed else _acts(card)}</li>')


def _opening(card: Card) -> str:
    """The tag that a card begins with."""
    return (
        f'<li id="item-{card.pk}" class="item item-{card.state} item-kind-{card.kind}" data-item="{card.pk}"'
        f' data-revision="{card.revision}" data-state="{card.state}" data-spans="{card.spans}"'
        f""" hx-vals='{{"revision": {card.revision}}}' tabindex="-1">"""
    )


def _heading(card: Card) -> str:
    """Where an item stands, what it is unless a task, and its state."""
    kind = "" if card.kind == Item.Kind.TASK else f'<span class="item-kind">{escape(card.kind_name)}</span>'
    shown = state(card.shown_state, card.state_name)
    return f'<header class="item-head"><span class="item-at">{escape(card.at)}</span>{kind}{shown}</header>'


def _problem(problem: object) -> str:
    return f'<p class="alert alert-warning" role="alert">{escape(str(problem))}</p>' if problem else ""


def _reasons(sentences: tuple[str, ...]) -> str:
    mark = icon("alert-triangle")
    listed = "".join(f"<li>{mark}{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul class="item-reasons">{listed}</ul>' if listed else ""


def _words(card: Card) -> str:
    if not card.before:
        return f'<p class="item-text" lang="vi">{escape(card.text)}</p>'
    before, now = compared(card.before, card.text)
    reworded = escape(_("Reworded in the new file; before:"))
    return (
        f'<p class="item-text" lang="vi">{_marked(now, "ins")}</p>'
        f'<details class="item-before" open><summary>{reworded}</summary><p lang="vi">{_marked(before, "del")}</p></details>'
    )


def _marked(runs: list[Run], tag: str) -> str:
    """The words with those that the other wording lacks in a tag that is more than a colour."""
    return " ".join(f"<{tag}>{escape(words)}</{tag}>" if changed else escape(words) for words, changed in runs)


@register.simple_tag
def facts(card: Card) -> SafeString:
    """The values of an item, each with its places in the source."""
    speech = language()
    return SafeString("".join(_fact(fact, speech) for fact in card.facts))


def _fact(fact: Fact, speech: Language) -> str:
    doubtful = " fact-doubtful" if fact.doubtful else ""
    return (
        f'<div class="fact fact-{fact.field}{doubtful}" data-spans="{fact.spans}">'  # of numbers alone
        f"<dt>{_label(fact.field, speech)}</dt><dd>{_value(fact)}</dd></div>"
    )


@cache
def _label(field: str, speech: Language) -> str:
    with override(speech):
        return escape(str(LABELS[field]))


def _value(fact: Fact) -> str:
    if not fact.shown:
        return f'<span class="fact-none">{escape(_("not stated"))}</span>'
    if not fact.inherited:
        return escape(fact.shown)
    origin = _("from %(at)s") % {"at": fact.inherited}
    return f'{escape(fact.shown)} <span class="fact-origin">({escape(origin)})</span>'


def _acts(card: Card) -> str:
    """The buttons of what can be done to an item, and who last did something."""
    buttons = _buttons(card.kind, card.state, language()).replace(ADDRESS, card.address)
    by = f'<span class="item-by">{escape(card.by)}</span>' if card.by else ""
    return f'<div class="item-acts">{buttons}{by}</div>'


@cache
def _buttons(kind: str, now: str, speech: Language) -> str:
    """Alike for all items of a kind in a state, but for the address."""
    with override(speech):
        buttons = [
            _button("accept", "post", _("Accept"), " btn-primary")
            if now == State.PENDING
            else _button("reopen", "post", _("Review again")),
            _button("edit", "get", _("Edit")),
        ]
        if kind == Item.Kind.TASK:
            buttons += [_button("split", "get", _("Split")), _button("merge", "get", _("Merge"))]
        if now != State.REJECTED:
            buttons.append(_button("reject", "post", _("Reject")))
    return "".join(buttons)


def _button(act: str, method: str, label: str, classes: str = "") -> str:
    return (
        f'<button type="button" class="btn btn-sm{classes}" data-act="{act}" hx-{method}="{ADDRESS}{act}/">'
        f"{escape(label)}</button>\n"
    )
