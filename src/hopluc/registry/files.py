"""The data files of the registry, read once; each says itself what its entries mean."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@cache
def table(name: str) -> dict[str, Any]:
    """`lifecycle`, `limits`, `sizes`, `industries`, `facts`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
