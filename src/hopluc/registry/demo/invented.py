"""Invented organisations, from a seed: how many of which kind, sector, age, size and fate follows figures of real provinces.

Sources of the proportions: plans of Cần Thơ 2024 (sectors), Bình Thuận 2022, Đồng Nai 2024 and Hòa Bình 2021 (those not working: 9 to
31 of a hundred), Yên Bái 2024 (new in a year: 13 of a hundred; groups: revenue 385 million), the country at the end of 2025 (revenue
4.56 billion, profit 421 million, income 64 million a year). No name, code or person is anybody's: codes begin with 99, personal
numbers with 000, which are given to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hopluc.registry.codes import code_of
from hopluc.registry.lifecycle import months_later
from hopluc.registry.naming import BEGINNINGS

DAY = timedelta(days=1)
SINCE = 5  # years of change
INDUSTRIES: dict[
    str, tuple[int, int, str]
] = {  # by VSIC code: weight of cooperatives, of groups, and what it is called in a name
    "0111": (14, 10, "Lúa gạo"),
    "0118": (12, 14, "Rau an toàn"),
    "0121": (9, 10, "Cây ăn quả"),
    "0127": (9, 12, "Chè"),
    "0141": (5, 12, "Chăn nuôi bò"),
    "0145": (4, 10, "Chăn nuôi lợn"),
    "0146": (4, 9, "Chăn nuôi gà đồi"),
    "0161": (12, 6, "Dịch vụ nông nghiệp"),
    "0210": (3, 4, "Trồng rừng"),
    "0322": (5, 9, "Thủy sản"),
    "1030": (4, 1, "Chế biến nông sản"),
    "1629": (3, 2, "Mây tre đan"),
    "4932": (6, 0, "Vận tải"),
    "4711": (4, 1, "Thương mại tổng hợp"),
    "4101": (3, 0, "Xây dựng"),
    "3811": (3, 0, "Môi trường"),
}
OWN = "Đồng Tâm;Quyết Thắng;Thắng Lợi;Tân Tiến;Hòa Bình;An Phú;Minh Phát;Thành Công;Phú Thịnh;Hưng Thịnh;Đại Phát;Bình Minh;Hồng Hà;Tiến Phát;Xuân Mới;Việt Xanh;Nam Sơn;Bắc Hà;Trường Sơn;Hải Đăng;Phúc Lộc;Kim Ngân;Tâm Việt;Sông Xanh".split(
    ";"
)
SURNAMES = "Nguyễn;Trần;Lê;Phạm;Hoàng;Vũ;Đặng;Bùi;Đỗ;Hồ;Ngô;Dương;Lý;Nông;Ma;Triệu".split(";")
MIDDLES = {"female": "Thị;Thu;Ngọc;Thanh;Kim".split(";"), "male": "Văn;Đức;Hữu;Quang;Minh".split(";")}
GIVEN = {
    "female": "Hoa;Lan;Hương;Mai;Nga;Thảo;Yến;Hạnh;Loan;Nhung;Oanh;Tuyết".split(";"),
    "male": "Bình;Dũng;Hùng;Khánh;Long;Nam;Phong;Quân;Sơn;Thắng;Toàn;Vinh".split(";"),
}
ETHNICITIES = ("Kinh", "Kinh", "Kinh", "Tày", "Nùng", "Mường", "Raglai")
QUALIFICATIONS = ("none", "primary", "primary", "secondary", "college", "university")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the status after it; `until` of a suspension."""

    kind: str
    day: date
    status: str = ""
    operating: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    revenue: int
    profit: int
    income: int
    members: int
    workers: int
    managers: int
    managers_trained: int
    assets: int
    indivisible: int


@dataclass(frozen=True, slots=True)
class Invented:
    kind: str
    name: str
    code: str
    industry: str
    founded: date
    registered: bool
    capital: tuple[tuple[date, int], ...]  # đồng, from a day on
    official: int
    associates: int
    governance: str
    events: tuple[Happening, ...]
    years: tuple[Year, ...] = ()
    choices: dict[str, int] = field(default_factory=dict)  # yes and no of technology, trade, chain

    @property
    def status(self) -> str:
        return next((each.status for each in reversed(self.events) if each.status), "active")

    @property
    def operating(self) -> str:
        return next((each.operating for each in reversed(self.events) if each.operating), "working")

    @property
    def ended(self) -> date | None:
        last = self.events[-1] if self.events else None
        return last.day if last and last.status == "ended" else None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str
    born: date
    ethnicity: str
    number: str
    phone: str
    qualification: str


def organisation(random: Random, turn: int, kind: str, place: str, *, since: date, today: date) -> Invented:
    """One that was founded at its place on the earliest `since`."""
    code = pick_industry(random, kind)
    founded = _founded(random, since, today)
    official = _members(random, kind)
    capital = _capital(random, kind)
    return Invented(
        kind=kind,
        name=f"{BEGINNINGS[kind]} {_own(random, turn, code, kind)} {place}",
        code=code_of(f"99{turn:07}") if kind != "tht" or random.random() < 0.4 else "",
        industry=code,
        founded=founded,
        registered=kind != "tht" or random.random() < 0.4,
        capital=_capitals(random, capital, founded, today),
        official=official,
        associates=random.choice((0, 0, 0, 2, 5)) if kind == "htx" else 0,
        governance="" if kind == "tht" else "full" if official >= 50 else "reduced",
        events=_fate(random, kind, founded, today),
        years=_years(random, kind, founded, today, official),
        choices={
            key: 1
            for key, share in (("high_technology", 0.08), ("e_commerce", 0.2))
            if kind == "htx" and random.random() < share
        },
    )


