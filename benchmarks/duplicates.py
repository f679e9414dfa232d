"""Look-alikes among records of a province: of 2,000 seeded pairs, how many are found, and how many of those found are right.

    make bench NAME=duplicates            2,000 pairs
    make bench NAME=duplicates SEED=7     other ones

1,200 pairs are two records of one organisation, the second damaged as offices damage them; 800 are near misses: of one name with
another number, of one name in the commune beside, of one person who leads two, of names that differ in a tone mark or a word. All
records lie in one registry, among as many that have no partner, and are compared as the program compares them: first by keys, then
by weighing. The last line is `{"pairs", "precision", "recall"}`; above it, how many of each kind were found.

The generator has words and damages of its own and knows nothing of the scorer. Held out while the weights were set, so that the
figures say something of damage that nobody thought of: `y` for `i`, words in another order, a word left out, words run together,
a place added to the name, a founding day that is the day of a later certificate.
"""

# ruff: noqa: E402  Django is set up before anything of it is imported

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
django.setup()

from hopluc.registry.likeness import POSSIBLE, Profile, pairs_alike

SEED = int(os.environ.get("SEED", "2026"))
SAME, NEAR, ALONE = 1_200, 800, 2_000
COMMUNES = 92
PLACES = "Phú Lạc;Yên Trạch;Bình Thành;Đồng Phúc;Cường Lợi;Nghĩa Tá;Hợp Thành;Vạn Thọ;La Bằng;Quân Chu;Thượng Nung;Sảng Mộc".split(
    ";"
)
TRADES = "chè an toàn;rau quả sạch;chăn nuôi lợn;gà thả vườn;dược liệu;miến dong;gỗ rừng trồng;vận tải hàng hóa;dịch vụ nông nghiệp;cây ăn quả;nuôi ong;thủy sản hồ;mỳ gạo;nấm hữu cơ;dệt thổ cẩm;vật liệu xây dựng".split(";")  # fmt: skip
OWN = "Thành Đạt;Hoa Sen;Mạnh Cường;Thu Phương;Đại Từ;Phương Nam;Vĩnh Phúc;Tiên Phong;Đồng Xanh;Kỳ Vân;Mỹ Hương;Lương Sơn;Bảo Lâm;Hùng Sơn;Khe Cốc;Trại Cài;Vô Tranh;Thác Dài;Ngọc Linh;Quế Chi;Suối Giàng;Tuyết Sơn;Hạnh Phúc;Liên Minh;Sông Cầu;Núi Cốc;Bản Tèn;Phja Đén;Tam Đảo;Hồng Thái".split(";")  # fmt: skip
FAMILY = "Nguyễn;Trần;Lê;Phạm;Hoàng;Vi;Lưu;Đàm;Triệu;Ma".split(";")
MIDDLE = "Văn;Thị;Đình;Xuân;Quốc;Bích;Thế".split(";")
GIVEN = "An;Bảy;Chung;Doanh;Giang;Hiền;Khoa;Luyến;Mùi;Nhâm;Phấn;Quyền;Sáng;Tấn;Uyên;Viễn;Yêm;Thùy".split(";")
FORMS = {"htx": ("Hợp tác xã", "HTX", "H.T.X", "Htx"), "tht": ("Tổ hợp tác", "THT", "Tổ HT")}
NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm"


def main() -> None:
    random = Random(SEED)
    records: list[Profile] = []
    same: dict[frozenset[int], str] = {}
    near: dict[frozenset[int], str] = {}
    for turn in range(SAME + NEAR):
        one = invented(random, len(records) + 1)
        makes = DAMAGES if turn < SAME else MISSES
        kind, make = random.choice(makes)
        other = replace(make(one, random), pk=one.pk + 1)
        if turn < SAME:
            other = reported_again(other, random)
        (same if turn < SAME else near)[frozenset((one.pk, other.pk))] = kind
        records += [one, other]
    records += [invented(random, len(records) + 1 + turn) for turn in range(ALONE)]
    random.shuffle(records)
    found = {frozenset((one.pk, other.pk)) for one, other, _how in pairs_alike(records, least=POSSIBLE)}
    tell(same, near, found)


def tell(same: dict[frozenset[int], str], near: dict[frozenset[int], str], found: set[frozenset[int]]) -> None:
    for title, pairs in (("two records of one organisation, found", same), ("two organisations, taken for one", near)):
        print(title)
        every, got = Counter(pairs.values()), Counter(kind for pair, kind in pairs.items() if pair in found)
        for kind, count in sorted(every.items()):
            print(f"  {kind:36} {got[kind]:5} of {count}")
    right = len(found & same.keys())
    print(f"others taken for one: {len(found - same.keys() - near.keys())}")
    figures = {
        "pairs": len(same) + len(near),
        "precision": round(right / len(found), 4),
        "recall": round(right / len(same), 4),
    }
    print(json.dumps(figures))


def invented(random: Random, pk: int) -> Profile:
    kind = random.choice(("htx", "htx", "tht"))
    words = [
        random.choice(TRADES) if random.random() < 0.7 else "",
        random.choice(OWN),
        random.choice(OWN) if random.random() < 0.35 else "",
    ]
    return Profile(
        pk,
        kind,
        " ".join(filter(None, (FORMS[kind][0], *words))),
        f"46{random.randrange(10**8):08}" if kind == "htx" or random.random() < 0.3 else "",
        random.randrange(1, COMMUNES + 1),
        date(2003, 1, 1) + timedelta(days=random.randrange(8_500)),
        f"09{random.randrange(10**8):08}" if random.random() < 0.6 else "",
        person(random) if random.random() < 0.7 else "",
    )


