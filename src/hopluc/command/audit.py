"""`hopluc audit verify`: whether the history is still what was sealed."""

from __future__ import annotations

import sys
from argparse import Namespace

from django.utils.formats import date_format
from django.utils.timezone import localtime
from rich.progress import track

from hopluc.command import database
from hopluc.command.speech import Sentence, complain, say

SOUND = Sentence(
    "Nhật ký nguyên vẹn: %(rows)s dòng dưới %(seals)s niêm phong. Niêm phong cuối: số %(last)s, %(digest)s",
    "The history is whole: %(rows)s rows under %(seals)s seals. The last seal: number %(last)s, %(digest)s",
)
NOTHING = Sentence(
    "Chưa có niêm phong nào: tiến trình làm việc nền niêm phong mỗi phút.",
    "There is no seal yet: a worker seals once a minute.",
)
CHANGED = Sentence(
    "Niêm phong số %(seal)s (%(at)s), bảng %(table)s: đã sửa hoặc xóa; khi niêm phong %(then)s dòng, nay %(now)s.",
    "Seal %(seal)s (%(at)s), table %(table)s: changed or deleted; %(then)s rows when sealed, %(now)s now.",
)
SLIPPED = Sentence(
    "Bảng %(table)s: %(now)s dòng nằm giữa những dòng đã niêm phong mà không thuộc niêm phong nào.",
    "Table %(table)s: %(now)s rows stand among sealed ones and are under no seal.",
)
UNCHAINED = Sentence(
    "Niêm phong số %(seal)s (%(at)s) không nối tiếp niêm phong trước nó.",
    "Seal %(seal)s (%(at)s) does not continue the one before it.",
)
UNKNOWN = Sentence(
    "Không có niêm phong nào mang mã %(digest)s: những niêm phong sau đó đã bị bỏ, hoặc mã chép sai.",
    "No seal bears %(digest)s: those since then were taken away, or it was copied wrongly.",
)
LOOKING = Sentence("Đối chiếu", "Comparing")


def run(options: Namespace) -> int:
    """Do the command; returns its exit status: 1 where something is not as it was sealed."""
    database.prepare()
    from hopluc.core.models import Seal  # noqa: PLC0415  models load after Django's setup
    from hopluc.core.sealing import seals_checked  # noqa: PLC0415

    rows = broken = 0
    with database.explained():
        last = Seal.objects.order_by("-number").first()
        total = Seal.objects.count()
        for checked in track(seals_checked(), str(LOOKING), total=total + 1, disable=not sys.stderr.isatty()):
            rows += checked.rows
            for each in checked.breaks:
                broken += 1
                complain(_sentence(each))
        if options.expect and not Seal.objects.filter(digest=options.expect).exists():
            broken += 1
            complain(UNKNOWN % {"digest": options.expect})
    if broken:
        return 1
    say(SOUND % {"rows": rows, "seals": total, "last": last.number, "digest": last.digest} if last else NOTHING)
    return 0


def _sentence(broken: object) -> str:
    from hopluc.core.sealing import Break  # noqa: PLC0415

    assert isinstance(broken, Break)
    at = date_format(localtime(broken.at), "d/m/Y H:i")
    about = {"seal": broken.seal, "at": at, "table": broken.table, "then": broken.rows_then, "now": broken.rows_now}
    chosen = CHANGED if broken.table and broken.rows_then else SLIPPED if broken.table else UNCHAINED
    return chosen % about
