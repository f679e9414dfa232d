"""A steering committee to look at: its founding decision is a sample, and says so."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from hopluc.accounts.models import User
from hopluc.plans.steering import committee_found, seat_add
from hopluc.units.services import agency_ensure
from hopluc.web.demo.people import HERE

NAME = "Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh Thái Nguyên"
SEATS = (  # post, kind of its agency, on the committee
    ("Phó Chủ tịch Ủy ban nhân dân tỉnh", "ubnd-tinh", "head"),
    ("Giám đốc Sở Tài chính", "so-tc", "deputy"),
    ("Chủ tịch Liên minh Hợp tác xã tỉnh", "lmhtx-tinh", "deputy"),
    ("Giám đốc Sở Nông nghiệp và Môi trường", "so-nnmt", "member"),
    ("Giám đốc Sở Công Thương", "so-ct", "member"),
)


@transaction.atomic
def committee_make(by: User) -> None:
    standing = agency_ensure(key="so-tc", province=HERE)
    assert standing.unit
    committee = committee_found(
        name=NAME,
        unit=standing.unit,
        standing=standing,
        founded_by="Quyết định thành lập (dữ liệu mẫu)",
        founded_on=date(2025, 8, 1),
        by=by,
    )
    for title, key, duty in SEATS:
        seat_add(committee=committee, title=title, agency=agency_ensure(key=key, province=HERE), duty=duty, by=by)
