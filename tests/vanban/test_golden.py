"""Whole documents: the annotated five in each format against their floors, and every golden file as it is."""

import tomllib

import pytest

from benchmarks import accuracy, citations
from tests.vanban.golden.gold import score
from tests.vanban.make_golden import GOLDEN, documents, expected, findings

FLOORS = tomllib.loads((GOLDEN / "floors.toml").read_text(encoding="utf-8"))
FILES = {
    "txt": "documents/*.txt",
    "docx": "documents/originals/*.docx",
    "pdf": "documents/originals/*.pdf",
    "forms": "forms/documents/*.txt",
    "fresh": "../fresh/*.txt",
    "calibration": "../calibration/*.txt",
    "provenance": "../provenance/*.txt",
    "unseen": "../unseen/*.txt",
}
FOLDERS = {
    "forms": GOLDEN / "forms/gold",
    "fresh": GOLDEN.parent / "fresh",
    "calibration": GOLDEN.parent / "calibration",
    "provenance": GOLDEN.parent / "provenance",
    "unseen": GOLDEN.parent / "unseen",
}


def scores(kind: str) -> dict[str, float]:
    folder = FOLDERS.get(kind, GOLDEN / "gold")
    annotated = [path for path in sorted(GOLDEN.glob(FILES[kind])) if (folder / f"{path.stem}.json").exists()]
    assert len(annotated) == len(list(folder.glob("*.json"))) - (kind not in FOLDERS)  # agencies.json beside the five
    total = score.total([accuracy.score_document(path, folder)[0] for path in annotated])
    counts = {name: total[name]["f1"] for name in ("tasks", "references", "targets", "reporting")}
    return {**total["fields"], **counts, "header": total["header"], "no_edit": total["no_edit"]}


@pytest.mark.parametrize("kind", FILES)
def test_scores_do_not_fall(kind):
    reached = scores(kind)
    assert {name: reached[name] for name, floor in FLOORS[kind].items() if reached[name] < floor} == {}


def test_scores_of_citations_do_not_fall():
    tally, floor = citations.score(), FLOORS["citations"]
    right = tally.right["all"]
    assert right / tally.given["all"] >= floor["precision"], tally.misses
    assert right / tally.wanted["all"] >= floor["recall"], tally.misses


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_findings_are_as_reviewed(path):
    assert expected(path).exists(), "run `make golden` and read what it writes"
    assert findings(path) == expected(path).read_text(encoding="utf-8")


def test_no_golden_file_is_left_over():
    assert sorted(path.name for path in expected(documents()[0]).parent.iterdir()) == sorted(
        expected(path).name for path in documents()
    )
