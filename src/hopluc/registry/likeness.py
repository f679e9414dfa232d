"""How likely two records are about one organisation: evidence for and against, weighed. No database.

Each kind of evidence adds to or takes from the odds (natural logarithm); the sum gives a probability. Weights are set by judgement
and checked against pairs that were damaged in ways which the weights do not know (`make bench NAME=duplicates`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from math import exp, inf, log
from typing import NamedTuple

from hopluc.core.folding import fold
from hopluc.registry.naming import name_key

SURE, POSSIBLE = 0.9, 0.5  # above: the same; between: somebody has to look
BEFOREHAND = -4.0  # two records that merely share a key are mostly of two organisations
SAME_NAME = 4.5
BUSIEST = 80  # records under one key: more say that the key tells nothing
COMMON = frozenset(
    "nong nghiep dich vu tong hop san xuat kinh doanh thuong mai va chan nuoi trong trot lam thuy cong nghiep xay dung xa phuong "
    "thi tran thon xom ban to huyen thanh pho".split()
)
ROUNDED = 1e-9  # sums of the same weights in another order differ by less
FAINT = 0.35  # what a common word weighs beside one that tells
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


class Weigh(NamedTuple):
    """What speaks for or against: which field, how strongly, and in one word how."""

    field: str
    weight: float
    how: str  # same, near, other


# Made once: tens of thousands of pairs are weighed for a list.
UNIT = Weigh("unit", 2.0, "same")
OTHER_UNIT = Weigh("unit", -3.5, "other")
OTHER_KIND = Weigh("kind", -2.0, "other")
CODE = Weigh("code", 6.0, "same")
NEAR_CODE = Weigh("code", 2.5, "near")
OTHER_CODE = Weigh("code", -6.0, "other")
DAY = Weigh("founded", 2.0, "same")
NEAR_DAY = Weigh("founded", 0.8, "near")
OTHER_DAY = Weigh("founded", -2.0, "other")
PHONE = Weigh("phone", 3.0, "same")
NEAR_PHONE = Weigh("phone", 1.5, "near")
OTHER_PHONE = Weigh("phone", -0.7, "other")
PERSON = Weigh("representative", 2.5, "same")
NEAR_PERSON = Weigh("representative", 1.5, "near")
OTHER_PERSON = Weigh("representative", -1.0, "other")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one record says of an organisation, as far as it tells it from others; empty: it says nothing."""

    pk: int
    kind: str
    name: str
    code: str = ""
    unit: int | None = None  # where the seat lies today
    founded: date | None = None
    phone: str = ""
    representative: str = ""
    # What is compared of these, made once: a record stands beside many.
    key: str = field(init=False)
    digits: str = field(init=False)
    person: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", name_key(self.name))
        object.__setattr__(self, "digits", _digits(self.phone) if self.phone else "")
        object.__setattr__(self, "person", person_key(self.representative) if self.representative else "")


@dataclass(frozen=True, slots=True)
class Likeness:
    score: float  # 0–1
    evidence: tuple[Weigh, ...]


UNLIKE = Likeness(0.0, ())


def likeness(one: Profile, other: Profile, *, least: float = 0.0) -> Likeness:
    """What is less likely than `least` is not looked at to the end.

    >>> a = Profile(1, "htx", "Hợp tác xã Chè Tân Cương", code="0100109106", unit=7)
    >>> likeness(a, Profile(2, "htx", "HTX che Tan Cuong", code="0100109106", unit=7)).score > SURE
    True
    >>> likeness(a, Profile(2, "htx", "HTX chè Tân Cương 2", unit=7)).score < POSSIBLE
    True
    """
    wanted = _odds(least) - ROUNDED if least else -inf
    if least and _apart(one, other, wanted):
        return UNLIKE
    found = [each for judge in JUDGES if (each := judge(one, other))]
    if BEFOREHAND + SAME_NAME + sum(each.weight for each in found) < wanted:
        return UNLIKE
    found = [*_names(one.key, other.key), *found]
    return Likeness(_probability(BEFOREHAND + sum(each.weight for each in found)), tuple(found))


