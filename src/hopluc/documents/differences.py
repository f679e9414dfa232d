"""Two wordings of one thing side by side: which words of each the other does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

Run = tuple[str, bool]  # words that follow each other; whether the other wording lacks them


def compared(before: str, now: str) -> tuple[list[Run], list[Run]]:
    """The runs of both wordings, white space apart.

    >>> compared("đẩy mạnh tuyên truyền", "đẩy mạnh tuyên truyền sâu rộng")
    ([('đẩy mạnh tuyên truyền', False)], [('đẩy mạnh tuyên truyền', False), ('sâu rộng', True)])
    """
    old, new = before.split(), now.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        list(_runs((old[a:b], tag != "equal") for tag, a, b, _c, _d in steps)),
        list(_runs((new[c:d], tag != "equal") for tag, _a, _b, c, d in steps)),
    )


def _runs(parts: Iterable[tuple[list[str], bool]]) -> Iterator[Run]:
    return ((" ".join(words), changed) for words, changed in parts if words)
