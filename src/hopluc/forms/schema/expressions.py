"""The small language in which checks of a form are written. It has no loops, no names but the form's own, no way out.

    total = men + women
    sum(members.count) <= registered or not filled(registered)
    abs(revenue - previous(revenue)) <= 0.2 * previous(revenue)

A name is a field (`revenue`), a cell of a table with fixed rows (`capital.own.amount`), or, within `sum count min max average`,
a column (`capital.amount`). What is not known yet is None: it makes unknown whatever needs it, and an unknown check waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DecimalException, localcontext
from operator import ge, gt, le, lt
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

LONGEST, DEEPEST = 1_000, 40  # characters of an expression; nested brackets and signs
DIGITS = 60  # that arithmetic keeps: money of a country has 18
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*')|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9][a-z0-9_]*){0,2})"
    r"|(?P<sign><=|>=|!=|[-+*/()=<>,]))"
)
WORDS = ("and", "or", "not")
COMPARED = ("=", "!=", "<=", ">=", "<", ">")
OVER_COLUMNS = ("sum", "count", "min", "max", "average")
FUNCTIONS = {"filled": 1, "previous": 1, "abs": 1, "round": 2, "if": 3}

Value = Decimal | str | bool | date | None


class ExpressionError(ValueError):
    """What is no expression, and where: `at` counts characters."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(_("%(reason)s, at character %(at)s") % {"reason": reason, "at": at + 1})
        self.reason, self.at = reason, at


@dataclass(frozen=True, slots=True)
class Constant:
    value: Decimal | str


@dataclass(frozen=True, slots=True)
class Name:
    path: str


@dataclass(frozen=True, slots=True)
class Unary:
    sign: str  # "-" or "not"
    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    given: tuple[Node, ...]


Node = Constant | Name | Unary | Binary | Call


class Scope(Protocol):
    """Where names get their values."""

    def value(self, path: str) -> Value: ...
    def column(self, path: str) -> Sequence[Value]: ...
    def previous(self, path: str) -> Value: ...


class Token(NamedTuple):
    kind: str  # number, text, name, sign, end
    text: str
    at: int


def parse(text: str) -> Node:
    """Raises ExpressionError.

    >>> parse("total = men + 2")
    Binary(sign='=', left=Name(path='total'), right=Binary(sign='+', left=Name(path='men'), right=Constant(value=Decimal('2'))))
    """
    if len(text) > LONGEST:
        raise ExpressionError(_("more than %(most)s characters") % {"most": LONGEST}, LONGEST)
    parser = _Parser(list(_tokens(text)))
    node = parser.level(0)
    parser.take("end", _("an operator or the end"))
    return node


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while rest := text[at:].strip():
        if not (m := TOKEN.match(text, at)):
            raise ExpressionError(
                _("“%(sign)s” means nothing here") % {"sign": rest[0]}, len(text) - len(text[at:].lstrip())
            )
        kind = str(m.lastgroup)
        found = m[kind]
        yield Token("sign" if found in WORDS else kind, found, m.start(kind))
        at = m.end()
    yield Token("end", "", len(text))


LEVELS: tuple[tuple[str, ...], ...] = (("or",), ("and",), COMPARED, ("+", "-"), ("*", "/"))
COMPARISON = LEVELS.index(COMPARED)


