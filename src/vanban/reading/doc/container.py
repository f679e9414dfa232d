"""The compound file that old office programs write: streams in chains of sectors, bounded by the size of the file.

Source: [MS-CFB]. Only streams of the root folder are looked up, which is where Word keeps its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER, ENTRY = 512, 128
LAST = 0xFFFFFFFA  # sector numbers from here on are marks, no sectors
IN_HEADER = 109  # sectors of the table of chains that the header itself names
ROOT, STREAM = 5, 2


class Compound:
    """Raises ValueError or struct.error for a file that is no whole compound file."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC) or len(data) < HEADER:
            raise ValueError("no compound file")
        shift, small = struct.unpack_from("<HH", data, 30)
        if not (7 <= shift <= 16 and small <= shift):
            raise ValueError("impossible sizes of sectors")
        self._data, self._size, self._small = data, 1 << shift, 1 << small
        folder, self._cutoff, first_small, _, more, _ = struct.unpack_from("<I4xIIIII", data, 48)
        self._chains = self._table(self._chain_sectors(more))
        self._small_chains = self._table(self._follow(first_small, self._chains))
        self._entries = {name: place for name, *place in self._folder(folder)}
        self._store = self._long(self._entries[""][0]) if "" in self._entries else b""

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream, None where there is none of this name."""
        if name not in self._entries:
            return None
        first, size = self._entries[name]
        if size >= self._cutoff:
            return self._long(first)[:size]
        chain = self._follow(first, self._small_chains)
        parts = (self._store[at * self._small : (at + 1) * self._small] for at in chain)
        return b"".join(parts)[:size]

    def _long(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._follow(first, self._chains)))

    def _sector(self, at: int) -> bytes:
        start = HEADER + at * self._size if self._size == HEADER else (at + 1) * self._size
        return self._data[start : start + self._size]

    def _follow(self, first: int, chains: list[int]) -> Iterator[int]:
        """The sectors of a chain. Raises ValueError for one that runs in a circle or out of the file."""
        seen = 0
        while first < LAST:
            if first >= len(chains) or seen > len(chains):
                raise ValueError("a broken chain of sectors")
            yield first
            first, seen = chains[first], seen + 1

    def _chain_sectors(self, more: int) -> Iterator[int]:
        """The sectors that hold the table of chains: named in the header, then in sectors of their own."""
        yield from (at for at in struct.unpack_from(f"<{IN_HEADER}I", self._data, 76) if at < LAST)
        numbers = self._size // 4
        for _ in range(len(self._data) // self._size + 1):
            if more >= LAST:
                return
            *places, more = struct.unpack(f"<{numbers}I", self._sector(more))
            yield from (at for at in places if at < LAST)
        raise ValueError("a circle in the table of chains")

    def _table(self, sectors: Iterator[int]) -> list[int]:
        chains: list[int] = []
        for at in sectors:
            sector = self._sector(at)
            chains.extend(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
            if len(chains) > len(self._data) // self._small + self._size:
                raise ValueError("more chains than sectors")
        return chains

    def _folder(self, first: int) -> Iterator[tuple[str, int, int]]:
        """Name, first sector and size of each stream; the root's name is empty."""
        data = self._long(first)
        for at in range(0, len(data) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            start, size = struct.unpack_from("<II", data, at + 116)
            if kind == ROOT:
                yield "", start, size
            elif kind == STREAM:
                yield data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), start, size
