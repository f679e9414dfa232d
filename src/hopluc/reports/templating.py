"""What the bounded process does with an office's Word template: open it and fill it, as a report would. No Django here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from vanban.errors import DocumentError
from vanban.messages import sentence
from vanban.writing import fill, layout
from vanban.writing.model import Block, Column, Paragraph, Table

Json = dict[str, Any]
TEXTS = (
    "co_quan",
    "co_quan_chu_quan",
    "so",
    "ky_hieu",
    "so_ky_hieu",
    "dia_danh",
    "ngay",
    "do_khan",
    "tieu_de",
    "quyen_han",
    "nguoi_ky",
    "noi_nhan",
)  # blanks that take words
BLOCKS = ("noi_dung", "phu_luc")  # those that take paragraphs and tables
TRIED: tuple[Block, ...] = (Paragraph("Nội dung"), Table((Column(20),), [("1",)]))


def template_try(request: Json, _report: Callable[[str, int, int], None]) -> Json:
    """Fill a template (`path`, `name`) by a `layout`; gives `{"problem": {vi, en}}` where it cannot be."""
    values = dict.fromkeys(TEXTS, "…") | dict.fromkeys(BLOCKS, TRIED)
    try:
        fill(Path(request["path"]).read_bytes(), values, layout(request["layout"]), name=request["name"])
    except DocumentError as error:
        return {"problem": {"vi": sentence(error), "en": str(error)}}
    return {}
