"""How the command speaks: results on standard output, trouble on standard error, both in UTF-8."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from vanban.contract import encodable
from vanban.errors import DocumentError
from vanban.messages import sentence


def prepare_streams() -> None:
    """Vietnamese needs Unicode, also where the system's own encoding is older (a pipe on Windows)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def say(words: str) -> None:
    print(encodable(words), flush=True)


def warn(words: str) -> None:
    print(f"Cảnh báo: {encodable(words)}", file=sys.stderr)


def complain(error: DocumentError) -> None:
    print(f"Lỗi {encodable(sentence(error))}", file=sys.stderr)


def status(good: int, bad: int) -> int:
    """The exit status: all well, some failed, nothing worked."""
    return 0 if not bad else 1 if good else 2
