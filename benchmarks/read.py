"""Time and memory of the library: five directives read and analysed in one process, once it has started.

    make bench NAME=read            the median of five fresh processes
    make bench NAME=read QUICK=1    one process

The last line is `{"seconds": …, "rss_mb": …}`: the time for all five, imports not counted, and the peak of memory.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from vanban import analyse, read

DOCUMENTS = sorted((Path(__file__).parents[1] / "tests/vanban/golden/documents").glob("*.txt"))


def measure() -> dict[str, float]:
    """Milliseconds for each document, and `rss_mb`, of this process."""
    result = {}
    for path in DOCUMENTS:
        start = perf_counter()
        analyse(read(path))
        result[path.stem] = (perf_counter() - start) * 1000
    return {**result, "rss_mb": peak()}


def peak() -> float:
    """Most memory that this process has held, in MB: Linux counts it in KB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def measure_apart() -> dict[str, float]:
    """The same, in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.read", "--once"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main() -> None:
    if "--once" in sys.argv:
        print(json.dumps(measure()))
        return
    runs = [measure_apart() for _ in range(1 if os.environ.get("QUICK") else 5)]
    for path in DOCUMENTS:
        print(f"{path.stem:20} {median(run[path.stem] for run in runs):7.1f} ms")
    seconds = median(sum(run[path.stem] for path in DOCUMENTS) / 1000 for run in runs)
    print(json.dumps({"seconds": round(seconds, 3), "rss_mb": round(median(run["rss_mb"] for run in runs), 1)}))


if __name__ == "__main__":
    main()
