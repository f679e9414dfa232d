"""The fields of a form, of which a page has hundreds, written without templates: to fill in, to read, and what changes at a save."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hopluc.core.templatetags.interface import icon
from hopluc.forms.models import Filing
from hopluc.forms.presenting import Cell, Item, Part, TableRow
from hopluc.forms.schema.definition import Field

register = template.Library()
Json = dict[str, Any]
OUT_OF_BAND = ' hx-swap-oob="true"'
WARNING = ' class="is-warning"'
TRIGGER = "change, input delay:900ms, submit"


@register.simple_tag(takes_context=True)
def fields(context: Context, part: Part) -> SafeString:
    """All of a section. The page says whose `filing` it is and whether one may `fill` it in."""
    pen = _pen(context)
    return SafeString("".join(_table(pen, item) if item.table else _item(pen, item) for item in part.items))


@register.simple_tag(takes_context=True)
def table_row(context: Context, table: str, row: TableRow) -> SafeString:
    """One row of a table (its key)."""
    pen = _pen(context)
    return SafeString(_row(pen, table, row, _heads(pen.filing.schema.fields[table])))


@register.simple_tag
def moved(listed: list[Cell]) -> SafeString:
    """What changed elsewhere on the page: figures that are worked out, and what does not fit."""
    return SafeString("".join(_figure(each, OUT_OF_BAND) + _faults(each, OUT_OF_BAND) for each in listed))


@dataclass(frozen=True, slots=True)
class Pen:
    """What every field of a page needs. `faces` are what others drew of this version in this language."""

    filing: Filing
    fill: bool
    token: str
    save: str  # an address
    faces: dict[tuple[str, str], str]


def _pen(context: Context) -> Pen:
    filing: Filing = context["filing"]
    fill = bool(context.get("fill"))
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(context["request"])}">' if fill else ""
    faces = _faces(filing.version_id, get_language() or "")
    return Pen(filing, fill, token, reverse("forms:save", args=[filing.pk]), faces)


@lru_cache(maxsize=64)
def _faces(_version: int, _language: str) -> dict[tuple[str, str], str]:
    """Of a published version in a language; filled as its fields are drawn."""
    return {}


# Tables


def _table(pen: Pen, item: Item) -> str:
    asked = item.cell.field
    key = asked.key
    help_ = f'<p class="help">{escape(str(asked.help))}</p>' if asked.help.vi else ""
    heads = _heads(asked)
    body = "".join(_row(pen, key, row, heads) for row in item.rows)
    return (
        f'<div class="ff-table" id="t-{key}"><h3 id="f-{key}">{escape(item.cell.label)}</h3>{help_}'
        f'<div class="table-scroll" tabindex="0" role="region" aria-labelledby="f-{key}"><table class="table">'
        f'<thead><tr>{_heading(asked, removes=pen.fill and item.grows)}</tr></thead><tbody id="b-{key}">{body}</tbody></table></div>'
        f"{_faults(item.cell)}{_more(pen, key) if pen.fill and item.grows else ''}</div>"
    )


def _heading(table: Field, *, removes: bool) -> str:
    first = f'<th scope="col">{escape(_("Item"))}</th>' if table.rows else ""
    columns = "".join(f'<th scope="col">{escape(str(each.label))}{_unit(each)}</th>' for each in table.columns)
    last = f'<th scope="col"><span class="visually-hidden">{escape(_("Take away"))}</span></th>' if removes else ""
    return first + columns + last


def _unit(asked: Field) -> str:
    return f' <span class="quiet">({escape(str(asked.unit))})</span>' if asked.unit.vi else ""


def _more(pen: Pen, key: str) -> str:
    """The button for a row more."""
    url = reverse("forms:row_add", args=[pen.filing.pk])
    return (
        f'<form method="post" action="{url}" hx-post="{url}" hx-target="#b-{key}" hx-swap="beforeend">{pen.token}'
        f'<input type="hidden" name="table" value="{key}"><button class="btn btn-sm">{icon("plus")}{escape(_("Add a row"))}</button></form>'
    )


def _heads(table: Field) -> list[str]:
    """How the cells of each column begin."""
    return [f'<td data-label="{escape(str(each.label))}">' for each in table.columns]


def _row(pen: Pen, table: str, row: TableRow, heads: list[str]) -> str:
    label = escape(row.label)
    first = f'<th scope="row">{label}</th>' if label else ""
    cells = "".join(f"{head}{_within(pen, each, row.label)}</td>" for head, each in zip(heads, row.items, strict=True))
    last = "" if label or not pen.fill else f"<td>{_remove(pen, f'{table}.{row.key}')}</td>"
    return f'<tr id="r-{table}-{row.key}">{first}{cells}{last}</tr>'


def _within(pen: Pen, item: Item, row: str) -> str:
    """A field of a row: its label stands in the heading, so it is said only to those who do not see that."""
    cell = item.cell
    if not pen.fill or cell.field.formula:
        return _value(pen, cell)
    reason = _cell(pen, item.reason, row) if item.reason else ""
    return _cell(pen, cell, row or str(cell.field.label)) + reason


def _remove(pen: Pen, row: str) -> str:
    words, url = escape(_("Take this row away")), reverse("forms:row_remove", args=[pen.filing.pk])
    return (
        f'<form method="post" action="{url}" data-settle>{pen.token}'
        f'<button class="tool" name="row" value="{row}" aria-label="{words}">{icon("trash")}</button></form>'
    )


# To read


def _item(pen: Pen, item: Item) -> str:
    cell = item.cell
    if pen.fill:
        return _cell(pen, cell) + (_cell(pen, item.reason) if item.reason else "")
    said = item.reason.shown if item.reason else ""
    reason = f'<div class="quiet">{escape(said)}</div>' if said else ""
    return (
        f'<dl class="facts ff-facts"><dt>{escape(cell.label)}{_unit(cell.field)}</dt>'
        f"<dd>{_value(pen, cell)}{reason}</dd></dl>"
    )


def _value(pen: Pen, cell: Cell) -> str:
    """A value with what is wrong with it."""
    if cell.field.formula:
        shown = _figure(cell)
    elif cell.input == "file" and cell.value:
        shown = _file(pen, cell)
    elif cell.shown:
        number = ' class="num"' if cell.field.numeric else ""
        shown = f"<span{number}>{linebreaksbr(cell.shown)}</span>"
    else:
        shown = '<span class="quiet">–</span>'
    return shown + _faults(cell)


def _file(pen: Pen, cell: Cell) -> str:
    url = reverse("forms:file", args=[pen.filing.pk, cell.path])
    return f'<p class="ff-file"><a href="{escape(url)}">{icon("paperclip")}{escape(cell.shown)}</a></p>'


def _figure(cell: Cell, band: str = "") -> str:
    """A figure that follows from others of its row."""
    if not cell.field.formula:
        return ""
    return f'<span class="num quiet" id="v-{cell.dom}"{band}>{escape(cell.shown) or "–"}</span>'


def _faults(cell: Cell, band: str = "") -> str:
    """What does not fit at a field; what is only missing is counted at the top."""
    lines = cell.faults and "".join(
        f"<li{WARNING if fault.warning else ''}>{escape(fault.text)}</li>"
        for fault in cell.faults
        if fault.kind != "missing"
    )
    return f'<ul class="ff-faults" id="e-{cell.dom}"{band}>{lines or ""}</ul>'


# To fill in


def _cell(pen: Pen, cell: Cell, bare: str = "") -> str:
    """A field that is saved as one types: a form of its own, with a button where there are no scripts."""
    key = (cell.path if bare == "" else f"{cell.path.partition('.')[0]}.{cell.field.key}", bare)
    face = pen.faces.get(key) or pen.faces.setdefault(key, _face(cell, bare))
    return face % {
        "dom": cell.dom,
        "path": cell.path,
        "save": pen.save,
        "token": pen.token,
        "value": _options(cell) if cell.input == "choice" else escape(cell.shown),
        "file": _file(pen, cell) if cell.input == "file" and cell.value else "",
        "seen": cell.seen,
        "note": escape(cell.note),
        "faults": _faults(cell),
        "last": _last(cell) if cell.last else "",
    }


def _face(cell: Cell, bare: str) -> str:
    """All that is the same in everybody's form, with room for what is not (`%(value)s`)."""
    asked, file = cell.field, cell.input == "file"
    classes = "ff-field" + (" ff-bare" if bare else "") + (" ff-reason" if cell.reason else "")
    upload = ' enctype="multipart/form-data" hx-encoding="multipart/form-data"' if file else ""
    help_ = f'<div class="help">{_still(str(asked.help))}</div>' if asked.help.vi and not bare else ""
    return (
        f'<form class="{classes}" id="f-%(dom)s" method="post" action="%(save)s" hx-post="%(save)s" hx-trigger="{TRIGGER}"{upload}>'
        f'%(token)s<input type="hidden" name="path" value="%(path)s">{_label(cell, bare)}{help_}{_control(cell)}%(last)s'
        '<div class="ff-note" id="n-%(dom)s"><input type="hidden" name="seen" value="%(seen)s">%(note)s</div>%(faults)s'
        f'<button class="btn btn-sm ff-plain">{_still(_("Save"))}</button></form>'
    )


