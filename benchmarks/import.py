"""A list of 10,000 rows and 40 columns beside one province's registry: read, checked and kept, over reading and copying it bare.

    make bench NAME=import            10,000 rows, 8,000 organisations
    make bench NAME=import QUICK=1    1,000 rows, 800 organisations

The list holds organisations that are the same, that changed, that are written otherwise, and new ones. Bare is: the same workbook
opened by Calamine, its cells copied into an ordinary table of texts. Bare is spared what ours does on purpose: it starts no
process of its own for a file from outside, looks for no failed formulas, and its table has neither keys nor indexes. The last line is `{"rows", "seconds", "ratio_to_copy", "cpu_ratio",
"taking_seconds"}`; `cpu_ratio` counts the time of this process and of those that it started, not of the database. Both
are the best of three turns, one after the other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import BytesIO
from random import Random
from tempfile import mkdtemp
from time import perf_counter
from typing import Any

from benchmarks.registering import province_made  # isort: skip  sets Django up

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import activate
from python_calamine import CalamineWorkbook

from benchmarks.pages import database
from hopluc.accounts.models import User
from hopluc.registry.codes import code_of
from hopluc.registry.demo.invented import OWN
from hopluc.registry.intake import staging, taking
from hopluc.registry.intake.columns import ListColumn, columns_from
from hopluc.registry.intake.layout import layout_sheet, whole_layout
from hopluc.registry.models import ListImport, Organisation
from vanban.sheets import Sheet, workbook

QUICK = bool(os.environ.get("QUICK"))
ROWS, COOPERATIVES, GROUPS = (1_000, 300, 500) if QUICK else (10_000, 2_500, 5_500)
COLUMNS, TURNS = 40, 3
FILLED = {"figures": 12, "money": 250_000_000}


def main() -> None:
    settings.MEDIA_ROOT = mkdtemp()
    activate("vi")
    with database():
        by = province_made(cooperatives=COOPERATIVES, groups=GROUPS)
        data = list_made(Random(40))
        sent = staging.list_receive(
            upload=SimpleUploadedFile("danh-sach.xlsx", data), since=localdate(), source="Danh sách", by=by
        )
        staging.list_read(import_id=sent.pk)
        sent.refresh_from_db()
        assert sent.mapping, sent.problem
        columns = columns_from(sent.mapping["mapping"])
        bare, whole = map(
            min, zip(*((bare_read(data), checked(sent, columns, by)) for _turn in range(TURNS)), strict=True)
        )
        counts = staging.rows_counted(sent)
        taking.import_take(sent=sent, by=by)
        took = spent(lambda: taking.list_take(import_id=sent.pk))
        print({**counts, "taken": staging.rows_counted(sent).get("taken")}, f"bare {bare[0]:.2f} s, {bare[1]:.2f} s CPU; ours {whole[0]:.2f} s, {whole[1]:.2f} s CPU")  # fmt: skip
        figures = {
            "rows": sent.rows.count(),
            "seconds": round(whole[0], 2),
            "ratio_to_copy": round(whole[0] / bare[0], 2),
            "cpu_ratio": round(whole[1] / bare[1], 2),
            "taking_seconds": round(took[0], 2),
        }
    print(json.dumps(figures))


def checked(sent: ListImport, columns: list[ListColumn], by: User) -> tuple[float, float]:
    """Its columns confirmed, once more from the second turn on: what was kept of its rows before goes first."""
    staging.columns_choose(sent=sent, columns=columns, year=localdate().year - 1, by=by)
    took = spent(lambda: staging.list_check(import_id=sent.pk))
    sent.refresh_from_db()
    assert sent.state == "checked", sent.problem
    return took


def spent(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock, and of CPU in this process and those that it started."""
    clock, before = perf_counter(), os.times()
    work()
    after = os.times()
    return perf_counter() - clock, sum(after[:4]) - sum(before[:4])


def bare_read(data: bytes) -> tuple[float, float]:
    return spent(lambda: _bare(data))


def _bare(data: bytes) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    width = len(rows[0])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (%s)" % ", ".join(f"c{n} text" for n in range(width)))  # noqa: UP031
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row([str(cell) for cell in row])
        cursor.execute("DROP TABLE bare")


def list_made(random: Random) -> bytes:
    """Of the rows that the registry gives: most as they are, some changed or written otherwise, a third of them new."""
    columns = [one for one in whole_layout(year=localdate().year - 1) if one.role not in ("short_name", "foreign_name")]
    columns = columns[:COLUMNS]
    found = Organisation.objects.filter(ended_on=None).select_related("unit", "province").order_by("pk")
    sheet = layout_sheet(columns, found[: ROWS * 2 // 3], since=localdate())
    at = {one.role: turn for turn, one in enumerate(columns)}
    rows = [_changed(list(row), at, random) for row in sheet.rows]
    turn = 0
    while len(rows) < ROWS:
        turn += 1
        rows.append(_new(list(sheet.rows[turn % len(sheet.rows)]), at, turn))
    for number, row in enumerate(rows):
        _fill(row, columns, number)
    made = Sheet(sheet.name, sheet.heading, sheet.columns, tuple(map(tuple, rows)))
    return workbook([made], caption="Tỉnh Thái Nguyên", title="Danh sách")


def _changed(row: list[Any], at: dict[str, int], random: Random) -> list[Any]:
    lot = random.random()
    if lot < 0.15:
        row[at["charter_capital"]] = random.randrange(1, 900) * 5_000_000
    elif lot < 0.25:
        row[at["name"]] = str(row[at["name"]]).replace("Hợp tác xã", "HTX").replace("Tổ hợp tác", "THT").upper()
    elif lot < 0.3:
        row[at["code"]] = ""
    return row


def _new(row: list[Any], at: dict[str, int], turn: int) -> list[Any]:
    row[at["name"]] = f"Hợp tác xã {OWN[turn % len(OWN)]} {OWN[turn * 7 % len(OWN)]} {turn}"
    row[at["representative"]] = ""
    row[at["kind"]] = "Hợp tác xã"
    row[at["code"]] = code_of(f"88{turn:07}")
    return row


def _fill(row: list[Any], columns: list[ListColumn], number: int) -> None:
    """No cell is empty that could say something: forty columns are forty columns."""
    for turn, one in enumerate(columns):
        if row[turn] == "" and one.role.startswith(("indivisible", "contributed", "development", "reserve")):
            row[turn] = FILLED["money"] + turn
        elif row[turn] == "" and one.role in ("phone", "certificate", "products", "representative"):
            row[turn] = f"Nội dung {one.role} {number * 7919 % 100_003}"


if __name__ == "__main__":
    main()
