"""How well the library reads: its output on annotated documents, scored against their annotation.

    make bench NAME=accuracy             a line for each document, and the total
    make bench NAME=accuracy MISSES=20   and the first misses of each

The five golden directives, then six of other forms that were annotated before the program had read them: what their first
reading gave is printed beside what it gives now, after the rules learned from them.
The last line is `{"no_edit": …, "tasks_f1": …}` over the five. What the columns mean: `tests/vanban/golden/gold/GUIDE.md`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.vanban.golden.gold import score
from vanban import analyse, read
from vanban.contract import as_json
from vanban.values import Analysis

GOLDEN = Path(__file__).parents[1] / "tests/vanban/golden"
DOCUMENTS = sorted((GOLDEN / "documents").glob("*.txt"))
FRESH = GOLDEN.parent / "fresh"
FIRST_READING = """\
FIRST READING      tasks F1 0.978  lead 0.807  coord 0.898  deadline 0.955  deliv 0.989  topic 0.761  refs 0.987  \
targets 0.737  reporting 0.412  header 1.00  no_edit 0.689"""

Row = dict[str, Any]


def score_document(path: Path, folder: Path = GOLDEN / "gold") -> tuple[Row, list[str]]:
    """The scores of one document, in whatever format, and its misses: `path.stem` names its annotation in `folder`."""
    gold = load(path.stem, folder)
    if path.suffix == ".txt":  # places count in the file itself
        return score_found(gold, analyse(read(path)), path.read_text(encoding="utf-8"))
    for item in (*gold["tasks"], *gold["targets"], *gold["reporting"]):
        item["quote"] = item["quote"].replace("*", "")  # verbatim from the text, Markdown marks included
    found = analyse(read(path))
    return score_found(gold, found, found.document.content)


def score_found(gold: dict[str, Any], analysis: Analysis, text: str) -> tuple[Row, list[str]]:
    """The scores of what was found in a text against its annotation, and the misses."""
    found = as_json(analysis)
    common = {key: value["name"] for key, value in load("agencies").items()}
    for plan in (gold, found):
        score.name_keys(plan, common, gold["header"]["province"])
    return score.score(gold, found, text)


def load(name: str, folder: Path = GOLDEN / "gold") -> dict[str, Any]:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def block(paths: list[Path], folder: Path, shown: int) -> Row:
    """A line for each document, with its first misses, and the total of all."""
    rows = []
    for path in paths:
        row, misses = score_document(path, folder)
        rows.append(row)
        print(score.line(path.stem, row), *misses[:shown], sep="\n    ")
    total = score.total(rows)
    print(score.line("TOTAL", total))
    return total


def main() -> None:
    shown = int(os.environ.get("MISSES", "0"))
    total = block(DOCUMENTS, GOLDEN / "gold", shown)
    print("\nfresh, first reading (before any rule learned from them), and now")
    print(FIRST_READING)
    block(sorted(FRESH.glob("*.txt")), FRESH, shown)
    print(json.dumps({"no_edit": round(total["no_edit"], 4), "tasks_f1": round(total["tasks"]["f1"], 4)}))


if __name__ == "__main__":
    main()
