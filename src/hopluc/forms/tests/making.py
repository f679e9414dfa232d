"""Forms and filings for tests."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = Any


def words(vi: str) -> Json:
    return {"vi": vi, "en": f"{vi} (en)"}


def field(key: str, kind: str, **about: Json) -> Json:
    return {"key": key, "kind": kind, "label": words(key.capitalize()), **about}


SOUND: Json = {
    "sections": [
        {
            "key": "people",
            "label": words("Thành viên"),
            "fields": [
                field("total", "whole", required=True, least=0),
                field("men", "whole", least=0),
                field("women", "whole", least=0),
                field(
                    "state", "choice", required=True,
                    choices=[{"key": "done", "label": words("Đã xong")}, {"key": "open", "label": words("Chưa xong")}],
                ),
                field("note", "long_text"),
            ],
        },
        {
            "key": "money",
            "label": words("Vốn"),
            "fields": [
                field(
                    "capital", "table",
                    rows=[{"key": "own", "label": words("Vốn góp")}, {"key": "lent", "label": words("Vốn vay")}],
                    columns=[field("amount", "money"), field("paid", "money"), field("share", "percent")],
                ),
                field("members", "table", columns=[field("name", "text", required=True), field("since", "date")], most_rows=5),
                field("revenue", "money"),
                field("audited", "yes_no"),
                field("rate", "decimal", least=0, most=100),
                field("minutes", "file"),
            ],
        },
    ],
    "checks": [
        {"rule": "total = men + women", "at": "total", "say": words("Tổng {left} khác nam cộng nữ {right}.")},
        {"rule": "paid <= amount", "table": "capital", "at": "paid", "say": words("Đã góp nhiều hơn phải góp.")},
        {"jump": "revenue", "percent": 20},
        {"rule": "sum(capital.amount) <= 1000000000", "at": "capital", "say": words("Vốn rất lớn."), "warning": True},
    ],
}  # fmt: skip


def changed(**changes: Json) -> Json:
    """The sound definition with other values at paths (`sections.0.label`); None takes one away."""
    made = deepcopy(SOUND)
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place = made
        for part in way:
            place = place[part]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return made