def _still(words: str) -> str:
    """Words that stand in a face."""
    return escape(words).replace("%", "%%")


def _label(cell: Cell, bare: str) -> str:
    asked = cell.field
    if bare and cell.reason:  # no heading of the table says what this is
        return (
            f'<label for="i-%(dom)s"><span class="visually-hidden">{_still(bare)}: </span>{_still(cell.label)}</label>'
        )
    hidden, before = (' class="visually-hidden"', f"{_still(bare)}: ") if bare else ("", "")
    may = not (asked.required or bare or cell.reason)
    optional = f' <span class="optional">({_still(_("optional"))})</span>' if may else ""
    return f'<label{hidden} for="i-%(dom)s">{before}{_still(cell.label)}{_unit(asked).replace("%", "%%")}{optional}</label>'


def _control(cell: Cell) -> str:
    asked, kind = cell.field, cell.input
    about = 'id="i-%(dom)s" name="value" aria-describedby="n-%(dom)s e-%(dom)s"'
    if kind == "area":
        return f'<textarea class="form-control" rows="4" {about}>%(value)s</textarea>'
    if kind == "choice":
        return f'<select class="form-select" {about}><option value="">–</option>%(value)s</select>'
    if kind == "file":
        return f'%(file)s<input class="form-control" type="file" {about}>'
    typed = ""
    if asked.numeric:
        typed = ' inputmode="decimal"'
    elif asked.kind == "date":
        typed = f' inputmode="numeric" placeholder="{_still(_("dd/mm/yyyy"))}"'
    number = " num" if asked.numeric else ""
    return f'<input class="form-control{number}" value="%(value)s" autocomplete="off"{typed} {about}>'


def _options(cell: Cell) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if chosen else ""}>{escape(words)}</option>'
        for key, words, chosen in cell.options
    )


def _last(cell: Cell) -> str:
    """What stood there in the period before."""
    if cell.input == "area":
        summary = escape(_("What stood here in the last period"))
        return f'<details class="ff-last"><summary>{summary}</summary><div class="prose">{linebreaks(cell.last, autoescape=True)}</div></details>'
    return f'<div class="help">{escape(_("Last period: %(value)s") % {"value": cell.last})}</div>'
