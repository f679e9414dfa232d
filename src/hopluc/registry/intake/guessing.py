"""Which column of a list is what, guessed by its name. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from hopluc.core.folding import fold
from hopluc.registry.files import table
from hopluc.registry.intake.columns import FIGURES, IGNORED, ListColumn, is_money
from vanban.tasksheets.cells import Sheet, clean
from vanban.tasksheets.guessing import column_name, find_header
from vanban.tasksheets.mapping import fingerprint

Json = dict[str, Any]
WHOLE, PART = 0.98, 0.85  # how sure a name is
MEASURES = (  # without tone marks, the largest first: `tỷ đồng` holds `đồng`
    (1_000_000_000, re.compile(r"\bt[yi] dong\b|\bty d\b")),
    (1_000_000, re.compile(r"\btrieu(?: dong)?\b|\btr ?d\b|\btrd\b")),
    (1_000, re.compile(r"\b(?:nghin|ngan)(?: dong)?\b|\b1 ?000 ?(?:d|dong)\b")),
)
YEAR = re.compile(r"\b(20\d\d)\b")
ABOUT = re.compile(r"\([^)]*\)")  # `(triệu đồng)` says the measure, not what it is
LINES_ABOVE = 8  # rows above the header in which a measure of the whole sheet may stand


def guess_columns(sheet: Sheet, header: tuple[int, int] | None = None) -> Json:
    """The likeliest mapping of a sheet: {sheet, header, fingerprint, columns}. `header`: its rows as a person named them."""
    rows = header or find_header(sheet, _naming)
    names = [column_name(sheet, rows, index) if rows else "" for index in range(sheet.width)]
    whole = measure_of(" ".join(_above(sheet, rows))) if rows else None
    guessed = [_column(sheet, rows, index, name, whole) for index, name in enumerate(names)]
    columns = list(_once(guessed))
    return {
        "sheet": sheet.name,
        "header": list(rows) if rows else None,
        "fingerprint": fingerprint(names),
        "columns": [column.as_json() for column in columns],
    }


def score(mapping: Json) -> float:
    """How much of a list of organisations a sheet is."""
    told = {each["role"]: each["confidence"] for each in mapping["columns"] if each["role"] != IGNORED}
    return float(sum(told.values())) * (2 if "name" in told else 1) if mapping["header"] else 0.0


def _column(sheet: Sheet, rows: tuple[int, int] | None, index: int, name: str, whole: int | None) -> ListColumn:
    if rows is None:
        return ListColumn(index, name, IGNORED, 0.0)
    lowest = clean(sheet.rows[rows[1] - 1][index].text) if rows[1] <= len(sheet.rows) else ""
    role, sure = max((role_named(name), role_named(lowest)), key=lambda found: found[1])
    year = YEAR.search(name)
    scale = (measure_of(name) or whole or 1) if role and is_money(role) else 1
    of_year = int(year[1]) if year and role and role.startswith(FIGURES) else None
    return ListColumn(index, name, role or IGNORED, sure, scale, of_year)


def _naming(name: str) -> tuple[str | None, bool]:
    role, sure = role_named(name)
    return role, sure == WHOLE


def role_named(name: str) -> tuple[str | None, float]:
    """What a column of this name holds, and how sure that is.

    >>> role_named("Vốn điều lệ (triệu đồng)"), role_named("Tên HTX, địa chỉ liên hệ")[0], role_named("Cột lạ")
    (('charter_capital', 0.98), 'name', (None, 0.0))
    """
    for words in (_plain(name), _plain(YEAR.sub(" ", ABOUT.sub(" ", name))).removesuffix(" nam")):
        if words in _whole():
            return _whole()[words], WHOLE
    padded = f" {_plain(name)} "
    part = next((role for words, role in _parts() if f" {words} " in padded), None)
    return part, PART if part else 0.0


def _plain(name: str) -> str:
    """Words of a name without tone marks and signs."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


@cache
def _whole() -> dict[str, str]:
    return {_plain(name): role for role, names in table("columns")["names"].items() for name in names}


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    """The longest first; names of one word say too little inside of others."""
    return tuple(
        sorted(((name, role) for name, role in _whole().items() if " " in name), key=lambda each: -len(each[0]))
    )


def measure_of(words: str) -> int | None:
    plain = _plain(words)
    return next((scale for scale, pattern in MEASURES if pattern.search(plain)), None)


def _above(sheet: Sheet, rows: tuple[int, int]) -> Iterable[str]:
    for row in sheet.rows[max(0, rows[0] - 1 - LINES_ABOVE) : rows[0] - 1]:
        yield from {clean(cell.text) for cell in row if "vị" in cell.text.lower() or "vi" in cell.text.lower()}


def _once(columns: Sequence[ListColumn]) -> Iterable[ListColumn]:
    """Of two columns with one role (and year) the surer keeps it; of equally sure ones the first."""
    for column in columns:
        rivals = [each for each in columns if (each.role, each.year) == (column.role, column.year)]
        best = max(rivals, key=lambda each: (each.confidence, -each.index))
        yield column if column.role == IGNORED or best is column else replace(column, role=IGNORED)
