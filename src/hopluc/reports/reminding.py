"""A letter (công văn đôn đốc) to the agencies that are late in a round, in Word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hopluc.reports.letters import PREFIXES, plan_called
from hopluc.reports.models import Call, Campaign
from hopluc.units.letterhead import letterhead_of
from vanban.writing import layout, write
from vanban.writing.model import Authority, Block, Column, Document, Head, Paragraph, Signature, Table

NAMED = 5  # addressees by name; more are listed in the text
COLUMNS = (Column(12, "center"), Column(110), Column(40, "center"))
HEAD = (("TT", "Cơ quan, đơn vị", "Thời hạn báo cáo"),)


def reminder_letter(campaign: Campaign, late: Sequence[Call], *, today: date) -> bytes:
    """Number and day stay open, and who signs: the office fills them in in Word."""
    made = letterhead_of(campaign.owner)
    document = Document(
        head=Head(made.issuer, f"CV/{made.short}" if made.party else made.short, made.place, made.governing),
        kind="",
        title=f"đôn đốc gửi {_small(campaign.title)}",
        blocks=tuple(_blocks(campaign, late, today)),
        signature=Signature(tuple(Authority(words, PREFIXES.get(prefix, "")) for prefix, words in made.lines)),
        recipients=("Như trên", "Lưu: VT"),
        addressees=_addressees(late),
    )
    return write(document, layout("hd36" if made.party else "nd30"))


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _addressees(late: Sequence[Call]) -> tuple[str, ...]:
    if len(late) <= NAMED:
        return tuple(call.filing.agency.name for call in late)
    return ("Các cơ quan, đơn vị có tên trong danh sách dưới đây",)


def _blocks(campaign: Campaign, late: Sequence[Call], today: date) -> list[Block]:
    asked = f"Thực hiện {plan_called(campaign.plan)}, " if campaign.plan else ""
    owner = campaign.owner.name
    told = f"{asked}{owner} đã đề nghị các cơ quan, đơn vị gửi {_small(campaign.title)} trước ngày {_day(campaign.due_on)}."
    rest = (
        f"Đến ngày {_day(today)}, còn {len(late)} cơ quan, đơn vị quá hạn chưa gửi báo cáo. {owner} đề nghị các cơ quan, "
        "đơn vị khẩn trương hoàn thành và gửi báo cáo để tổng hợp."
    )
    rows = [(str(at), call.filing.agency.name, _day(call.due_on)) for at, call in enumerate(late, 1)]
    return [Paragraph(told[:1].upper() + told[1:]), Paragraph(rest), Table(COLUMNS, rows, HEAD)]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
