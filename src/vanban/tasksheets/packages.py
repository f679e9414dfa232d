"""The parts of a packed spreadsheet (XLSX, ODS), opened within limits, whatever its directory claims."""

from __future__ import annotations

import posixpath

from lxml import etree

from vanban.errors import Damaged, Protected, TooLarge
from vanban.reading.limits import PART, UNPACKED, megabytes, open_zip

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DOCTYPE_WINDOW = 4096


class SheetPackage:
    """Raises zipfile.BadZipFile, TooLarge, Protected."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._zip = open_zip(data)
        parts = self._zip.infolist()
        claimed = sum(part.file_size for part in parts)
        if claimed > UNPACKED:
            raise self._too_large(claimed, UNPACKED)
        if any(part.flag_bits & 1 for part in parts):
            raise Protected(name=name)
        self.names = frozenset(part.filename for part in parts)

    def read(self, part: str) -> bytes:
        """The bytes of a part, counted as they come. Raises KeyError where there is none."""
        with self._zip.open(part) as stream:
            data = stream.read(PART + 1)
        if len(data) > PART:
            raise self._too_large(len(data), PART)
        if b"<!DOCTYPE" in data[:DOCTYPE_WINDOW]:
            raise Damaged(name=self.name, reason="it declares entities, which a workbook never does")
        return data

    def root(self, part: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.read(part), parser)

    def relations(self, part: str) -> dict[str, str]:
        """Where a part refers to, by the ids that it uses."""
        folder, file = posixpath.split(part)
        root = self.root(f"{folder}/_rels/{file}.rels")
        return {each.get("Id", ""): each.get("Target", "") for each in root.iter(RELATION)}

    def _too_large(self, size: int, limit: int) -> TooLarge:
        return TooLarge(name=self.name, size=f"{megabytes(size)} when unpacked", limit=megabytes(limit))
