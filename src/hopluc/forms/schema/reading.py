"""A form's definition: from JSON to frozen values, or to a list of what is wrong with it and where.

{"sections": [{"key": "result", "label": {"vi": "Kết quả", "en": "Result"}, "fields": [
{"key": "state", "kind": "choice", "label": …, "required": true, "choices": [{"key": "done", "label": …}]},
{"key": "members", "kind": "table", "label": …, "columns": [fields], "rows": [{"key": "women", "label": …}]}]}],
"checks": [{"rule": "total = men + women", "at": "total", "say": {"vi": …, "en": …}}, {"jump": "revenue", "percent": 20}],
"charts": [{"key": "people", "kind": "bars", "label": …, "table": "members", "rows": ["women"], "columns": ["count"], "after": "result"}]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from hopluc.forms.schema.definition import (
    KINDS,
    MOST_ROWS,
    NOTHING,
    NUMERIC,
    Chart,
    Check,
    Choice,
    Field,
    Jump,
    Row,
    Schema,
    Section,
    Words,
)
from hopluc.forms.schema.expressions import ExpressionError, Node, names, parse

Json = Any
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
ROW_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
RESERVED = {"and", "or", "not", "if", "sum", "count", "min", "max", "average", "filled", "previous", "abs", "round"}
LONGEST_ABOUT = 80  # characters
TABLES_APART = ("table", "file")  # kinds that no column has


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a definition: where (`sections[0].fields[2].kind`) and a sentence."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Flawed(ValueError):
    """A definition that cannot be used; `flaws` says everything that is wrong."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("; ".join(map(str, flaws)))
        self.flaws = flaws


def read_schema(given: Json) -> Schema:
    """Raises Flawed, with all flaws at once."""
    reader = _Reader()
    sections = tuple(reader.section(each, f"sections[{at}]") for at, each in reader.listed(given, "sections", ""))
    if not sections and not reader.flaws:
        reader.flaw("sections", "a form needs at least one section")
    reader.once([(f"sections[{at}].key", one.key) for at, one in enumerate(sections)])
    reader.once(
        [(f"sections[{at}].fields[{turn}].key", one.key)
         for at, section in enumerate(sections) for turn, one in enumerate(section.fields)]
    )  # fmt: skip
    schema = Schema(sections)
    checks, jumps = [], []
    for at, each in reader.listed(given, "checks", "", needed=False):
        if isinstance(each, dict) and "jump" in each:
            jumps.append(reader.jump(each, schema, f"checks[{at}]"))
        else:
            checks.append(reader.check(each, schema, f"checks[{at}]"))
    charts = [
        reader.chart(each, schema, f"charts[{at}]") for at, each in reader.listed(given, "charts", "", needed=False)
    ]
    reader.once([(f"charts[{at}].key", one.key) for at, one in enumerate(charts)])
    reader.known(given, {"sections", "checks", "charts"}, "")
    if reader.flaws:
        raise Flawed(reader.flaws)
    return Schema(sections, tuple(filter(None, checks)), tuple(filter(None, jumps)), tuple(charts))


FIELD_KEYS = {
    "key",
    "kind",
    "label",
    "required",
    "unit",
    "help",
    "choices",
    "least",
    "most",
    "longest",
    "columns",
    "rows",
    "most_rows",
    "about",
}
COLUMN_KEYS = FIELD_KEYS | {"formula"}


