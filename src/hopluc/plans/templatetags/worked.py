"""A row of somebody's work, written without templates: My work has them by the dozen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.core.templatetags.interface import icon, state
from hopluc.core.templatetags.shown import moment
from hopluc.plans.desk.items import Item
from hopluc.plans.models import Answer, Evidence, Request
from hopluc.plans.working.waiting import Group

register = template.Library()
Context = dict[str, Any]


@register.simple_tag(takes_context=True)
def work_items(context: Context, items: Iterable[Item], here: str) -> SafeString:
    """The rows of a group; `here` is where one goes back to after each."""
    token = _token(context)
    return SafeString("".join(_row(item, here, token) for item in items))


@register.simple_tag(takes_context=True)
def work_item(context: Context, item: Item, here: str) -> SafeString:
    """One row, just exchanged: with what the context says was `saved`, and `kept` beside another's answer."""
    kept = context.get("kept")
    unseen = render_to_string("plans/desk/_unseen.html", {"kept": kept}) if kept and kept.unseen else ""
    return SafeString(_row(item, here, _token(context), saved=context.get("saved", ""), unseen=unseen))


def _token(context: Context) -> str:
    token = escape(str(context.get("csrf_token", "")))
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'


def _row(item: Item, here: str, token: str, *, saved: str = "", unseen: str = "") -> str:
    if item.asked:
        return _request(item, item.asked)
    return _occurrence(item, here, token, saved, unseen) if item.pk else _bare(item)


def _occurrence(item: Item, here: str, token: str, saved: str, unseen: str) -> str:
    done = f'<p class="work-saved" role="status">{icon("check", "icon-s")}{escape(saved)}</p>' if saved else ""
    pick = (
        f'<input class="form-check-input work-pick" type="checkbox" form="several" name="chosen" value="{item.picked}"'
        f' aria-labelledby="{item.mark}-task">'
    )
    return (
        f'<li class="work-item{" is-saved" if saved else ""}" id="{item.mark}" data-item tabindex="-1">'
        f'{pick if item.answerable else ""}{work_about(item)}<div class="work-acts">{done}{_acts(item, here, token)}</div>{unseen}</li>'
    )


def _acts(item: Item, here: str, token: str) -> str:
    if item.group == Group.CONFIRM:
        return _verdicts(item, here, token)
    if not item.answerable or item.due.state == "confirmed":
        return ""
    word = _("Answer again") if item.due.answer else _("Answer")
    return _exchanged(item, "answer/", here, "answer", f"{icon('pencil')}{escape(word)}")


def _verdicts(item: Item, here: str, token: str) -> str:
    address = f"{item.address}verdict/"
    return (
        f'<form method="post" action="{address}" hx-post="{address}" hx-target="#{item.mark}" hx-swap="outerHTML">{token}'
        f'<input type="hidden" name="answer" value="{item.due.answer}"><input type="hidden" name="verdict" value="confirm">'
        f'<input type="hidden" name="next" value="{escape(here)}">'
        f'<button class="btn btn-sm" data-act="confirm">{icon("circle-check")}{escape(_("Confirm"))}</button></form>'
        + _exchanged(item, "verdict/", here, "return", f"{icon('arrow-back-up')}{escape(_('Return'))}")
    )


def _exchanged(item: Item, below: str, here: str, act: str, words: str) -> str:
    """A link to a form, which takes the place of the row where scripts run."""
    address = f"{item.address}{below}"
    return (
        f'<a class="btn btn-sm" data-act="{act}" href="{address}?next={quote(here)}" hx-get="{address}"'
        f' hx-target="#{item.mark}" hx-swap="outerHTML">{words}</a>'
    )


@register.simple_tag
def work_about(item: Item) -> SafeString:
    """What an item is, how far it is and what was said last."""
    due = item.due
    return SafeString(
        f'<div class="work-about"><a class="work-text" id="{item.mark}-task" href="{item.address}">{_text(due.text)}</a>'
        f'<p class="work-facts">{_how_far(item)}</p><p class="work-facts">{_whose(item)}</p>'
        f"{_returned(item)}{_said(item.last) if item.last else ''}</div>"
    )


def _text(words: str) -> str:
    return f'<span class="clamp" lang="vi">{escape(words)}</span>'


def _how_far(item: Item) -> str:
    due = item.due
    assert due.due_on, "an occurrence has its day"
    parts = (
        f'{state(item.state, str(item.word))} <time class="nowrap" datetime="{due.due_on}">{_day(due.due_on)}</time>'
    )
    if due.first_due_on and due.first_due_on != due.due_on:
        first = escape(_("first deadline"))
        parts += f' <del class="nowrap" title="{first}">{_day(due.first_due_on)}</del>'
    if item.left:
        parts += f' <b class="nowrap work-left">{escape(item.left)}</b>'
    if due.percent:
        typed = f' <span class="quiet">({escape(_("typed"))})</span>' if due.typed else ""
        parts += f" · {due.percent} %{typed}"
    return parts


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _whose(item: Item) -> str:
    due = item.due
    if due.owner_name:
        stands = f" ({escape(_('stands in'))})" if due.stand_in else ""
        owner = f"{icon('user', 'icon-s')}{escape(due.owner_name)}{stands}"
    else:
        owner = f'<span class="plan-none">{escape(_("nobody answers for it"))}</span>'
    holder = f' · <span lang="vi">{escape(due.holder)}</span>' if item.group == Group.CONFIRM and due.holder else ""
    return f'<span lang="vi">{_place(item)}</span> · {owner}{holder}'


