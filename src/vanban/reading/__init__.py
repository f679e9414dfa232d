"""Bytes of an official document → `Document`: its text in blocks, each letter tied to its place."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.reading.building import lay_anew
    from vanban.reading.combining import combine
    from vanban.reading.documents import load, read

__all__ = ["combine", "lay_anew", "load", "read"]
_WHERE = {"combine": "combining", "lay_anew": "building", "load": "documents", "read": "documents"}


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: whoever needs one module of these waits for no PDF library."""
    if name not in _WHERE:
        raise AttributeError(f"module 'vanban.reading' has no attribute {name!r}")
    return getattr(import_module(f"vanban.reading.{_WHERE[name]}"), name)