@dataclass(slots=True)
class _Reader:
    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, where: str, what: str) -> None:
        self.flaws.append(Flaw(where or "form", what))

    def known(self, given: Json, keys: set[str], where: str) -> None:
        for strange in sorted(map(str, given.keys() - keys)) if isinstance(given, dict) else ():
            self.flaw(where, f"there is no setting “{strange}”")

    def listed(self, given: Json, key: str, where: str, *, needed: bool = True) -> Iterator[tuple[int, Json]]:
        at = f"{where}.{key}".removeprefix(".")
        if not isinstance(given, dict):
            self.flaw(where, "must be an object")
            return
        found = given.get(key, None if needed else [])
        if not isinstance(found, list) or (needed and not found):
            self.flaw(at, _("at least one is needed here") if needed else "must be a list")
            return
        yield from enumerate(found)

    def words(self, given: Json, where: str, *, needed: bool = True) -> Words:
        if given is None and not needed:
            return NOTHING
        if (
            not isinstance(given, dict)
            or given.keys() != {"vi", "en"}
            or not all(isinstance(x, str) and x.strip() for x in given.values())
        ):
            self.flaw(where, 'must be words in both languages, {"vi": …, "en": …}')
            return NOTHING
        return Words(given["vi"].strip(), given["en"].strip())

    def key(self, given: Json, where: str, pattern: re.Pattern[str] = KEY) -> str:
        found = given.get("key") if isinstance(given, dict) else None
        if not isinstance(found, str) or not pattern.fullmatch(found) or found in RESERVED:
            self.flaw(f"{where}.key", f"“{found}” is no key: small letters, digits and _, beginning with a letter")
            return ""
        return found

    def once(self, keys: list[tuple[str, str]]) -> None:
        seen: dict[str, str] = {}
        for where, key in keys:
            if key and key in seen:
                self.flaw(where, f"“{key}” stands at {seen[key]} already")
            seen.setdefault(key, where)

    def section(self, given: Json, where: str) -> Section:
        self.known(given, {"key", "label", "help", "fields"}, where)
        fields = tuple(self.field(each, f"{where}.fields[{at}]") for at, each in self.listed(given, "fields", where))
        about = given if isinstance(given, dict) else {}
        label = self.words(about.get("label"), f"{where}.label")
        return Section(
            self.key(given, where), label, fields, self.words(about.get("help"), f"{where}.help", needed=False)
        )

    def field(self, given: Json, where: str, *, column: bool = False) -> Field:
        if not isinstance(given, dict):
            self.flaw(where, "must be an object")
            return Field("", "text")
        self.known(given, COLUMN_KEYS if column else FIELD_KEYS, where)
        kind = given.get("kind")
        allowed = [each for each in KINDS if not (column and each in TABLES_APART)]
        if kind not in allowed:
            self.flaw(f"{where}.kind", f"“{kind}” is no kind of field; there are {', '.join(allowed)}")
            kind = "text"
        table = kind == "table"
        return Field(
            key=self.key(given, where),
            kind=kind,
            label=self.words(given.get("label"), f"{where}.label"),
            required=self.flag(given, "required", where),
            unit=self.words(given.get("unit"), f"{where}.unit", needed=False),
            help=self.words(given.get("help"), f"{where}.help", needed=False),
            choices=self.choices(given, where) if kind == "choice" else self.none(given, "choices", where),
            least=self.number(given, "least", kind, where),
            most=self.number(given, "most", kind, where),
            longest=self.count(given, "longest", where, 20_000),
            columns=self.columns(given, where) if table else self.none(given, "columns", where),
            rows=self.rows(given, where) if table else self.none(given, "rows", where),
            most_rows=self.count(given, "most_rows", where, MOST_ROWS) or MOST_ROWS,
            about=self.text(given, "about", where),
            formula=self.formula(given, kind, where),
        )

    def text(self, given: Json, key: str, where: str) -> str:
        found = given.get(key, "") if isinstance(given, dict) else ""
        if not isinstance(found, str) or len(found) > LONGEST_ABOUT:
            self.flaw(f"{where}.{key}", f"must be a text of at most {LONGEST_ABOUT} characters")
            return ""
        return found

    def formula(self, given: Json, kind: str, where: str) -> Node | None:
        """How a column is worked out from others of its row; whether it names such, the table knows (`columns`)."""
        if "formula" not in given:
            return None
        if kind not in NUMERIC:
            self.flaw(f"{where}.formula", _("a formula goes with figures only"))
            return None
        try:
            return parse(str(given["formula"]))
        except ExpressionError as error:
            self.flaw(f"{where}.formula", str(error))
            return None

    def flag(self, given: Json, key: str, where: str) -> bool:
        found = given.get(key, False)
        if not isinstance(found, bool):
            self.flaw(f"{where}.{key}", "must be true or false")
        return found is True

    def none(self, given: Json, key: str, where: str) -> tuple[Any, ...]:
        if key in given:
            self.flaw(f"{where}.{key}", "does not go with this kind of field")
        return ()

    def choices(self, given: Json, where: str) -> tuple[Choice, ...]:
        found = []
        for at, each in self.listed(given, "choices", where):
            place = f"{where}.choices[{at}]"
            self.known(each, {"key", "label"}, place)
            label = self.words(each.get("label") if isinstance(each, dict) else None, f"{place}.label")
            found.append(Choice(self.key(each, place, ROW_KEY), label))
        self.once([(f"{where}.choices[{at}].key", one.key) for at, one in enumerate(found)])
        return tuple(found)

    def columns(self, given: Json, where: str) -> tuple[Field, ...]:
        listed = self.listed(given, "columns", where)
        found = tuple(self.field(each, f"{where}.columns[{at}]", column=True) for at, each in listed)
        self.once([(f"{where}.columns[{at}].key", one.key) for at, one in enumerate(found)])
        filled = {one.key for one in found if one.formula is None}
        for at, one in enumerate(found):
            for path, asked in names(one.formula) if one.formula else ():
                if asked != "value" or path not in filled:
                    words = _("“%(path)s” is no column of this table that is filled in") % {"path": path}
                    self.flaw(f"{where}.columns[{at}].formula", words)
        return found

    def rows(self, given: Json, where: str) -> tuple[Row, ...]:
        if "rows" not in given:
            return ()
        found = []
        for at, each in self.listed(given, "rows", where):
            place = f"{where}.rows[{at}]"
            self.known(each, {"key", "label", "about", "unit"}, place)
            about = each if isinstance(each, dict) else {}
            label = self.words(about.get("label"), f"{place}.label")
            unit = self.words(about.get("unit"), f"{place}.unit", needed=False)
            found.append(Row(self.key(each, place, ROW_KEY), label, self.text(about, "about", place), unit))
        self.once([(f"{where}.rows[{at}].key", one.key) for at, one in enumerate(found)])
        return tuple(found)

    def number(self, given: Json, key: str, kind: str, where: str) -> Decimal | None:
        if key not in given:
            return None
        if kind not in NUMERIC:
            self.flaw(f"{where}.{key}", "does not go with this kind of field")
            return None
        try:
            found = None if isinstance(given[key], bool) else Decimal(str(given[key]))
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite():
            self.flaw(f"{where}.{key}", "must be a number")
            return None
        return found

    def count(self, given: Json, key: str, where: str, limit: int) -> int | None:
        found = given.get(key)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= limit:
            self.flaw(f"{where}.{key}", f"must be a whole number from 1 to {limit}")
            return None
        return found

    def jump(self, given: Json, schema: Schema, where: str) -> Jump | None:
        self.known(given, {"jump", "percent"}, where)
        path = given["jump"]
        target = schema.field_at(path) if isinstance(path, str) else None
        if target is None or not target.numeric or (path.count(".") and not schema.fields[path.partition(".")[0]].rows):
            self.flaw(f"{where}.jump", _("“%(path)s” is no figure of the form") % {"path": path})
            return None
        percent = self.number({"percent": given.get("percent")}, "percent", "decimal", where)
        if percent is not None and percent <= 0:
            self.flaw(f"{where}.percent", _("must be more than 0"))
        return Jump(path, percent) if percent is not None else None

    def chart(self, given: Json, schema: Schema, where: str) -> Chart:
        self.known(given, {"key", "kind", "label", "table", "rows", "columns", "after"}, where)
        about = given if isinstance(given, dict) else {}
        kind, table, after = about.get("kind"), about.get("table"), self.text(given, "after", where)
        if kind not in ("bars", "map"):
            self.flaw(f"{where}.kind", "must be bars or map")
        field = schema.fields.get(table) if isinstance(table, str) else None
        if field is None or not field.rows:
            self.flaw(f"{where}.table", _("“%(path)s” is no table of the form") % {"path": table})
            field = Field("", "table")
        if after and getattr(schema.fields.get(after), "kind", "") != "long_text":
            self.flaw(f"{where}.after", _("“%(path)s” is no field of the form") % {"path": after})
        rows = self.named(about, "rows", {each.key for each in field.rows}, where)
        columns = self.named(about, "columns", {each.key for each in field.columns if each.numeric}, where)
        if kind == "map" and (len(rows), len(columns)) != (1, 1):
            self.flaw(where, "a map shows one row and one column")
        label = self.words(about.get("label"), f"{where}.label")
        return Chart(self.key(given, where), "map" if kind == "map" else "bars", label, field.key, rows, columns, after)

    def named(self, given: Json, key: str, known: set[str], where: str) -> tuple[str, ...]:
        """Keys of rows or columns of a table, at least one."""
        found = [each for _at, each in self.listed(given, key, where) if isinstance(each, str)]
        for strange in (each for each in found if each not in known):
            self.flaw(f"{where}.{key}", _("“%(path)s” is no figure of the form") % {"path": strange})
        return tuple(found)

    def check(self, given: Json, schema: Schema, where: str) -> Check | None:
        if not isinstance(given, dict) or not isinstance(given.get("rule"), str):
            self.flaw(where, "must have a rule or a jump")
            return None
        self.known(given, {"rule", "at", "say", "table", "warning"}, where)
        table = given.get("table", "")
        if table and (not isinstance(table, str) or getattr(schema.fields.get(table), "kind", "") != "table"):
            self.flaw(f"{where}.table", _("“%(path)s” is no table of the form") % {"path": table})
            return None
        say = self.words(given.get("say"), f"{where}.say")
        at = given.get("at", "")
        if not isinstance(at, str) or not _at_known(at, table, schema):
            self.flaw(f"{where}.at", _("“%(path)s” is no field of the form") % {"path": at})
        try:
            rule = parse(given["rule"])
        except ExpressionError as error:
            self.flaw(f"{where}.rule", str(error))
            return None
        for path, asked in names(rule):
            if problem := _unknown(path, asked, table, schema):
                self.flaw(f"{where}.rule", problem)
        return Check(rule, given["rule"], str(at), say, table, self.flag(given, "warning", where))


def _at_known(at: str, table: str, schema: Schema) -> bool:
    if table:
        return any(each.key == at for each in schema.fields[table].columns)
    return schema.field_at(at) is not None


def _unknown(path: str, asked: str, table: str, schema: Schema) -> str:
    """Why a name of a rule leads nowhere; empty where it is fine."""
    parts = path.split(".")
    if (
        table
        and len(parts) == 1
        and asked != "column"
        and any(each.key == path for each in schema.fields[table].columns)
    ):
        return ""
    owner = schema.fields.get(parts[0])
    if owner is None:
        return _("there is no field “%(path)s”") % {"path": parts[0]}
    if asked == "column":
        fits = owner.kind == "table" and len(parts) == 2 and any(each.key == parts[1] for each in owner.columns)
        return "" if fits else _("“%(path)s” is no column of a table") % {"path": path}
    if owner.kind == "table" and (len(parts) != 3 or not owner.rows):
        return _("“%(path)s” names no single value: use a cell of a fixed row, or sum(…)") % {"path": path}
    if schema.field_at(path) is None:
        return _("there is no value “%(path)s”") % {"path": path}
    return ""
