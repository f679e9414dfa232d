"""Cases of tests as they lie in YAML files, read by the parser that is written in C: each process reads them all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def cases(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def named_cases(path: Path) -> list[dict[str, Any]]:
    """Cases of which each has a `name` of its own."""
    found: list[dict[str, Any]] = cases(path)
    names = [case["name"] for case in found]
    assert len(set(names)) == len(names), f"{path.name}: a case name stands twice"
    return found
