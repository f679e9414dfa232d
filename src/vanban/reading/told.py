"""What readers of several formats tell alike."""

from __future__ import annotations

from vanban.values import Notice

TRACKED = Notice("R201", "tracked changes were read as if accepted: check what was struck out")
FOOTNOTES = Notice("R202", "footnotes were left out: check whether they assign work")
