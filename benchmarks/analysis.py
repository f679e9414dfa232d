"""How fast text is read and analysed, and whether the time grows with the length only.

    make bench NAME=analysis            a text of 5 MB, and the median over its hundred parts' size
    make bench NAME=analysis QUICK=1    of 500 KB

The text repeats the annotated directives, forty of them, as often as the size needs. The last line is
`{"mb_s": …, "linear_ratio": …}`: MB of UTF-8 a second of CPU time, on one core, and the CPU time of the whole text over a
hundred times that of a hundredth of it (1 where time grows with the length, 100 where it grows with its square).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from statistics import median
from time import process_time

from vanban import analyse, read

FOLDER = Path(__file__).parents[1] / "tests/vanban"
PLACES = ("golden/documents/*.txt", "golden/forms/documents/*.txt", "fresh/*.txt")
PARTS, RUNS = 100, 9


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for place in PLACES for path in sorted(FOLDER.glob(place))]


def of_size(size: int, first: int = 0) -> bytes:
    """A text of so many bytes, from document number `first` on, round and round; cut at a line."""
    every, made, at = texts(), b"", first
    while len(made) < size:
        made += every[at % len(every)].encode() + b"\n\n"
        at += 1
    return made[: made.rindex(b"\n", 0, size)]


def seconds(data: bytes) -> float:
    """CPU seconds to read and analyse a text."""
    start = process_time()
    analyse(read(data, name="van-ban.txt"))
    return process_time() - start


def main() -> None:
    size = 500_000 if os.environ.get("QUICK") else 5_000_000
    each = [text.encode() for text in texts()]
    seconds(each[0])
    single = sum(seconds(data) for data in each)
    speed = sum(map(len, each)) / 1e6 / single
    print(f"{len(each)} documents, {sum(map(len, each)) / 1e6:.2f} MB: {speed:.2f} MB/s")
    part = median(seconds(of_size(size // PARTS, first)) for first in range(RUNS))
    whole = seconds(of_size(size))
    print(f"one text of {size / 1e6:g} MB: {size / 1e6 / whole:.2f} MB/s; a hundredth of it: {size / PARTS / 1e6 / part:.2f} MB/s")
    print(json.dumps({"mb_s": round(speed, 3), "linear_ratio": round(whole / (PARTS * part), 3)}))


if __name__ == "__main__":
    main()
