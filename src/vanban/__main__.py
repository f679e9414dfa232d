"""`python -m vanban`: the same as `vanban`."""

import sys

from vanban.command import main

if __name__ == "__main__":  # the processes of `--jobs N` import this file too
    sys.exit(main())
