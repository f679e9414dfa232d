"""Columns and rules that speak of year N, in the words of one year: in the report of 2026 `KH N` is `KH 2026`."""

from __future__ import annotations

import re
from dataclasses import replace

from hopluc.forms.schema.definition import Check, Field, Schema, Section, Words

YEAR_N = re.compile(r"\bN(?:\s?(?P<sign>[-+−])\s?(?P<step>\d))?\b")


def in_year(schema: Schema, year: int) -> Schema:
    """The same form as those read it who fill it in for this year; only words differ."""
    return Schema(
        sections=tuple(_section(section, year) for section in schema.sections),
        checks=tuple(_check(check, year) for check in schema.checks),
        jumps=schema.jumps,
        charts=schema.charts,
    )


def _section(section: Section, year: int) -> Section:
    return replace(section, fields=tuple(_table(field, year) if field.rows else field for field in section.fields))


def _table(table: Field, year: int) -> Field:
    """Of columns that say what they are for; elsewhere an N may be any letter."""
    columns = (replace(each, label=_told(each.label, year)) if each.about else each for each in table.columns)
    return replace(table, columns=tuple(columns))


def _check(check: Check, year: int) -> Check:
    return replace(check, say=_told(check.say, year))


def _told(words: Words, year: int) -> Words:
    """
    >>> _told(Words("TH N−1", "Plan for N"), 2026)
    Words(vi='TH 2025', en='Plan for 2026')
    """

    def counted(named: re.Match[str]) -> str:
        step = int(named["step"] or 0)
        return str(year + (step if named["sign"] == "+" else -step))

    return Words(YEAR_N.sub(counted, words.vi), YEAR_N.sub(counted, words.en))
