"""The parts of a DOCX, which is a ZIP: opened within limits, whatever its directory claims."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from lxml import etree

from vanban.errors import Damaged, Protected, TooLarge
from vanban.reading.limits import MB, PART, UNPACKED, megabytes, open_zip

SIDE_PART = 20 * MB  # styles, numbering: far smaller in any real document
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DOCTYPE_WINDOW = 4096


class Package:
    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._zip = open_zip(data)
        self._names = {info.filename for info in self._zip.infolist()}
        claimed = sum(info.file_size for info in self._zip.infolist())
        if claimed > UNPACKED:
            raise self._too_large(claimed, UNPACKED)
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            raise Protected(name=name)

    @property
    def names(self) -> list[str]:
        """Of all parts, in the order of the file."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    @property
    def main_part(self) -> str:
        """Where the text is: usually `word/document.xml`, but the package may say otherwise."""
        named = self._relation("_rels/.rels", lambda kind: kind.endswith("/officeDocument"))
        if named and named in self._names:
            return named
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise Damaged(name=self.name, reason="the part with the text is missing")

    def beside(self, part: str, kind: str) -> etree._Element | None:
        """The root of a part that the main part refers to, as `styles` or `numbering`; None where there is none."""
        folder, file = posixpath.split(part)
        named = self._relation(f"{folder}/_rels/{file}.rels", lambda x: x.endswith(f"/{kind}"))
        path = posixpath.normpath(posixpath.join(folder, named)) if named else posixpath.join(folder, f"{kind}.xml")
        return self.root(path)

    def root(self, part: str) -> etree._Element | None:
        if part not in self._names:
            return None
        return etree.fromstring(self.read(part, SIDE_PART), _parser())

    def read(self, part: str, limit: int = PART) -> bytes:
        """The bytes of a part, counted as they come: a header may say what it likes."""
        with self._zip.open(part) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise self._too_large(len(data), limit)
        if b"<!DOCTYPE" in data[:DOCTYPE_WINDOW]:
            raise Damaged(name=self.name, reason="it declares entities, which a Word document never does")
        return data

    def _relation(self, part: str, wanted: Callable[[str], bool]) -> str | None:
        root = self.root(part)
        for relation in root.iter(RELATION) if root is not None else ():
            if wanted(relation.get("Type", "")) and relation.get("TargetMode") != "External":
                return relation.get("Target", "").removeprefix("/")
        return None

    def _too_large(self, size: int, limit: int) -> TooLarge:
        return TooLarge(name=self.name, size=f"{megabytes(size)} when unpacked", limit=megabytes(limit))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
