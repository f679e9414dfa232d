"""How the command speaks: one sentence a line, Vietnamese unless English is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hopluc.core.errors import Problem

VIETNAMESE, ENGLISH = "vi", "en"
_chosen = [VIETNAMESE]


class Sentence(NamedTuple):
    """The same in both languages, with the same named places."""

    vi: str
    en: str

    def __mod__(self, places: Mapping[str, object]) -> str:
        return str(self) % places

    def __str__(self) -> str:
        return self.en if _chosen[0] == ENGLISH else self.vi


def choose(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Take the language from `--lang en`, else from the system's, where that is English."""
    system = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    asked = [after for word, after in zip(words, [*words[1:], ""], strict=True) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    _chosen[0] = ENGLISH if (asked[-1:] or [system[:2]])[0] == ENGLISH else VIETNAMESE


def language() -> str:
    return _chosen[0]


def prepare_streams() -> None:
    """Vietnamese needs Unicode, also where the system's own encoding is older."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # both are text files
    os.environ.setdefault("PYTHONUTF8", "1")  # for the processes that we start


def say(words: object) -> None:
    print(words, flush=True)


def complain(words: object) -> None:
    print(words, file=sys.stderr, flush=True)


class CommandProblem(Problem):
    """What stops a command; its `status` is the command's."""

    status = 1
