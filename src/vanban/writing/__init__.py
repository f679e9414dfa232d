"""Official documents in Word: written by a layout, filled into a province's template, and held against the rules of a layout."""

from vanban.writing.checking import Departure, check
from vanban.writing.layouts import KEYS, Layout, layout
from vanban.writing.package import write
from vanban.writing.templates import blanks, fill

__all__ = ["KEYS", "Departure", "Layout", "blanks", "check", "fill", "layout", "write"]
