"""The command `vanban`: documents in, plans out. Its exit status:

0 all went well · 1 some files could not be read or written, or depart from a layout · 2 nothing could, or the command line is wrong ·
130 stopped with Ctrl-C
"""

from vanban.command.line import main

__all__ = ["main"]
