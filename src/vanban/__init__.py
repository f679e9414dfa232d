"""Official Vietnamese documents → structure: `read` a file, `combine` several of one document, `analyse` what it orders.

>>> from vanban import analyse, read
>>> document = read("Kế hoạch\\n1. Sở Tài chính bố trí kinh phí.".encode(), name="ke-hoach.txt")
>>> [task.lead for task in analyse(document).tasks]
[('so-tc',)]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.analysis import analyse
    from vanban.reading import combine, read

__all__ = ["analyse", "combine", "read"]
__version__ = "0.1.0"
_WHERE = {"analyse": "vanban.analysis", "combine": "vanban.reading", "read": "vanban.reading"}


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: whoever reads a spreadsheet waits for no dictionary of bodies."""
    if name not in _WHERE:
        raise AttributeError(f"module 'vanban' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
