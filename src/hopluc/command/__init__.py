"""The command `hopluc`: everything that an administrator does in a terminal. Its exit status:

0 all went well, or `demo` was stopped · 1 something is wrong · 2 the command line is wrong, or the port cannot be used ·
130 another command was stopped with Ctrl-C
"""

from hopluc.command.line import main

__all__ = ["main"]
