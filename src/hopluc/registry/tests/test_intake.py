"""Lists beside the registry: what is found, what is refused, what is taken over and taken back."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from hopluc.core.tests.here import bounded_here
from hopluc.registry.copies import deviations
from hopluc.registry.errors import ColumnsMissing, ImportBuiltOn, ListOfTheFuture
from hopluc.registry.intake import staging, taking
from hopluc.registry.intake.columns import columns_from, roles
from hopluc.registry.intake.guessing import guess_columns, role_named
from hopluc.registry.intake.layout import layout_sheet, whole_layout
from hopluc.registry.models import Event, Fact, Figures, ImportRow, Officer, Organisation, Party
from hopluc.registry.services import Said, Value, event_record, fact_change, figures_enter
from hopluc.registry.tests.conftest import TODAY
from hopluc.registry.tests.lists import HEADINGS, book, checked, codes, compared, sent, states, taken, undone
from hopluc.units.models import Lineage, Unit
from vanban.sheets import workbook
from vanban.tasksheets import open_workbook

CODE, OTHER = "0100109106", "0101248141"
FOUNDED = date(2025, 8, 1)
WHOLE_WAY = (
    "test_bad_cells_are_named_by_row_and_column_and_good_rows_wait",
    "test_a_million_rows_and_a_list_of_tomorrow_are_refused",
)


@pytest.fixture(autouse=True)
def _read_here(request, monkeypatch):
    """Lists are read in this process, and much sooner; some tests go the whole way."""
    if request.node.name not in WHOLE_WAY:
        monkeypatch.setattr(staging, "bounded", bounded_here)


@pytest.fixture
def one(found) -> Organisation:
    return found(name="Hợp tác xã Chè Tân Cương", code=CODE, phone="0912345612")


def row_of(sent, number: int) -> ImportRow:
    return sent.rows.get(number=number)


# Columns.


def test_every_first_name_of_a_column_is_surely_its_own():
    for column in whole_layout(year=2025):
        assert role_named(column.name) == (column.role, 0.98), column.name
    assert {column.role for column in whole_layout(year=2025)} == set(roles()) - {"ignored", "district"}


def test_a_header_of_two_rows_with_merged_cells_below_a_title(registrar):
    data = book(
        [
            ["DANH SÁCH HỢP TÁC XÃ NĂM 2026"],
            ["Đơn vị tính: triệu đồng"],
            ["TT", "Tên hợp tác xã", "Mã số", "Vốn", "", "Doanh thu năm 2024"],
            ["", "", "", "Vốn điều lệ", "Vốn từ nguồn khác", ""],
            [1, "HTX Chè", CODE, 1500, 20, 900],
        ],
        merges=[(2, 0, 3, 0, "TT"), (2, 1, 3, 1, "Tên hợp tác xã"), (2, 2, 3, 2, "Mã số"), (2, 3, 2, 4, "Vốn"), (2, 5, 3, 5, "Doanh thu năm 2024")],
    )  # fmt: skip
    mapping = guess_columns(open_workbook(data, "a.xlsx").sheets[0])
    assert mapping["header"] == [3, 4]
    columns = columns_from(mapping)
    assert [one.key for one in columns] == [
        "number",
        "name",
        "code",
        "charter_capital",
        "contributed_other",
        "figures.revenue:2024",
    ]
    assert [one.scale for one in columns[3:]] == [1_000_000] * 3


def test_columns_as_confirmed_are_kept_for_the_next_list_of_the_office(registrar):
    first = sent(book([["Tên HTX", "Cột riêng"], ["HTX Chè", "0912345678"], ["HTX Lúa", "0912345679"]]), registrar)
    columns = columns_from(first.mapping["mapping"])
    assert [one.role for one in columns] == ["ignored", "ignored"] or columns[0].role == "name"
    if not first.mapping["mapping"]["header"]:
        staging.header_choose(sent=first, sheet="Danh sách", header=(1, 1), by=registrar)
        staging.list_read(import_id=first.pk)
        first.refresh_from_db()
        columns = columns_from(first.mapping["mapping"])
    with pytest.raises(ColumnsMissing):
        staging.columns_choose(sent=first, columns=columns[1:], year=2025, by=registrar)
    changed = [columns[0], type(columns[1])(1, columns[1].name, "phone")]
    staging.columns_choose(sent=first, columns=changed, year=2025, by=registrar)
    staging.list_check(import_id=first.pk)
    assert row_of(first, 2).values["phone"] == "0912345678"
    second = sent(book([["TÊN HTX", "Cột riêng"], ["HTX Lúa", "0912345679"]]), registrar)
    staging.header_choose(sent=second, sheet="Danh sách", header=(1, 1), by=registrar) if not second.mapping[
        "kept"
    ] else None
    staging.list_read(import_id=second.pk)
    second.refresh_from_db()
    assert [one["role"] for one in second.mapping["mapping"]["columns"]] == ["name", "phone"]


# Rows beside the registry.


def test_rows_are_new_changed_the_same_or_doubtful(one, registrar, commune, other_commune):
    rows = [
        HEADINGS,
        [1, "HTX chè Tân Cương", CODE, commune.name, FOUNDED, 1000, "0912345612"],
        [2, "Hợp tác xã Rau sạch", OTHER, other_commune.full_name, date(2026, 1, 5), 250.5, ""],
        [3, "HTX che Tan Cuong", "", commune.name, "", "", ""],
    ]
    found = checked(book(rows), registrar)
    assert states(found) == {2: "error", 3: "new", 4: "error"}  # two rows about one cooperative
    assert codes(row_of(found, 2)) == codes(row_of(found, 4)) == {"L212"}
    rows[3][1:4] = ["Hợp tác xã Chè Tân Cươn", "", commune.name]
    found = checked(book(rows), registrar)
    assert states(found) == {2: "same", 3: "new", 4: "doubtful"}
    assert [pk for pk, _score in row_of(found, 4).outcome["candidates"]] == [one.pk]
    rows[1][5:] = [2000, "0987654321"]
    found = checked(book(rows[:2]), registrar)
    assert row_of(found, 2).outcome["changes"] == [
        ["charter_capital", "1000000000", "2000000000"], ["phone", "0912345612", "0987654321"],
    ]  # fmt: skip


def test_a_name_without_marks_and_an_old_commune_change_nothing(found, registrar):
    link = Lineage.objects.filter(source__tier="commune", target__parent__name="Thái Nguyên", share=1).select_related(
        "source__parent"
    )[0]
    here = Unit.objects.get(pk=link.target_id)
    one = found(name="Hợp tác xã Chè Tân Cương", unit=here)
    old = f"{link.source.full_name}, {link.source.parent.full_name}"
    data = book([["Tên HTX", "Xã/phường", "Năm thành lập"], ["HOP TAC XA CHE TAN CUONG", old, 2025]])
    row = row_of(checked(data, registrar), 2)
    assert (row.state, row.organisation_id, row.outcome["changes"]) == ("same", one.pk, [])


BAD = [
    ("wrong check digit", {2: "0100109107"}, "L109", "new"),
    ("no number", {5: "nhiều"}, "L102", "error"),
    ("below 0", {5: -5}, "L103", "error"),
    ("no day", {4: "31/02/2025"}, "L104", "error"),
    ("formula with an error", {5: "=1/0"}, "L101", "error"),
    ("no name", {1: "", 2: OTHER}, "L201", "error"),
    ("no kind", {1: "Rau sạch"}, "L202", "error"),
    ("no commune", {3: ""}, "L203", "error"),
    ("a commune that is none", {3: "xã Không Có"}, "L204", "error"),
    ("no founding day", {4: ""}, "L207", "error"),
    ("founded after the list", {4: date(2026, 12, 31)}, "L208", "error"),
    ("only a year", {4: 2025}, "L108", "new"),
    ("month before day", {4: "08/25/2025"}, "L104", "error"),
    ("a day of two digits for the year", {4: "1/8/25"}, "L104", "error"),
]


def test_bad_cells_are_named_by_row_and_column_and_good_rows_wait(registrar, commune):
    good = [0, "HTX Rau sạch", "", commune.name, FOUNDED, 100, ""]
    rows: list[list[object]] = [HEADINGS, [1, "HTX Nấm", *good[2:]]]
    for turn, (_name, wrong, _code, _state) in enumerate(BAD):
        row = [turn, f"HTX Số lạ {turn * 7 + 100}", *good[2:]]
        for column, value in wrong.items():
            row[column] = value
        rows.append(row)
    found = checked(book(rows), registrar)
    assert row_of(found, 2).state == "new"
    for number, (name, _wrong, code, state) in enumerate(BAD, 3):
        row = row_of(found, number)
        assert (name, row.state) == (name, state)
        assert code in codes(row), name
    assert Organisation.objects.count() == 0
    taken(found, registrar)
    assert Counter(states(found).values()) == {"taken": 3, "error": len(BAD) - 2}
    assert Organisation.objects.count() == 3


def test_what_the_law_and_the_registry_do_not_allow(one, found, registrar, commune, stranger):
    heads = ["Tên HTX", "Mã số", "Xã", "Ngày thành lập", "Vốn điều lệ", "Vốn góp của thành viên liên kết", "Tình trạng"]
    elsewhere = Unit.objects.filter(tier="province", name="Lào Cai", validity__upper_inf=True).get()
    rows = [
        heads,
        ["HTX Vượt trần", "", commune.name, FOUNDED, 1_000_000_000, 400_000_000, ""],
        ["HTX Trùng một", OTHER, commune.name, FOUNDED, 10, "", ""],
        ["HTX Trùng hai", OTHER, commune.name, FOUNDED, 10, "", ""],
        [one.name, CODE, commune.name, FOUNDED, "", "", "Đã giải thể"],
    ]
    sent_ = checked(book(rows), registrar)
    assert states(sent_) == {2: "new", 3: "error", 4: "error", 5: "same"}
    assert codes(row_of(sent_, 2)) == {"L304"}
    assert codes(row_of(sent_, 3)) == {"L211"}
    assert codes(row_of(sent_, 5)) == {"L301"}
    assert elsewhere
    foreign = checked(book(rows), stranger)  # the list of another province
    assert codes(row_of(foreign, 2)) == {"L204"} | {"L304"}
    assert "L214" in codes(row_of(foreign, 5))


def test_an_ended_cooperative_and_a_list_older_than_the_founding(one, registrar, commune, other_commune, found):
    other = found(name="Hợp tác xã Lúa", code=OTHER, unit=other_commune)
    event_record(organisation=other, said=Said("dissolve", date(2026, 1, 5), "NQ 1"), by=registrar)
    event_record(organisation=other, said=Said("dissolved", date(2026, 6, 5), "TB 1"), by=registrar)
    rows = [["Tên HTX", "Mã số", "Điện thoại"], ["HTX Lúa", OTHER, "0900000001"], [one.name, CODE, "0900000002"]]
    assert codes(row_of(checked(book(rows), registrar), 2)) == {"L213"}
    assert codes(row_of(checked(book(rows), registrar, since=date(2024, 1, 1)), 3)) == {"L209"}
    fact_change(organisation=one, what="phone", value=Value("0911"), since=date(2026, 9, 1), source="x", by=registrar)
    assert codes(row_of(checked(book(rows), registrar, since=date(2026, 8, 1)), 3)) == {"L216"}


def test_somebody_decides_a_doubtful_row(one, registrar, commune):
    data = book([HEADINGS, [1, "Hợp tác xã Chè Tân Cươn Xanh", "", commune.name, FOUNDED, 70, ""]])
    found = checked(data, registrar)
    row = row_of(found, 2)
    assert staging.row_decide(row=row, decision="new", by=registrar).state == "new"
    assert staging.row_decide(row=row, decision="skip", by=registrar).decision == "skip"
    same = staging.row_decide(row=row, decision=str(one.pk), by=registrar)
    assert (same.state, same.organisation_id) == ("changed", one.pk)
    assert staging.row_decide(row=row, decision="999999", by=registrar).decision == str(
        one.pk
    )  # not one of those asked
    taken(found, registrar)
    one.refresh_from_db()
    assert (one.name, one.charter_capital) == ("Hợp tác xã Chè Tân Cươn Xanh", 70_000_000)


# Taken over and back.


LIST = [
    "Tên HTX",
    "Mã số",
    "Xã",
    "Ngày thành lập",
    "Vốn điều lệ",
    "Người đại diện",
    "Doanh thu năm 2025",
    "Số thành viên",
]


def everything() -> dict[str, list[tuple]]:
    """The registry without ids and moments."""
    return {
        "organisations": sorted(Organisation.objects.values_list("name", "code", "unit", "charter_capital", "members", "revenue", "address"), key=str),
        "facts": sorted(Fact.objects.values_list("organisation__name", "what", "validity", "text", "amount", "unit", "source"), key=str),
        "figures": sorted(Figures.objects.values_list("organisation__name", "year", "revenue", "profit", "source"), key=str),
        "officers": sorted(Officer.objects.values_list("party__name", "post", "validity"), key=str),
        "parties": sorted(Party.objects.values_list("name", "number"), key=str),
        "events": sorted(Event.objects.values_list("organisation__name", "kind", "day"), key=str),
    }  # fmt: skip


@pytest.fixture
def taken_over(one, registrar, commune, other_commune):
    figures_enter(
        organisation=one, year=2025, values={"revenue": Decimal(5), "profit": Decimal(2)}, source="BC", by=registrar
    )
    before = everything()
    rows = [
        LIST,
        ["HTX Chè Tân Cương Mới", CODE, other_commune.name, FOUNDED, 2_000_000_000, "Ông Lý Văn Nam", 900, 30],
        ["HTX Nấm Xanh", OTHER, commune.name, date(2012, 3, 4), 500_000_000, "Bà Ma Thị Hoa", "", 12],
    ]
    found = checked(book(rows), registrar)
    assert states(found) == {2: "changed", 3: "new"} or row_of(found, 2).outcome
    if row_of(found, 2).state == "doubtful":
        staging.row_decide(row=row_of(found, 2), decision=str(one.pk), by=registrar)
    return taken(found, registrar), before


def test_rows_are_taken_over_with_everything_they_say(taken_over, one, registrar, commune, other_commune):
    found, _before = taken_over
    assert set(states(found).values()) == {"taken"}
    one.refresh_from_db()
    assert (one.name, one.charter_capital, one.unit, one.members, one.revenue) == (
        "Hợp tác xã Chè Tân Cương Mới", 2_000_000_000, other_commune, 30, 900,
    )  # fmt: skip
    assert one.party.name == one.name
    assert one.figures.get().profit == 2  # what the list does not say stays
    assert one.officers.get().party.name == "Ông Lý Văn Nam"
    held = one.facts.get(what=20, validity__contains=FOUNDED)  # what was true before is known
    assert (held.amount, held.validity.upper) == (1_000_000_000, TODAY)
    new = Organisation.objects.get(code=OTHER)
    assert (new.name, new.kind, new.unit, new.members, new.legal_status) == (
        "Hợp tác xã Nấm Xanh",
        "htx",
        commune,
        12,
        "active",
    )
    assert new.facts.get(what=7).validity.lower == commune.validity.lower  # the commune of today is younger
    assert new.events.get().kind == "found"
    assert not list(deviations(on=TODAY))
    assert found.batch.kind == "import"
    assert set(states(checked_again(found, registrar)).values()) == {"taken"}


def checked_again(found, by):
    return compared(found, by)


def test_an_import_is_undone_whole(taken_over, registrar):
    found, before = taken_over
    assert everything() != before
    undone(found, registrar)
    assert everything() == before
    assert found.state == "undone"
    assert not list(deviations(on=TODAY))
    again = compared(found, registrar)
    assert "taken" not in states(again).values()


def test_what_was_built_on_is_not_undone(taken_over, registrar):
    found, _before = taken_over
    new = Organisation.objects.get(code=OTHER)
    fact_change(organisation=new, what="phone", value=Value("0911"), since=TODAY, source="x", by=registrar)
    with pytest.raises(ImportBuiltOn) as refused:
        undone(found, registrar)
    assert "dòng 3" in str(refused.value)
    assert "dòng 2" not in str(refused.value)


def test_a_later_import_stands_on_an_earlier_one(taken_over, registrar, other_commune):
    found, before = taken_over
    later = checked(book([["Tên HTX", "Mã số", "Điện thoại"], ["HTX Nấm Xanh", OTHER, "0988"]]), registrar)
    taken(later, registrar)
    with pytest.raises(ImportBuiltOn):
        undone(found, registrar)
    undone(later, registrar)
    undone(found, registrar)
    assert everything() == before


def test_a_row_that_would_become_something_else_meanwhile_waits(one, registrar):
    found = checked(book([["Tên HTX", "Mã số", "Điện thoại"], [one.name, CODE, "0999"]]), registrar)
    fact_change(organisation=one, what="phone", value=Value("0998"), since=date(2026, 9, 1), source="x", by=registrar)
    taken(found, registrar)
    row = row_of(found, 2)
    assert (row.state, row.outcome["changes"]) == ("changed", [["phone", "0998", "0999"]])
    taken(found, registrar)
    assert row_of(found, 2).state == "taken"


def test_what_was_exported_changes_nothing_when_it_comes_back(taken_over, registrar):
    found, _before = taken_over
    for columns in (whole_layout(year=2025), columns_from(found.mapping["mapping"])):
        rows = Organisation.objects.select_related("unit", "province")
        sheet = layout_sheet(columns, rows, since=TODAY)
        back = checked(workbook([sheet], caption="Thái Nguyên", title=sheet.heading), registrar, name="lai.xlsx")
        assert [(row.state, row.outcome["changes"]) for row in back.rows.all()] == [("same", [])] * 2


def test_a_million_rows_and_a_list_of_tomorrow_are_refused(registrar):
    found = sent(b"Ten,Ma\n" + b"a,1\n" * 1_000_000, registrar, name="to.csv")
    assert found.state == "failed"
    assert "50.000 dòng" in found.problem["vi"]
    with pytest.raises(ListOfTheFuture):
        sent(b"x", registrar, since=date(2099, 1, 1))
    assert taking.rows_ready(found).count() == 0


def test_queries_do_not_grow_with_the_rows(registrar, commune, django_assert_max_num_queries):
    def lines(n: int) -> bytes:
        return book([HEADINGS, *([i, f"HTX Vườn {i * 31}", "", commune.name, FOUNDED, 10, ""] for i in range(n))])

    small, large = sent(lines(2), registrar), sent(lines(60), registrar)
    for each in (small, large):
        staging.columns_choose(sent=each, columns=columns_from(each.mapping["mapping"]), year=2025, by=registrar)
    with django_assert_max_num_queries(40):
        staging.list_check(import_id=large.pk)
    large.refresh_from_db()
    taking.import_take(sent=large, by=registrar)
    with django_assert_max_num_queries(90):
        taking.list_take(import_id=large.pk)
    assert Organisation.objects.count() == 60
