"""Exports, read back as an office would open them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.enum.section import WD_ORIENT
from python_calamine import CalamineWorkbook

from hopluc.accounts.models import User
from hopluc.plans.models import Plan
from hopluc.plans.sheets import caption
from vanban.writing import check, layout


@pytest.fixture
def signed_in(officer: User, client: Client) -> Client:
    client.force_login(officer)
    return client


def table(data: bytes) -> list[list[object]]:
    """The rows below the head of the sheet."""
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    first = next(turn for turn, row in enumerate(rows) if row and row[0] == "TT")
    return rows[first + 1 :]


def test_the_workbook_holds_just_the_rows_of_the_filter_in_their_order(plan: Plan, signed_in: Client) -> None:
    answer = signed_in.get(f"/plans/{plan.pk}/tasks.xlsx?body=so-nv&sort=-position")
    assert 'filename="12-KH-UBND.xlsx"' in answer["Content-Disposition"]
    rows = table(answer.content)
    assert [row[0] for row in rows] == [2, 1]
    assert rows[1][2:4] == ["Sở Tài chính", "Sở Nội vụ"]
    assert str(rows[1][6]) == "2030-12-15"
    assert rows[0][5] == "Hằng năm"


def test_the_workbook_says_what_it_was_narrowed_to(plan: Plan, signed_in: Client) -> None:
    data = signed_in.get(f"/plans/{plan.pk}/tasks.xlsx?role=none&q=anh").content
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert "lọc:" in str(rows[2][0])
    assert "anh" in str(rows[2][0])


def test_nothing_typed_becomes_a_formula(plan: Plan, signed_in: Client) -> None:
    text = signed_in.get(f"/plans/{plan.pk}/tasks.csv").content
    assert text.startswith(b"\xef\xbb\xbf")  # Excel knows UTF-8 by it
    rows = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
    assert rows[4][4] == "'=SUM(A1)"
    assert table(signed_in.get(f"/plans/{plan.pk}/tasks.xlsx").content)[3][4] == "=SUM(A1)"  # a text, no formula


def test_a_task_that_nobody_leads_says_so(plan: Plan, signed_in: Client) -> None:
    rows = table(signed_in.get(f"/plans/{plan.pk}/tasks.xlsx?role=none").content)
    assert [row[2] for row in rows] == ["Chưa phân công"]


def test_targets_and_duties_have_sheets_of_their_own(plan: Plan, signed_in: Client) -> None:
    assert table(signed_in.get(f"/plans/{plan.pk}/targets.xlsx").content) == [
        [1, "Số hợp tác xã", "", "ít nhất 50%", "đến năm 2030", "I"]
    ]
    (duty,) = csv.reader(
        StringIO(signed_in.get(f"/plans/{plan.pk}/duties.csv").content.decode("utf-8-sig")).readlines()[1:]
    )
    assert duty[1:3] == ["Sở Tài chính", "Ủy ban nhân dân tỉnh"]


def test_a_plan_without_a_symbol_has_a_plain_name(plan: Plan, signed_in: Client) -> None:
    Plan.objects.update(symbol="../../etc/passwd")
    assert 'filename="etc-passwd.csv"' in signed_in.get(f"/plans/{plan.pk}/tasks.csv")["Content-Disposition"]
    Plan.objects.update(symbol="")
    assert 'filename="ke-hoach.csv"' in signed_in.get(f"/plans/{plan.pk}/tasks.csv")["Content-Disposition"]


def test_no_two_files_of_a_plan_have_one_name(plan: Plan, signed_in: Client) -> None:
    files = ("tasks.xlsx", "targets.xlsx", "duties.xlsx", "annex.docx", "tasks.csv")
    names = [signed_in.get(f"/plans/{plan.pk}/{file}")["Content-Disposition"] for file in files]
    assert len(set(names)) == len(files)


def test_the_assignment_annex_holds_the_tasks_and_departs_from_no_rule(plan: Plan, signed_in: Client) -> None:
    data = signed_in.get(reverse("plans:annex", args=[plan.pk])).content
    written = docx.Document(BytesIO(data))
    rows = written.tables[0].rows
    assert [row.cells[1].text for row in rows][1:] == list(
        plan.tasks.order_by("position").values_list("text", flat=True)
    )
    assert [paragraph.text for paragraph in written.paragraphs[:3]] == [
        "Phụ lục",
        "PHÂN CÔNG NHIỆM VỤ",
        f"(Kèm theo {caption(plan)})",
    ]
    assert [section.orientation for section in written.sections] == [WD_ORIENT.LANDSCAPE]  # no upright page before it
    assert check(data, layout("nd30")) == ()
