"""The data files of the registry, read once; each says itself what its entries mean."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """`lifecycle`, `limits`, `sizes`, `industries`, `facts`."""
    return tomllib.loads(files("hopluc.registry").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
