"""Official Vietnamese documents → structure: `read` a file, `combine` several of one document, `analyse` what it orders.

>>> from vanban import analyse, read
>>> document = read("Kế hoạch\\n1. Sở Tài chính bố trí kinh phí.".encode(), name="ke-hoach.txt")
>>> [task.lead for task in analyse(document).tasks]
[('so-tc',)]
"""

from vanban.analysis import analyse
from vanban.reading import combine, read

__all__ = ["analyse", "combine", "read"]
__version__ = "0.1.0"
