"""A report as one value: frozen to JSON when it is signed, thawed from that alone whatever became of its sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from hopluc.accounts.models import User
from hopluc.core.models import StoredFile
from hopluc.forms.schema.reading import read_schema
from hopluc.reports.charts.mapped import Maps
from hopluc.reports.compiled import Compiled, Paragraph, Part
from hopluc.reports.compiling.figures import Cell, Choice, Figures, Return, Statement, exact
from hopluc.reports.compiling.gate import Clash, Kind, Place
from hopluc.reports.compiling.sentences import Resolved
from hopluc.reports.compiling.shape import Shape
from hopluc.reports.letters import Letter
from hopluc.reports.models import Passage, Report, Snapshot
from hopluc.reports.word import written
from hopluc.units.models import Dataset

Json = Any
LAYOUT = 1  # of the data


@dataclass(frozen=True, slots=True)
class Around:
    """What is kept beside the report itself: its letter, the template (name, hash), which edition, by data of which day."""

    letter: Letter
    edition: int
    template: tuple[str, str] | None = None


def canonical(data: Json) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(data: Json) -> str:
    return sha256(canonical(data)).hexdigest()


def frozen(compiled: Compiled, around: Around) -> Json:
    """Everything that its figures, text and file are made of, and where each figure came from."""
    campaign = compiled.campaign
    return {
        "layout": LAYOUT,
        "edition": around.edition,
        "campaign": campaign.title,
        "period": campaign.period,
        "version": {"form": campaign.version.form.code, "number": campaign.version.number},
        "schema": campaign.version.schema,
        "year": campaign.year,
        "letter": around.letter.kept(),
        "template": list(around.template) if around.template else None,
        "figures": dict(compiled.figures.values),
        "cells": {path: _cell(cell) for path, cell in compiled.figures.cells.items() if cell.statements or cell.taken},
        "filings": [_filing(each) for each in compiled.returns],
        "passages": [_passage(part, each) for part in compiled.parts for each in part.paragraphs],
        "tasks": dict(compiled.tasks),
        "maps": compiled.maps.kept(),
        "explained": [[_clash(clash), reason] for clash, reason in compiled.explained],
        "open": [_clash(clash) for clash in compiled.open],
        "lineage": dict(Dataset.objects.order_by("name").values_list("name", "fingerprint")),
    }


def _cell(cell: Cell) -> Json:
    """`taken` counts in its statements; one that was typed stands after them."""
    found = list(cell.statements)
    if cell.taken and cell.taken not in found:
        found.append(cell.taken)
    made: Json = {"said": [_statement(one) for one in found]}
    if cell.taken:
        made["taken"] = found.index(cell.taken)
    if cell.choice:
        made["choice"] = [cell.choice.origin, cell.choice.reason, cell.choice.typed]
    return made


def _statement(one: Statement) -> Json:
    return [
        str(one.origin),
        str(one.value),
        one.source,
        [[key, str(value)] for key, value in one.rows],
        list(one.missing),
        str(one.inseparable),
    ]


def _filing(each: Return) -> Json:
    return {
        "id": each.key,
        "agency": each.agency,
        "name": each.name,
        "revision": each.revision,
        "approved": each.approved,
        "sha256": digest(each.values),
        "parts": digests(each.values),
    }


def digests(values: Mapping[str, Json]) -> dict[str, str]:
    """Of what a filing says, by field of the form."""
    found: dict[str, dict[str, Json]] = {}
    for path, value in values.items():
        found.setdefault(path.partition(".")[0].partition("#")[0], {})[path] = value
    return {key: digest(part)[:16] for key, part in found.items()}


def _passage(part: Part, each: Paragraph) -> Json:
    made = each.passage
    return {
        "id": made.pk,
        "part": part.field.key,
        "kind": made.kind,
        "text": made.text,
        "by": made.by.name,
        "at": made.at.isoformat(),
        "taken": made.taken,
        "said": each.said.text,
        "paths": list(each.said.paths),
    }


def _clash(clash: Clash) -> Json:
    places = [[each.kind, each.key, each.label, each.start, each.end] for each in clash.places]
    return [clash.kind.value, clash.text, places, clash.stops]


def thawed(data: Json, report: Report) -> Compiled:
    """The report as it was. `report` says only where it belongs: nothing of it is read."""
    shape = Shape(read_schema(data["schema"]), data["year"])
    told = data["cells"]
    cells = {
        path: _cell_read(shape, path, told.get(path, {"said": []}))
        for path, slot in shape.slots.items()
        if not slot.worked_out
    }
    returns = tuple(
        Return(each["id"], each["agency"], each["name"], {}, approved=each["approved"], revision=each["revision"])
        for each in data["filings"]
    )
    return Compiled(
        report,
        report.campaign,
        shape,
        Figures(shape, cells, data["figures"]),
        returns,
        _parts(shape, data["passages"]),
        tuple(_clash_read(each) for each in data["open"]),
        tuple((_clash_read(clash), reason) for clash, reason in data["explained"]),
        data["tasks"],
        Maps.read(data.get("maps", {})),  # of what was signed before there were any: none
    )


def _cell_read(shape: Shape, path: str, kept: Json) -> Cell:
    said = tuple(
        Statement(origin, exact(value), source, tuple((key, exact(each)) for key, each in rows), tuple(missing), exact(apart))
        for origin, value, source, rows, missing, apart in kept["said"]
    )  # fmt: skip
    taken = said[kept["taken"]] if "taken" in kept else None
    choice = Choice(*kept["choice"]) if "choice" in kept else None
    return Cell(shape.slots[path], said, taken, choice)


def _parts(shape: Shape, passages: Sequence[Json]) -> tuple[Part, ...]:
    return tuple(
        Part(field, tuple(_paragraph(each) for each in passages if each["part"] == key), ())
        for key, field in shape.texts.items()
    )


def _paragraph(kept: Json) -> Paragraph:
    passage = Passage(
        pk=kept["id"], part=kept["part"], kind=kept["kind"], text=kept["text"], taken=kept["taken"], by=User(name=kept["by"])
    )  # fmt: skip
    passage.at = datetime.fromisoformat(kept["at"])
    return Paragraph(passage, Resolved(kept["said"], tuple(kept["paths"])))


def _clash_read(kept: Json) -> Clash:
    kind, text, places, stops = kept
    return Clash(Kind(kind), text, tuple(Place(*each) for each in places), stops)


def file_of(data: Json, report: Report) -> bytes:
    """The Word document that these data make, in the template that they name."""
    template = data["template"]
    body = (template[0], template_read(template[1])) if template else None
    return written(thawed(data, report), Letter.read(data["letter"]), body)


def template_read(digest_: str) -> bytes:
    with StoredFile.objects.get(sha256=digest_).data.open("rb") as file:
        return bytes(file.read())


def made_again(snapshot: Snapshot) -> bytes:
    """The Word document of a signed report, from its snapshot alone."""
    return file_of(snapshot.data, snapshot.report)
