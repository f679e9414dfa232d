"""Charts and maps: the same figures on the page, in Word and in its table, and again from what was signed."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils.translation import override

from hopluc.forms.editing import part_removed
from hopluc.forms.models import Filing
from hopluc.forms.schema.reading import Flawed, read_schema
from hopluc.reports import compiled as compiling
from hopluc.reports.charts.bars import Bar, Group, bars
from hopluc.reports.charts.mapped import Spot
from hopluc.reports.charts.maps import map_of
from hopluc.reports.models import Snapshot
from hopluc.reports.services import Seen, report_sign
from hopluc.reports.snapshots import made_again
from hopluc.reports.tests.test_signing import PERSISTENT, TODAY, kept_report, kept_round, made, ready, report, round_  # noqa: F401  fixtures
from hopluc.units.land import Land, land_of
from hopluc.units.models import Unit
from vanban.writing import check, layout
from vanban.writing.drawing import Area, Line, Words, box

TOTAL = "main.h01.estimate"


@pytest.fixture
def outlined(report, round_, monkeypatch):  # noqa: F811
    """The two communes have an outline and say how many cooperatives they have."""
    keys = list(
        Unit.objects.filter(parent=round_.unit, tier="commune").order_by("sort_key").values_list("key", flat=True)
    )
    land = Land(400, 300, {key: (box(10 + 150 * at, 10, 120, 200),) for at, key in enumerate(keys)})
    monkeypatch.setattr(compiling, "land_of", lambda _code: land)
    monkeypatch.setattr(compiling, "_known", lambda *_asked: {})  # an empty registry would say that there are none
    for name, count in (("Phú Bình", 12), ("Điềm Thụy", 7)):
        Filing.objects.filter(call__campaign=round_, agency__name__endswith=name).update(
            values={PERSISTENT: 20, TOTAL: count, "main.h01.actual": 5}
        )
    Filing.objects.filter(call__campaign=round_).exclude(agency__unit__tier="commune").delete()
    return report


def test_a_chart_and_a_map_stand_in_the_document_with_their_figures(outlined, province):
    data = made(outlined, province)
    assert check(data, layout("nd30")) == ()
    opened = docx.Document(BytesIO(data))
    captions = ["".join(node.text or "" for node in each._p.iter("{*}t")) for each in opened.paragraphs if each.style.name == "Tên hình"]  # fmt: skip
    assert captions == [
        "Biểu đồ 1. Số lượng hợp tác xã: năm trước, kế hoạch và ước thực hiện",
        "Bản đồ 1. Tổng số hợp tác xã theo xã, phường, đặc khu",
    ]
    alts = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert "Tổng số hợp tác xã (hợp tác xã): thực hiện năm 2025 là 10, ước thực hiện năm 2026 là 19" in alts[0]
    assert "2/2 xã, phường, đặc khu có số liệu; cao nhất: xã Phú Bình (12), xã Điềm Thụy (7)" in alts[1]
    beside = [[cell.text for cell in row.cells] for row in opened.tables[-1].rows]
    assert beside[1] == ["1", "xã Điềm Thụy", "7", "2", "xã Phú Bình", "12"]
    assert beside[-1][-1] == "19"
    assert [name for name in zipfile.ZipFile(BytesIO(data)).namelist() if name.endswith(".emf")]


def test_the_page_draws_the_same_and_says_it_in_a_table(outlined, province, client, round_):  # noqa: F811
    client.force_login(province.binh)
    page = client.get(reverse("reports:charts", args=[round_.pk])).content.decode()
    assert page.count('<svg class="report-drawing"') == 2
    assert "<title>2. xã Phú Bình</title>" in page
    assert 'Phú Bình</th><td class="num">12</td>' in page
    assert "style=" not in page.split("<main")[1]


def test_the_same_map_is_made_again_whatever_became_of_the_land(outlined, province, monkeypatch):
    seen = Seen(ready(outlined, province).sha256)
    signed = report_sign(report=outlined, seen=seen, by=province.quoc, today=TODAY)
    with signed.file.data.open("rb") as file:
        kept = file.read()
    monkeypatch.setattr(compiling, "land_of", lambda _code: None)
    Unit.objects.filter(tier="commune").update(name="Khác")
    assert made_again(Snapshot.objects.get()) == kept


def test_last_year_plan_and_this_year_differ_without_colours():
    group = Group("Hợp tác xã", tuple(Bar(Fraction(n), str(n)) for n in (80, 100, 90)))
    marks = bars(("2025", "KH", "2026"), [group], width=1000).marks
    areas = [mark for mark in marks if isinstance(mark, Area) and mark.name]
    assert [area.tone for area in areas] == [2, 0, 5]
    widths = [area.rings[0][2] - area.rings[0][0] for area in areas]
    assert [round(each / widths[1], 2) for each in widths] == [0.8, 1.0, 0.9]
    lined = [mark for mark in marks if isinstance(mark, Line)]
    assert len(lined) > 20  # the plan is hatched, in the legend too


def test_a_loss_goes_to_the_other_side_and_nothing_known_is_a_dash():
    marks = bars(
        ("2026",), [Group("Lãi", (Bar(Fraction(-5), "-5"),)), Group("Thu", (Bar(None, ""),))], width=1000
    ).marks
    (area,) = [mark for mark in marks if isinstance(mark, Area) and mark.name]
    assert area.rings[0][0] == 0
    assert [mark.text for mark in marks if isinstance(mark, Words)][-1] == "–"


def test_a_commune_without_a_figure_is_hatched_and_told_in_the_legend():
    land = Land(400, 300, {"a": (box(0, 0, 100, 100),), "b": (box(120, 0, 100, 100),)})
    drawn = map_of(
        land, [Spot("a", "xã A", Fraction(9)), Spot("b", "xã B", None)], unknown="không có số liệu", width=1000
    )
    assert [mark.tone for mark in drawn.marks if isinstance(mark, Area) and mark.name] == [1, 0]
    assert any(isinstance(mark, Line) and mark.points[0] >= 120 and mark.points[1] < 101 for mark in drawn.marks)
    assert [mark.text for mark in drawn.marks if isinstance(mark, Words)] == ["1", "đến 9", "không có số liệu"]


@pytest.mark.parametrize(
    ("province_", "count", "frames"), [("48", 94, ["Hoàng Sa"]), ("56", 65, ["Trường Sa"]), ("15", 99, [])]
)
def test_every_commune_and_both_archipelagos_are_on_the_map(province_, count, frames):
    land = land_of(province_)
    assert land is not None
    assert (len(land.outlines), [frame.name for frame in land.frames]) == (count, frames)
    numbers = [ring for rings in land.outlines.values() for ring in rings]
    assert all(0 <= x <= land.width for ring in numbers for x in ring[::2])
    assert all(0 <= y <= land.height for ring in numbers for y in ring[1::2])
    assert Land.read(land.kept) == land


def test_a_chart_of_what_the_form_does_not_ask_is_a_flaw_and_what_is_taken_out_leaves_its_charts():
    schema = {
        "sections": [
            {"key": "one", "label": {"vi": "Một", "en": "One"}, "fields": [
                {"key": "main", "kind": "table", "label": {"vi": "Bảng", "en": "Table"},
                 "columns": [{"key": "n", "kind": "whole", "label": {"vi": "Số", "en": "Number"}}],
                 "rows": [{"key": key, "label": {"vi": key, "en": key}} for key in ("a", "b")]},
            ]}
        ],
        "charts": [{"key": "c", "kind": "bars", "label": {"vi": "C", "en": "C"}, "table": "main", "rows": ["a", "b"], "columns": ["n"]}],
    }  # fmt: skip
    assert read_schema(schema).charts[0].rows == ("a", "b")
    without = part_removed(schema, "sections.0.fields.0.rows.1")
    assert read_schema(without).charts[0].rows == ("a",)
    assert part_removed(without, "sections.0.fields.0.rows.0")["charts"] == []
    schema["charts"][0]["columns"] = ["m"]
    with override("en"), pytest.raises(Flawed, match=r"charts\[0\].columns"):
        read_schema(schema)
