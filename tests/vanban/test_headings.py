"""The tree of headings over what a document orders."""

from __future__ import annotations

from hypothesis import given

from tests.vanban.samples import analysis
from tests.vanban.test_properties import BOUNDED, analysed, seeds
from vanban import analyse, read
from vanban.headings import headings
from vanban.values import Analysis

PLAN = """\
KẾ HOẠCH
Phát triển kinh tế tập thể
I. MỤC ĐÍCH, YÊU CẦU
1. Kế hoạch là căn cứ để các ngành thực hiện.
II. MỤC TIÊU
Phấn đấu đến năm 2025 có ít nhất 60% hợp tác xã hoạt động khá, giỏi.
III. NHIỆM VỤ
1. Sở Tài chính:
a) Tham mưu bố trí kinh phí hỗ trợ hợp tác xã.
b) Hằng năm báo cáo UBND tỉnh kết quả thực hiện trước ngày 15/12.
2. Sở Nội vụ tổ chức tập huấn cán bộ hợp tác xã.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Lê Văn An
PHỤ LỤC
DANH MỤC NHIỆM VỤ
(Kèm theo Kế hoạch số 1/KH-UBND)
TT\tNhiệm vụ\tChủ trì\tThời gian
I\tCÔNG TÁC CHỈ ĐẠO\t\t
1\tXây dựng đề án\tSở Tài chính\t2024
PHỤ LỤC 2
TT\tNhiệm vụ\tChủ trì\tThời gian
1\tTổng kết\tSở Nội vụ\t2025
"""


def found() -> Analysis:
    return analyse(read(PLAN.encode(), name="a.txt"))


def test_only_headings_over_something_are_named_each_under_its_own():
    plan = found()
    assert [(h["at"], h["marker"], h["text"], h["parent"]) for h in headings(plan)] == [
        ("II", "II.", "MỤC TIÊU", None),
        ("III", "III.", "NHIỆM VỤ", None),
        ("III/1", "1.", "Sở Tài chính:", 1),
        ("annex", "", "PHỤ LỤC DANH MỤC NHIỆM VỤ", None),
        ("annex/I", "I.", "CÔNG TÁC CHỈ ĐẠO", 3),
        ("annex2", "", "PHỤ LỤC 2", None),
    ]


def test_each_task_target_and_duty_stands_under_the_nearest_heading():
    plan = found()
    below = {h["at"]: [[plan.tasks[i].at for i in h["tasks"]], h["targets"], h["duties"]] for h in headings(plan)}
    assert below == {
        "II": [[], [0], []],
        "III": [["III/2"], [], []],
        "III/1": [["III/1/a", "III/1/b"], [], [0]],
        "annex": [[], [], []],
        "annex/I": [["annex/I/1"], [], []],
        "annex2": [["annex2/1"], [], []],
    }


def test_a_heading_stands_in_the_content():
    plan = found()
    for heading in headings(plan):
        words = plan.document.content[slice(*heading["span"])]
        assert words.replace("\n", " ") == heading["text"]


def test_an_annex_without_a_title_is_called_one():
    [*_, annex] = headings(analysis())
    assert (annex["at"], annex["text"], annex["span"], annex["tasks"]) == ("annex", "Phụ lục", None, [2])


def test_a_task_over_other_tasks_is_named_as_one():
    text = (
        "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Tài chính chủ trì rà soát các chính sách.\nĐồng thời, chỉ đạo bố trí kinh phí.\n"
    )
    plan = analyse(read(text.encode(), name="a.txt"))
    over = {h["at"]: h.get("task") for h in headings(plan)}
    assert [task.at for task in plan.tasks] == ["I/1", "I/1/¶1"]
    assert over == {"I": None, "I/1": 0}


def test_a_document_that_orders_nothing_has_no_headings():
    assert headings(analyse(read("THÔNG TƯ\nĐiều 1. Phạm vi điều chỉnh".encode(), name="a.txt"))) == []


@given(seeds)
@BOUNDED
def test_any_text_has_its_tree(seed):
    plan = analysed(seed)
    tree = headings(plan)
    assert all(h["parent"] is None or h["parent"] < at for at, h in enumerate(tree)), seed
    for kind in ("tasks", "targets", "duties"):
        placed = [position for h in tree for position in h[kind]]
        assert len(placed) == len(set(placed)), seed
        assert set(placed) <= set(range(len(getattr(plan, kind)))), seed
        for heading in tree:
            assert all(getattr(plan, kind)[i].at.startswith(heading["at"]) for i in heading[kind]), seed
