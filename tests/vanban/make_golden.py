"""Golden files: what is read in whole documents, a line a finding, so that a change shows as a diff to be read.

`make golden` rewrites them; `test_golden.py` fails when one differs or is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vanban import analyse, read
from vanban.contract import as_json

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = GOLDEN / "expected"


def documents() -> list[Path]:
    return sorted([*GOLDEN.glob("documents/*.txt"), *GOLDEN.glob("forms/documents/*.txt")])


def expected(path: Path) -> Path:
    return EXPECTED / f"{path.stem}.txt"


def findings(path: Path) -> str:
    """All that is read in one document, as text."""
    return "\n".join(_lines(as_json(analyse(read(path))))) + "\n"


def _lines(found: dict) -> Iterator[str]:
    header = found["header"]
    for key in ("type", "symbol", "issuer", "issued_on", "title", "province"):
        yield f"{key}: {header[key]}"
    signer = header["signer"]
    yield f"signer: {signer and ' / '.join([*signer['capacity'], signer['name']])}"
    yield f"recipients: {'; '.join(header['recipients'])}"
    for item in found["references"]:
        yield _row(
            "reference",
            item["symbol"] or item.get("title"),
            item["type"],
            item["issuer"],
            item["date"],
            item["relation"],
        )
    for item in found["tasks"]:
        who = f"{','.join(item['lead'])} + {','.join(item['coordinate'])}"
        doubts = ",".join(notice["code"] for notice in item["notices"])
        yield _row(
            "task",
            item["at"],
            item["text"][:50],
            who,
            _deadline(item["deadline"]),
            item["deliverable"],
            item["topic"],
            doubts,
        )
    for item in found["targets"]:
        amount = f"{item['op']} {item.get('low', '')}..{item.get('high', '')} {item['unit']}"
        yield _row("target", item["at"], amount, item.get("by"), item.get("per"), item.get("scope"), item["indicator"])
    for item in found["reporting"]:
        hop = f"{','.join(item['from'])} -> {','.join(item['to'])} via {','.join(item['via'])}"
        yield _row("duty", item["at"], hop, item["frequency"], item["due"])
    for notice in found["notices"]:
        yield _row("notice", notice["code"], notice["text"])


def _deadline(deadline: dict | None) -> str | None:
    return deadline and " ".join(str(deadline[k]) for k in ("kind", "start", "end", "rule") if k in deadline)


def _row(*cells: object) -> str:
    return " | ".join("" if cell is None else str(cell) for cell in cells)


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    kept = {expected(path) for path in documents()}
    for stale in set(EXPECTED.glob("*.txt")) - kept:
        stale.unlink()
    for path in documents():
        expected(path).write_text(findings(path), encoding="utf-8")
        print(expected(path).relative_to(GOLDEN))


if __name__ == "__main__":
    main()
