"""Names of organisations: the legal form that they begin with, and what tells one from another. No database."""

from __future__ import annotations

import re
from functools import lru_cache

from hopluc.core.folding import fold

BEGINNINGS = {
    "htx": "Hợp tác xã",
    "lhhtx": "Liên hiệp hợp tác xã",
    "tht": "Tổ hợp tác",
    "qtdnd": "Quỹ tín dụng nhân dân",
}
FORMS = (  # without tone marks, the longest first
    ("lhhtx", re.compile(r"(?:lien hiep (?:cac )?(?:hop tac xa|htx)|lhhtx|lh htx)\b")),
    ("qtdnd", re.compile(r"(?:quy tin dung nhan dan|quy tin dung|qtdnd|qtd nd)\b")),
    ("tht", re.compile(r"(?:to hop tac(?! xa)|tht)\b")),
    ("htx", re.compile(r"(?:hop tac xa|htx|h\.t\.x)\b")),
)


@lru_cache(maxsize=50_000)
def _begun(name: str) -> tuple[str, int]:
    plain = fold(name)
    for kind, pattern in FORMS:
        if m := pattern.match(plain):
            return kind, m.end()
    return "", 0


def kind_begun(name: str) -> str:
    """The kind that a name says; empty where it says none.

    >>> kind_begun("HTX Chè Tân Cương"), kind_begun("Tổ hợp tác nuôi ong"), kind_begun("Chè")
    ('htx', 'tht', '')
    """
    return _begun(name)[0]


def whole_name(name: str, kind: str) -> str:
    """The name with its legal form written out.

    >>> whole_name("HTX Chè Tân Cương", "htx"), whole_name("Nuôi ong", "tht"), whole_name("Chè", "")
    ('Hợp tác xã Chè Tân Cương', 'Tổ hợp tác Nuôi ong', 'Chè')
    """
    said, end = _begun(name)
    beginning = BEGINNINGS.get(said or kind)
    if beginning is None:
        return name
    if said and name.lower().startswith(f"{beginning.lower()} "):
        return name
    # Letters with marks and without are equally many once composed, so the form ends at the same place.
    rest = name[end:].lstrip(" .:-–") if len(fold(name)) == len(name) else name
    return f"{beginning} {rest}".strip()


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """What tells an organisation from others: its name without legal form, tone marks and signs.

    >>> name_key("Hợp tác xã Dịch vụ - Nông nghiệp Tân Cương"), name_key("HTX DVNN Tân Cương")
    ('dich vu nong nghiep tan cuong', 'dich vu nong nghiep tan cuong')
    """
    _kind, end = _begun(name)
    words = re.findall(r"[a-z0-9]+", fold(name)[end:].replace("&", " va "))
    return " ".join(SHORT.get(word, word) for word in words if word not in EMPTY)


# What offices shorten; words that say nothing of whose it is.
SHORT = {
    "dvnn": "dich vu nong nghiep", "nn": "nong nghiep", "dv": "dich vu", "sx": "san xuat", "kd": "kinh doanh",
    "tm": "thuong mai", "xd": "xay dung", "cn": "chan nuoi", "ttcn": "tieu thu cong nghiep", "dvth": "dich vu tong hop",
    "th": "tong hop", "vt": "van tai", "ns": "nong san", "nts": "nuoi trong thuy san", "ts": "thuy san",
    "sxkd": "san xuat kinh doanh", "sxnn": "san xuat nong nghiep", "tmdv": "thuong mai dich vu", "dvtm": "dich vu thuong mai",
}  # fmt: skip
EMPTY = {"va"}