def _apart(one: Profile, other: Profile, wanted: float) -> bool:
    """Whether two are told apart before anything is compared letter by letter: of tens of thousands of pairs nearly all are."""
    odds = BEFOREHAND + SAME_NAME
    if one.unit and other.unit:
        odds += UNIT.weight if one.unit == other.unit else OTHER_UNIT.weight
    if one.kind != other.kind and one.kind and other.kind:
        odds += OTHER_KIND.weight
    ours, theirs = one.founded, other.founded
    if ours and theirs:
        near = ours.year == theirs.year or ours.day == theirs.day
        odds += DAY.weight if ours == theirs else NEAR_DAY.weight if near else OTHER_DAY.weight
    if one.digits and other.digits:
        odds += PHONE.weight if one.digits == other.digits else NEAR_PHONE.weight
    if one.person and other.person:
        odds += PERSON.weight if one.person == other.person else NEAR_PERSON.weight
    if not one.code or not other.code:
        return odds < wanted
    return odds + (CODE.weight if one.code == other.code else NEAR_CODE.weight) < wanted or (
        odds + OTHER_CODE.weight < wanted and _codes(one, other) is OTHER_CODE
    )


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


@cache
def _odds(probability: float) -> float:
    return log(probability / (1 - probability))


def _names(one: str, other: str) -> Iterator[Weigh]:
    if not one or not other:
        return
    if one == other:
        yield Weigh("name", SAME_NAME, "same")
        return
    alike, numbered = _compared(one, other) if one < other else _compared(other, one)
    if numbered:
        yield Weigh("number", -7.0, "other")
    if alike > 0.999:
        yield Weigh("name", SAME_NAME, "same")
    elif alike >= 0.55:
        yield Weigh("name", SAME_NAME - (1 - alike) * 9, "near")
    else:
        yield Weigh("name", -3.5, "other")


@lru_cache(maxsize=100_000)
def _compared(one: str, other: str) -> tuple[float, bool]:
    """How alike two names are (0–1), and whether their numbers differ: `số 1`, `số 2`."""
    ours, theirs = one.split(), other.split()
    left, right = _without(ours, theirs), _without(theirs, ours)
    numbered = sorted(_numbers(left)) != sorted(_numbers(right))
    if "".join(ours) == "".join(theirs):
        return 1.0, False
    cost = 0.0
    for word in left:
        best = min(right, key=lambda each: distance(word, each), default="")
        apart = distance(word, best) if best else len(word)
        if best and apart <= (1 if min(len(word), len(best)) <= 4 else 2):
            right.remove(best)
            cost += _weight(word) * apart / max(len(word), len(best)) * 0.8
        else:
            cost += _weight(word)
    cost += sum(map(_weight, right))
    whole = max(sum(map(_weight, ours)), sum(map(_weight, theirs)))
    return max(0.0, 1 - cost / whole) if whole else 1.0, numbered


def _without(words: list[str], others: list[str]) -> list[str]:
    rest = list(others)
    left = []
    for word in words:
        if word in rest:
            rest.remove(word)
        else:
            left.append(word)
    return left


def _numbers(words: Iterable[str]) -> list[str]:
    return [ROMAN.get(word, word.lstrip("0")) for word in words if word.isdigit() or word in ROMAN]


def _weight(word: str) -> float:
    return FAINT if word in COMMON else 1.0


def _codes(one: Profile, other: Profile) -> Weigh | None:
    if not one.code or not other.code:
        return None
    if one.code == other.code:
        return CODE
    return NEAR_CODE if one_slip(one.code, other.code) else OTHER_CODE


def _units(one: Profile, other: Profile) -> Weigh | None:
    if not one.unit or not other.unit:
        return None
    return UNIT if one.unit == other.unit else OTHER_UNIT


def _kinds(one: Profile, other: Profile) -> Weigh | None:
    return OTHER_KIND if one.kind and other.kind and one.kind != other.kind else None


def one_slip(one: str, other: str) -> bool:
    """Whether at most one letter was changed, added or dropped, or two neighbours swapped.

    >>> one_slip("0912345", "0912354"), one_slip("0912345", "091245"), one_slip("0912345", "0921354")
    (True, True, False)
    """
    if len(one) > len(other):
        one, other = other, one
    more, half = len(other) - len(one), len(one) // 2 - 1
    if more > 1 or (half > 0 and one[:half] != other[:half] and one[-half:] != other[-half:]):
        return False
    at = next((turn for turn, sign in enumerate(one) if sign != other[turn]), len(one))
    rest = one[at + 1 :] == other[at + 1 :] if not more else one[at:] == other[at + 1 :]
    return rest or (not more and one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :])


