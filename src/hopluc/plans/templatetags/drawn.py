"""What pages have by the hundred, written without templates: a plan's outline, filters, tasks and the indicators of its targets, the
table of the overview.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.core.templatetags.interface import icon, state
from hopluc.indicators.models import Indicator
from hopluc.plans.aims import Meant
from hopluc.plans.choices import Choice
from hopluc.plans.desk.standing import Standing
from hopluc.plans.desk.words import WORDS
from hopluc.plans.models import Task
from hopluc.plans.outline import Node, Outline
from hopluc.plans.overview_lines import Line, Number, Piece
from hopluc.plans.presenting import Row, TargetLine

register = template.Library()
OPEN = ' class="is-open"'


@register.simple_tag
def options(listed: Iterable[Choice]) -> SafeString:
    """The options of a `<select>`, each with how many tasks it gives."""
    return SafeString("".join(map(_option, listed)))


def _option(choice: Choice) -> str:
    count = "" if choice.count is None else f" ({_number(choice.count)})"
    chosen = " selected" if choice.chosen else ""
    return f'<option value="{escape(choice.value)}"{chosen}>{escape(str(choice.label))}{count}</option>'


@register.simple_tag
def target_rows(rows: Iterable[tuple[TargetLine, Meant]], above: str) -> SafeString:
    """The rows of the targets, each opening below the address `above`."""
    words = {
        "of": escape(_("Of")),
        "level": escape(_("Level")),
        "period": escape(_("Time and scope")),
        "followed": escape(_("Followed as")),
    }
    return SafeString("".join(_target(row, what, escape(above + row.path), words) for row, what in rows))


def _target(row: TargetLine, what: Meant, address: str, words: Mapping[str, str]) -> str:
    return (
        f'<tr><td class="num card-off">{_number(row.number)}</td>'
        f'<th scope="row" class="main-cell"><a href="{address}" hx-get="{address}" hx-target="#panel" hx-push-url="true" lang="vi">'
        f'{escape(row.indicator)}</a></th><td data-label="{words["of"]}" lang="vi">{escape(row.subject)}</td>'
        f'<td data-label="{words["level"]}" class="plan-level">{escape(row.level)}</td>'
        f'<td data-label="{words["period"]}">{escape(row.period)}</td>'
        f'<td data-label="{words["followed"]}" class="plan-meant">{meant(row, what)}</td></tr>'
    )


def meant(row: TargetLine, what: Meant) -> SafeString:
    """The indicator of a target: confirmed, or to be by the form `aims`; each target of a page offers them all."""
    if what.aim:
        place = f"?unit={what.aim.unit.key}" if what.aim.unit else ""
        address = escape(reverse("indicators:indicator", args=[what.aim.indicator_id]) + place)
        name = f'<span lang="vi">{escape(what.aim.indicator.name)}</span>'
        return SafeString(f'<a href="{address}#aims">{icon("circle-check", "icon-s")} {name}</a>')
    if what.asks:
        return SafeString(f'<div class="plan-confirm">{_ticked(row, what)}{_chosen(row, what)}{_confirm(row)}</div>')
    nothing = escape(_("not followed"))
    return SafeString(f'<span class="quiet">{nothing}</span>')


def _ticked(row: TargetLine, what: Meant) -> str:
    label = escape(_("Tick: %(name)s") % {"name": row.indicator})
    return (
        f'<input class="form-check-input" type="checkbox" form="aims" name="chosen" value="{row.pk}"'
        f'{" checked" if what.sure else ""} aria-label="{label}">'
    )


def _chosen(row: TargetLine, what: Meant) -> str:
    label, own = escape(_("Indicator of: %(name)s") % {"name": row.indicator}), escape(_("An indicator of its own"))
    others = escape(_("Others"))
    group = f'<optgroup label="{others}">{_indicators(what.others)}</optgroup>' if what.others else ""
    return (
        f'<select class="form-select" form="aims" name="indicator-{row.pk}" aria-label="{label}">{_indicators(what.suggested)}'
        f'<option value="own">{own}</option>{group}</select>'
    )


def _indicators(listed: Iterable[Indicator]) -> str:
    return "".join(f'<option value="{one.pk}" lang="vi">{escape(str(one))}</option>' for one in listed)


def _confirm(row: TargetLine) -> str:
    word = escape(_("Confirm"))
    return f'<button class="btn" form="aims" name="confirm" value="{row.pk}">{word}</button>'


def _number(count: int) -> str:
    """As the language writes it; small numbers look alike in all, and there are hundreds of them."""
    return str(count) if count < 1000 else localize(count)


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
        f'{" checked" if position == chosen else ""}><span lang="vi">{heading}</span> <b>{_number(node.tasks)}</b></label>'
    )


def _below(node: Node, way: set[int], chosen: str) -> str:
    if not node.children:
        return ""
    words = _("What is below %(heading)s") % {"heading": node.heading.marker or node.heading.at}
    return (
        f'<details{" open" if node.heading.pk in way else ""}><summary><span class="visually-hidden">{escape(words)}</span>'
        f"</summary><ul>{_nodes(node.children, way, chosen)}</ul></details>"
    )


@register.simple_tag
def task_rows(listed: Iterable[Row], turn: str, opened: Task | str | None = None) -> SafeString:
    """The rows of the task table; `turn` is the state of the list, which the address of a task keeps."""
    words = {
        "lead": escape(_("Leads")),
        "due": escape(_("Deadline")),
        "nobody": escape(_("not yet assigned")),
        "state": escape(_("State")),
        "confirmed": escape(_("%(done)s/%(all)s confirmed")),
    }
    here = opened.pk if isinstance(opened, Task) else None
    return SafeString("".join(_row(row, escape(row.address + turn), words, opened=row.pk == here) for row in listed))


def _row(row: Row, address: str, words: Mapping[str, str], *, opened: bool) -> str:
    due = f' data-label="{words["due"]}"' if row.deadline else ""
    leads = _who(row.lead, row.lead_now) if row.lead else f'<span class="plan-none">{words["nobody"]}</span>'
    return (
        f"<tr{OPEN if opened else ''}>"
        f'<td class="num card-off">{_number(row.number)}</td>'
        f'<th scope="row" class="main-cell"><a href="{address}" hx-get="{address}" hx-target="#panel" hx-swap="innerHTML"'
        f' hx-push-url="true"><span class="clamp plan-text" lang="vi">{escape(row.text)}</span></a></th>'
        f'<td class="plan-who" data-label="{words["lead"]}" lang="vi">{leads}</td>'
        f'<td class="card-off plan-who" lang="vi">{_who(row.coordinate, row.coordinate_now)}</td>'
        f'<td class="plan-state" data-label="{words["state"]}">{_standing(row.standing, words)}</td>'
        f'<td class="plan-when"{due}>{escape(row.deadline)}</td><td class="card-off plan-when plan-topic">{escape(row.topic)}</td></tr>'
    )


def _standing(standing: Standing | None, words: Mapping[str, str]) -> str:
    """The most pressing state; of several lines or periods how many are confirmed."""
    if standing is None or not (known := standing.state):
        return ""
    parts = ""
    if standing.begun > 1:
        done = {"done": _number(standing.confirmed), "all": _number(standing.begun)}
        parts = f" <small>{words['confirmed'] % done}</small>"
    return state(known, str(WORDS[known])) + parts


def _who(names: str, now: str) -> str:
    """Whom the plan names, and who holds it now where that is another."""
    today = f'<span class="plan-now clamp">{escape(now)}</span>' if now else ""
    return f'<span class="clamp">{escape(names)}</span>{today}'


@register.simple_tag
def overview_lines(lines: Sequence[Line]) -> SafeString:
    """The lines of the overview: name, bar, numbers that open to their rows, share."""
    titles = [f' data-label="{escape(str(each.title))}"' for line in lines[:1] for each in line.numbers]
    share = escape(_("done in time"))
    return SafeString("".join(_line(line, titles, share) for line in lines))


def _line(line: Line, titles: Sequence[str], share: str) -> str:
    percent = '<span class="quiet">–</span>' if line.row.share is None else f"{floatformat(line.row.share, 1)} %"
    numbers = zip(titles, line.numbers, strict=True)
    return (
        f'<tr><th scope="row" class="main-cell"><a href="?{escape(line.address)}" lang="vi">{escape(line.row.name)}</a></th>'
        f'<td class="card-off"><svg class="overview-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(map(_piece, line.bar))}</svg></td>"
        f"{''.join(_counted(title, number) for title, number in numbers)}"
        f'<td class="num" data-label="{share}">{percent}</td></tr>'
    )


def _piece(piece: Piece) -> str:
    return f'<rect class="bar-{piece.measure}" x="{piece.start}" width="{piece.width}" height="12"/>'


def _counted(title: str, number: Number) -> str:
    count = '<span class="quiet">0</span>'
    if number.count:
        count = f'<a href="{escape(number.address)}">{_number(number.count)}</a>'
    return f'<td class="num"{title}>{count}</td>'
