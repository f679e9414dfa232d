"""Values against their form: what is missing, what does not add up, what jumped; and the hashes that approvals are bound to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from hopluc.forms.schema.definition import REASON, Check, Field, Jump, Schema
from hopluc.forms.schema.expressions import Binary, Value, evaluate, names
from hopluc.forms.schema.values import as_value, plain, show

Json = Any
Values = Mapping[str, Json]
PLACES = 1  # of what a formula gives


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path. Only a warning may stay when a form is submitted."""

    path: str
    kind: str  # missing | rule | jump
    text: str
    warning: bool = False
    among: tuple[str, ...] = ()  # the other paths that a rule holds it against


@dataclass(frozen=True, slots=True)
class _Scope:
    """Names of a form, or first of a row of one of its tables."""

    schema: Schema
    values: Values
    last: Values
    row: str = ""  # `table.row`, within a table

    def value(self, path: str) -> Value:
        return self._at(path, self.values)

    def previous(self, path: str) -> Value:
        return self._at(path, self.last)

    def column(self, path: str) -> Sequence[Value]:
        table, _dot, key = path.partition(".")
        owner = self.schema.fields[table]
        field = next(each for each in owner.columns if each.key == key)
        return [self._of(field, f"{table}.{row}.{key}", self.values) for row in rows_of(owner, self.values)]

    def _at(self, path: str, values: Values) -> Value:
        inner = f"{self.row}.{path}" if self.row and "." not in path else ""
        if inner and (field := self.schema.field_at(inner)):
            return self._of(field, inner, values)
        found = self.schema.field_at(path)
        return self._of(found, path, values) if found else None

    def _of(self, field: Field, path: str, values: Values) -> Value:
        if field.formula is None:
            return as_value(field, values.get(path))
        return _Scope(self.schema, values, {}).worked_out(field, path)

    def worked_out(self, column: Field, path: str) -> Value:
        """What the formula of a column comes to in the row of a path."""
        assert column.formula
        return evaluate(column.formula, _Scope(self.schema, self.values, {}, path.rpartition(".")[0]))


def rows_of(table: Field, values: Values) -> list[str]:
    """Keys of the rows of a table: its fixed ones, or those that people added."""
    return [row.key for row in table.rows] if table.rows else list(values.get(table.key) or [])


def faults(schema: Schema, values: Values, last: Values) -> list[Fault]:
    """Everything that stands against submitting, in the order of the form; `last` are the values of the last period."""
    found = [
        *_missing(schema, values),
        *_bare(schema, values),
        *_broken(schema, values, last),
        *_jumped(schema, values, last),
    ]
    if len(found) < 2:
        return found
    order = {path: at for at, path in enumerate(paths(schema, values))}
    return sorted(found, key=lambda fault: order.get(fault.path, len(order)))


def paths(schema: Schema, values: Values) -> Iterator[str]:
    """Every path that may hold a value, in the order of the form."""
    for field in schema.fields.values():
        yield field.key
        for row in rows_of(field, values) if field.kind == "table" else ():
            yield from (f"{field.key}.{row}.{column.key}" for column in field.columns if column.formula is None)


def computed(schema: Schema, values: Values, *, near: str = "") -> dict[str, Json]:
    """The values of columns that have a formula, as they would be kept, by path; those of which nothing is known are left out.

    Percentages are rounded to one place, amounts and counts to whole ones. `near`: only those that may follow from this path.
    """
    found = {}
    scope = _Scope(schema, values, {})
    for table, column in schema.formulas:
        for row in _near(near, schema, table, values) if near else rows_of(table, values):
            path = f"{table.key}.{row}.{column.key}"
            if isinstance(number := scope.worked_out(column, path), Decimal):
                whole = column.kind in ("whole", "money")
                found[path] = round(number) if whole else plain(round(number, PLACES))
    return found


def _near(path: str, schema: Schema, table: Field, values: Values) -> list[str]:
    """The rows of a table whose figures may follow from a path."""
    head, _dot, rest = path.partition(".")
    rows = rows_of(table, values)
    if table.key not in schema.closed:
        return rows
    return [row for row in rows if row == rest.partition(".")[0]] if table.key == head else []