def _place(item: Item) -> str:
    """The plan, and where in it the task stands."""
    return escape(", ".join(filter(None, (item.due.plan_name, item.due.at))))


def _returned(item: Item) -> str:
    if not item.reason or not item.last:
        return ""
    at = moment(item.last.verdict.at)
    return (
        f'<p class="work-reason"><b>{escape(_("Returned"))}:</b> <span lang="vi">{escape(item.reason)}</span>'
        f' <span class="quiet small">{at}</span></p>'
    )


def _said(last: Answer) -> str:
    words = f'<span lang="vi">“{escape(last.words)}”</span> ' if last.words else ""
    figure = "" if last.figure is None else f"{localize(last.figure.normalize())} {escape(last.unit)} "
    by = f'<span class="quiet small">{escape(last.by.name)}, {moment(last.at)}</span>'
    proofs = "".join(f"<li>{work_proof(proof)}</li>" for proof in last.evidence.all())
    listed = f'<ul class="work-proofs">{proofs}</ul>' if proofs else ""
    return f'<p class="work-last">{words}{figure}{by}</p>{listed}'


@register.simple_tag
def work_proof(proof: Evidence) -> SafeString:
    """A piece of evidence."""
    draw: dict[str, Callable[[Evidence], str]] = {"document": _document, "figure": _figure}
    return SafeString(draw.get(proof.kind, _file)(proof))


def _document(proof: Evidence) -> str:
    symbol, drawing = escape(proof.symbol), icon("file-text", "icon-s")
    if proof.document_id:
        return f'{drawing}<a href="{reverse("documents:detail", args=[proof.document_id])}" lang="vi">{symbol}</a>'
    words = escape(_("not in the store of documents"))
    return f'{drawing}<span lang="vi">{symbol}</span> <span class="quiet small">({words})</span>'


def _figure(proof: Evidence) -> str:
    assert proof.figure is not None, "a constraint of the table"
    return f"{icon('target', 'icon-s')}{localize(proof.figure.normalize())} {escape(proof.unit)}"


def _file(proof: Evidence) -> str:
    address, kind = reverse("work:evidence", args=[proof.pk]), escape(proof.get_kind_display())
    name = f'<a href="{address}" lang="vi">{escape(proof.name)}</a>'
    return f'{icon("paperclip", "icon-s")}{name} <span class="quiet small">({kind})</span>'


def _request(item: Item, asked: Request) -> str:
    """What somebody asks for; it is decided on a page of its own."""
    address = reverse("work:decide", args=[asked.pk])
    facts = [f"{escape(asked.by.name)}, {moment(asked.at)}"]
    if asked.until and item.due.due_on:
        days = {"day": _day(asked.until), "due": _day(item.due.due_on)}
        facts.append(escape(_("until %(day)s instead of %(due)s") % days))
    if asked.to:
        facts.append(escape(_("to %(agency)s") % {"agency": asked.to}))
    holder = f'<span lang="vi">{escape(str(asked.line.holder or ""))}</span>'
    about = (
        f'<p class="work-facts">{state("asked", str(asked.get_kind_display()))} {holder} · {" · ".join(facts)}</p>'
        f'<p class="work-last" lang="vi">“{escape(asked.reason)}”</p>'
    )
    return _led(address, item, about, _act(address, "pencil", _("Decide")))


def _bare(item: Item) -> str:
    """A line that nobody answers for, or a task that nobody leads."""
    due = item.due
    holder = f" · {escape(due.holder)}" if due.holder else ""
    about = f'<p class="work-facts"><span lang="vi">{_place(item)}{holder}</span></p>'
    if due.line and due.holder:
        act = _act(reverse("work:owner", args=[due.line]), "user-plus", _("Name a person"))
    elif due.line:
        act = _act(reverse("work:give", args=[due.line]), "building", _("Give it to an agency"))
    else:
        act = _act(reverse("work:lead", args=[due.task]), "building", _("Name the agency"))
    return _led(reverse("work:lines", args=[due.task]), item, about, act)


def _led(address: str, item: Item, about: str, act: str) -> str:
    return (
        f'<li class="work-item" data-item tabindex="-1"><div class="work-about"><a class="work-text" href="{address}">'
        f'{_text(item.due.text)}</a>{about}</div><div class="work-acts">{act}</div></li>'
    )


def _act(address: str, drawing: str, words: str) -> str:
    return f'<a class="btn btn-sm" data-act="answer" href="{address}">{icon(drawing)}{escape(words)}</a>'
