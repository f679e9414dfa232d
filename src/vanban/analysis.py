"""The public door: a document goes in, what it orders comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from vanban.bodies import introduced, mentions, shown_name
from vanban.citations import Cited, cited, collect, masked
from vanban.confirming import to_confirm
from vanban.deadlines import find_deadlines
from vanban.duties import find_duties
from vanban.header import find_header
from vanban.lexicon import load
from vanban.orders import Zone, zones
from vanban.outline import children, outline
from vanban.targets import find_row_targets, find_targets
from vanban.tasks import Setting, find_tasks
from vanban.values import (
    Analysis,
    Document,
    Duty,
    Header,
    Item,
    Notice,
    Outline,
    Paragraph,
    Passage,
    Reference,
    Target,
    Task,
)

SCOPE = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư|Quy định|Quy chế) này (?:quy định|hướng dẫn|áp dụng|điều chỉnh)"
    r"|Phạm vi(?:,? đối tượng)? điều chỉnh(?! kế hoạch)",
    re.I,
)
DATELINE = re.compile(r"\bngày\s*(?:[\d…._]*)\s*tháng\s*(?:[\d…._]*)\s*năm\s+(20\d\d)")
OPENING = 3000  # characters in which a dateline stands
RESOLUTION = "Nghị quyết"  # of a council: beside its rules it says who carries them out
RULES = Notice("V203", "it sets rules and assigns no work")


def analyse(document: Document) -> Analysis:
    """Header, references, tasks, targets and duties to report, each tied to its words.

    Deterministic: no clock, network or state. Any document gives some analysis; doubts are notices.
    """
    plan = outline(document)
    header = find_header(document, plan)
    citations = [cited(item.passage.text) for item in plan.items]
    texts = [masked(item.passage.text, found) for item, found in zip(plan.items, citations, strict=True)]
    references = collect(_cited(plan, citations), header.title or "", header.symbol)
    found = Analysis(document, header, references, plan, notices=(*document.notices, *plan.notices))
    kinds = zones(plan.items, children(plan.items))
    if sets_rules(header, plan):
        if header.type != RESOLUTION:
            return to_confirm(replace(found, notices=(*found.notices, RULES)))
        kinds = tuple(["background" if kind == "neutral" else kind for kind in kinds])
    setting = _setting(document, header, references)
    tasks, names = find_tasks(plan.items, texts, kinds, setting)
    duties = tuple(_duties(plan.items, texts, tasks, names, setting))
    return to_confirm(
        replace(
            found,
            tasks=tasks,
            targets=tuple(_targets(plan.items, texts, kinds, setting.issued)),
            duties=duties,
            agencies=dict(sorted(names.items())),
            notices=(*found.notices, *_doubts(tasks)),
        )
    )


def sets_rules(header: Header, plan: Outline) -> bool:
    """A law, decree or circular (văn bản quy phạm pháp luật) binds everybody and assigns no work to be tracked.

    `Nghị định này quy định …`, an article `Phạm vi điều chỉnh`, or the type says so.
    """
    return header.type in load("document_types")["normative"] or any(
        SCOPE.match(item.passage.text) for item in plan.items
    )


def _setting(document: Document, header: Header, references: tuple[Reference, ...]) -> Setting:
    """Who signs and when; an undated document is not older than what it cites."""
    signers = mentions(header.issuer or "")
    issuer = signers[0].key if signers else ""
    central = issuer in load("bodies")["central"]
    words = document.words
    issued = header.issued_on or _year(words[:OPENING], references)
    return Setting(issuer, issued, central, tuple(introduced(words).items()), header.issuer or "")


def _year(opening: str, references: tuple[Reference, ...]) -> date | None:
    """The last day of the year that a dateline with its day left open says, else the last day cited."""
    if stated := DATELINE.search(opening):
        return date(int(stated[1]), 12, 31)
    return max((r.date for r in references if r.date), default=None)


def _cited(plan: Outline, citations: list[list[Cited]]) -> Iterator[tuple[Passage, list[Cited]]]:
    """Every citation of the document in reading order."""
    for paragraph in plan.front:
        yield paragraph.passage, cited(paragraph.passage.text)
    for item, found in zip(plan.items, citations, strict=True):
        yield item.passage, found
    for paragraph in plan.captions:
        yield paragraph.passage, cited(paragraph.passage.text)


def _targets(
    items: tuple[Item, ...], texts: list[str], kinds: tuple[Zone, ...], issued: date | None
) -> Iterator[Target]:
    above: dict[int | None, tuple[str, ...]] = {None: ()}  # what the blocks over those below a block say
    for item, text, kind in zip(items, texts, kinds, strict=True):
        if item.parent is not None and item.parent not in above:
            parent = items[item.parent]
            above[item.parent] = (parent.passage.text, *above[parent.parent])
        headings = above[item.parent]
        if item.family == "row":
            yield from find_row_targets(item)
        if kind != "background":
            yield from find_targets(item.passage, text, item.at, headings, aims=kind == "aims", issued=issued)


def _duties(
    items: tuple[Item, ...], texts: list[str], tasks: tuple[Task, ...], names: dict[str, str], setting: Setting
) -> Iterator[Duty]:
    own = setting.abbreviations
    by_span = {item.passage.span(): item for item in items}
    for task in tasks:
        item = by_span[task.span]
        for duty, bodies in find_duties(task, item, texts[item.index], own):
            for body in setting.local(bodies):
                if body.key not in names:
                    names[body.key] = shown_name(body)
            meant = {"g:dia-phuong": setting.locals}
            yield replace(
                duty, to=tuple(meant.get(k, k) for k in duty.to), via=tuple(meant.get(k, k) for k in duty.via)
            )


def _doubts(tasks: tuple[Task, ...]) -> Iterator[Notice]:
    if not tasks:
        yield Notice("V201", "no task was found: the text may be no directive")
    elif not any(task.lead for task in tasks):
        yield Notice("V202", "no task names a body to lead it")


def _load() -> None:
    """Read the vocabulary and compile the patterns with the module: a first document is then as fast as the next."""
    text = (
        "Kế hoạch số 1/KH-UBND ngày 01/02/2024 của UBND tỉnh\n1. Sở Tài chính chủ trì, phối hợp với các sở, ngành rà soát "
        "Luật Đất đai năm 2024, đạt ít nhất 50% hợp tác xã, báo cáo UBND tỉnh trước ngày 15/12 hằng năm."
    )
    first, _, second = text.partition("\n")
    blocks = (Paragraph(Passage.plain(first, 0)), Paragraph(Passage.plain(second, len(first) + 1)))
    analyse(Document("", "txt", "", None, text, blocks))
    find_deadlines(text, cell=True)


_load()