def _missing(schema: Schema, values: Values) -> Iterator[Fault]:
    for path in _required(schema, values):
        if values.get(path) is None or values.get(path) == []:
            yield Fault(path, "missing", _("This must be filled in."))


def _required(schema: Schema, values: Values) -> Iterator[str]:
    """The paths at which a value must stand; of a table with fixed rows only its cells."""
    for field, column in schema.required:
        if column:
            yield from (f"{field.key}.{row}.{column.key}" for row in rows_of(field, values) if not column.formula)
        elif not field.rows:
            yield field.key


def _bare(schema: Schema, values: Values) -> Iterator[Fault]:
    """Figures where an account is asked for. They stay: “0” may be all that there is to say."""
    for field in schema.fields.values():
        said = values.get(field.key) if field.kind == "long_text" else None
        if said and any(sign.isdigit() for sign in said) and not any(sign.isalpha() for sign in said):
            yield Fault(field.key, "rule", _("Only figures stand here. Say in words what they are of."), warning=True)


def _broken(schema: Schema, values: Values, last: Values) -> Iterator[Fault]:
    for check in schema.checks:
        if not check.table:
            yield from _held(check, _Scope(schema, values, last), check.at)
            continue
        for row in rows_of(schema.fields[check.table], values):
            place = f"{check.table}.{row}"
            yield from _held(check, _Scope(schema, values, last, place), f"{place}.{check.at}")


def _held(check: Check, scope: _Scope, at: str) -> Iterator[Fault]:
    if evaluate(check.rule, scope) is False:
        yield Fault(at, "rule", _said(check, scope), check.warning, _among(check, scope, at))


def _among(check: Check, scope: _Scope, at: str) -> tuple[str, ...]:
    """The other values of the form that a rule names; columns as a whole are no one place."""
    named = (name for name, kind in names(check.rule) if kind == "value")
    found = (f"{scope.row}.{name}" if scope.row and "." not in name else name for name in named)
    return tuple(path for path in dict.fromkeys(found) if path != at)


def _said(check: Check, scope: _Scope) -> str:
    """The sentence of a check; `{left}` and `{right}` are what the two sides of its comparison come to."""
    sides = {}
    if isinstance(check.rule, Binary):
        for name, node in (("{left}", check.rule.left), ("{right}", check.rule.right)):
            found = evaluate(node, scope)
            sides[name] = show(Field("", "decimal"), plain(found)) if isinstance(found, Decimal) else str(found)
    text = str(check.say)
    for name, value in sides.items():
        text = text.replace(name, value)
    return text


def _jumped(schema: Schema, values: Values, last: Values) -> Iterator[Fault]:
    for jump in schema.jumps:
        if change := jump_of(jump, schema, values, last):
            if values.get(jump.path + REASON):
                continue
            yield Fault(
                jump.path,
                "jump",
                _("This differs from the last period by %(change)s %%. Say why.")
                % {"change": show(Field("", "decimal"), plain(round(change, 1)))},
            )


def jump_of(jump: Jump, schema: Schema, values: Values, last: Values) -> Decimal | None:
    """By how many percent a figure moved, where that is more than it may without a reason."""
    field = schema.field_at(jump.path)
    if field is None or values.get(jump.path) is None or last.get(jump.path) is None:
        return None
    now, before = Decimal(values[jump.path]), Decimal(last[jump.path])
    if not before:
        return None
    change = abs(now - before) / abs(before) * 100
    return change if change > jump.percent else None


def hash_of(values: Values) -> str:
    """SHA-256 of values as canonical JSON."""
    return sha256(json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def section_hashes(schema: Schema, values: Values) -> dict[str, str]:
    """A hash of the values of each section by its key."""
    apart: dict[str, dict[str, Json]] = {section.key: {} for section in schema.sections}
    for path, value in values.items():
        if section := schema.section_of.get(_head(path)):
            apart[section.key][path] = value
    return {key: hash_of(each) for key, each in apart.items()}


def _head(path: str) -> str:
    return path.removesuffix(REASON).partition(".")[0]
