"""The JSON that leaves the library: one object a document.

```
doc          stem of the document's name
source       {name, sha256, kind, pages}
header       {type, symbol, issuer, issued_on, title, province, signer, recipients, spans, confidence}
               signer       {name, capacity: […]} or null
references   [{symbol, type, issuer, date, relation, title, span, confidence}]      title only where symbol is null
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
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import PurePath

from vanban.values import Analysis, Deadline, Document, Duty, Header, Notice, Reference, Signer, Target, Task

Json = dict[str, object]


def as_json(analysis: Analysis) -> Json:
    """The analysis in plain dicts, lists, strings and numbers, as laid out above; keys always in the same order."""
    document = analysis.document
    return {
        "doc": PurePath(encodable(document.name)).stem,
        "source": _source(document),
        "header": _header(analysis.header),
        "references": [_reference(each) for each in analysis.references],
        "tasks": [task_as_json(each) for each in analysis.tasks],
        "targets": [_target(each) for each in analysis.targets],
        "reporting": [_duty(each) for each in analysis.duties],
        "agencies": _sorted(analysis.agencies),
        "notices": [_notice(each) for each in analysis.notices],
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
        "title": reference.title,
        "span": list(reference.span),
        "confidence": reference.sure,
    }
    if reference.symbol or reference.title is None:
        del written["title"]
    return written


def task_as_json(task: Task) -> Json:
    """One task, as laid out above."""
    return {
        "at": task.at,
        "span": list(task.span),
        "text": task.text,
        "where": task.where,
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "deliverable": task.deliverable,
        "deadline": _deadline(task.deadline),
        "topic": task.topic,
        "spans": _sorted({field: [list(span) for span in spans] for field, spans in task.spans.items()}),
        "confidence": _sorted(task.confidence),
        "inherited": _sorted(task.inherited),
        "notices": [_notice(each) for each in task.notices],
    }


def _deadline(deadline: Deadline | None) -> Json | None:
    if not deadline:
        return None
    start, end = _day(deadline.start), _day(deadline.end)
    return _used({"raw": deadline.raw, "kind": deadline.kind, "start": start, "end": end, "rule": deadline.rule})


def _target(target: Target) -> Json:
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


def _duty(duty: Duty) -> Json:
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


def _notice(notice: Notice) -> Json:
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
