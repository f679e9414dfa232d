"""Official documents to write: one with everything in it, and small ones."""

from __future__ import annotations

import struct
import zlib
from datetime import date

from vanban.writing import layout, write
from vanban.writing.model import (
    Annex,
    Authority,
    Block,
    Cell,
    Column,
    Document,
    Head,
    Heading,
    Item,
    Mark,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
)

WORDS = (
    "Trong năm 2026, toàn tỉnh thành lập mới 52 hợp tác xã, đạt 104% kế hoạch; doanh thu bình quân một hợp tác xã đạt "
    "2.450 triệu đồng, tăng 8,5% so với năm trước."
)


def png(width: int = 4, height: int = 2) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x88" * width for _ in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tasks(count: int = 5) -> Table:
    """A table that fits an upright page."""
    return Table(
        columns=(Column(10, "center"), Column(90), Column(40), Column(25, "number")),
        head=(("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Số lượng"),),
        rows=[(str(at), f"Củng cố hợp tác xã nhóm {at}", "Sở Tài chính", "12") for at in range(1, count + 1)],
        foot=((Cell("Tổng cộng", across=3), str(12 * count)),),
        title="Nhiệm vụ năm 2027",
    )


def figures(count: int = 5) -> Table:
    """A table that needs a page on its side, with heads over two rows."""
    return Table(
        columns=(Column(12, "center"), Column(80), Column(25, "center"), *[Column(28, "number")] * 4),
        head=(
            (
                *(Cell(name, down=2) for name in ("TT", "Chỉ tiêu", "Đơn vị tính")),
                *(Cell(name, across=2) for name in ("Năm 2025", "Năm 2026")),
            ),
            ("TH", "KH", "6 tháng", "Ước TH"),
        ),
        rows=[(str(at), f"Chỉ tiêu số {at}", "HTX", "1.025", "1.100", "1.060", "99,1") for at in range(1, count + 1)],
        foot=(("", "Tổng cộng", "", "1.025", "1.100", "1.060", "99,1"),),
        title="Chỉ tiêu kinh tế tập thể",
        unit="Đơn vị tính: HTX",
    )


def blocks() -> tuple[Block, ...]:
    return (
        Paragraph("Căn cứ Luật Hợp tác xã ngày 20 tháng 6 năm 2023;", "basis"),
        Paragraph("Theo đề nghị của Giám đốc Sở Tài chính.", "basis"),
        Heading("roman", "Kết quả thực hiện"),
        Heading("arabic", "Phát triển hợp tác xã"),
        Paragraph(WORDS, mark=Mark("computed", ("H01", "H02"))),
        *(Item("letter", f"Nội dung thứ {at}: {WORDS}") for at in range(1, 7)),
        Item("dash", WORDS),
        Heading("arabic", "Tài chính"),
        Item("letter", WORDS),
        Picture(png(), "Biểu đồ số hợp tác xã qua các năm", 120, "Hình 1. Số hợp tác xã qua các năm"),
        tasks(),
        figures(),
        Heading("roman", "Kiến nghị"),
        Paragraph((Run("Đề nghị "), Run("Bộ Tài chính", bold=True), Run(" xem xét.")), mark=Mark("person")),
    )


def report(**changed: object) -> Document:
    """A report with everything that a document can hold; `code` for another layout's symbol."""
    code = str(changed.pop("code", "BC-UBND"))
    made = {
        "head": Head("Ủy ban nhân dân\ntỉnh Thái Nguyên", code, "Thái Nguyên", number=5, day=date(2026, 12, 5)),
        "kind": "Báo cáo",
        "title": "Tình hình phát triển kinh tế tập thể, hợp tác xã năm 2026",
        "blocks": blocks(),
        "signature": Signature(
            (Authority("Ủy ban nhân dân", "TM"), Authority("Chủ tịch", "KT"), Authority("Phó Chủ tịch")),
            "Nguyễn Văn An",
        ),
        "recipients": ("Bộ Tài chính", "Thường trực Tỉnh ủy", "Các sở, ban, ngành", "Lưu: VT, KT"),
        "addressees": ("Bộ Tài chính",),
        "annexes": (Annex("Danh mục nhiệm vụ năm 2027", (tasks(),)), Annex("Chỉ tiêu kinh tế tập thể", (figures(),))),
    }
    return Document(**{**made, **changed})  # type: ignore[arg-type]


def written() -> bytes:
    """The report as a file."""
    return write(report(), layout("nd30"))


def letter() -> Document:
    """A letter (công văn) of a department, not numbered and not dated yet."""
    return report(
        head=Head("Sở Tài chính", "STC-KTHT", "Thái Nguyên", governing="Ủy ban nhân dân\ntỉnh Thái Nguyên"),
        kind="",
        title="đôn đốc báo cáo kết quả phát triển kinh tế tập thể",
        blocks=(Paragraph(WORDS), Paragraph("Đề nghị các đơn vị báo cáo trước ngày 15 tháng 12 năm 2026.")),
        signature=Signature((Authority("Giám đốc"),), "Trần Thị Bình"),
        addressees=("Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(),
    )
