"""What a reorganisation would bring about, in words for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from hopluc.indicators.numbers import shown
from hopluc.registry.outcome import Holds, Line, Outcome
from hopluc.registry.presenting import millions

BECOMES = {"ends": ("hatched", "archive"), "begins": ("green", "plus"), "goes on": ("green", "circle-check")}


NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    state: tuple[str, str, str]  # tone, icon, words
    cells: tuple[tuple[str, str, str], ...]  # what of, before, after; in the order of `Shown.heads`
    joining: str
    line: Line


@dataclass(frozen=True, slots=True)
class Shown:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    together: tuple[tuple[str, str, str], ...]
    kept: bool
    shared: str
    outcome: Outcome


def shown_of(outcome: Outcome, *, day: date) -> Shown:
    """Columns of what nobody has are left out."""
    whole = [_cells(outcome.before), _cells(outcome.after)]
    columns = [turn for turn in range(len(HEADS)) if turn == 0 or any(cells[turn] not in ("0", "") for cells in whole)]

    heads = [str(_(HEADS[turn])) for turn in columns]

    def pair(before: Holds | None, after: Holds | None) -> tuple[tuple[str, str, str], ...]:
        was, becomes = (_cells(each) if each else [NOTHING] * len(HEADS) for each in (before, after))
        return tuple((head, was[turn], becomes[turn]) for head, turn in zip(heads, columns, strict=True))

    return Shown(
        tuple(heads),
        tuple(
            Row(line.name, _state(line, day), pair(line.before, line.after), _joining(line), line)
            for line in outcome.lines
        ),
        pair(outcome.before, outcome.after),
        outcome.kept,
        _shared(outcome.shared),
        outcome,
    )


HEADS = (
    gettext_noop("Number of members"),
    gettext_noop("Contributions, million đồng"),
    gettext_noop("Charter capital, million đồng"),
    gettext_noop("Funds and assets, million đồng"),
    gettext_noop("Land, ha"),
)


def _cells(one: Holds) -> tuple[str, ...]:
    money = (_money(one.contributions), _money(one.capital), _money(one.funds))
    return (number_format(one.members, use_l10n=True, force_grouping=True), *money, shown(one.land))


def _money(amount: Decimal) -> str:
    return millions(amount)


def _state(line: Line, day: date) -> tuple[str, str, str]:
    words = {
        "ends": _("exists until %(day)s") % {"day": date_format(day - timedelta(days=1))},
        "begins": _("new from %(day)s") % {"day": date_format(day)},
        "goes on": _("goes on"),
    }
    return (*BECOMES[line.becomes], words[line.becomes])


def _joining(line: Line) -> str:
    """`Bà Hoa, Ông Nam and 12 more`."""
    more = line.joined - len(line.joining)
    names = ", ".join(line.joining)
    return _("%(names)s and %(n)s more") % {"names": names, "n": more} if more > 0 else names


def _shared(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(n)s person is in several of these registers: one member from now on, with all contributions.",
        "%(n)s persons are in several of these registers: each is one member from now on, with all contributions.",
        count,
    ) % {"n": count}