def person(random: Random) -> str:
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE)} {random.choice(GIVEN)}"


def reported_again(one: Profile, random: Random) -> Profile:
    """A second office writes down less, and other things: another telephone, a new representative."""
    return replace(
        one,
        code="" if random.random() < 0.4 else one.code,
        phone=random.choice(("", one.phone, f"03{random.randrange(10**8):08}")),
        representative=random.choice((one.representative, one.representative, "", person(random))),
        founded=None if random.random() < 0.25 else one.founded,
    )


# How a second record differs.

Make = Callable[[Profile, Random], Profile]


def renamed(change: Callable[[str, Random], str]) -> Make:
    return lambda one, random: replace(one, name=change(one.name, random))


def bare(text: str) -> str:
    return (
        "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        .replace("đ", "d")
        .replace("Đ", "D")
    )


def shortened(name: str, random: Random) -> str:
    for forms in FORMS.values():
        if name.startswith(forms[0]):
            return name.replace(forms[0], random.choice(forms[1:]), 1)
    return name


def abbreviated(name: str, random: Random) -> str:
    return shortened(name, random).replace("dịch vụ nông nghiệp", random.choice(("DVNN", "DV NN", "DV nông nghiệp")))


def slipped(name: str, random: Random) -> str:
    """One letter is missing, doubled, another one of the keyboard, or swapped with the next."""
    at = random.randrange(name.index(" ") + 1, len(name) - 1)
    how = random.randrange(4)
    if how == 0:
        return name[:at] + name[at + 1 :]
    if how == 1:
        return name[:at] + name[at] + name[at:]
    if how == 2:
        return name[:at] + random.choice(NEIGHBOURS) + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def body(name: str) -> tuple[str, list[str]]:
    form = next(forms[0] for forms in FORMS.values() if name.startswith(forms[0]))
    return form, name[len(form) + 1 :].split()


def reordered(name: str, _random: Random) -> str:
    form, words = body(name)
    return " ".join((form, *words[2:], *words[:2]))


def thinner(name: str, random: Random) -> str:
    form, words = body(name)
    if len(words) > 3:
        words.pop(random.randrange(len(words) - 2))
    return " ".join((form, *words))


def run_together(name: str, _random: Random) -> str:
    form, words = body(name)
    return " ".join((form, *words[:-2], "".join(words[-2:])))


def letters_of_the_south(name: str, _random: Random) -> str:
    return name.replace("ỳ", "ì").replace("ỹ", "ĩ").replace("ỷ", "ỉ").replace("ý", "í").replace("quý", "quí")


def placed(name: str, random: Random) -> str:
    return f"{name} {random.choice(PLACES)}"


def miscoded(one: Profile, random: Random) -> Profile:
    if not one.code:
        return replace(one, name=shortened(one.name, random))
    at = random.randrange(2, 8)
    return replace(one, code=one.code[:at] + one.code[at + 1] + one.code[at] + one.code[at + 2 :])


def certified_later(one: Profile, random: Random) -> Profile:
    assert one.founded
    return replace(
        one, founded=one.founded + timedelta(days=random.randrange(200, 2_000)), name=shortened(one.name, random)
    )


DAMAGES: list[tuple[str, Make]] = [
    ("without tone marks", renamed(lambda name, _random: bare(name))),
    ("in capitals, form shortened", renamed(lambda name, random: shortened(name, random).upper())),
    ("form shortened", renamed(shortened)),
    ("words abbreviated", renamed(abbreviated)),
    ("a slip of the keyboard", renamed(slipped)),
    ("a slip, without marks", renamed(lambda name, random: slipped(bare(name), random))),
    ("digits of the code swapped", miscoded),
    ("nothing but fields missing", lambda one, _random: one),
    ("held out: words in another order", renamed(reordered)),
    ("held out: a word left out", renamed(thinner)),
    ("held out: words run together", renamed(run_together)),
    ("held out: i for y", renamed(letters_of_the_south)),
    ("held out: a place added", renamed(placed)),
    ("held out: day of a later certificate", certified_later),
]


# What is near and is not the same.


def another(one: Profile, random: Random) -> Profile:
    """The rest of it is somebody else's."""
    fresh = invented(random, one.pk)
    return replace(one, code=fresh.code, founded=fresh.founded, phone=fresh.phone, representative=fresh.representative)


def numbered(one: Profile, random: Random) -> Profile:
    return replace(another(one, random), name=f"{one.name} {random.choice(('2', 'số 2', 'II', '3'))}")


def beside(one: Profile, random: Random) -> Profile:
    assert one.unit
    return replace(another(one, random), unit=one.unit % COMMUNES + 1)


def other_own_name(one: Profile, random: Random) -> Profile:
    form, words = body(one.name)
    name = " ".join((form, *words[:-2], random.choice(OWN)))
    return replace(another(one, random), name=f"{name} {random.choice(OWN)}")


def led_by_one(one: Profile, random: Random) -> Profile:
    fresh = invented(random, one.pk)
    return replace(fresh, unit=one.unit, representative=one.representative, phone=one.phone)


MISSES: list[tuple[str, Make]] = [
    ("another number", numbered),
    ("the commune beside", beside),
    ("another own name, same commune", other_own_name),
    ("one person leads both", led_by_one),
]


if __name__ == "__main__":
    main()
