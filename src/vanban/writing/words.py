"""Text as WordprocessingML: escaped, in runs, within a style."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.writing.model import Mark, Run, Text

# What XML cannot hold, and what it takes for itself.
SPECIAL = re.compile("[&<>\t\n\r\v\f\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STYLES = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "StrongEmphasis"}
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E0E0E0"/>'
BREAKS = re.compile("\r\n?|[\v\f\n]")


def plain(text: str) -> str:
    """Text of one line for an element or an attribute.

    >>> plain('A & "B"\\x00\\n')
    'A &amp; &quot;B&quot; '
    """
    text = FORBIDDEN.sub("", BREAKS.sub(" ", text).replace("\t", " "))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def letters(text: str) -> str:
    """The inside of a run: text, tabs and line breaks.

    >>> letters("a\\tb < c")
    '<w:t xml:space="preserve">a</w:t><w:tab/><w:t xml:space="preserve">b &lt; c</w:t>'
    """
    if not SPECIAL.search(text):
        return f'<w:t xml:space="preserve">{text}</w:t>'
    text = FORBIDDEN.sub("", BREAKS.sub("\n", text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parts = re.split("([\t\n])", text)
    said = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    return "".join(said.get(part, f'<w:t xml:space="preserve">{part}</w:t>') for part in parts if part)


def run(part: Run, *, shaded: bool = False) -> str:
    return f"<w:r>{_look(part, shaded=shaded)}{letters(part.text)}</w:r>" if part.text else ""


def _look(part: Run, *, shaded: bool) -> str:
    style = STYLES.get((part.bold, part.italic))
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    shade = SHADE if shaded else ""
    return f"<w:rPr>{named}{shade}</w:rPr>" if named or shade else ""


def runs(text: Text) -> str:
    return f"<w:r>{letters(text)}</w:r>" if isinstance(text, str) and text else "".join(map(run, parts(text)))


def parts(text: Text) -> tuple[Run, ...]:
    return (Run(text),) if isinstance(text, str) else text


def said(text: Text) -> str:
    """The words of a text without its looks."""
    return text if isinstance(text, str) else "".join(part.text for part in text)


def paragraph(style: str, inside: str, *, properties: str = "") -> str:
    """`properties` are those that come behind the style, in Word's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


class Marks:
    """Whose words they are, kept as bookmarks that Word does not list (`_m1`) and a part of the file that says what they mean."""

    def __init__(self, first: int = 1, *, shaded: bool = False) -> None:
        self._first, self._shaded = first, shaded  # the first number that is free for them
        self._made: list[Mark] = []

    def around(self, inside: str, mark: Mark | None) -> str:
        if mark is None or not inside:
            return inside
        self._made.append(mark)
        number = self._first + len(self._made) - 1
        return f'<w:bookmarkStart w:id="{number}" w:name="_m{number}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'

    def text(self, text: Text, mark: Mark | None = None) -> str:
        """The runs of a text, those with a mark of their own and the whole within bookmarks."""
        said = "".join(
            self.around(run(part, shaded=self._is_shaded(part.mark or mark)), part.mark) for part in parts(text)
        )
        return self.around(said, mark)

    def _is_shaded(self, mark: Mark | None) -> bool:
        return self._shaded and mark is not None and mark.by == "computed"

    def part(self) -> Iterable[str]:
        """The XML part, nothing where nothing is marked."""
        if not self._made:
            return
        yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<marks xmlns="urn:vanban:marks:1">'
        for number, mark in enumerate(self._made, self._first):
            of = "".join(f"<of>{plain(key)}</of>" for key in mark.of)
            yield f'<mark at="_m{number}" by="{mark.by}">{of}</mark>'
        yield "</marks>"