@dataclass(slots=True)
class _Parser:
    tokens: list[Token]
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, wanted: str, said: str) -> Token:
        token = self.next
        if wanted not in (token.kind, token.text):
            found = token.text or _("the end")
            raise ExpressionError(_("expected %(said)s, found “%(found)s”") % {"said": said, "found": found}, token.at)
        self.at += 1
        return token

    def level(self, number: int) -> Node:
        if number == len(LEVELS):
            return self.unary()
        left = self.level(number + 1)
        while self.next.kind == "sign" and self.next.text in LEVELS[number]:
            sign = self.take("sign", "an operator").text
            left = Binary(sign, left, self.level(number + 1))
            if number == COMPARISON:  # one at a time: a < b < c reads as something else in every language
                break
        return left

    def unary(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(_("nested too deeply"), self.next.at)
        if self.next.kind == "sign" and self.next.text in ("-", "not"):
            sign = self.take("sign", "a sign").text
            found: Node = Unary(sign, self.level(COMPARISON) if sign == "not" else self.unary())
        else:
            found = self.atom()
        self.depth -= 1
        return found

    def atom(self) -> Node:
        token = self.next
        if token.kind == "number":
            self.at += 1
            return Constant(Decimal(token.text))
        if token.kind == "text":
            self.at += 1
            return Constant(token.text[1:-1])
        if token.kind == "name":
            self.at += 1
            return self.call(token) if self.next.text == "(" else Name(token.text)
        self.take("(", _("a value"))
        inner = self.level(0)
        self.take(")", "“)”")
        return inner

    def call(self, token: Token) -> Call:
        if token.text not in FUNCTIONS and token.text not in OVER_COLUMNS:
            raise ExpressionError(_("there is no function “%(name)s”") % {"name": token.text}, token.at)
        self.take("(", "“(”")
        given = [self.level(0)]
        while self.next.text == ",":
            self.at += 1
            given.append(self.level(0))
        self.take(")", "“)”")
        count = FUNCTIONS.get(token.text)
        if count is not None and len(given) != count:
            said = {"name": token.text, "count": count, "given": len(given)}
            raise ExpressionError(_("“%(name)s” takes %(count)s values, not %(given)s") % said, token.at)
        named = token.text in ("filled", "previous", *OVER_COLUMNS)
        single = token.text in ("filled", "previous", "sum", "count", "average")
        if named and single and (len(given) != 1 or not isinstance(given[0], Name)):
            raise ExpressionError(
                _("“%(name)s” takes the name of one field or column") % {"name": token.text}, token.at
            )
        return Call(token.text, tuple(given))


def spell(node: Node) -> str:
    """The expression in words of the language, every order of work in brackets; `parse` gives the same back."""
    match node:
        case Constant(value):
            return f"'{value}'" if isinstance(value, str) else f"{value:f}"
        case Name(path):
            return path
        case Unary("not", of):
            return f"(not {spell(of)})"
        case Unary(sign, of):
            return f"({sign}{spell(of)})"
        case Binary(sign, left, right):
            return f"({spell(left)} {sign} {spell(right)})"
        case Call(name, given):
            return f"{name}({', '.join(map(spell, given))})"


def names(node: Node) -> Iterator[tuple[str, str]]:
    """Each name with what it is asked for: `value`, `column` or `previous`."""
    match node:
        case Name(path):
            yield path, "value"
        case Unary(_, of):
            yield from names(of)
        case Binary(_, left, right):
            yield from names(left)
            yield from names(right)
        case Call(name, given):
            whole = name in OVER_COLUMNS and len(given) == 1
            for each in given:
                if isinstance(each, Name) and (whole or name == "previous"):
                    yield each.path, "column" if whole else "previous"
                else:
                    yield from names(each)


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of an expression; None where something that it needs is not known, or is of the wrong kind."""
    with localcontext() as context:
        context.prec = DIGITS
        try:
            return _value(node, scope)
        except DecimalException:
            return None


def _value(node: Node, scope: Scope) -> Value:
    match node:
        case Constant(value):
            return value
        case Name(path):
            return scope.value(path)
        case Unary("not", of):
            known = _value(of, scope)
            return None if not isinstance(known, bool) else not known
        case Unary(_, of):
            number = _value(of, scope)
            return -number if isinstance(number, Decimal) else None
        case Binary("and" | "or" as sign, left, right):
            return _joined(sign, _value(left, scope), _value(right, scope))
        case Binary(sign, left, right):
            return _binary(sign, _value(left, scope), _value(right, scope))
        case Call(name, given):
            return _called(name, given, scope)


def _joined(sign: str, left: Value, right: Value) -> Value:
    """`or` is true as soon as one side is, `and` false: then the other side need not be known."""
    decides = sign == "or"
    if left is decides or right is decides:
        return decides
    return None if not isinstance(left, bool) or not isinstance(right, bool) else not decides


def _binary(sign: str, left: Value, right: Value) -> Value:
    if sign in COMPARED:
        return _compared(sign, left, right)
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    if sign == "/":
        return left / right if right else None
    return {"+": left.__add__, "-": left.__sub__, "*": left.__mul__}[sign](right)


def _compared(sign: str, left: Value, right: Value) -> bool | None:
    if left is None or right is None or type(left) is not type(right):
        return None
    if sign in ("=", "!="):
        return (left == right) is (sign == "=")
    order: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
    return order[sign](left, right)  # both of one type


def _called(name: str, given: tuple[Node, ...], scope: Scope) -> Value:
    first = given[0]
    if name in OVER_COLUMNS:
        whole = len(given) == 1 and isinstance(first, Name)
        return _over(name, scope.column(first.path) if whole and isinstance(first, Name) else _all(given, scope))
    if name == "filled":
        return isinstance(first, Name) and scope.value(first.path) is not None
    if name == "previous":
        return scope.previous(first.path) if isinstance(first, Name) else None
    if name == "if":
        known = _value(first, scope)
        return _value(given[1 if known else 2], scope) if isinstance(known, bool) else None
    number = _value(first, scope)
    if not isinstance(number, Decimal):
        return None
    if name == "abs":
        return abs(number)
    places = _value(given[1], scope)
    return round(number, int(places)) if isinstance(places, Decimal) and abs(places) <= DIGITS else None


def _all(given: tuple[Node, ...], scope: Scope) -> list[Value]:
    return [_value(each, scope) for each in given]


def _over(name: str, values: Sequence[Value]) -> Value:
    """Over a column what is not filled in counts as nothing; all empty, the result is not known either."""
    if name == "count":
        return Decimal(sum(value is not None for value in values))
    numbers = [value for value in values if isinstance(value, Decimal)]
    if not numbers:
        return None
    if name == "sum":
        return sum(numbers, Decimal(0))
    return _mean(numbers) if name == "average" else (min if name == "min" else max)(numbers)


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)
