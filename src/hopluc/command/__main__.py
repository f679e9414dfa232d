"""`python -m hopluc.command`: the same as `hopluc`, and how `demo` starts web and worker."""

import sys

from hopluc.command import main

if __name__ == "__main__":
    sys.exit(main())
