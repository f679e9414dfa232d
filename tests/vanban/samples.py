"""A small plan made by hand, with one of everything that the command prints, writes and counts."""

from datetime import date
from hashlib import sha256

from vanban.values import (
    Analysis,
    Deadline,
    Document,
    Duty,
    Header,
    Item,
    Notice,
    Outline,
    Passage,
    Reference,
    Signer,
    Span,
    Target,
    Task,
    Where,
)

TEXT = """\
KẾ HOẠCH
Thực hiện Nghị quyết số 20-NQ/TW về kinh tế tập thể
II. NHIỆM VỤ
1. Tuyên truyền
- Sở Tài chính chủ trì, phối hợp với Hội Làm vườn tổ chức tuyên truyền trước ngày 15 tháng 12 hằng năm.
- =SUM(A1) là cách ghi công thức, giao các đơn vị rà soát trong quý II.
2. Phấn đấu từ 16 hợp tác xã trở lên được thành lập; gửi báo cáo về Sở Tài chính trước ngày 15/12.
Phụ lục
1\tXây dựng cơ sở dữ liệu\tSở Tài chính\t2023-2025
"""


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def passage_of(words: str) -> Passage:
    return Passage.plain(words, span_of(words)[0])


TEACH = "Sở Tài chính chủ trì, phối hợp với Hội Làm vườn tổ chức tuyên truyền trước ngày 15 tháng 12 hằng năm."
REVIEW = "=SUM(A1) là cách ghi công thức, giao các đơn vị rà soát trong quý II."
BUILD = "Xây dựng cơ sở dữ liệu"
AIM = "từ 16 hợp tác xã trở lên"
REPORT = "gửi báo cáo về Sở Tài chính trước ngày 15/12"
YEARLY = Deadline(
    raw="trước ngày 15 tháng 12 hằng năm",
    span=span_of("trước ngày 15 tháng 12 hằng năm"),
    kind="recurring",
    rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
)
QUARTER = Deadline(raw="quý II", span=span_of("quý II"), kind="by", end=date(2023, 6, 30))
YEARS = Deadline(
    raw="2023-2025", span=span_of("2023-2025"), kind="range", start=date(2023, 1, 1), end=date(2025, 12, 31)
)
DOUBT = Notice("V103", "the time is not fully stated: check it", "quý II", span_of("quý II"))


def document(name: str = "ke-hoach.txt") -> Document:
    return Document(name, "txt", sha256(TEXT.encode()).hexdigest(), None, TEXT, ())


def outline() -> Outline:
    def item(index: int, at: str, parent: int | None, marker: str, words: str) -> Item:
        where: Where = "annex" if at.startswith("annex") else "body"
        return Item(index, at, parent, "plain", marker, passage_of(words), where)

    return Outline(
        front=(),
        items=(
            item(0, "II", None, "II.", "NHIỆM VỤ"),
            item(1, "II/1", 0, "1.", "Tuyên truyền"),
            item(2, "II/1/-1", 1, "-", TEACH),
            item(3, "II/1/-2", 1, "-", REVIEW),
            item(4, "annex/1", None, "1", BUILD),
        ),
        closing=(),
    )


def task(at: str, text: str, **fields: object) -> Task:
    known: dict[str, object] = {
        "where": "body",
        "lead": (),
        "coordinate": (),
        "deliverable": None,
        "deadline": None,
        "topic": "other",
        "spans": {},
        "confidence": {},
        "inherited": {},
    }
    return Task(at=at, span=span_of(text), text=text, **(known | fields))  # type: ignore[arg-type]


def analysis(name: str = "ke-hoach.txt") -> Analysis:
    return Analysis(
        document=document(name),
        header=Header(
            type="Kế hoạch",
            symbol="1627/KH-UBND",
            issuer="Ủy ban nhân dân tỉnh Khánh Hòa",
            issued_on=date(2023, 2, 24),
            title="Thực hiện Nghị quyết số 20-NQ/TW về kinh tế tập thể",
            province="Khánh Hòa",
            signer=Signer("Nguyễn Văn A", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
            recipients=("Thường trực Tỉnh ủy", "Lưu: VT"),
            spans={"type": span_of("KẾ HOẠCH")},
            confidence={"type": 1.0, "symbol": 0.9},
        ),
        references=(
            Reference("20-NQ/TW", "Nghị quyết", "Bộ Chính trị", date(2022, 6, 16), "Nghị quyết", (0, 8), "implements"),
            Reference(None, "Luật", None, None, "Luật Hợp tác xã năm 2012", (0, 8)),
        ),
        outline=outline(),
        tasks=(
            task(
                "II/1/-1",
                TEACH,
                lead=("so-tc",),
                coordinate=("hoi-lam-vuon",),
                deadline=YEARLY,
                topic="awareness",
                spans={"lead": (span_of("Sở Tài chính"),)},
                confidence={"lead": 1.0, "deadline": 0.95},
                inherited={"topic": "II/1"},
            ),
            task("II/1/-2", REVIEW, deadline=QUARTER, confidence={"lead": 0.4, "topic": 0.9}, notices=(DOUBT,)),
            task("annex/1", BUILD, where="annex", lead=("so-tc",), deadline=YEARS, deliverable="Cơ sở dữ liệu"),
        ),
        targets=(
            Target("II/2", span_of(AIM), "số hợp tác xã thành lập mới", "hợp tác xã", ">=", "hợp tác xã", low=16.0),
            Target("II/2", span_of(AIM), "tỷ lệ khá, giỏi", "hợp tác xã", "~", "%", low=0.5, high=12.0, by=2030),
        ),
        duties=(
            Duty(
                "II/2", span_of(REPORT), ("g:so-nganh",), ("so-tc",), ("ubnd-tinh",), "annual", "12-15", confidence=0.6
            ),
        ),
        agencies={"hoi-lam-vuon": "Hội Làm vườn"},
        notices=(Notice("R102", "3 letters could not be read"),),
    )
