"""Signs that are no words: the marks of Markdown and HTML tags in a text, and the backslashes and entities for letters.

Programs that make Markdown of a Word document put a backslash before each sign that might be a mark: `1\\. Thông tin`,
`\\- Giúp`, `37/KH\\-UBND`. What is behind it is a letter like any other.
"""

from __future__ import annotations

import re

MARKS = re.compile(
    r"""(?=[\\*_\#<>\[\]\s]|amp;)(?:                                 # how each begins, asked for once
    \\(?=[!-/:-@\[-`{-~]|\s*$) | (?<=\S)\\(?=\s)                   # before a letter, or a break of the line
    | (?<!\\)\*{2,} | (?<![\w*\\])\*(?=[^\s*]) | (?<=[^\s*\\])\*(?![\w*])
    | (?<![_\\])__(?!_) | (?<![\w_\\])_(?=[\w("“*\\]) | (?<=[\w.,;:!?)"”*])(?<!\\)_(?![\w_/.…])
    | ^\s*\#{1,6}\s+ | (?<=\S\s)\#{1,6}\s*$ | ^\s*>\s+(?!\d)
    | </?[a-zA-Z][a-zA-Z0-9]{0,9}\s*/?> | <!--\s*(?:[\w\s]{0,40}+)--> | (?<=&)amp;
    | \[(?=[^\[\]\n]{0,300}+\]\{[.\#]) | \]\{[.\#][^{}\n]{0,80}+\}   # of pandoc: words with a style, places to link to
    )""",
    re.X,
)
HEADING = re.compile(r"^\s*#{1,6}\s+\S")
UNDERLINE = re.compile(r"\s{0,3}(=+|-+)\s*")  # below a heading, instead of marks before it
SHORTEST = 3  # of its letters
# A tag or entity that stands for white space or for one sign; Markdown has no other way to part lines in a cell.
WRITTEN = re.compile(r"<br\s{0,3}/?>|&(?:nbsp|e[mn]sp|thinsp|#160|#xA0|lt|gt);", re.I)
SAID = {"&lt;": "<", "&gt;": ">"}


def has_marks(raw: str) -> bool:
    """Without one of these signs there are no marks."""
    return (
        "*" in raw
        or "_" in raw
        or "#" in raw
        or "<" in raw
        or ">" in raw
        or "\\" in raw
        or "&amp;" in raw
        or "]{" in raw
    )


def resolved(text: str) -> str:
    """The text with white space and signs for what is written in their place, each letter where it stood.

    >>> resolved("Sở A<br>Sở&nbsp;B &gt; 40")
    'Sở A    Sở      B    > 40'
    """
    if "<" not in text and "&" not in text:
        return text
    return WRITTEN.sub(lambda m: SAID.get(m[0].lower(), " ").rjust(len(m[0])), text)


def underlines(line: str, above: str) -> bool:
    """The line makes the one above it a heading: `====`, or as many `-` as that has letters.

    Fewer or more of these are a rule, as below a motto.
    """
    m = UNDERLINE.fullmatch(line)
    if m is None or len(m[1]) < SHORTEST:
        return False
    return m[1][0] == "=" or len(m[1]) == len(above.strip())
