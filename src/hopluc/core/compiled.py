"""Queries whose text is made once in each process: what every request asks differs only by what is given.

IN_FORCE = Compiled(lambda: Post.objects.filter(user=given("user"), ends_on__gte=given("on")))
posts = IN_FORCE(user=user.pk, on=today)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class _Given:
    name: str


def given(name: str) -> RawSQL:
    """The place of a value."""
    return RawSQL("%s", [_Given(name)])


def given_ids(name: str) -> RawSQL:
    """The place of a list of ids, however many."""
    return RawSQL("SELECT unnest(%s::bigint[])", [_Given(name)])


def planned() -> CursorWrapper:
    """A cursor for a text that is the same at every request."""
    found: CursorWrapper = connection.prepared_cursor()  # type: ignore[attr-defined]  # of our own engine
    return found


class _Asked:
    """The text of a query with the places of its values."""

    def __init__(self, compiler: Any) -> None:
        self.text, self.params = compiler.as_sql()
        self.converters = compiler.get_converters(column[0] for column in compiler.select).items()

    def rows(self, values: dict[str, Any]) -> list[list[Any]]:
        with planned() as cursor:
            cursor.execute(self.text, [values[each.name] if isinstance(each, _Given) else each for each in self.params])
            return [self._read(row) for row in cursor.fetchall()]

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for at, (converters, expression) in self.converters:
            for convert in converters:
                read[at] = convert(read[at], expression, connection)
        return read


class Compiled(Generic[M]):
    """Whole rows of a model, with those that it selects beside; `make` is asked once, and with `given` in place of values."""

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self.make = make

    def __call__(self, **values: Any) -> list[M]:
        asked, build = self._plan
        return [build(row) for row in asked.rows(values)]

    @cached_property
    def _plan(self) -> tuple[_Asked, Callable[[list[Any]], M]]:
        compiler = self.make().query.get_compiler(connection=connection)
        asked = _Asked(compiler)
        return asked, _builder(compiler.klass_info, compiler.select)


def _builder(about: Any, select: Any) -> Callable[[list[Any]], Any]:
    """How a row becomes an instance, as Django's own `ModelIterable` has it."""
    fields, alias = about["select_fields"], connection.alias
    model, start, end = about["model"], fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    beside = get_related_populators(about, select, alias)  # type: ignore[call-arg]  # stubs of a later Django

    def built(row: list[Any]) -> Any:
        made = model.from_db(alias, names, row[start:end])
        for each in beside:
            each.populate(row, made)
        return made

    return built


class CompiledValues:
    """Some columns of rows, each row as a dict: `make` is asked once, as that of `Compiled`, for `values(…)`."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self.make = make

    def __call__(self, **values: Any) -> list[dict[str, Any]]:
        asked, names = self._plan
        return [dict(zip(names, row, strict=True)) for row in asked.rows(values)]

    @cached_property
    def _plan(self) -> tuple[_Asked, tuple[str, ...]]:
        query = self.make().query
        return _Asked(query.get_compiler(connection=connection)), (*query.values_select, *query.annotation_select)
