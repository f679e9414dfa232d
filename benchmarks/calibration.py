"""Whether the reader's confidence means something: how often values of each confidence are right, on annotated documents.

    make bench NAME=calibration              a line for each field, and a table over all of them
    make bench NAME=calibration MISSES=20    and the values it was sure of and had wrong

A value is what a reviewer would have to correct: each field of a task, each document cited, target and duty to report. The nine
documents of `tests/vanban/calibration` were written and annotated before the program had read them, in two sets; what it gave
then stands beside what it gives now.
The last line is `{"values": …, "right_at_90": …, "values_at_90": …, "right_below_60": …, "values_below_60": …}`.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.accuracy import FRESH, GOLDEN, block, load
from tests.vanban.golden.gold import score
from vanban import analyse, read
from vanban.contract import as_json

UNSEEN = GOLDEN.parent / "calibration"
FOLDERS = (
    (GOLDEN / "documents", GOLDEN / "gold"),
    (GOLDEN / "forms/documents", GOLDEN / "forms/gold"),
    (FRESH, FRESH),
    (UNSEEN, UNSEEN),
)
SURE, UNSURE = 0.9, 0.6
EDGES = (0.0, 0.5, UNSURE, 0.7, 0.8, SURE, 0.95, 1.01)
FIRST_READINGS = """\
FIRST SET          tasks F1 1.000  lead 0.667  coord 0.889  deadline 0.903  deliv 1.000  topic 0.694  refs 0.963  \
targets 0.800  reporting 0.190  header 1.00  no_edit 0.542
  477 values: 0.914 of 350 right at 0.9, 0.111 of 9 below 0.6
SECOND SET         tasks F1 1.000  lead 0.917  coord 0.972  deadline 0.972  deliv 1.000  topic 0.611  refs 1.000  \
targets 0.714  reporting 0.571  header 0.94  no_edit 0.861
  231 values: 0.971 of 139 right at 0.9, 0.125 of 8 below 0.6"""

Json = dict[str, Any]
Judged = tuple[str, float, bool, str]  # field, how sure, whether right, and where


class Value(NamedTuple):
    """Something that was read: in which field, how surely, and whether it is what the annotation has."""

    field: str
    sure: float
    right: bool
    where: str
    unseen: bool  # in a document that was measured before anything was learned from it


def values(path: Path, folder: Path) -> Iterator[Value]:
    """Every value that was read from a document, judged by its annotation."""
    gold, found = load(path.stem, folder), as_json(analyse(read(path)))
    common = {key: value["name"] for key, value in load("agencies").items()}
    for plan in (gold, found):
        score.name_keys(plan, common, gold["header"]["province"])
    for name in ("tasks", "targets", "reporting"):
        score.locate(gold[name], found["content"])
    for field, sure, right, where in (
        *_of_tasks(gold["tasks"], found["tasks"]),
        *_of_references(gold["references"], found["references"]),
        *_of_clauses("target", gold["targets"], found["targets"], score.target),
        *_of_clauses("duty", gold["reporting"], found["reporting"], score.duty),
    ):
        yield Value(field, sure, right, f"{path.stem} {where}", folder == UNSEEN)


def _of_tasks(gold: list[Json], found: list[Json]) -> Iterator[Judged]:
    pairs = {p: g for g, p in score.pair(gold, found)}
    for at, task in enumerate(found):
        yield "task", task["confidence"]["task"], at in pairs, task["at"]
        if at in pairs:
            for field in ("lead", "coordinate", "deadline", "deliverable", "topic"):
                said, meant = (score.FIELDS[field](each) for each in (task, gold[pairs[at]]))
                yield field, task["confidence"][field], said == meant, f"{task['at']}: {said}, not {meant}"


def _of_references(gold: list[Json], found: list[Json]) -> Iterator[Judged]:
    want, got = ({score.reference(each) for each in items} for items in (gold, found))
    hit = set(score.match_references(want, got).values())
    for reference in found:
        said = score.reference(reference)
        yield "reference", reference["confidence"], said in hit, said


def _of_clauses(field: str, gold: list[Json], found: list[Json], value: Any) -> Iterator[Judged]:
    pairs = {p: g for g, p in score.pair(gold, found, score.CLAUSE_NEAR, value)}
    for at, each in enumerate(found):
        meant = value(gold[pairs[at]]) if at in pairs else None
        yield field, each["confidence"], value(each) == meant, f"{each['at']}: {value(each)}, not {meant}"


def collected() -> list[Value]:
    return [
        value
        for documents, folder in FOLDERS
        for path in sorted(documents.glob("*.txt"))
        if (folder / f"{path.stem}.json").exists()
        for value in values(path, folder)
    ]


def share(found: Iterable[Value]) -> tuple[int, float]:
    """How many values, and which part of them is right."""
    marks = [value.right for value in found]
    return len(marks), sum(marks) / len(marks) if marks else 1.0


def summary(found: list[Value]) -> dict[str, float]:
    sure, right = share(value for value in found if value.sure >= SURE)
    unsure, even_so = share(value for value in found if value.sure < UNSURE)
    return {
        "values": len(found),
        "right_at_90": round(right, 4),
        "values_at_90": sure,
        "right_below_60": round(even_so, 4),
        "values_below_60": unsure,
    }


def table(found: list[Value]) -> Iterator[str]:
    """A line for each field and one for all: of how many values in each band of confidence, which part is right."""
    bands = list(pairwise(EDGES))
    yield f"{'':12}" + "".join(f"{f'{low:.2f}-{min(high, 1):.2f}':>15}" for low, high in bands)
    fields: dict[str, list[Value]] = defaultdict(list)
    for value in found:
        fields[value.field].append(value)
        fields["all"].append(value)
    for field, inside in sorted(fields.items(), key=lambda pair: pair[0] == "all"):
        shares = [share(value for value in inside if low <= value.sure < high) for low, high in bands]
        yield f"{field:12}" + "".join(f"{f'{part:.3f} of {count}' if count else '-':>15}" for count, part in shares)


def main() -> None:
    shown = int(os.environ.get("MISSES", "0"))
    print("documents unseen until they were measured: first readings, and now")
    print(FIRST_READINGS)
    block(sorted(UNSEEN.glob("*.txt")), UNSEEN, shown)
    found = collected()
    print("", *table(found), sep="\n")
    wrong = [value for value in found if value.sure >= SURE and not value.right]
    print(*(f"  {value.sure:.2f} {value.field} {value.where}" for value in wrong[:shown]), sep="\n")
    print("these documents alone:", json.dumps(summary([value for value in found if value.unseen])))
    print(json.dumps(summary(found)))


if __name__ == "__main__":
    main()
