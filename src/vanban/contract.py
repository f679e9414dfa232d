"""The JSON that leaves the library: one object a document.

```
doc          stem of the document's name
source       {name, sha256, kind, pages}
header       {type, symbol, issuer, issued_on, title, province, signer, recipients, spans, confidence}
               signer       {name, capacity: […]} or null
references   [{symbol, type, issuer, date, relation, provisions, title, span, confidence}]      title only where symbol is null
               provisions   [{article, clause, point}], the parts cited (Điều, khoản, điểm); unused keys left out
tasks        [{at, span, text, where, lead, coordinate, deliverable, deadline, topic,
               spans, confidence, inherited, notices}]
               deadline     {raw, kind, start, end, rule} or null; unused keys left out
               spans        {field: [span, …]}       confidence {field: 0–1}
               inherited    {field: address of the heading that hands it down}
targets      [{at, span, indicator, subject, op, low, high, unit, by, from, per, scope, confidence}]
               unused keys left out; whole numbers are written as such
reporting    [{at, span, from, to, via, frequency, due, confidence}]
agencies     {key: full name}
notices      [{code, hint, text, span}]
content      the string that every span counts in
```

A span is `[start, end]`: offsets of characters in `content`, `end` exclusive. Dates are ISO. What the document does not
say is null.

`read_task`, `read_target`, `read_duty`, `read_deadline` and `read_notice` take the values back from JSON, also from what a
person made by hand: keys that it leaves out say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from vanban.values import Analysis, Deadline, Document, Duty, Header, Notice, Reference, Signer, Span, Target, Task

Json = dict[str, object]


def as_json(analysis: Analysis) -> Json:
    """The analysis in plain dicts, lists, strings and numbers, as laid out above; keys always in the same order."""
    document = analysis.document
    return {
        "doc": PurePath(encodable(document.name)).stem,
        "source": _source(document),
        "header": _header(analysis.header),
        "references": [_reference(each) for each in analysis.references],
        "tasks": [task_json(each) for each in analysis.tasks],
        "targets": [target_json(each) for each in analysis.targets],
        "reporting": [duty_json(each) for each in analysis.duties],
        "agencies": _sorted(analysis.agencies),
        "notices": [notice_json(each) for each in analysis.notices],
        "content": document.content,
    }


def as_text(value: Json) -> str:
    """The JSON as it stands in a file: readable letters, one space of indent, a line end at the end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def encodable(name: str) -> str:
    """A file name that UTF-8 can carry: bytes that were no text when the system gave the name become `�`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _source(document: Document) -> Json:
    name = encodable(document.name)
    return {"name": name, "sha256": document.sha256, "kind": document.kind, "pages": document.pages}


def _header(header: Header) -> Json:
    return {
        "type": header.type,
        "symbol": header.symbol,
        "issuer": header.issuer,
        "issued_on": _day(header.issued_on),
        "title": header.title,
        "province": header.province,
        "signer": _signer(header.signer),
        "recipients": list(header.recipients),
        "spans": _sorted({field: list(span) for field, span in header.spans.items()}),
        "confidence": _sorted(header.confidence),
    }


def _signer(signer: Signer | None) -> Json | None:
    return {"name": signer.name, "capacity": list(signer.capacity)} if signer else None


def _reference(reference: Reference) -> Json:
    written: Json = {
        "symbol": reference.symbol,
        "type": reference.type,
        "issuer": reference.issuer,
        "date": _day(reference.date),
        "relation": reference.relation,
        "provisions": [_used(part._asdict()) for part in reference.provisions],
        "title": reference.title,
        "span": list(reference.span),
        "confidence": reference.sure,
    }
    if reference.symbol or reference.title is None:
        del written["title"]
    return written


def task_json(task: Task) -> Json:
    """A task as it stands in the contract; so `target_json`, `duty_json`, `deadline_json`, `notice_json`."""
    return {
        "at": task.at,
        "span": list(task.span),
        "text": task.text,
        "where": task.where,
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "deliverable": task.deliverable,
        "deadline": deadline_json(task.deadline),
        "topic": task.topic,
        "spans": _sorted({field: [list(span) for span in spans] for field, spans in task.spans.items()}),
        "confidence": _sorted(task.confidence),
        "inherited": _sorted(task.inherited),
        "notices": [notice_json(each) for each in task.notices],
    }


def deadline_json(deadline: Deadline | None) -> Json | None:
    if not deadline:
        return None
    start, end = _day(deadline.start), _day(deadline.end)
    return _used({"raw": deadline.raw, "kind": deadline.kind, "start": start, "end": end, "rule": deadline.rule})


def target_json(target: Target) -> Json:
    return _used(
        {
            "at": target.at,
            "span": list(target.span),
            "indicator": target.indicator,
            "subject": target.subject,
            "op": target.op,
            "low": _number(target.low),
            "high": _number(target.high),
            "unit": target.unit,
            "by": target.by,
            "from": target.start,
            "per": target.per,
            "scope": target.scope,
            "confidence": target.confidence,
        }
    )


def duty_json(duty: Duty) -> Json:
    return {
        "at": duty.at,
        "span": list(duty.span),
        "from": list(duty.sender),
        "to": list(duty.to),
        "via": list(duty.via),
        "frequency": duty.frequency,
        "due": duty.due,
        "confidence": duty.confidence,
    }


def notice_json(notice: Notice) -> Json:
    span = list(notice.span) if notice.span else None
    return {"code": notice.code, "hint": notice.hint, "text": notice.text, "span": span}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | None:
    """Whole numbers without a decimal point: 16, not 16.0."""
    return int(value) if value is not None and float(value).is_integer() else value


def _used(values: Json) -> Json:
    return {key: value for key, value in values.items() if value is not None}


def _sorted(values: Mapping[str, object]) -> Json:
    return dict(sorted(values.items()))


def read_task(value: Mapping[str, Any]) -> Task:
    """The task that its JSON describes. Raises ValueError for a day that is none."""
    return Task(
        at=value.get("at", ""),
        span=_span(value),
        text=value.get("text", ""),
        where=value.get("where", "body"),
        lead=tuple(value.get("lead", ())),
        coordinate=tuple(value.get("coordinate", ())),
        deliverable=value.get("deliverable"),
        deadline=read_deadline(value["deadline"]) if value.get("deadline") else None,
        topic=value.get("topic", "other"),
        spans={field: tuple((start, end) for start, end in spans) for field, spans in value.get("spans", {}).items()},
        confidence=dict(value.get("confidence", {})),
        inherited=dict(value.get("inherited", {})),
        notices=tuple(map(read_notice, value.get("notices", ()))),
    )


def read_deadline(value: Mapping[str, Any]) -> Deadline:
    """The deadline that its JSON describes, to be spelled or dated; the contract keeps no place of it.

    >>> read_deadline({"raw": "quý II", "kind": "by", "end": "2023-06-30"}).end
    datetime.date(2023, 6, 30)
    """
    start, end = (date.fromisoformat(value[edge]) if value.get(edge) else None for edge in ("start", "end"))
    return Deadline(value.get("raw", ""), (0, 0), value["kind"], start, end, value.get("rule"))


def read_target(value: Mapping[str, Any]) -> Target:
    """The target that its JSON describes."""
    return Target(
        at=value.get("at", ""),
        span=_span(value),
        indicator=value["indicator"],
        subject=value.get("subject", ""),
        op=value["op"],
        unit=value.get("unit", ""),
        low=value.get("low"),
        high=value.get("high"),
        by=value.get("by"),
        start=value.get("from"),
        per=value.get("per"),
        scope=value.get("scope"),
        confidence=value.get("confidence", 1.0),
    )


def read_duty(value: Mapping[str, Any]) -> Duty:
    """The duty to report that its JSON describes."""
    return Duty(
        at=value.get("at", ""),
        span=_span(value),
        sender=tuple(value.get("from", ())),
        to=tuple(value.get("to", ())),
        via=tuple(value.get("via", ())),
        frequency=value.get("frequency"),
        due=value.get("due"),
        confidence=value.get("confidence", 1.0),
    )


def read_notice(value: Mapping[str, Any]) -> Notice:
    """The notice that its JSON describes."""
    return Notice(value["code"], value["hint"], value.get("text", ""), _span(value) if value.get("span") else None)


def _span(value: Mapping[str, Any]) -> Span:
    start, end = value.get("span") or (0, 0)
    return start, end
