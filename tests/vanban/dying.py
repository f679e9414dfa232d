"""Work that may end its process. Apart from the tests: each process that does it loads this file."""

import os


def double(number: int) -> int:
    if number < 0:
        os._exit(3)  # as a fault in a library of C ends a process
    return 2 * number