def _days(one: Profile, other: Profile) -> Weigh | None:
    ours, theirs = one.founded, other.founded
    if ours is None or theirs is None:
        return None
    if ours == theirs:
        return DAY
    swapped = ours.year == theirs.year and (ours.day, ours.month) == (theirs.month, theirs.day)
    near = (
        swapped
        or (ours.day, ours.month) == (theirs.day, theirs.month)
        or (ours.year == theirs.year and 1 in (ours.day * ours.month, theirs.day * theirs.month))
    )
    return NEAR_DAY if near else OTHER_DAY


def _phones(one: Profile, other: Profile) -> Weigh | None:
    if not one.digits or not other.digits:
        return None
    if one.digits == other.digits:
        return PHONE
    return NEAR_PHONE if one_slip(one.digits, other.digits) else OTHER_PHONE


def _persons(one: Profile, other: Profile) -> Weigh | None:
    if not one.person or not other.person:
        return None
    if one.person == other.person:
        return PERSON
    return NEAR_PERSON if one_slip(one.person, other.person) else OTHER_PERSON


# All but the name, which takes the longest to compare.
JUDGES: tuple[Callable[[Profile, Profile], Weigh | None], ...] = (_codes, _units, _kinds, _days, _phones, _persons)


@lru_cache(maxsize=100_000)
def _digits(phone: str) -> str:
    """Its digits; the country's own number before it is a nought: +84 912 345 612."""
    found = re.sub(r"\D", "", phone)
    return f"0{found[2:]}" if found.startswith("84") and len(found) > 10 else found


@lru_cache(maxsize=100_000)
def person_key(name: str) -> str:
    """A name without marks and titles.

    >>> person_key("Ông Nguyễn Văn Bình")
    'nguyen van binh'
    """
    return re.sub(r"^(?:ong|ba|anh|chi)\s+|[^a-z ]", "", fold(name)).strip()


@lru_cache(maxsize=200_000)
def distance(one: str, other: str, most: int = 3) -> int:
    """Letters to change, add, drop or swap with their neighbour; `most` + 1 where it is more.

    >>> distance("cuong", "coung"), distance("tan", "tam"), distance("abc", "xyzuvw")
    (1, 1, 4)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        after = [i]
        for j, b in enumerate(other, 1):
            least = min(row[j] + 1, after[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, before[j - 2] + 1)
            after.append(least)
        if min(after) > most:
            return most + 1
        before, row = row, after
    return min(row[-1], most + 1)


# Which records are compared at all: those that share a key.


def keys_of(one: Profile) -> set[str]:
    """What two records of one organisation likely share, whatever was misspelt in one of them."""
    found = {f"n:{_skeleton(one.key)}"}
    if one.code:
        found.add(f"c:{one.code}")
    if one.digits:
        found.add(f"p:{one.digits}")
    person = one.person
    if person and one.founded:
        found.add(f"r:{person} {one.founded.year}")
    if one.unit:
        found |= {f"u:{one.unit} {word}" for word in one.key.split() if word not in COMMON}
        found |= {f"u:{one.unit} {rest}" for rest in (one.founded, person) if rest}
    return found


def _skeleton(key: str) -> str:
    """The first letters and the consonants of a name: vowels are what is mistyped most."""
    return "".join(_bones(word) for word in sorted(key.split()))


@lru_cache(maxsize=50_000)
def _bones(word: str) -> str:
    return word[0] + re.sub(r"[aeiouy]", "", word[1:])


class Blocks:
    """Records by the keys that they have."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles: dict[int, Profile] = {}
        self._by: dict[str, list[int]] = defaultdict(list)
        for one in profiles:
            self.profiles[one.pk] = one
            for key in keys_of(one):
                self._by[key].append(one.pk)

    def near(self, one: Profile) -> set[int]:
        """Ids of those that share a key with a record."""
        groups = (self._by.get(key, ()) for key in keys_of(one))
        return {pk for group in groups if len(group) <= BUSIEST for pk in group} - {one.pk}

    def pairs(self) -> Iterator[tuple[Profile, Profile]]:
        """Each two that share a key, once."""
        for one in self.profiles.values():
            for pk in self.near(one):
                if one.pk < pk:
                    yield one, self.profiles[pk]


def pairs_alike(profiles: Iterable[Profile], *, least: float = POSSIBLE) -> list[tuple[Profile, Profile, Likeness]]:
    """Pairs that may be one organisation, the likeliest first."""
    compared = ((one, other, likeness(one, other, least=least)) for one, other in Blocks(profiles).pairs())
    return sorted((each for each in compared if each[2].score >= least), key=lambda each: -each[2].score)
