"""How fast text is read and analysed, and whether the time grows with the length only.

    make bench NAME=analysis            38 annotated documents, then one text of 4.8 MB made of them, the most that is read
    make bench NAME=analysis QUICK=1    one of 500 KB

The last line is `{"mb_s": …, "linear_ratio": …}`: MB of UTF-8 a second of CPU time, on one core, over the documents (the best
of three runs of each, all others between two of them, so that nothing of it is remembered); and the CPU time of the long text over that of its hundred parts, each read by itself, as reckoned from
twenty of them (1 where time grows with the length, 100 where with its square).
"""

from __future__ import annotations

import json
import os
from itertools import cycle, pairwise
from pathlib import Path
from time import process_time

from vanban import analyse, read

FOLDER = Path(__file__).parents[1] / "tests/vanban"
PLACES = ("golden/documents/*.txt", "golden/forms/documents/*.txt", "fresh/*.txt")
PARTS, SAMPLED, RUNS = 100, 20, 3


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for place in PLACES for path in sorted(FOLDER.glob(place))]


def of_size(size: int) -> bytes:
    """A text of so many bytes: the documents, round and round; cut at a line."""
    every, made = [text.encode() for text in texts()], bytearray()
    for one in cycle(every):
        made += one + b"\n\n"
        if len(made) >= size:
            return bytes(made[: made.rindex(b"\n", 0, size)])
    raise AssertionError("no documents")


def parts(data: bytes) -> list[bytes]:
    """A hundred parts of a text, cut at lines."""
    edges = [0, *(data.index(b"\n", len(data) * i // PARTS) for i in range(1, PARTS)), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


def seconds(data: bytes) -> float:
    """CPU seconds to read and analyse a text."""
    start = process_time()
    analyse(read(data, name="van-ban.txt"))
    return process_time() - start


def main() -> None:
    size = 500_000 if os.environ.get("QUICK") else 4_800_000  # more is refused: 500 pages
    each = [text.encode() for text in texts()]
    rounds = [[seconds(data) for data in each] for _ in range(RUNS)]
    speed = sum(map(len, each)) / 1e6 / sum(map(min, zip(*rounds, strict=True)))
    print(f"{len(each)} documents, {sum(map(len, each)) / 1e6:.2f} MB: {speed:.2f} MB/s")
    data = of_size(size)
    some = parts(data)[:: PARTS // SAMPLED]
    apart = sum(map(seconds, some)) * len(data) / sum(map(len, some))
    whole = seconds(data)
    print(
        f"one text of {size / 1e6:g} MB: {size / 1e6 / whole:.2f} MB/s; its parts by themselves: {size / 1e6 / apart:.2f} MB/s"
    )
    print(json.dumps({"mb_s": round(speed, 3), "linear_ratio": round(whole / apart, 3)}))


if __name__ == "__main__":
    main()