def pick_industry(random: Random, kind: str) -> str:
    if kind == "qtdnd":
        return "6419"
    weights = [groups if kind == "tht" else others for others, groups, _words in INDUSTRIES.values()]
    return random.choices(list(INDUSTRIES), weights)[0]


def _own(random: Random, turn: int, code: str, kind: str) -> str:
    words = "" if kind == "qtdnd" else f"{INDUSTRIES[code][2]} "
    return f"{words}{random.choice(OWN)} {turn % 97 + 1}"


def _founded(random: Random, since: date, today: date) -> date:
    """Two of three before the five years, the others over them alike."""
    first = today.replace(year=today.year - SINCE, day=1)
    if random.random() < 0.62:
        earliest = max(since, date(2008, 8, 1))
        return earliest + DAY * random.randrange(max((first - earliest).days, 1))
    begin = max(since, first)
    return begin + DAY * random.randrange(max((today - begin).days - 20, 1))


def _members(random: Random, kind: str) -> int:
    if kind == "tht":
        return random.randint(3, 45)
    if kind == "lhhtx":
        return random.randint(4, 9)
    return max(7, min(int(random.lognormvariate(3.6, 1.0)), 2_400))


def _capital(random: Random, kind: str) -> int:
    """Đồng, in whole millions; the mean of cooperatives is near two billion."""
    middle = 4.3 if kind == "tht" else 7.0
    return max(20, int(random.lognormvariate(middle, 0.9))) * 1_000_000


def _capitals(random: Random, capital: int, founded: date, today: date) -> tuple[tuple[date, int], ...]:
    found = [(founded, capital)]
    day = months_later(founded, random.randint(18, 50))
    if random.random() < 0.35 and day < today:
        found.append((day, int(capital * random.uniform(1.1, 2.0) / 1_000_000) * 1_000_000))
    return tuple(found)


def _fate(random: Random, kind: str, founded: date, today: date) -> tuple[Happening, ...]:
    """Most go on; some stand still, are suspended, dissolve or end within the five years."""
    begin = max(founded + 200 * DAY, today.replace(year=today.year - SINCE, day=1))
    room = (today - begin).days - 400
    if room <= 0:
        return ()
    day, lot = begin + DAY * random.randrange(room), random.random()
    dissolve = "end_group" if kind == "tht" else "dissolve"
    suspend = "suspend_group" if kind == "tht" else "suspend"
    if lot < 0.10:
        return (Happening("stop", day, operating="stopped"),)
    if lot < 0.18:
        back = months_later(day, 10)
        return (
            Happening(suspend, day, "suspended", until=back - DAY),
            Happening("resume", back, "active", "working"),
        )
    if lot < 0.21:
        return (Happening("leave_address", day, "absent", "unknown"),)
    if lot < 0.31:
        closed = (Happening("dissolved", day + 150 * DAY, "ended", "stopped"),) if random.random() < 0.75 else ()
        return (Happening(dissolve, day, "closing", "stopped"), *closed)
    return ()


def _years(random: Random, kind: str, founded: date, today: date, official: int) -> tuple[Year, ...]:
    """Figures up to last year; of groups the last alone."""
    last = today.year - 1
    first = last if kind == "tht" else last - SINCE + 1
    revenue = random.lognormvariate(5.6 if kind == "tht" else 7.6, 0.9) * 1_000_000
    found = []
    for year in range(max(first, founded.year), last + 1):
        revenue *= random.uniform(0.92, 1.2)
        workers = max(2, int(official * random.uniform(0.2, 0.6)))
        managers = 1 if kind == "tht" else random.randint(2, 7)
        found.append(
            Year(
                year=year,
                revenue=int(revenue),
                profit=int(revenue * random.uniform(-0.03, 0.16)),
                income=int(random.uniform(38, 82) * 1_000_000),
                members=official,
                workers=workers,
                managers=managers,
                managers_trained=random.randint(0, managers),
                assets=int(revenue * random.uniform(0.5, 1.6)),
                indivisible=int(revenue * random.uniform(0, 0.2)),
            )
        )
    return tuple(found)


def person(random: Random, turn: int, today: date) -> Person:
    sex = random.choice(("female", "male"))
    name = " ".join((random.choice(SURNAMES), random.choice(MIDDLES[sex]), random.choice(GIVEN[sex])))
    return Person(
        name=name,
        sex=sex,
        born=date(today.year - random.randint(22, 68), random.randint(1, 12), random.randint(1, 28)),
        ethnicity=random.choice(ETHNICITIES),
        number=f"000{turn:09}",
        phone=f"0900{turn % 1_000_000:06}",
        qualification=random.choice(QUALIFICATIONS),
    )
